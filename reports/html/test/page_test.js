// SPDX-License-Identifier: MIT
// page_test.js - the pages that test.sh has made, in headless Chromium.
'use strict';

const fs = require('fs');
const { chromium } = require('playwright-core');
const axe = require('axe-core');
const { measureFrames, describeFrames } = require('./frames.js');

const folder = process.argv[2];
let checks = 0, wrong = 0;

function check(what, is, wanted) {
	const good = JSON.stringify(is) === JSON.stringify(wanted);

	checks++;
	if (good)
		return;
	wrong++;
	console.log('WRONG ' + what + ': ' + JSON.stringify(is) + ', not ' +
		JSON.stringify(wanted));
}

// A page whose errors, and whatever it asks of the network, are noted.
async function open(browser, name, options) {
	const context = await browser.newContext(Object.assign(
		{ viewport: { width: 1440, height: 900 } }, options));
	const page = await context.newPage();

	page.trouble = [];
	page.on('console', (message) => {
		if (message.type() === 'error' || message.type() === 'warning')
			page.trouble.push(message.text());
	});
	page.on('pageerror', (error) => page.trouble.push(error.message));
	page.on('dialog', (dialog) => page.trouble.push('dialog: ' + dialog.message()));
	page.on('request', (request) => {
		if (!request.url().startsWith('file://' + folder + '/' + name.split('#')[0]))
			page.trouble.push('asks for ' + request.url());
	});
	await page.goto('file://' + folder + '/' + name);
	return page;
}

async function close(page, what) {
	check(what + ': errors and requests', page.trouble, []);
	await page.context().close();
}

const step = (page) => page.textContent('.tools output');
const visible = (page, selector) => page.locator(selector + ':visible').count();

// The cells of the state: { "page A refcount": "3 4" }, those that the step has changed.
function changed(page) {
	return page.evaluate(() => {
		const found = {};
		let object = '';

		document.querySelectorAll('article:not([hidden]) .state tr').forEach((row) => {
			object = row.cells[0].textContent || object;
			if (row.classList.contains('new') && !row.hidden)
				found[object + ' ' + row.cells[1].textContent] =
					row.cells[2].textContent;
		});
		return found;
	});
}

async function moveSlider(page, number) {
	await page.locator('.strip input').fill(String(number));
}

async function testSlider(browser) {
	const page = await open(browser, 'race.html');

	check('begins at', await step(page), 'step 0 of 64');
	check('rows', await page.locator('.steps .s').count(), 64);
	await moveSlider(page, 13);
	check('slider', await step(page), 'step 13 of 64');
	check('state of step 13', await changed(page), {
		'pte A of P maps': 'page A none', 'pte A of P flags': 'write dirty young none' });
	check('row of step 13', await page.getAttribute('.steps .now', 'id'), 'r1s13');
	check('stack', (await page.locator('.panel ol li').allTextContents()).slice(0, 2),
		['ptep_get_and_clear framework/mm/pte.c:44',
			'ptep_clear_flush framework/mm/tlb_flush.c:199']);
	// Arrows are drawn with the next frame.
	await page.locator('.arrows path.core').first().waitFor({ state: 'attached' });
	check('orders', await page.locator('.arrows path.core').count(), 2);
	await moveSlider(page, 11);
	await page.locator('.arrows path.hb').first().waitFor({ state: 'attached' });
	check('state of step 11', await changed(page), { 'page A refcount': '3 4' });
	await page.click('#r1s38 th');
	check('click', await step(page), 'step 38 of 64');
	await close(page, 'race.html');
}

async function press(page, keys) {
	for (const key of keys.split(' '))
		await page.keyboard.press(key);
	return (await step(page)).split(' ')[1];
}

async function testKeys(browser) {
	const page = await open(browser, 'race.html');
	const keys = [['j', '1'], ['j j', '3'], ['k', '2'], ['J', '9'], ['J', '13'], ['K', '9'],
		['p', '13'], ['P', '9'], ['f', '56'], ['End', '64'], ['Home', '0'], ['p', '9']];

	for (const [key, number] of keys)
		check('key ' + key, await press(page, key), number);
	await page.keyboard.press('n');
	check('n hides steps', await visible(page, '.steps .u'), 0);
	await page.keyboard.press('Escape');
	check('Esc shows them', await visible(page, '.steps .s'), 64);
	await page.keyboard.press('?');
	check('? shows keys', await visible(page, 'dialog'), 1);
	await page.keyboard.press('Escape');
	check('Esc hides them', await visible(page, 'dialog'), 0);
	await page.keyboard.press('c');
	check('c compares', [await visible(page, '.both'), await visible(page, '.all')], [1, 0]);
	await page.keyboard.press('c');
	check('c again', [await visible(page, '.both'), await visible(page, '.all')], [0, 1]);
	check('address', page.url().split('#')[1], 'r1s9');
	await close(page, 'keys');
	const later = await open(browser, 'race.html#r1s40');

	check('address is opened', await step(later), 'step 40 of 64');
	await close(later, 'address');
}

async function testCompare(browser) {
	const page = await open(browser, 'race.html#r1s13');

	await page.keyboard.press('c');
	check('both at', await page.textContent('.panel .name'),
		'step 13 of the execution that fails,step 14 of the one that passes');
	check('different', await changed(page), { 'page A cell 0': '0x5a 0x11' });
	check('only one makes', await page.locator('.cmp tr.b').first().textContent(),
		'13dio dma/write 0x5a to A\n');
	check('they part once', await page.locator('.cmp .part').count(), 1);
	await close(page, 'compare');
}

async function testFilter(browser) {
	const page = await open(browser, 'race.html');

	await page.locator('.tools select').first().selectOption('dio');
	check('CPU', await visible(page, '.steps .s'), 7);
	check('CPU, count', await page.textContent('.tools > .dim'), '7 of 64 steps');
	check('next of them', await press(page, 'j j j j j'), '62');
	await page.keyboard.press('Escape');
	await page.locator('.tools select').nth(1).selectOption('swap slot 0');
	check('object', await visible(page, '.steps .s') > 0, true);
	check('object, only', await page.locator('.steps .s:visible .o').evaluateAll((cells) =>
		cells.every((cell) => cell.textContent.endsWith('swap slot 0'))), true);
	await page.keyboard.press('Escape');
	await page.keyboard.press('/');
	await page.keyboard.type('gup_pte');
	check('function', await page.locator('.steps .s:visible').evaluateAll((rows) =>
		rows.map((row) => row.id)), ['r1s10']);
	await close(page, 'filter');
}

async function testCopies(browser) {
	const page = await open(browser, 'race.html');
	const log = fs.readFileSync(folder + '/race.log', 'utf8');

	await page.evaluate(() => {
		navigator.clipboard.writeText = (text) => {
			window.copied = text;
			return Promise.resolve();
		};
	});
	await page.keyboard.press('y');
	check('y', /baton replay k8d4k14u35d3 --scenario .*-fast.scn --variant kosaki-0414$/
		.test((await page.evaluate(() => window.copied)).replace(/'/g, '')), true);
	check('says so', await page.textContent('.said'), 'copied');
	await page.keyboard.press('Y');
	check('Y', await page.evaluate(() => window.copied), log);
	// Where there is no clipboard: the selection, and what is pasted of it.
	await page.evaluate(() => {
		window.copied = '';
		navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
	});
	await page.locator('.copy[data-what=replay]').click();
	await page.keyboard.press('/');
	await page.keyboard.press('Control+V');
	check('selection', (await page.inputValue('input[type=search]')).includes('baton replay'),
		true);
	await close(page, 'copies');
}

async function testWithoutScript(browser) {
	const page = await open(browser, 'race.html', { javaScriptEnabled: false });

	check('no script: rows', await visible(page, '.steps .s'), 64);
	check('no script: no tools', await visible(page, '.tools'), 0);
	check('no script: no dead buttons', await visible(page, 'button'), 0);
	check('no script: both', await visible(page, '.cmp'), 1);
	check('no script: a row', (await page.textContent('#r1s13')).trim(), '*13rmap/pte_cleared' +
		'1\u21b3rmw pte A of Ppte A of P maps page A none, flags write dirty young none' +
		'clear_pte rmap.c:152');
	await page.context().close();
	const run = await open(browser, 'run.html', { javaScriptEnabled: false });

	check('no script: executions', await visible(run, 'article'),
		await run.locator('article').count());
	await run.context().close();
}

const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function testColours(browser) {
	const light = await open(browser, 'race.html', { colorScheme: 'light' });
	const dark = await open(browser, 'race.html', { colorScheme: 'dark' });

	check('light', await paper(light), 'rgb(255, 255, 255)');
	check('dark', await paper(dark), 'rgb(22, 24, 28)');
	await light.keyboard.press('t');
	check('t', await paper(light), 'rgb(22, 24, 28)');
	await light.keyboard.press('t');
	check('t again', await paper(light), 'rgb(255, 255, 255)');
	await close(light, 'light');
	await close(dark, 'dark');
}

async function testIndex(browser) {
	const page = await open(browser, 'run.html');
	const shown = async () => [await visible(page, '.index'), await visible(page, 'article')];

	check('index', await shown(), [1, 0]);
	check('variants', await page.locator('.matrix tbody tr th[scope=row]').count(), 10);
	await page.getByRole('link', { name: 'use_after_free' }).first().click();
	check('an execution', await shown(), [0, 1]);
	check('stacks', /allocated by owner[^]*freed by owner/.test(
		await page.locator('article:visible header').textContent()), true);
	await page.keyboard.press('i');
	check('back', await shown(), [1, 0]);
	await close(page, 'run.html');
	const bad = await open(browser, 'wrong.html');

	check('not as expected', await bad.locator('.wrong a').count() > 0, true);
	await bad.locator('.wrong a').first().click();
	check('its execution', await visible(bad, 'article'), 1);
	await close(bad, 'wrong.html');
}

async function testHostile(browser) {
	for (const name of ['hostile.html', 'hostile1.html']) {
		const page = await open(browser, name);

		check(name + ' runs nothing', await page.evaluate(() => window.broken), undefined);
		check(name + ' has no elements of it',
			await page.locator('img, b[onclick]').count(), 0);
		check(name + ' has its script', await page.locator('nav button').count() > 0, true);
		await close(page, name);
	}
}

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
		describeFrames(await measureFrames(page)));
	check('long: elements in the page', most < 4000, true);
	for (const part of [0.3, 0.31, 0.9]) {
		await page.evaluate((where) =>
			window.scrollTo(0, where * document.body.scrollHeight), part);
		await page.waitForTimeout(100);
		check('long: scrolled to ' + part, await covered(page) > 0.9, true);
	}
	await page.keyboard.press('End');
	check('long: End', await step(page), 'step ' + count + ' of ' + count);
	await page.fill('input[type=search]', 'fault/pte_read');
	const found = Number((await page.textContent('.tools > .dim')).split(' ')[0]);

	check('long: found', found > 0 && found < count, true);
	check('long: found are in the page', await visible(page, '.steps .s') > 10, true);
	await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
	check('long: on paper', await page.locator('.steps .s').count(), found);
	await close(page, 'long.html');
	const plain = await open(browser, 'long.html', { javaScriptEnabled: false });

	check('long, no script: rows', await plain.locator('.steps .s').count(), count);
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

async function testManyCpus(browser) {
	for (const name of ['long.html', 'nine.html']) {
		const page = await open(browser, name + '#r1s100');

		check(name + ': changes can be read', await lastColumn(page), [true, true]);
		check(name + ': no page wider than the view', await page.evaluate(() =>
			document.documentElement.scrollWidth <= window.innerWidth), true);
		await close(page, name);
	}
}

async function look(page, what) {
	const found = await page.evaluate(axe.source + '; axe.run(document)');

	check('axe, ' + what, found.violations.map((one) =>
		one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.html).join(' ')), []);
}

async function testAccess(browser) {
	for (const colorScheme of ['light', 'dark']) {
		const page = await open(browser, 'race.html#r1s13', { colorScheme });
		const run = await open(browser, 'run.html', { colorScheme });

		await press(page, 'f');
		await page.evaluate(() => document.querySelectorAll('details').forEach((one) => {
			one.open = true;
		}));
		await look(page, colorScheme + ', all unfolded');
		await page.keyboard.press('c');
		await look(page, colorScheme + ', two executions');
		await look(run, colorScheme + ', a run');
		await close(page, 'axe, ' + colorScheme);
		await close(run, 'axe, ' + colorScheme);
	}
	const wrongs = await open(browser, 'wrong.html');

	await look(wrongs, 'a run that is not as expected');
	await close(wrongs, 'axe, wrong.html');
}

async function main() {
	const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox'] });

	for (const test of [testSlider, testKeys, testCompare, testFilter, testCopies,
		testWithoutScript, testColours, testIndex, testHostile, testLong, testManyCpus,
		testAccess])
		await test(browser);
	await browser.close();
	console.log(checks + ' checks, ' + wrong + ' wrong');
	process.exit(wrong || checks < 70 ? 1 : 0);
}

main().catch((error) => {
	console.log(error);
	process.exit(1);
});
