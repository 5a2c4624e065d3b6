// SPDX-License-Identifier: MIT
// long_test.js - pages of many steps, and of many CPUs.
'use strict';

const { check, open, close, step, visible, moveSlider } = require('./browser.js');
const { measureFrames, measureFloor, describeFrames } = require('./frames.js');

// Is the row of the step that is looked at in the page, and in view?
const inView = (page) => page.evaluate(() => {
	const row = document.querySelector('.steps .s.now');
	const box = row && row.getBoundingClientRect();

	return row ? [row.id, box.top > 0 && box.bottom < window.innerHeight] : null;
});

// Of the view from top to bottom, the part that rows of steps cover.
const covered = (page) => page.evaluate(() => {
	let high = 0;

	document.querySelectorAll('.steps tbody tr').forEach((row) => {
		const box = row.getBoundingClientRect();

		high += Math.max(0, Math.min(box.bottom, window.innerHeight) -
			Math.max(box.top, 0));
	});
	return high / window.innerHeight;
});

// What lanes show beside some steps, as the cells of each row say: "a" lives, "w" waits.
const cells = (page, steps) => page.evaluate((numbers) => numbers.map((number) =>
	Array.from(document.getElementById('r1s' + number).cells).slice(1, 7).map((cell) =>
		['w', 'a'].find((name) => cell.classList.contains(name)) || '-').join('')), steps);

// The same, as strips are drawn.
const strips = (page, steps) => page.evaluate((numbers) => {
	const place = (one) => one.getBoundingClientRect();
	const heads = Array.from(document.querySelectorAll('.steps thead [class^=k]')).map(place);
	const drawn = Array.from(document.querySelectorAll('.strips td'));

	return numbers.map((number) => {
		const row = place(document.getElementById('r1s' + number));
		const middle = (row.top + row.bottom) / 2;
		const at = (head, strip) => Math.abs(place(strip).left - head.left) < 2 &&
			place(strip).top < middle && place(strip).bottom > middle;

		return heads.map((head) => (drawn.find((strip) => at(head, strip)) ||
			{ className: '-' }).className[0]).join('');
	});
}, steps);

async function testLong(browser) {
	const page = await open(browser, 'long.html');
	const count = Number((await step(page)).split(' ')[3]);
	const nodes = () => page.evaluate(() => document.getElementsByTagName('*').length);
	let most = await nodes();

	check('long: steps', count >= 10000, true);
	for (const number of [count, 1, 5000, 5001, 4900, count - 3]) {
		await moveSlider(page, number);
		check('long: row', await inView(page), ['r1s' + number, true]);
		most = Math.max(most, await nodes());
	}
	console.log(count + ' steps, at most ' + most + ' elements; ' +
		describeFrames(await measureFrames(page), await measureFloor(browser)));
	check('long: elements in the page', most < 1500, true);
	for (const part of [0.3, 0.31, 0.9]) {
		await page.evaluate((where) =>
			window.scrollTo(0, where * document.body.scrollHeight), part);
		await page.waitForTimeout(100);
		check('long: scrolled to ' + part, await covered(page) > 0.9, true);
	}
	const seen = Array.from({ length: 20 }, (_, i) => 4995 + i);

	await moveSlider(page, 5000);
	const drawn = await strips(page, seen);

	check('long: some wait, some live',
		['w', 'a'].every((name) => drawn.join('').includes(name)), true);
	await page.keyboard.press('End');
	check('long: End', await step(page), 'step ' + count + ' of ' + count);
	await page.fill('input[type=search]', 'fault/pte_read');
	const found = Number((await page.textContent('.tools > .dim')).split(' ')[0]);

	check('long: found', found > 0 && found < count, true);
	// The page is shorter then, and scrolls.
	await page.locator('.steps .s').nth(10).waitFor();
	check('long: found are in the page', await visible(page, '.steps .s') > 10, true);
	await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
	check('long: on paper', await page.locator('.steps .s').count(), found);
	await close(page, 'long.html');
	const plain = await open(browser, 'long.html', { javaScriptEnabled: false });

	check('long, no script: rows', await plain.locator('.steps .s').count(), count);
	check('long: lanes', drawn, await cells(plain, seen));
	await plain.context().close();
}

// Pixels that the last column has at least, and whether all of it is in the table.
const lastColumn = (page) => page.evaluate(() => {
	const right = document.querySelector('.steps').getBoundingClientRect().right;
	const boxes = Array.from(document.querySelectorAll('.steps .s .c'))
		.map((cell) => cell.getBoundingClientRect());

	return [Math.min(...boxes.map((box) => box.width)) > 150,
		boxes.every((box) => box.right <= right + 0.5)];
});

// Names of lanes that are cut.
const cutNames = (page) => page.evaluate(() =>
	Array.from(document.querySelectorAll('.steps thead [class^=k]')).filter((head) =>
		head.scrollWidth > head.clientWidth || head.scrollHeight > head.clientHeight)
		.map((head) => head.textContent));

// The row that is looked at is not behind the heading, from wherever one comes.
async function testCovered(page, name) {
	for (const number of [180, 40]) {
		await moveSlider(page, number);
		check(name + ': row ' + number + ' below the heading', await page.evaluate(() => {
			const place = (one) => document.querySelector(one).getBoundingClientRect();

			return place('.steps .now').top >= place('.steps thead').bottom - 1;
		}), true);
	}
	// Where there is no room beside the table, the state lies over its end.
	await page.setViewportSize({ width: 800, height: 900 });
	for (const number of [100, 179]) {
		await moveSlider(page, number);
		check(name + ': row ' + number + ' above the state', await page.evaluate(() => {
			const place = (one) => document.querySelector(one).getBoundingClientRect();

			return place('.steps .now').bottom <= place('.panel').top + 1;
		}), true);
	}
}

async function testManyCpus(browser) {
	for (const name of ['long.html', 'nine.html', 'sixteen.html']) {
		const page = await open(browser, name + '#r1s100');

		check(name + ': changes can be read', await lastColumn(page), [true, true]);
		check(name + ': no page wider than the view', await page.evaluate(() =>
			document.documentElement.scrollWidth <= window.innerWidth), true);
		check(name + ': names of CPUs', await cutNames(page), []);
		await testCovered(page, name);
		await close(page, name);
	}
}

module.exports = { testLong, testManyCpus };
