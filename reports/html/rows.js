// SPDX-License-Identifier: MIT
// rows.js - the rows of a table of steps. Of a long one, only those in view are in the page.
//
// There, each row is as high as any other, and empty space stands for the rows above and below
// those that are in the page: where a row is can be computed, whether it is there or not.

// A table that has fewer rows is left alone: the browser itself can find text in it.
const LONG = 1000;
// Rows above and below the view.
const SPARE = 4;

class Rows {
	constructor(table) {
		const groups = table.querySelectorAll('tbody:not(.end)');

		this.all = Array.from(groups).flatMap((group) => Array.from(group.rows));
		this.long = this.all.length >= LONG;
		if (!this.long)
			return;
		this.above = make('tbody', '');
		this.body = make('tbody', '');
		this.below = make('tbody', '');
		this.marker = make('div', 'marker');
		groups.forEach((group) => group.remove());
		table.classList.add('long');
		table.tHead.after(this.above, this.body, this.below);
		table.after(this.marker);
		this.refresh();
		this.listen();
	}

	listen() {
		const again = () => this.fill();

		window.addEventListener('scroll', again, { passive: true });
		window.addEventListener('resize', () => this.refresh());
		window.addEventListener('beforeprint', () => this.put(0, this.shown.length));
		window.addEventListener('afterprint', again);
	}

	// Others are hidden now, or the page is shown.
	refresh() {
		if (!this.long)
			return;
		this.shown = this.all.filter((row) => !row.hidden);
		this.index = new Map(this.shown.map((row, i) => [row, i]));
		this.put(0, 0);
		this.high = this.below.getBoundingClientRect().height / this.shown.length;
		this.fill();
	}

	// Those in view; all are shown between above and below.
	fill() {
		const top = this.above.getBoundingClientRect().top;
		const first = Math.floor(-top / this.high) - SPARE;
		const last = Math.ceil((window.innerHeight - top) / this.high) + SPARE;
		const within = (i) => Math.max(0, Math.min(this.shown.length, i));

		if (this.high > 0)
			this.put(within(first), within(last));
	}

	put(first, last) {
		if (this.first === first && this.last === last && last)
			return;
		const wanted = this.shown.slice(first, last), kept = new Set(wanted);

		Array.from(this.body.rows).forEach((row) => kept.has(row) || row.remove());
		wanted.forEach((row, i) => this.body.rows[i] === row ||
			this.body.insertBefore(row, this.body.rows[i] || null));
		this.first = first;
		this.last = last;
		this.setHeight(this.above, first);
		this.setHeight(this.below, this.shown.length - last);
	}

	setHeight(space, rows) {
		space.style.height = 'calc(' + rows + ' * var(--row))';
	}

	// Where a row is in the view.
	place(row) {
		if (!this.long)
			return row.getBoundingClientRect();
		const top = this.above.getBoundingClientRect().top +
			this.index.get(row) * this.high;

		return { top: top, bottom: top + this.high, height: this.high };
	}

	reveal(row) {
		let target = row;

		if (this.long) {
			const home = this.marker.offsetParent.getBoundingClientRect();

			this.marker.style.top = (this.place(row).top - home.top) + 'px';
			target = this.marker;
		}
		target.scrollIntoView({ block: 'nearest' });
		if (this.long)
			this.fill();
	}
}
