/* SPDX-License-Identifier: MIT */
/*
 * index.c - a run as a page: a table of scenarios and variants, and every execution that shows
 * something below it. What is not as expected comes first.
 */
#include <string.h>

#include "reports/html/html.h"
#include "reports/phrase.h"

struct index_state {
	struct text wrong; /* links to what is not as expected */
	struct text rows, runs;
	char *path;         /* of the last scenario */
	unsigned int count; /* executions */
};

/* Is there something to look at: what was not expected, or a race that was. */
static bool is_shown(const struct verdict *verdict)
{
	return verdict->trace && (verdict->outcome == OUTCOME_FAIL ||
				  (verdict->expected == EXPECT_SOMETIMES && verdict->holds));
}

static bool same_execution(const struct verdict *a, const struct verdict *b)
{
	size_t count = a->schedule.entries.count;

	return count && count == b->schedule.entries.count &&
	       !memcmp(a->schedule.entries.items, b->schedule.entries.items,
		       count * sizeof(*a->schedule.entries.items));
}

/* The first verdict that is shown by the same execution as verdict @index. */
static size_t first_of(const struct variant_result *result, size_t index)
{
	size_t first = 0;

	while (first < index &&
	       !(is_shown(&result->verdicts.items[first]) &&
		 same_execution(&result->verdicts.items[first], &result->verdicts.items[index])))
		first++;
	return first;
}

static void add_title(const struct variant_result *result, struct text *text)
{
	text_add(text, result->variant);
	if (result->cell)
		text_addf(text, " [%s]", result->cell);
}

/* ---- Executions ---- */

static void add_search(const struct variant_result *result, const struct verdict *verdict,
		       struct text *text)
{
	text_addf(text, "%s%s in ", verdict->predicate,
		  verdict->outcome == OUTCOME_OK ? ", as expected," : "");
	text_add_count(text, verdict->holds);
	text_add(text, " of ");
	text_add_count(text, verdict->holds + verdict->fails);
	text_add(text, " executions ");
	phrase_strength(result, text);
}

static void name_held(const struct variant_result *result, size_t first, struct text *held)
{
	for (size_t i = first; i < result->verdicts.count; i++) {
		const struct verdict *verdict = &result->verdicts.items[i];

		if (is_shown(verdict) && first_of(result, i) == first)
			text_addf(held, "%s%s", held->length ? ", " : "", verdict->predicate);
	}
}

/* What the search saw of each verdict; of those that nobody asked for, only what was seen. */
static size_t count_verdicts(const struct variant_result *result, struct exhibit_count *counts)
{
	size_t count = 0;

	for (size_t i = 0; i < result->verdicts.count; i++) {
		const struct verdict *verdict = &result->verdicts.items[i];

		if (!verdict->implied || verdict->holds)
			counts[count++] = (struct exhibit_count){ verdict->predicate,
								  verdict->holds,
								  verdict->holds + verdict->fails };
	}
	return count;
}

static void add_run(struct index_state *state, const struct variant_result *result, size_t index,
		    const char *id)
{
	const struct verdict *verdict = &result->verdicts.items[index];
	struct text title = TEXT_INIT, line = TEXT_INIT, held = TEXT_INIT, search = TEXT_INIT;
	struct exhibit_count *counts = xcalloc(result->verdicts.count, sizeof(*counts));
	struct exhibit exhibit = { .counts = counts,
				   .count_count = count_verdicts(result, counts),
				   .scenario = result->scenario,
				   .path = result->path,
				   .message = verdict->message,
				   .replay = verdict->replay,
				   .further = verdict->html,
				   .trace = verdict->trace };

	text_addf(&title, "%s ", result->scenario);
	add_title(result, &title);
	schedule_format(&verdict->schedule, verdict->trace->program, &line);
	name_held(result, index, &held);
	add_search(result, verdict, &search);
	exhibit.title = title.bytes;
	exhibit.schedule = line.bytes;
	exhibit.held = held.bytes;
	exhibit.search = search.bytes;
	html_run_add(id, &exhibit, &state->runs);
	free(counts);
	text_release(&title);
	text_release(&line);
	text_release(&held);
	text_release(&search);
}

/* ---- The table ---- */

static const char *class_of(enum outcome outcome)
{
	static const char *const classes[] = {
		[OUTCOME_OK] = "ok",
		[OUTCOME_FAIL] = "fail",
		[OUTCOME_INCONCLUSIVE] = "open",
		[OUTCOME_NONE] = "none",
	};

	return classes[outcome];
}

static void begin_scenario(struct index_state *state, const struct variant_result *result)
{
	if (state->path && !strcmp(state->path, result->path))
		return;
	free(state->path);
	state->path = xstrdup(result->path);
	text_add(&state->rows, "<tbody>\n<tr><th scope=rowgroup colspan=5>");
	html_text(result->scenario, &state->rows);
	text_add(&state->rows, " <small>");
	html_text(result->path, &state->rows);
	text_add(&state->rows, "</small>\n");
}

static void add_link(struct text *out, const char *id, const char *held)
{
	text_addf(out, "<a href=\"#%s\">", id);
	html_text(held, out);
	text_add(out, "</a> ");
}

static void add_wrong(struct index_state *state, const struct variant_result *result,
		      const char *id, const char *held)
{
	struct text title = TEXT_INIT;

	if (result->outcome != OUTCOME_FAIL)
		return;
	add_title(result, &title);
	text_add(&state->wrong, "<li>");
	add_link(&state->wrong, id, held);
	text_add(&state->wrong, "in ");
	html_text(result->scenario, &state->wrong);
	text_add(&state->wrong, " <b>");
	html_text(title.bytes, &state->wrong);
	text_add(&state->wrong, "</b>\n");
	text_release(&title);
}

static void add_executions(struct index_state *state, const struct variant_result *result)
{
	for (size_t i = 0; i < result->verdicts.count; i++) {
		struct text id = TEXT_INIT, held = TEXT_INIT;

		if (!is_shown(&result->verdicts.items[i]) || first_of(result, i) != i)
			continue;
		text_addf(&id, "r%u", ++state->count);
		name_held(result, i, &held);
		add_link(&state->rows, id.bytes, held.bytes);
		add_wrong(state, result, id.bytes, held.bytes);
		add_run(state, result, i, id.bytes);
		text_release(&id);
		text_release(&held);
	}
}

static void add_phrases(struct index_state *state, const struct variant_result *result)
{
	struct text title = TEXT_INIT, verdicts = TEXT_INIT, strength = TEXT_INIT;

	add_title(result, &title);
	phrase_verdicts(result, false, &verdicts);
	if (result->outcome != OUTCOME_NONE)
		phrase_strength(result, &strength);
	html_text(title.bytes, &state->rows);
	text_addf(&state->rows, "<td class=%s>%s<td>", class_of(result->outcome),
		  outcome_name(result->outcome));
	html_text(verdicts.bytes, &state->rows);
	text_add(&state->rows, "<td class=search>");
	html_text(strength.bytes, &state->rows);
	text_release(&title);
	text_release(&verdicts);
	text_release(&strength);
}

static void html_variant(struct report *report, const struct variant_result *result)
{
	struct index_state *state = report->state;

	begin_scenario(state, result);
	text_addf(&state->rows, "<tr class=%s><th scope=row", class_of(result->outcome));
	if (result->variant_help) {
		text_add(&state->rows, " title=\"");
		html_text(result->variant_help, &state->rows);
		text_add(&state->rows, "\"");
	}
	text_add(&state->rows, ">");
	add_phrases(state, result);
	text_add(&state->rows, "<td class=see>");
	add_executions(state, result);
	text_add_char(&state->rows, '\n');
}

/* ---- The report ---- */

static void begin_index(struct report *report)
{
	(void)report;
}

static void add_totals(const struct report_totals *totals, struct text *out)
{
	text_addf(out,
		  "<p class=totals><b class=ok>%u ok</b>, <b class=%s>%u FAIL</b>, %u inconclusive",
		  totals->ok, totals->fail ? "fail" : "none", totals->fail, totals->inconclusive);
	if (totals->none)
		text_addf(out, ", %u not run", totals->none);
	if (totals->errors)
		text_addf(out, ", <b class=fail>%u error%s</b>", totals->errors,
			  totals->errors == 1 ? "" : "s");
	text_add(out, "</p>\n");
}

static void html_summary(struct report *report, const struct report_totals *totals)
{
	const struct index_state *state = report->state;
	struct text *out = &report->out;

	html_begin("baton", out);
	text_add(out, "<main>\n<section class=index id=index>\n<h1>baton run</h1>\n");
	add_totals(totals, out);
	if (state->wrong.length)
		text_addf(out, "<h2>Not as expected</h2>\n<ul class=wrong>\n%s</ul>\n",
			  state->wrong.bytes);
	text_add(out, "<table class=matrix>\n<thead><tr><th scope=col>variant<th scope=col>result"
		      "<th scope=col>shows<th scope=col>search<th scope=col>executions</thead>\n");
	text_add_bytes(out, state->rows.bytes, state->rows.length);
	text_add(out, "</table>\n</section>\n");
	text_add_bytes(out, state->runs.bytes, state->runs.length);
	text_add(out, "</main>\n");
	html_end(out);
}

static void html_release(struct report *report)
{
	struct index_state *state = report->state;

	text_release(&state->wrong);
	text_release(&state->rows);
	text_release(&state->runs);
	free(state->path);
	free(state);
	report->state = NULL;
}

void report_html_init(struct report *report)
{
	struct index_state *state = xcalloc(1, sizeof(*state));

	text_init(&state->wrong);
	text_init(&state->rows);
	text_init(&state->runs);
	*report = (struct report){
		.name = "html",
		.begin = begin_index,
		.variant = html_variant,
		.summary = html_summary,
		.release = html_release,
		.out = TEXT_INIT,
		.state = state,
	};
}
