/* SPDX-License-Identifier: MIT */
/*
 * text.c - the report for people: one line per variant, and the executions to look at.
 *
 * An execution is shown for each verdict that failed, and once per predicate where a
 * race was expected and found.
 */
#include <string.h>

#include "reports/coverage.h"
#include "reports/fault_table.h"
#include "reports/finding.h"
#include "reports/format.h"
#include "reports/phrase.h"

/* Columns of "ok    scenario variant" before the verdicts begin, if that is enough. */
#define HEAD_WIDTH 36u
/* Blanks before what does not fit on a variant's line. */
#define INDENT 6u

struct text_state {
	VEC(char *) shown; /* "scenario/predicate" whose example was printed */
	bool hidden;       /* an example was left out */
};

static const char *outcome_style(enum outcome outcome)
{
	if (outcome == OUTCOME_FAIL)
		return STYLE_RED;
	return outcome == OUTCOME_OK ? STYLE_BOLD : STYLE_YELLOW;
}

/* "scenario variant [cell]" */
static void add_title(const struct variant_result *result, struct text *text)
{
	text_addf(text, "%s %s", result->scenario, result->variant);
	if (result->cell)
		text_addf(text, " [%s]", result->cell);
}

static void put_outcome(struct report *report, enum outcome outcome)
{
	const char *name = outcome_name(outcome);

	format_styled(name, outcome_style(outcome), &report->options, &report->out);
	for (size_t columns = strlen(name); columns < INDENT; columns++)
		text_add_char(&report->out, ' ');
}

/* The three parts of a variant's line. */
struct variant_line {
	struct text title, verdicts, strength;
};

/* All on one line: the verdicts begin at one column if there is room for that. */
static void put_short(struct report *report, const struct variant_line *line)
{
	size_t used = INDENT + format_columns(line->title.bytes) + 2;
	size_t rest =
		format_columns(line->verdicts.bytes) + 2 + format_columns(line->strength.bytes);
	size_t start = HEAD_WIDTH + rest > format_width(&report->options) ? 0 : HEAD_WIDTH;

	text_addf(&report->out, "%s  ", line->title.bytes);
	for (; used < start; used++)
		text_add_char(&report->out, ' ');
	text_add(&report->out, line->verdicts.bytes);
	if (line->strength.length)
		text_addf(&report->out, "  %s", line->strength.bytes);
	text_add_char(&report->out, '\n');
}

/* The strength beside the title, or below everything; it is not broken. */
static void put_long(struct report *report, const struct variant_line *line)
{
	size_t used = INDENT + format_columns(line->title.bytes) + 2;
	bool beside = used + format_columns(line->strength.bytes) <= format_width(&report->options);

	text_addf(&report->out, "%s%s%s\n", line->title.bytes, beside ? "  " : "",
		  beside ? line->strength.bytes : "");
	format_paragraph(line->verdicts.bytes, INDENT, INDENT, &report->options, &report->out);
	if (!beside)
		format_paragraph(line->strength.bytes, INDENT, INDENT, &report->options,
				 &report->out);
}

static void put_line(struct report *report, const struct variant_result *result)
{
	struct variant_line line = { TEXT_INIT, TEXT_INIT, TEXT_INIT };
	size_t columns;

	add_title(result, &line.title);
	phrase_verdicts(result, report->options.verbose > 0, &line.verdicts);
	if (result->outcome != OUTCOME_NONE)
		phrase_strength(result, &line.strength);
	put_outcome(report, result->outcome);
	columns = INDENT + format_columns(line.title.bytes) + 2 +
		  format_columns(line.verdicts.bytes) + 2 + format_columns(line.strength.bytes);
	if (columns <= format_width(&report->options))
		put_short(report, &line);
	else
		put_long(report, &line);
	text_release(&line.title);
	text_release(&line.verdicts);
	text_release(&line.strength);
}

static void put_notes(struct report *report, const struct variant_result *result)
{
	const char *line = result->notes.bytes;

	while (line && *line) {
		size_t length = strcspn(line, "\n");
		struct text note = TEXT_INIT;

		text_add(&note, "note: ");
		text_add_bytes(&note, line, length);
		format_paragraph(note.bytes, INDENT, INDENT + 6, &report->options, &report->out);
		text_release(&note);
		line += length + (line[length] == '\n');
	}
}

/* "lost_dma: seen == 0x11, expected 0x5a"; "deadlock after step 9: no CPU can go on" */
static void put_what(struct report *report, const struct verdict *verdict)
{
	const struct finding *finding = &verdict->trace->finding;
	const char *message = verdict->message;
	struct text line = TEXT_INIT;

	text_add(&line, verdict->predicate);
	if (verdict->outcome == OUTCOME_OK)
		text_add(&line, ", as expected");
	if (finding->kind != FINDING_NONE) {
		text_add_char(&line, ' ');
		finding_place(verdict->trace, &line);
		if (!message)
			message = finding->text.bytes;
	}
	if (message && *message) {
		text_add(&line, ": ");
		format_clean(message, &line);
	}
	format_paragraph(line.bytes, 2, INDENT, &report->options, &report->out);
	finding_details(verdict->trace, &report->options, &report->out);
	text_release(&line);
}

static void put_cost(struct report *report, const struct verdict *verdict)
{
	const struct trace *trace = verdict->trace;
	struct text line = TEXT_INIT;

	if (verdict->execution) {
		text_add(&line, "execution ");
		text_add_count(&line, verdict->execution);
		text_add(&line, ": ");
	}
	report_counts(trace, &line);
	format_paragraph(line.bytes, 2, INDENT, &report->options, &report->out);
	text_release(&line);
}

static void put_observation(struct report *report, const struct variant_result *result,
			    const struct verdict *verdict)
{
	text_addf(&report->out, "  Observation %s %s %llu %llu (%s%s%s)\n", verdict->predicate,
		  phrase_observed(verdict), (unsigned long long)verdict->holds,
		  (unsigned long long)verdict->fails, strength_name(result->strength),
		  result->bounds ? ": " : "", result->bounds ? result->bounds : "");
}

static void put_execution(struct report *report, const struct verdict *verdict)
{
	struct text *out = &report->out;

	put_cost(report, verdict);
	text_add_char(out, '\n');
	report_table(verdict->trace, &report->options, out);
	if (report->options.verbose > 0) {
		text_add_char(out, '\n');
		report_stacks(verdict->trace, &report->options, out);
	}
	text_add_char(out, '\n');
}

static bool same_execution(const struct verdict *a, const struct verdict *b)
{
	size_t count = a->schedule.entries.count;

	if (a == b)
		return true;
	return a->trace && b->trace && count && count == b->schedule.entries.count &&
	       !memcmp(a->schedule.entries.items, b->schedule.entries.items,
		       count * sizeof(*a->schedule.entries.items));
}

/* An execution, with all verdicts of @shown that it is the example of. */
static void put_example(struct report *report, const struct variant_result *result, size_t first,
			bool *shown)
{
	const struct verdict *verdicts = result->verdicts.items;
	struct text *out = &report->out;
	const char *explain = NULL;

	if (out->length < 2 || strcmp(out->bytes + out->length - 2, "\n\n") != 0)
		text_add_char(out, '\n');
	for (size_t i = first; i < result->verdicts.count; i++)
		if (shown[i] && same_execution(&verdicts[first], &verdicts[i]))
			put_what(report, &verdicts[i]);
	put_execution(report, &verdicts[first]);
	for (size_t i = first; i < result->verdicts.count; i++)
		if (shown[i] && same_execution(&verdicts[first], &verdicts[i])) {
			put_observation(report, result, &verdicts[i]);
			explain = explain ? explain : verdicts[i].explain;
			shown[i] = i == first;
		}
	if (verdicts[first].replay)
		text_addf(out, "  replay: %s\n", verdicts[first].replay);
	if (explain)
		text_addf(out, "  explain: %s\n", explain);
	if (verdicts[first].html)
		text_addf(out, "  html: %s\n", verdicts[first].html);
	text_add_char(out, '\n');
}

/* True the first time for each predicate of a scenario. */
static bool first_of_its_kind(struct text_state *state, const struct variant_result *result,
			      const struct verdict *verdict)
{
	struct text key = TEXT_INIT;

	text_addf(&key, "%s/%s", result->scenario, verdict->predicate);
	for (size_t i = 0; i < state->shown.count; i++)
		if (!strcmp(state->shown.items[i], key.bytes)) {
			text_release(&key);
			return false;
		}
	vec_push(&state->shown, text_detach(&key));
	return true;
}

static bool is_shown(struct report *report, const struct variant_result *result,
		     const struct verdict *verdict)
{
	struct text_state *state = report->state;
	bool first;

	if (!verdict->trace)
		return false;
	if (verdict->outcome == OUTCOME_FAIL) {
		first_of_its_kind(state, result, verdict);
		return true;
	}
	if (verdict->expected != EXPECT_SOMETIMES || !verdict->holds)
		return false;
	first = first_of_its_kind(state, result, verdict);
	state->hidden |= !first && !report->options.verbose;
	return first || report->options.verbose;
}

static void text_variant(struct report *report, const struct variant_result *result)
{
	bool *shown = xcalloc(result->verdicts.count + 1, sizeof(*shown));

	put_line(report, result);
	put_notes(report, result);
	coverage_text(&result->coverage, &report->out);
	fault_table_text(&result->faults, &report->options, &report->out);
	for (size_t i = 0; i < result->verdicts.count; i++)
		shown[i] = is_shown(report, result, &result->verdicts.items[i]);
	for (size_t i = 0; i < result->verdicts.count; i++)
		if (shown[i])
			put_example(report, result, i, shown);
	free(shown);
}

static void text_begin(struct report *report)
{
	(void)report;
}

static void put_errors(struct report *report, const struct report_totals *totals)
{
	struct text errors = TEXT_INIT;

	if (!totals->errors)
		return;
	text_add_counted(&errors, totals->errors, "error", "errors");
	text_add(&report->out, ", ");
	format_styled(errors.bytes, STYLE_RED, &report->options, &report->out);
	text_release(&errors);
}

static void text_summary(struct report *report, const struct report_totals *totals)
{
	const struct text_state *state = report->state;
	struct text fail = TEXT_INIT;

	if (state->hidden)
		text_add(
			&report->out,
			"One execution is shown for each predicate of a scenario; -v shows all.\n");
	text_addf(&report->out, "%u ok, ", totals->ok);
	text_addf(&fail, "%u FAIL", totals->fail);
	if (totals->fail)
		format_styled(fail.bytes, STYLE_RED, &report->options, &report->out);
	else
		text_add(&report->out, fail.bytes);
	text_addf(&report->out, ", %u inconclusive", totals->inconclusive);
	if (totals->none)
		text_addf(&report->out, ", %u not run", totals->none);
	put_errors(report, totals);
	text_add_char(&report->out, '\n');
	text_release(&fail);
}

static void state_release(struct report *report)
{
	struct text_state *state = report->state;

	for (size_t i = 0; i < state->shown.count; i++)
		free(state->shown.items[i]);
	vec_release(&state->shown);
	free(state);
	report->state = NULL;
}

void report_text_init(struct report *report)
{
	*report = (struct report){
		.name = "text",
		.begin = text_begin,
		.variant = text_variant,
		.summary = text_summary,
		.release = state_release,
		.out = TEXT_INIT,
		.state = xcalloc(1, sizeof(struct text_state)),
	};
}
