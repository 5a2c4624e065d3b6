// SPDX-License-Identifier: MIT
// compare.js - two executions beside each other, and what is different in their states.

class Comparison {
	constructor(view) {
		const section = view.article.querySelector('.both');

		this.view = view;
		this.passing = decodeRun(section.querySelector('script.passing'));
		this.rows = Array.from(section.querySelectorAll('.cmp tbody tr'));
		this.reached = { a: 0, b: 0 };
		this.steps = this.rows.map((row) => this.read(row));
		this.row = 0;
		section.addEventListener('click', (event) => {
			const row = event.target.closest('.cmp tbody tr');

			if (row)
				this.select(this.rows.indexOf(row));
		});
	}

	// How far both are behind a row.
	read(row) {
		['a', 'b'].forEach((side) => {
			const cell = row.querySelector('td.' + side);

			if (cell)
				this.reached[side] = Number(cell.textContent);
		});
		return Object.assign({}, this.reached);
	}

	move(way) {
		this.select(Math.max(0, Math.min(this.rows.length - 1, this.row + way)));
	}

	select(row) {
		this.row = row;
		this.view.go(this.steps[row].a);
	}

	show(number) {
		if (this.steps[this.row].a !== number)
			this.row = Math.max(0, this.steps.findIndex((both) => both.a === number));
		this.rows.forEach((row, i) => row.classList.toggle('now', i === this.row));
		this.rows[this.row].scrollIntoView({ block: 'nearest' });
		this.view.name.replaceChildren(...this.describe());
		this.view.state.showBeside(this.steps[this.row], this.passing);
		this.view.more.replaceChildren();
	}

	describe() {
		const both = this.steps[this.row];

		return ['step ' + both.a + ' of the execution that fails,', make('br', ''),
			'step ' + both.b + ' of the one that passes'];
	}
}
