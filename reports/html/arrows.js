// SPDX-License-Identifier: MIT
// arrows.js - what must come before what: the orders that the failure needs, always, and what
// the step that is looked at has to do with.

const SVG = 'http://www.w3.org/2000/svg';

function svg(tag, attributes) {
	const element = document.createElementNS(SVG, tag);

	Object.keys(attributes).forEach((key) => element.setAttribute(key, attributes[key]));
	return element;
}

function arrowHead(id) {
	const marker = svg('marker', { id: id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7,
		markerHeight: 7, orient: 'auto-start-reverse' });

	marker.append(svg('path', { d: 'M0 0L8 4L0 8z' }));
	return marker;
}

class Arrows {
	constructor(view) {
		const defs = svg('defs', {});

		this.view = view;
		this.home = view.article.querySelector('.all');
		this.lanes = this.home.querySelectorAll('.steps thead [class^=k]');
		this.orders = Array.from(view.article.querySelectorAll('.why data'))
			.map((data) => data.value.split(' ').map(Number)).filter((pair) => pair[0]);
		this.canvas = svg('svg', { class: 'arrows', 'aria-hidden': 'true' });
		defs.append(arrowHead(view.article.id + 'head'));
		this.canvas.append(defs);
		this.home.append(this.canvas);
	}

	// Where the lane of a step's CPU crosses its row; null: the row is not shown.
	place(number) {
		const row = this.view.rows[number - 1];

		if (!row || row.hidden)
			return null;
		const home = this.home.getBoundingClientRect();
		const box = this.view.table.place(row);
		const lane = this.lanes[this.view.run.steps[number - 1].lane]
			.getBoundingClientRect();

		return { x: lane.left - home.left + 1, y: box.top - home.top + box.height / 2,
			bottom: box.bottom - home.top };
	}

	add(from, to, name) {
		if (name === 'hb' && this.orders.some((pair) => pair[0] === from && pair[1] === to))
			return;
		const a = this.place(from), b = this.place(to);

		if (!a || !b)
			return;
		const bend = Math.min(60, Math.abs(b.y - a.y) / 2 + 10);
		const curve = ['M', a.x, a.y, 'C', a.x, a.y + bend, b.x, b.y - bend, b.x, b.y - 2];

		this.canvas.append(svg('path', { class: name,
			'marker-end': 'url(#' + this.view.article.id + 'head)',
			d: curve.join(' ') }));
	}

	clear() {
		this.canvas.querySelectorAll('path[class]').forEach((path) => path.remove());
	}

	// Once in a frame: to know where rows are takes time.
	draw() {
		if (this.waits)
			return;
		this.waits = true;
		requestAnimationFrame(() => {
			this.waits = false;
			this.clear();
			if (!this.view.comparing)
				this.drawNow();
		});
	}

	drawNow() {
		const run = this.view.run, step = run.steps[this.view.number - 1];
		const near = (way) => neighbours(run, step, way).map((other) => other.number);

		if (step) {
			near(-1).forEach((number) => this.add(number, step.number, 'hb'));
			near(1).forEach((number) => this.add(step.number, number, 'hb'));
		}
		this.orders.forEach((pair) => this.add(pair[0], pair[1], 'core'));
	}
}
