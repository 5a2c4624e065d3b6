/* SPDX-License-Identifier: MIT */
/*
 * bisect.h - the parts of "baton bisect".
 *
 * Layer: cli. May include: bisect, scenario, reports, base.
 */
#ifndef CLI_BISECT_H
#define CLI_BISECT_H

#include "bisect/blame.h"
#include "bisect/cores.h"
#include "cli/code.h"
#include "cli/output.h"

/* What a bisection of a series came to. */
struct bisect_found {
	struct prober prober;
	struct series series;
	const char *name;   /* what is judged */
	const char *others; /* names that change, too, between the ends: "a, b"; "" */
	struct bisect bisect;
	struct blame blame;
	struct cores cores;
	bool first_fixed;
	struct text *told; /* appended; whose it is, says apart.h */
};

/* Append it as text for people. */
void bisect_text(const struct bisect_found *found, const struct report_options *options,
		 struct text *out);

/* Append it as one JSON document. */
void bisect_json(const struct bisect_found *found, struct text *out);

/* "baton bisect git ...", with that as argv[0]. */
enum code bisect_git(int argc, char **argv);

#endif
