/* SPDX-License-Identifier: MIT */
/*
 * main.c - "pages md|html LIST RUN POINTS": a page of the documents, to stdout.
 *
 * LIST, RUN and POINTS are files with the output of "baton list --json", "baton run
 * --json" and "baton points --patches --json".
 *
 * Layer: pages. May include: reports, base.
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "pages/matrix.h"

/* Bytes; the pages of today are made of some 4 MiB. */
#define DOCUMENT_SIZE_MAX (256u << 20)

/* What @document->path names is read into @text. */
static void read_document(struct matrix_document *document, struct text *text, struct err *err)
{
	int error = file_read(document->path, DOCUMENT_SIZE_MAX, text);

	if (error)
		err_add(err, "cannot read '%s': %s", document->path, strerror(error));
	document->bytes = text->bytes;
	document->length = text->length;
}

int main(int argc, char **argv)
{
	bool html = argc > 1 && !strcmp(argv[1], "html");
	struct matrix_document documents[MATRIX_DOCUMENTS];
	struct text bytes[MATRIX_DOCUMENTS] = { TEXT_INIT, TEXT_INIT, TEXT_INIT };
	struct matrix matrix = { 0 };
	struct err err = ERR_INIT;
	struct text text = TEXT_INIT;
	int failed;

	if (argc != 5 || (!html && strcmp(argv[1], "md") != 0)) {
		fputs("usage: pages md|html LIST RUN POINTS\n", stderr);
		return 2;
	}
	for (int i = 0; i < MATRIX_DOCUMENTS; i++) {
		documents[i].path = argv[2 + i];
		read_document(&documents[i], &bytes[i], &err);
	}
	failed = err.count || matrix_parse(&matrix, documents, &err);
	if (failed)
		fputs(err.text.bytes, stderr);
	else if (html)
		matrix_html(&matrix, &text);
	else
		matrix_markdown(&matrix, &text);
	failed |= fwrite(text.bytes, 1, text.length, stdout) != text.length || fflush(stdout);
	matrix_release(&matrix);
	for (int i = 0; i < MATRIX_DOCUMENTS; i++)
		text_release(&bytes[i]);
	text_release(&text);
	err_release(&err);
	return failed ? 2 : 0;
}
