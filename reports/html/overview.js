// SPDX-License-Identifier: MIT
// overview.js - the whole execution as a strip: which CPU makes which step. The slider lies
// over it.

// light-dark() is resolved where it is used, not where it is defined.
function resolved(name) {
	const probe = make('span', '');

	probe.style.color = 'var(' + name + ')';
	document.body.append(probe);
	const value = getComputedStyle(probe).color;

	probe.remove();
	return value;
}

class Overview {
	constructor(run, marks) {
		this.run = run;
		this.marks = marks;
		this.canvas = make('canvas', '');
		this.canvas.setAttribute('aria-hidden', 'true');
	}

	// A lane per CPU; below, a mark where a step preempts, fails or is wrong.
	draw() {
		const scale = window.devicePixelRatio || 1;
		const box = this.canvas.getBoundingClientRect();
		const width = box.width * scale, height = box.height * scale;
		const context = this.canvas.getContext('2d');
		const step = width / Math.max(this.run.steps.length, 1);
		const thick = (height - 6 * scale) / this.run.lanes.length;

		this.canvas.width = width;
		this.canvas.height = height;
		const wide = Math.max(step, 1), high = thick - scale;

		this.run.lanes.forEach((cpu, row) => {
			context.fillStyle = resolved('--lane' + row % LANES);
			this.run.steps.forEach((one, i) => {
				if (one.lane === row)
					context.fillRect(i * step, row * thick, wide, high);
			});
		});
		this.marks.forEach((mark) => {
			context.fillStyle = resolved(mark.colour);
			context.fillRect((mark.number - 1) * step, height - 5 * scale,
				Math.max(step, 2 * scale), 5 * scale);
		});
	}
}
