// SPDX-License-Identifier: MIT
// frames.js - how long a page takes for a move of its slider: from the move to the end of the
// frame that shows it; and, as no page is faster than its browser, how long one takes that has
// nothing but a slider and a number.
// Usage: NODE_PATH=FOLDER/node_modules node frames.js PAGE.html
'use strict';

const MOVES = 60;
const FLOOR = '<!doctype html><p class=strip><input type=range max=10000><output></output>' +
	"<script>document.querySelector('input').oninput = (event) => " +
	"{ document.querySelector('output').textContent = event.target.value; }</script>";

// Milliseconds of each of the moves over all of an execution, sorted.
function measureFrames(page) {
	return page.evaluate(async (moves) => {
		const slider = document.querySelector('.strip input'), times = [];

		for (let i = 0; i < moves; i++) {
			const begun = performance.now();

			slider.value = Math.floor(slider.max * i / moves);
			slider.dispatchEvent(new Event('input'));
			await new Promise((resolve) =>
				requestAnimationFrame(() => setTimeout(resolve)));
			times.push(performance.now() - begun);
		}
		return times.sort((a, b) => a - b);
	}, MOVES);
}

async function measureFloor(browser) {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });

	await page.setContent(FLOOR);
	const times = await measureFrames(page);

	await page.close();
	return times;
}

function describeFrames(times, floor) {
	const part = (share) => times[Math.floor(share * times.length)].toFixed(1) + ' (floor ' +
		floor[Math.floor(share * floor.length)].toFixed(1) + ')';

	return 'a frame of the slider in ms: median ' + part(0.5) + ', 95 % below ' + part(0.95);
}

async function main(path) {
	const { chromium } = require('playwright-core');
	const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox'] });
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	const begun = Date.now();

	await page.goto('file://' + require('path').resolve(path));
	console.log('loaded in ' + (Date.now() - begun) + ' ms, ' + await page.evaluate(() =>
		document.getElementsByTagName('*').length) + ' elements');
	console.log(describeFrames(await measureFrames(page), await measureFloor(browser)));
	await browser.close();
}

module.exports = { measureFrames, measureFloor, describeFrames };
if (require.main === module)
	main(process.argv[2]);
