// SPDX-License-Identifier: MIT
// mermaid.js FOLDER FILE...: does mermaid's own parser take each file as a sequence diagram?
// FOLDER has node_modules. It needs a page around it: that of headless Chromium.
'use strict';

const fs = require('fs');
const { createRequire } = require('module');
const [folder, ...files] = process.argv.slice(2);
const { chromium } = createRequire(folder + '/')('playwright-core');

async function parse(page, text) {
	return page.evaluate(async (source) => {
		try {
			return (await window.mermaid.parse(source)).diagramType;
		} catch (error) {
			return error.message;
		}
	}, text);
}

async function main() {
	const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox'] });
	const page = await browser.newPage();

	await page.addScriptTag({
		path: folder + '/node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js' });
	for (const file of files) {
		const said = await parse(page, fs.readFileSync(file, 'utf8'));

		if (said !== 'sequence') {
			console.log(file + ': ' + said);
			process.exitCode = 1;
		}
	}
	await browser.close();
}

if (!files.length)
	throw new Error('no file');
main();
