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

#include "pages/matrix.h"

int main(int argc, char **argv)
{
	bool html = argc > 1 && !strcmp(argv[1], "html");
	struct matrix matrix;
	struct err err = ERR_INIT;
	struct text text = TEXT_INIT;
	int failed;

	if (argc != 5 || (!html && strcmp(argv[1], "md") != 0)) {
		fputs("usage: pages md|html LIST RUN POINTS\n", stderr);
		return 2;
	}
	failed = matrix_load(&matrix, argv[2], argv[3], argv[4], &err);
	if (failed)
		fputs(err.text.bytes, stderr);
	else if (html)
		matrix_html(&matrix, &text);
	else
		matrix_markdown(&matrix, &text);
	failed |= fwrite(text.bytes, 1, text.length, stdout) != text.length || fflush(stdout);
	matrix_release(&matrix);
	text_release(&text);
	err_release(&err);
	return failed ? 2 : 0;
}
