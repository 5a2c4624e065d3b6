// SPDX-License-Identifier: MIT
// rows.js - the rows of a table of steps. Of a long one, only those in view are in the page.
//
// There, each row is as high as any other, and empty space stands for the rows above and below
// those that are in the page: where a row is can be computed, whether it is there or not. A cell
// per lane in each row would be most of what the browser lays out. So the cells in which nothing
// stands are taken out of the rows, and what they draw is drawn as one strip from row to row.

// A table that has fewer rows is left alone: the browser itself can find text in it.
const LONG = 1000;
// Rows above and below the view.
const SPARE = 4;

// In one lane, from a row to another: a CPU that lives ('a'), or waits ('w').
class Strips {
	constructor(rows, lanes) {
		this.lanes = lanes;
		this.states = new Map(rows.map((row) => [row, this.takeOut(row)]));
		this.grid = make('tr', '');
		this.element = make('tbody', 'strips', this.grid);
		this.element.setAttribute('aria-hidden', 'true');
	}

	takeOut(row) {
		const cells = Array.from(row.cells).slice(1);

		cells.forEach((cell) => cell.hasChildNodes() || cell.remove());
		return cells.slice(0, this.lanes).map((cell) =>
			['w', 'a'].find((name) => cell.classList.contains(name)) || '');
	}

	follow(rows) {
		const open = new Array(this.lanes).fill(null);

		this.all = [];
		rows.forEach((row, i) => this.states.get(row).forEach((name, lane) => {
			if (!open[lane] || open[lane].name !== name) {
				open[lane] = { lane: lane, name: name, from: i };
				if (name)
					this.all.push(open[lane]);
			}
			open[lane].to = i + 1;
		}));
	}

	// As the rows between @first and @last are those in the page.
	put(first, last) {
		const near = this.all.filter((strip) => strip.from < last && strip.to > first);

		this.grid.replaceChildren(...near.map((strip) => {
			const cell = make('td', strip.name + ' k' + strip.lane);

			cell.style.gridRow = (Math.max(strip.from, first) - first + 1) + ' / ' +
				(Math.min(strip.to, last) - first + 1);
			return cell;
		}));
	}
}

class Rows {
	// @bar: lies over the view's top, as the head of @table does.
	constructor(table, bar) {
		const groups = table.querySelectorAll('tbody:not(.end)');

		this.all = Array.from(groups).flatMap((group) => Array.from(group.rows));
		this.long = this.all.length >= LONG;
		if (!this.long)
			return;
		this.above = make('tbody', '');
		this.body = make('tbody', '');
		this.below = make('tbody', '');
		this.marker = make('div', 'marker');
		this.bars = [bar, table.tHead];
		groups.forEach((group) => group.remove());
		table.classList.replace('cells', 'long');
		this.strips = new Strips(this.all,
			table.tHead.querySelectorAll('[class^=k]').length);
		table.tHead.after(this.above, this.strips.element, this.body, this.below);
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
		this.covered = this.bars.reduce((sum, bar) => sum + bar.offsetHeight, 0);
		this.shown = this.all.filter((row) => !row.hidden);
		this.index = new Map(this.shown.map((row, i) => [row, i]));
		this.strips.follow(this.shown);
		this.put(0, 0);
		this.high = this.below.getBoundingClientRect().height / this.shown.length;
		this.fill();
	}

	// Those in view; all are shown between above and below.
	fill() {
		const top = this.above.getBoundingClientRect().top;
		const first = Math.floor((this.covered - top) / this.high) - SPARE;
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
		this.strips.put(first, last);
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

	// As many others come and go, the browser would lose its place: @row stays in view, or
	// else the table begins there.
	keep(row) {
		if (!this.long)
			return;
		if (row && !row.hidden)
			return this.reveal(row);
		this.body.parentNode.scrollIntoView();
		this.fill();
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
