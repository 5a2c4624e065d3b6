// SPDX-License-Identifier: MIT
// browser.js - what the tests of pages share: a page that is watched, and checks that count.
'use strict';

const folder = process.argv[2];
const total = { checks: 0, wrong: 0 };

function check(what, is, wanted) {
	const good = JSON.stringify(is) === JSON.stringify(wanted);

	total.checks++;
	if (good)
		return;
	total.wrong++;
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

async function press(page, keys) {
	for (const key of keys.split(' '))
		await page.keyboard.press(key);
	return (await step(page)).split(' ')[1];
}

module.exports = { folder, check, total, open, close, step, visible, changed, moveSlider, press };
