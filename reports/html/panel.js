// SPDX-License-Identifier: MIT
// panel.js - what is known at one step: the state, what the step changed of it, and the stack.

// Fields by object, objects by kind.
function groupFields(run) {
	const objects = new Map();

	run.fields.forEach((field, index) => {
		if (!field)
			return;
		if (!objects.has(field.object))
			objects.set(field.object, { name: run.objects[field.object], fields: [] });
		objects.get(field.object).fields.push({ index: index, field: field });
	});
	const kinds = Array.from(new Set(Array.from(objects.values()).map((one) => one.name[0])));

	return Array.from(objects.values())
		.sort((a, b) => kinds.indexOf(a.name[0]) - kinds.indexOf(b.name[0]));
}

// A field below the first one of an object has no heading.
function heading(object) {
	const cell = make(object ? 'th' : 'td', '', object);

	if (object)
		cell.scope = 'row';
	return cell;
}

function addRow(table, object, name, value) {
	const row = make('tr', '', heading(object), make('td', '', name), value);

	table.append(row);
	return row;
}

// Rows for what changes, with a line for the rest: an object after the other, in their order.
function addObject(body, rest, object) {
	const moving = object.fields.filter((entry) => entry.field.changes);
	const still = object.fields.filter((entry) => !entry.field.changes);
	const rows = [];

	moving.forEach((entry, i) => {
		const value = make('td', '');
		const row = addRow(body, i ? '' : objectName(object.name), entry.field.name, value);

		row.classList.toggle('first', i === 0);
		rows.push({ index: entry.index, row: row, value: value });
	});
	if (!still.length)
		return rows;
	const table = moving.length ? body : rest;
	const value = make('td', 'rest');
	const row = make('tr', moving.length ? 'rest' : '',
		heading(moving.length ? '' : objectName(object.name)), value);

	value.colSpan = 2;
	table.append(row);
	rows.push({ indices: still, row: row, value: value, above: rows.slice(),
		name: objectName(object.name) });
	return rows;
}

// Most cells are as they were at the step before: these are left alone.
function showValue(cell, before, after) {
	if (cell.before === before && cell.after === after)
		return;
	cell.before = before;
	cell.after = after;
	cell.value.textContent = '';
	cell.row.hidden = before === null && after === null;
	cell.row.classList.toggle('new', before !== after);
	if (before !== after && before !== null)
		cell.value.append(make('s', '', before), ' ');
	cell.value.append(after === null ? make('i', '', 'gone') : make('b', '', after));
}

function showRest(cell, values) {
	const known = cell.indices.filter((entry) => values[entry.index] !== null);
	const name = cell.above.every((one) => one.row.hidden) ? cell.name : '';
	const text = known
		.map((entry) => entry.field.name + ': ' + values[entry.index]).join(', ');

	if (cell.row.hidden === !known.length && cell.row.cells[0].textContent === name &&
	    cell.value.textContent === text)
		return;
	cell.row.hidden = !known.length;
	cell.row.cells[0].textContent = name;
	cell.value.textContent = text;
}

class StatePanel {
	constructor(run) {
		const table = make('table', 'state'), rest = make('table', 'state');

		this.run = run;
		this.heading = make('h3', '', 'State');
		this.cells = [];
		groupFields(run).forEach((object) => {
			this.cells = this.cells.concat(addObject(table, rest, object));
		});
		this.element = make('section', '', this.heading, table);
		if (rest.rows.length)
			this.element.append(make('details', '', make('summary', '',
				'what stays as it is: ' + rest.rows.length), rest));
		if (!this.cells.length)
			this.element.append(make('p', 'dim',
				'The code under test shows no state.'));
	}

	show(number) {
		const before = stateAfter(this.run, Math.max(0, number - 1));
		const after = before.slice();

		if (number)
			applyChanges(after, this.run.steps[number - 1].changes);
		this.heading.textContent = number ? 'State after step ' + number :
			'State when the CPUs start';
		this.cells.forEach((cell) => {
			if (cell.indices)
				showRest(cell, after);
			else
				showValue(cell, before[cell.index], after[cell.index]);
		});
	}

	// Where two executions stand: what is different in their states.
	showBeside(both, passing) {
		const ours = stateAfter(this.run, both.a), theirs = stateAfter(passing, both.b);
		const index = new Map(passing.fields.map((field, i) => [field && field.key, i]));

		this.heading.textContent = 'State: of the one that passes \u2192 that fails';
		this.cells.forEach((cell) => {
			if (cell.indices) {
				showRest(cell, ours);
				return;
			}
			const other = index.get(this.run.fields[cell.index].key);
			const value = other === undefined ? null : theirs[other];

			showValue(cell, value, ours[cell.index]);
		});
	}
}

// ---- The step ----

function linkTo(step, run, go) {
	const link = make('a', '', 'step ' + step.number);

	link.href = '#';
	link.addEventListener('click', (event) => {
		event.preventDefault();
		go(step.number);
	});
	return make('li', '', link, ' ' + cpuName(run, step.cpu) + ' ', make('b', '', step.point));
}

function listSteps(title, steps, run, go) {
	const list = make('ul', 'trace');

	steps.forEach((step) => list.append(linkTo(step, run, go)));
	return steps.length ? [make('h3', '', title), list] : [];
}

function listFrames(run, step) {
	const list = make('ol', 'trace');

	stackOf(run, step).forEach((frame) => list.append(make('li', '', frame[0], ' ',
		make('small', '', frame[1] ? frame[1] + ':' + frame[2] : ''))));
	return list.children.length ? [make('h3', '', 'Stack of ' + cpuName(run, step.cpu)), list] :
		[];
}

// What stands below the state: who else accesses the same, and the functions.
function describeStep(run, number, go) {
	const step = run.steps[number - 1];

	if (!step)
		return [];
	return [].concat(
		listSteps('Others at the same address, before', neighbours(run, step, -1), run, go),
		listSteps('Others at the same address, after', neighbours(run, step, 1), run, go),
		listFrames(run, step));
}

// @row: what the table says of it.
function nameStep(run, number, row) {
	const step = run.steps[number - 1], note = row && row.querySelector('q');

	if (!step)
		return [make('b', '', 'before step 1')];
	return [make('span', 'hue hue' + step.lane % LANES, cpuName(run, step.cpu)), ' ',
		make('b', '', step.point), note ? ': ' + note.textContent : '', make('br', ''),
		make('small', '', step.file + ':' + step.line),
		make('br', ''), accessName(step)];
}
