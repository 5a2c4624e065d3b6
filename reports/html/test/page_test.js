// SPDX-License-Identifier: MIT
// page_test.js - the pages that test.sh has made, in headless Chromium.
'use strict';

const fs = require('fs');
const { chromium } = require('playwright-core');
const axe = require('axe-core');

const { folder, check, total, open, close, step, visible, changed, moveSlider, press } =
	require('./browser.js');
const { testLong, testManyCpus } = require('./long_test.js');

async function look(page, what) {
	const found = await page.evaluate(axe.source + '; axe.run(document)');

	check('axe, ' + what, found.violations.map((one) =>
		one.id + ': ' + one.nodes.slice(0, 3).map((node) => node.html).join(' ')), []);
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
	// It follows when nothing has moved for a moment.
	await page.waitForFunction(() => location.hash === '#r1s9');
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

// Rows of the histogram, with the part of the bar that is filled, and the words of the tree.
const others = (page) => page.evaluate(() => {
	const home = document.querySelector('article:not([hidden]) .search');
	const wide = (one) => one.getBoundingClientRect().width;
	const bar = (row) => Math.round(wide(row.querySelector('rect')) /
		wide(row.querySelector('svg')) * 100);

	return { rows: Array.from(home.querySelectorAll('.histogram tr')).map((row) =>
		row.textContent.trim() + ', ' + bar(row) + ' %'),
	tree: Array.from(home.querySelectorAll('.tree path')).map((path) =>
		path.getAttribute('class')).join(' '),
	caption: home.querySelector('figcaption').textContent };
});

async function testOthers(browser) {
	const page = await open(browser, 'race.html'), run = await open(browser, 'run.html#r1');

	// dio alone makes the last three steps.
	check('others', await others(page), {
		rows: ['fail like this84 of 12,286, 1 %', 'fail in another way3 of 12,286, 1 %',
			'pass12,199 of 12,286, 99 %'],
		tree: 'twigs passes trunk',
		caption: 'This one has 2 preemptions, each a level down. ' +
			'Twigs: at 61 of 64 steps another CPU could have gone on. ' +
			'Green: the nearest that passes.' });
	// Both CPUs of a deadlock are left behind.
	check('others, deadlock', await others(run), { rows: ['deadlock1 of 3, 33 %'],
		tree: 'twigs trunk', caption: 'This one has 1 preemption, a level down. ' +
			'Twigs: at 2 of 2 steps another CPU could have gone on.' });
	await close(page, 'others');
	await close(run, 'others, deadlock');
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

// Of a C program, without scenario and model.
async function testProgram(browser) {
	const page = await open(browser, 'program.html');

	check('program', [await page.textContent('h1'), await page.textContent('.held strong')],
		['philosophers', 'deadlock']);
	check('program, accesses', await page.textContent('#r1s8 .o'), 'lock ');
	check('program, key p', await press(page, 'p'), '9');
	check('program, orders', await page.locator('.why li').count() > 0, true);
	await page.keyboard.press('c');
	check('program, beside the nearest that passes', await visible(page, '.both'), 1);
	await look(page, 'a C program');
	await close(page, 'program.html');
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
		testWithoutScript, testColours, testOthers, testIndex, testProgram, testHostile,
		testLong, testManyCpus, testAccess])
		await test(browser);
	await browser.close();
	console.log(total.checks + ' checks, ' + total.wrong + ' wrong');
	process.exit(total.wrong || total.checks < 110 ? 1 : 0);
}

main().catch((error) => {
	console.log(error);
	process.exit(1);
});
