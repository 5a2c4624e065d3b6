// SPDX-License-Identifier: MIT
// data.js - an execution as the page has it: steps, and the state after each of them.
'use strict';

const ACCESSES = ['read', 'write', 'rmw', 'add', 'lock', 'unlock', 'wait', 'local'];
const READ = 0, ADD = 3, LOCAL = 7;

// Interrupt contexts are in the lane of the CPU that they interrupt.
function laneOf(run, cpu) {
	while (run.cpus[cpu][1] >= 0)
		cpu = run.cpus[cpu][1];
	return run.lanes.indexOf(cpu);
}

function decodeStep(row, index, run) {
	const step = {
		number: index + 1, cpu: row[0], kind: row[1], object: run.objects[row[2]],
		location: row[3], place: row[4], at: row[5], line: row[6], point: row[7],
		file: row[8], changes: row[9],
	};

	step.function = step.at ? run.places[step.at][0] : '';
	step.lane = laneOf(run, step.cpu);
	return step;
}

// The fields of the state in the order of the model; does a field ever change?
function decodeFields(run) {
	const fields = run.fields.map((field) => field && {
		object: field[0], name: field[1], changes: 0,
		key: run.objects[field[0]].concat(field[1]).join('\n'),
	});

	run.steps.forEach((step) => {
		for (let i = 0; i < step.changes.length; i += 2)
			fields[step.changes[i]].changes++;
	});
	return fields;
}

// What html_data() has written.
function decodeRun(element) {
	const run = JSON.parse(element.textContent);

	run.steps = run.steps.map((row, index) => decodeStep(row, index, run));
	run.fields = decodeFields(run);
	return run;
}

function applyChanges(values, changes) {
	for (let i = 0; i < changes.length; i += 2)
		values[changes[i]] = changes[i + 1];
}

// The value of each field after step @number; 0: when the CPUs start. Not shown: null.
function stateAfter(run, number) {
	const values = run.fields.map(() => null);

	applyChanges(values, run.begin[0]);
	for (let i = 0; i < number; i++)
		applyChanges(values, run.steps[i].changes);
	return values;
}

// Does the order of two accesses matter? As in the search.
function conflicts(a, b) {
	if (a.cpu === b.cpu || !a.location || a.location !== b.location)
		return false;
	if (a.kind === LOCAL || b.kind === LOCAL)
		return false;
	return a.kind !== b.kind || (a.kind !== READ && a.kind !== ADD);
}

// The nearest steps before (@way -1) or after (+1) that must stay there: one per CPU, up to
// one that all others of that address have to do with.
function neighbours(run, step, way) {
	const found = [], seen = new Set();

	for (let i = step.number - 1 + way; i >= 0 && i < run.steps.length; i += way) {
		const other = run.steps[i];

		if (other.location !== step.location)
			continue;
		if (other.cpu === step.cpu && other.kind !== READ)
			break;
		if (!conflicts(step, other) || seen.has(other.cpu))
			continue;
		seen.add(other.cpu);
		found.push(other);
		if (other.kind !== READ && other.kind !== ADD)
			break;
	}
	return found;
}

// From the innermost frame of a step outwards.
function stackOf(run, step) {
	const frames = [];

	for (let i = step.place; i; i = run.places[i][3])
		frames.push(run.places[i]);
	return frames;
}

function cpuName(run, cpu) {
	return run.cpus[cpu][0];
}

function objectName(object) {
	return object ? object.join(' ') : '';
}

// "rmw page A"; a lock is known by its name.
function accessName(step) {
	const object = step.object;

	if (!object)
		return step.kind === LOCAL ? '' : ACCESSES[step.kind];
	return ACCESSES[step.kind] + ' ' + (object[0] === 'lock' ? object[1] : objectName(object));
}
