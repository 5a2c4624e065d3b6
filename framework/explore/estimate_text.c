/* SPDX-License-Identifier: MIT */
/*
 * estimate_text.c - an estimate in words: no more digits than it is worth.
 */
#include "explore/estimate.h"

/* Three digits and zeros, in groups of three: "12,300,000". */
void estimate_number_text(double number, struct text *text)
{
	uint64_t whole, unit = 1;

	if (number >= 1e15) {
		text_addf(text, "%.1e", number);
		return;
	}
	whole = (uint64_t)(number + 0.5);
	while (whole / unit >= 1000)
		unit *= 10;
	whole = (whole + unit / 2) / unit * unit;
	text_add_count(text, whole);
}

void estimate_text(const struct estimate_result *result, struct text *text)
{
	double percent = result->mean > 0 ? 100 * result->error / result->mean : 0;

	text_add(text, "about ");
	estimate_number_text(result->mean, text);
	text_addf(text, " %s (+-%u %%)", result->traces ? "traces" : "interleavings",
		  (unsigned int)(percent + 0.5));
	text_add(text, ", hardly less than ");
	estimate_number_text(result->at_least, text);
}
