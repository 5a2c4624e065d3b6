// SPDX-License-Identifier: MIT
// page.js - what is shown of a page: the table of a run, or one execution; and the keys.

const KEYS = [
	['j k', 'next, previous step'], ['J K', 'where another CPU takes over'],
	['p P', 'next, previous preemption'], ['x X', 'next, previous fault'],
	['f', 'the step that fails'], ['Home End', 'first, last step'],
	['/', 'find steps'], ['Esc', 'show all steps again'], ['n', 'named steps only'],
	['c', 'beside the nearest that passes'], ['y', 'copy the replay command'],
	['Y', 'copy as a changelog'], ['t', 'light, dark'], ['i', 'all of the run'], ['?', 'keys'],
];

class Page {
	constructor() {
		this.views = new Map();
		this.articles = Array.from(document.querySelectorAll('article.run'));
		this.index = document.querySelector('.index');
		this.build();
		window.addEventListener('hashchange', () => this.route());
		window.addEventListener('resize', () => this.view && this.view.enter());
		document.addEventListener('keydown', (event) => this.key(event));
		document.addEventListener('click', (event) => this.copy(event));
		document.querySelectorAll('.copy').forEach((one) => { one.hidden = false; });
		this.route();
		// The browser goes to the row that the address names by itself, and puts it on top.
		window.addEventListener('load', () => requestAnimationFrame(() => this.route()));
	}

	build() {
		const list = make('dl', '');

		KEYS.forEach((key) => list.append(make('dt', '', key[0]), make('dd', '', key[1])));
		this.help = make('dialog', '', make('h2', '', 'Keys'), list,
			button('close', 'close', () => this.help.close()));
		this.said = make('p', 'said');
		this.said.setAttribute('role', 'status');
		this.nav = make('nav', '');
		if (this.index)
			this.nav.append(button('all of the run', 'table of the run (i)',
				() => this.toIndex()));
		this.nav.append(button('light / dark', 'light, dark (t)', () => this.toggleTheme()),
			button('keys', 'keys (?)', () => this.help.showModal()));
		document.body.prepend(this.nav);
		document.body.append(this.help, this.said);
	}

	// "#r3s14": execution 3, step 14.
	route() {
		const match = /^#(r\d+)(?:s(\d+))?$/.exec(location.hash);
		const wanted = match && this.articles.find((article) => article.id === match[1]);
		const article = wanted || (this.index ? null : this.articles[0]);

		this.articles.forEach((one) => { one.hidden = one !== article; });
		if (this.index)
			this.index.hidden = Boolean(article);
		this.view = article ? this.open(article) : null;
		if (this.view) {
			this.view.enter();
			window.scrollTo(0, 0);
			this.view.go(match && match[2] ? Number(match[2]) : this.view.number, true);
			if (!match || !match[2])
				window.scrollTo(0, 0);
		}
	}

	open(article) {
		if (!this.views.has(article))
			this.views.set(article, new RunView(article, this));
		return this.views.get(article);
	}

	// Not at once: while the slider is drawn it would be too often for the browser.
	remember(hash) {
		clearTimeout(this.remembers);
		this.remembers = setTimeout(() =>
			history.replaceState(null, '', '#' + hash), 100);
	}

	toIndex() {
		if (this.index)
			location.hash = 'index';
	}

	toggleTheme() {
		const root = document.documentElement;
		const dark = root.dataset.theme ? root.dataset.theme === 'dark' :
			matchMedia('(prefers-color-scheme: dark)').matches;

		root.dataset.theme = dark ? 'light' : 'dark';
		if (this.view)
			this.view.enter();
	}

	// ---- Copying

	say(text) {
		this.said.textContent = text;
		clearTimeout(this.silence);
		this.silence = setTimeout(() => { this.said.textContent = ''; }, 2000);
	}

	copy(event) {
		const one = event.target.closest('.copy');

		if (!one)
			return;
		const from = one.dataset.what === 'log' ?
			one.closest('details').querySelector('pre') :
			one.parentNode.querySelector('code');

		copyText(from.textContent, (done) => this.say(done ? 'copied' : 'cannot copy'));
	}

	press(selector) {
		const one = this.view && this.view.article.querySelector(selector);

		if (one)
			one.click();
	}

	// ---- Keys

	key(event) {
		const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) &&
			event.target.type !== 'range' && event.target.type !== 'checkbox';

		if (event.key === 'Escape' && this.view && !this.help.open)
			this.view.clear();
		if (typing || event.ctrlKey || event.metaKey || event.altKey || this.help.open)
			return;
		const action = this.actions()[event.key];

		if (action && (this.view || 't?'.includes(event.key))) {
			event.preventDefault();
			action(this.view);
		}
	}

	actions() {
		return {
			j: (view) => view.move(1), k: (view) => view.move(-1),
			J: (view) => view.nextSwitch(1), K: (view) => view.nextSwitch(-1),
			p: (view) => view.nextMark('preempts', 1),
			P: (view) => view.nextMark('preempts', -1),
			x: (view) => view.nextMark('faults', 1),
			X: (view) => view.nextMark('faults', -1),
			f: (view) => view.goToFailure(), Home: (view) => view.go(0),
			End: (view) => view.go(view.count), '/': (view) => view.words.focus(),
			n: (view) => view.named.click(), c: (view) => view.showTab(!view.comparing),
			y: () => this.press('.copy[data-what=replay]'),
			Y: () => this.press('.copy[data-what=log]'),
			t: () => this.toggleTheme(), i: () => this.toIndex(),
			'?': () => this.help.showModal(),
		};
	}
}

new Page();
