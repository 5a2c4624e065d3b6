// SPDX-License-Identifier: MIT
// view.js - one execution on the page: which step is looked at, which are shown.

// Hues of lanes.
const LANES = 6;
const HINT = 'CPU, point, object, function';

function findMarks(article, run) {
	const marks = [];

	article.querySelectorAll('.steps .s').forEach((row, i) => {
		if (row.classList.contains('p'))
			marks.push({ number: i + 1, colour: '--amber', what: 'preempts' });
		if (row.classList.contains('x'))
			marks.push({ number: i + 1, colour: '--violet', what: 'faults' });
		if (row.classList.contains('bad'))
			marks.push({ number: i + 1, colour: '--red', what: 'fails' });
	});
	return marks;
}

class RunView {
	constructor(article, page) {
		this.article = article;
		this.page = page;
		this.run = decodeRun(article.querySelector('script.data'));
		this.rows = Array.from(article.querySelectorAll('.steps .s'));
		this.others = Array.from(article.querySelectorAll('.steps .n'));
		this.marks = findMarks(article, this.run);
		this.number = 0;
		this.build();
		this.table = new Rows(article.querySelector('.steps'), this.head);
		this.compare = article.querySelector('.both') ? new Comparison(this) : null;
		this.arrows = new Arrows(this);
		this.showTab(false);
	}

	get count() {
		return this.run.steps.length;
	}

	// ---- What stands around the table

	build() {
		const go = (number) => this.go(number);

		this.overview = new Overview(this.run, this.marks);
		this.slider = make('input', '');
		Object.assign(this.slider, { type: 'range', min: 0, max: this.count, value: 0 });
		this.slider.setAttribute('aria-label', 'step');
		this.slider.addEventListener('input', () => go(Number(this.slider.value)));
		this.where = make('output', '');
		this.head = make('div', 'head',
			make('div', 'strip', this.overview.canvas, this.slider), this.buildTools());
		this.state = new StatePanel(this.run);
		this.name = make('p', 'name');
		this.name.setAttribute('aria-live', 'polite');
		this.more = make('div', 'more');
		this.panel = make('aside', 'panel', this.name, this.state.element, this.more);
		this.panel.setAttribute('aria-label', 'state and stack');
		this.panel.tabIndex = 0;
		this.article.querySelector('header').after(this.head);
		// Lanes of three pixels at least, with the marks below them.
		this.head.style.setProperty('--strip',
			Math.max(32, 3 * this.run.lanes.length + 6) + 'px');
		this.layOut();
		this.article.querySelector('.all').addEventListener('click', (event) => {
			const row = event.target.closest('.s');

			if (row)
				go(this.rows.indexOf(row) + 1);
		});
	}

	// Table and panel beside each other, all else above or below.
	layOut() {
		const parts = make('div', 'parts'), tables = make('div', 'tables');

		this.article.querySelector('.all').before(parts);
		tables.append(...this.article.querySelectorAll('.all, .both, .stacks, .log'));
		parts.append(tables, this.panel);
	}

	buildTools() {
		const names = this.run.cpus.map((cpu) => cpu[0]);
		const objects = Array.from(new Set(this.run.steps.map((step) =>
			objectName(step.object))));
		const again = () => this.filter();

		this.cpu = choose(['all'].concat(names.filter((name, i) =>
			this.run.steps.some((step) => step.cpu === i))), again);
		this.object = choose(['all'].concat(objects.filter(Boolean).sort()), again);
		this.words = make('input', '');
		Object.assign(this.words, { type: 'search', placeholder: HINT });
		this.words.setAttribute('aria-label', 'find steps by ' + HINT);
		this.words.addEventListener('input', again);
		this.named = make('input', '');
		this.named.type = 'checkbox';
		this.named.addEventListener('change', again);
		this.shown = make('span', 'dim');
		return make('div', 'tools',
			button('⇤', 'first step (Home)', () => this.go(0)),
			button('←', 'step back (k)', () => this.move(-1)),
			button('→', 'step on (j)', () => this.move(1)),
			button('⇥', 'last step (End)', () => this.go(this.count)),
			this.where, this.buildJumps(),
			labelled('CPU', this.cpu), labelled('object', this.object), this.words,
			labelled('named only', this.named), this.shown);
	}

	buildJumps() {
		const jumps = make('span', 'jumps');

		if (this.marks.some((mark) => mark.what === 'preempts'))
			jumps.append(button('next *', 'next preemption (p)',
				() => this.nextMark('preempts', 1)));
		if (this.marks.some((mark) => mark.what === 'faults'))
			jumps.append(button('next !', 'next fault (x)',
				() => this.nextMark('faults', 1)));
		if (this.failure())
			jumps.append(button('failure', 'the step that fails (f)',
				() => this.goToFailure()));
		if (this.article.querySelector('.both'))
			jumps.append(button('compare', 'beside the nearest that passes (c)',
				() => this.showTab(!this.comparing)));
		return jumps;
	}

	// ---- Which step

	go(number, quiet) {
		const row = this.rows[this.number - 1];

		this.number = Math.max(0, Math.min(this.count, number));
		this.showStep();
		this.mark(row, false);
		this.mark(this.rows[this.number - 1], true);
		this.slider.value = this.number;
		this.where.textContent = 'step ' + this.number + ' of ' + this.count;
		this.slider.setAttribute('aria-valuetext', this.where.textContent);
		if (!quiet)
			this.page.remember(this.article.id +
				(this.number ? 's' + this.number : ''));
	}

	mark(row, now) {
		if (!row)
			return;
		row.classList.toggle('now', now);
		if (now)
			row.setAttribute('aria-current', 'step');
		else
			row.removeAttribute('aria-current');
	}

	showStep() {
		const row = this.rows[this.number - 1];

		if (this.comparing) {
			this.compare.show(this.number);
			this.arrows.clear();
		} else {
			// First: to know where rows are takes time once something is changed.
			if (row && !row.hidden)
				this.table.reveal(row);
			this.name.replaceChildren(...nameStep(this.run, this.number, row));
			this.state.show(this.number);
			this.more.replaceChildren(...describeStep(this.run, this.number,
				(number) => this.go(number)));
			this.arrows.draw();
		}
	}

	// The next step that the filter shows.
	move(way) {
		let number = this.number + way;

		if (this.comparing)
			return this.compare.move(way);
		while (number > 0 && number <= this.count && this.rows[number - 1].hidden)
			number += way;
		if (number >= 0 && number <= this.count)
			this.go(number);
	}

	// Where another CPU takes over.
	nextSwitch(way) {
		const cpu = (number) => this.run.steps[number - 1].cpu;
		let number = this.number + way;

		while (number > 1 && number <= this.count && cpu(number) === cpu(number - 1))
			number += way;
		this.go(number);
	}

	nextMark(what, way) {
		const marks = this.marks.filter((mark) => mark.what === what &&
			(mark.number - this.number) * way > 0);

		if (marks.length)
			this.go((way > 0 ? marks[0] : marks[marks.length - 1]).number);
	}

	// 0: no step is known to.
	failure() {
		const mark = this.marks.find((one) => one.what === 'fails');

		return this.run.finding || (mark ? mark.number : 0);
	}

	goToFailure() {
		this.go(this.failure() || this.count);
	}

	// ---- Which steps are shown

	describes(step, words) {
		const text = [cpuName(this.run, step.cpu), step.point, objectName(step.object),
			step.function, step.file, this.rows[step.number - 1].textContent]
			.join(' ').toLowerCase();

		return words.every((word) => text.includes(word));
	}

	filter() {
		const words = this.words.value.toLowerCase().split(/\s+/).filter(Boolean);
		const cpu = this.cpu.value, object = this.object.value;
		const narrow = words.length > 0 || object !== 'all';
		let count = 0;

		this.run.steps.forEach((step, i) => {
			const shown = (cpu === 'all' || cpuName(this.run, step.cpu) === cpu) &&
				(object === 'all' || objectName(step.object) === object) &&
				(!this.named.checked || !this.rows[i].classList.contains('u')) &&
				(!words.length || this.describes(step, words));

			this.rows[i].hidden = !shown;
			count += shown;
		});
		this.others.forEach((row) => {
			row.hidden = narrow || (cpu !== 'all' &&
				cpuName(this.run, Number(row.dataset.cpu)) !== cpu);
		});
		this.shown.textContent = count < this.count ?
			count + ' of ' + this.count + ' steps' : '';
		this.table.refresh();
		this.table.keep(this.rows[this.number - 1]);
		this.arrows.draw();
	}

	clear() {
		this.cpu.value = this.object.value = 'all';
		this.words.value = '';
		this.named.checked = false;
		this.words.blur();
		this.filter();
	}

	showTab(comparing) {
		this.comparing = Boolean(comparing && this.compare);
		this.article.classList.toggle('comparing', this.comparing);
		this.go(this.number, true);
	}

	enter() {
		const bars = { '--bar': this.head,
			'--heading': this.article.querySelector('.steps thead') };

		Object.keys(bars).forEach((name) => document.documentElement.style.setProperty(name,
			bars[name].offsetHeight + 'px'));
		this.table.refresh();
		this.overview.draw();
		this.arrows.draw();
	}
}
