/* SPDX-License-Identifier: MIT */
/*
 * tap.c - KTAP, as the kernel's tests print it, and TAP 14. One emitter, two profiles.
 *
 * What they share: a plan, a subtest per scenario, a line per variant. KTAP tells what was
 * found in comments before the line, and has directives of its own; TAP 14 in a block of YAML
 * behind it. In TAP 14 '#' and '\' of a name are escaped, in KTAP a name cannot hold '#'.
 */
#include <string.h>

#include "reports/case.h"

struct tap_profile {
	const char *version;
	const char *indent;    /* of a subtest */
	const char *separator; /* between number and name */
	bool yaml;
};

static const struct tap_profile ktap = { "KTAP version 1", "  ", " ", false };
static const struct tap_profile tap14 = { "TAP version 14", "    ", " - ", true };

struct tap_state {
	const struct tap_profile *profile;
	struct test_suites suites;
};

static void put_name(const struct tap_profile *profile, const char *name, struct text *out)
{
	for (; *name; name++) {
		if (*name != '#' && *name != '\\') {
			text_add_char(out, *name);
			continue;
		}
		if (profile->yaml)
			text_addf(out, "\\%c", *name);
		else
			text_add_char(out, *name == '#' ? '_' : *name);
	}
}

/* Each line of @text behind @before; empty ones without the blanks at the end. */
static void put_lines(const char *text, const char *before, struct text *out)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		size_t blanks = strlen(before);

		while (!length && blanks && before[blanks - 1] == ' ')
			blanks--;
		text_add_bytes(out, before, blanks);
		text_add_bytes(out, text, length);
		text_add_char(out, '\n');
		text += length + (text[length] == '\n');
	}
}

static void put_directive(const struct tap_profile *profile, const struct test_case *one,
			  struct text *out)
{
	if (one->outcome == OUTCOME_NONE)
		text_add(out, " # SKIP nothing ran");
	else if (one->outcome == OUTCOME_INCONCLUSIVE && !profile->yaml)
		text_add(out, one->cut   ? " # TIMEOUT" :
			      one->error ? " # ERROR" :
					   " # ERROR inconclusive");
}

/* In quotes; at most @length bytes. */
static void put_quoted(const char *value, size_t length, struct text *out)
{
	text_add_char(out, '"');
	for (; length && *value; value++, length--) {
		if (*value == '"' || *value == '\\')
			text_add_char(out, '\\');
		text_add_char(out, *value);
	}
	text_add(out, "\"\n");
}

static void put_yaml_string(const char *key, const char *value, struct text *out)
{
	text_addf(out, "      %s: ", key);
	put_quoted(value, strlen(value), out);
}

/* A list of lines: not all readers of TAP know the blocks of text that YAML has. */
static void put_yaml_lines(const char *key, const char *text, struct text *out)
{
	text_addf(out, "      %s:\n", key);
	while (*text) {
		size_t length = strcspn(text, "\n");

		text_add(out, "        - ");
		put_quoted(text, length, out);
		text += length + (text[length] == '\n');
	}
}

static void put_yaml(const struct test_case *one, struct text *out)
{
	text_add(out, "      ---\n");
	put_yaml_string("verdict", one->verdict, out);
	if (one->outcome == OUTCOME_INCONCLUSIVE && !one->error)
		put_yaml_string("inconclusive", one->cut ? "cut" : "too weak", out);
	if (*one->text)
		put_yaml_lines("report", one->text, out);
	text_add(out, "      ...\n");
}

static void put_comment(const struct tap_profile *profile, const struct test_case *one,
			struct text *out)
{
	struct text line = TEXT_INIT, before = TEXT_INIT;

	text_addf(&before, "%s# ", profile->indent);
	put_name(profile, one->name, &line);
	text_addf(&line, ": %s\n", one->verdict);
	put_lines(line.bytes, before.bytes, out);
	put_lines(one->text, before.bytes, out);
	text_release(&line);
	text_release(&before);
}

static bool is_ok(const struct test_case *one)
{
	return one->outcome == OUTCOME_OK || one->outcome == OUTCOME_NONE;
}

static void put_case(const struct tap_profile *profile, const struct test_case *one, size_t number,
		     struct text *out)
{
	if (!profile->yaml)
		put_comment(profile, one, out);
	text_addf(out, "%s%s %zu%s", profile->indent, is_ok(one) ? "ok" : "not ok", number,
		  profile->separator);
	put_name(profile, one->name, out);
	put_directive(profile, one, out);
	text_add_char(out, '\n');
	if (profile->yaml)
		put_yaml(one, out);
}

static void put_suite(const struct tap_profile *profile, const struct test_suite *suite,
		      size_t number, struct text *out)
{
	bool ok = !suite->outcomes[OUTCOME_FAIL] && !suite->outcomes[OUTCOME_INCONCLUSIVE];

	if (!profile->yaml)
		text_addf(out, "%s%s\n%s", profile->indent, profile->version, profile->indent);
	text_add(out, "# Subtest: ");
	put_name(profile, suite->name, out);
	text_addf(out, "\n%s1..%zu\n", profile->indent, suite->cases.count);
	for (size_t i = 0; i < suite->cases.count; i++)
		put_case(profile, &suite->cases.items[i], i + 1, out);
	text_addf(out, "%s %zu%s", ok ? "ok" : "not ok", number, profile->separator);
	put_name(profile, suite->name, out);
	if (ok && !suite->outcomes[OUTCOME_OK])
		text_add(out, " # SKIP nothing ran");
	text_add_char(out, '\n');
}

static void tap_begin(struct report *report)
{
	(void)report;
}

static void tap_variant(struct report *report, const struct variant_result *result)
{
	struct tap_state *state = report->state;
	struct report_options options = { .width = 80 };

	test_suites_add(&state->suites, result, &options);
}

static void tap_summary(struct report *report, const struct report_totals *totals)
{
	struct tap_state *state = report->state;
	size_t count;

	test_suites_add_errors(&state->suites, totals);
	count = state->suites.list.count;
	text_addf(&report->out, "%s\n1..%zu%s\n", state->profile->version, count,
		  count ? "" : " # SKIP nothing ran");
	for (size_t i = 0; i < count; i++)
		put_suite(state->profile, &state->suites.list.items[i], i + 1, &report->out);
}

static void tap_release(struct report *report)
{
	struct tap_state *state = report->state;

	test_suites_release(&state->suites);
	free(state);
	report->state = NULL;
}

static void init(struct report *report, const char *name, const struct tap_profile *profile)
{
	struct tap_state *state = xcalloc(1, sizeof(*state));

	state->profile = profile;
	*report = (struct report){
		.name = name,
		.begin = tap_begin,
		.variant = tap_variant,
		.summary = tap_summary,
		.release = tap_release,
		.out = TEXT_INIT,
		.state = state,
	};
}

void report_ktap_init(struct report *report)
{
	init(report, "ktap", &ktap);
}

void report_tap_init(struct report *report)
{
	init(report, "tap", &tap14);
}
