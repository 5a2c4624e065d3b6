// SPDX-License-Identifier: MIT
// dom.js - elements, made short.

// make('td', 'c', 'text', child...): an element of a class ('' for none) with its content.
function make(tag, name, ...content) {
	const element = document.createElement(tag);

	if (name)
		element.className = name;
	content.forEach((part) => element.append(part));
	return element;
}

function button(label, title, action) {
	const element = make('button', '', label);

	element.type = 'button';
	element.title = title;
	if (!/[a-z]/.test(label))
		element.setAttribute('aria-label', title);
	element.addEventListener('click', action);
	return element;
}

function labelled(label, control) {
	return make('label', '', label + ' ', control);
}

function choose(options, action) {
	const select = make('select', '');

	options.forEach((text) => select.append(make('option', '', text)));
	select.addEventListener('change', action);
	return select;
}

// Files have no clipboard in some browsers: then the old way, through a selection.
function copyText(text, done) {
	const old = () => {
		const area = make('textarea', 'aside', '');

		area.value = text;
		document.body.append(area);
		area.select();
		done(document.execCommand('copy'));
		area.remove();
	};

	if (navigator.clipboard && window.isSecureContext)
		navigator.clipboard.writeText(text).then(() => done(true), old);
	else
		old();
}
