/* SPDX-License-Identifier: MIT */
/*
 * fuzz_pages.c - JSON that a page is made of: what "baton list", "run" and "points" print,
 * one behind the other, with lines "%%" between them.
 */
#include <string.h>

#include "fuzz/fuzz.h"
#include "pages/matrix.h"

void fuzz(const char *bytes, size_t length)
{
	struct matrix_document documents[MATRIX_DOCUMENTS];
	struct matrix matrix;
	struct err err = ERR_INIT;
	struct text text = TEXT_INIT;
	const char *end = bytes + length;

	for (size_t i = 0; i < MATRIX_DOCUMENTS; i++) {
		const char *behind = strstr(bytes, "%%\n");

		documents[i] =
			(struct matrix_document){ "document", bytes,
						  (size_t)((behind ? behind : end) - bytes) };
		bytes = behind ? behind + 3 : end;
	}
	if (!matrix_parse(&matrix, documents, &err)) {
		matrix_markdown(&matrix, &text);
		matrix_html(&matrix, &text);
		FUZZ_CHECK(text.length && !err.count);
	} else {
		FUZZ_CHECK(err.count);
	}
	matrix_release(&matrix);
	text_release(&text);
	err_release(&err);
}
