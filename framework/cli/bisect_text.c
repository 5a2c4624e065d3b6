/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli/bisect.h"
#include "reports/format.h"

struct page {
	const struct bisect_found *found;
	const struct report_options *options;
	struct text *out;
};

static const char *word_of(enum bisect_answer answer)
{
	static const char *const words[] = {
		[BISECT_UNASKED] = "-",
		[BISECT_GOOD] = "ok",
		[BISECT_BAD] = "FAIL",
		[BISECT_UNKNOWN] = "?",
	};

	return words[answer];
}

static const char *style_of(enum bisect_answer answer)
{
	return answer == BISECT_BAD ? STYLE_RED : answer == BISECT_UNKNOWN ? STYLE_YELLOW : NULL;
}

static void put_word(const struct page *page, enum bisect_answer answer)
{
	if (style_of(answer))
		format_styled(word_of(answer), style_of(answer), page->options, page->out);
	else
		text_add(page->out, word_of(answer));
}

static const char *title_of(const struct page *page, size_t state)
{
	return series_label(&page->found->series, state);
}

static void put_heading(const struct page *page)
{
	const struct bisect_found *found = page->found;
	struct text text = TEXT_INIT;

	text_addf(&text, "%s: %s, from %s to %s: ", found->series.scenario->name.text, found->name,
		  title_of(page, 0), title_of(page, found->bisect.count - 1));
	text_add_counted(&text, found->bisect.count, "state", "states");
	text_add(&text, ", ");
	text_add_counted(&text, found->prober.searches, "search", "searches");
	format_paragraph(text.bytes, 0, 2, page->options, page->out);
	text_release(&text);
	if (!*found->others)
		return;
	text_addf(&text, "%s changed, too: --predicate bisects that", found->others);
	format_paragraph(text.bytes, 2, 2, page->options, page->out);
	text_release(&text);
}

/* "ok ok FAIL FAIL ok", with '-' for any number that nobody asked. */
static void put_strip(const struct page *page)
{
	const struct bisect *bisect = &page->found->bisect;

	text_add(page->out, "  ");
	for (size_t i = 0; i < bisect->count; i++) {
		if (i && bisect->answers[i] == BISECT_UNASKED &&
		    bisect->answers[i - 1] == BISECT_UNASKED)
			continue;
		text_add(page->out, i ? " " : "");
		put_word(page, bisect->answers[i]);
	}
	text_add(page->out, "\n\n");
}

/* Its place, its answer, what it is, and what it showed. */
static void put_state(const struct page *page, size_t state)
{
	const struct bisect_found *found = page->found;
	enum bisect_answer answer = found->bisect.answers[state];
	struct text text = TEXT_INIT;

	text_addf(page->out, "%4zu  ", state + 1);
	put_word(page, answer);
	text_pad(&text, 4 - strlen(word_of(answer)), ' ');
	text_addf(page->out, "%s  ", text.bytes);
	text_clear(&text);
	if (found->series.patches.items[state])
		text_addf(&text, "%s: ", found->series.patches.items[state]->id);
	else
		text_addf(&text, "%s: ", title_of(page, state));
	text_addf(&text, "%s ", found->name);
	probe_text(&found->prober.probes.items[state], found->name, &text);
	{
		struct format_lines lines =
			format_wrap(text.bytes, format_width(page->options) - 12, 0, 0);

		for (size_t i = 0; i < lines.lines.count; i++)
			text_addf(page->out, "%s%s\n", i ? "            " : "",
				  lines.lines.items[i]);
		format_lines_release(&lines);
	}
	text_release(&text);
}

static void put_states(const struct page *page)
{
	const struct bisect *bisect = &page->found->bisect;
	bool gap = false;

	for (size_t i = 0; i < bisect->count; i++) {
		if (bisect->answers[i] == BISECT_UNASKED) {
			text_add(page->out, gap ? "" : "   ...\n");
			gap = true;
			continue;
		}
		put_state(page, i);
		gap = false;
	}
}

static void put_end(const struct page *page, const char *what, size_t state)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%s: %s", what, title_of(page, state));
	format_paragraph(text.bytes, 2, 4, page->options, page->out);
	text_release(&text);
}

static void put_change(const struct page *page)
{
	const struct bisect_found *found = page->found;
	const struct bisect *bisect = &found->bisect;
	struct text text = TEXT_INIT;

	text_add_char(page->out, '\n');
	put_end(page, found->first_fixed ? "last bad" : "last good", bisect->before);
	put_end(page, found->first_fixed ? "first good" : "first bad", bisect->after);
	text_addf(&text, "%s: ", found->name);
	probe_text(&found->prober.probes.items[bisect->before], found->name, &text);
	text_add(&text, ", then ");
	probe_text(&found->prober.probes.items[bisect->after], found->name, &text);
	format_paragraph(text.bytes, 2, 4, page->options, page->out);
	text_release(&text);
	if (bisect->after > bisect->before + 1)
		text_addf(page->out, "  %zu between them could not be told apart\n",
			  bisect->after - bisect->before - 1);
	if (!bisect->changes_once)
		text_add(page->out, "  it changes more than once: this is the last change\n");
}

/* ---- The core ---------------------------------------------------------------------------- */

/* Each order of the bad state, and what becomes of it in the good one. */
static void put_fates(const struct page *page)
{
	const struct cores *cores = &page->found->cores;
	const char *order = cores->orders.bytes, *fate = cores->alone.bytes;

	for (; *order && *fate; order += strcspn(order, "\n") + 1) {
		text_addf(page->out, "      %.*s\n        %.*s\n", (int)strcspn(order, "\n"), order,
			  (int)strcspn(fate, "\n"), fate);
		fate += strcspn(fate, "\n") + 1;
	}
}

/* What the orders of the bad state come to in the good one. */
static void put_good_side(const struct page *page, size_t good)
{
	const struct bisect_found *found = page->found;
	struct text text = TEXT_INIT;

	text_addf(&text, "at %s, ", title_of(page, good));
	if (!found->cores.tried) {
		text_addf(&text, "this could not be tried: %s", found->cores.why.bytes);
	} else if (!found->cores.obeying) {
		text_add(&text, "no execution can obey them");
	} else {
		text_add_counted(&text, found->cores.obeying, "execution breaks",
				 "executions break");
		text_add(&text, " none of them, and ");
		if (found->cores.bad)
			text_add_counted(&text, found->cores.bad, "shows it", "show it");
		else
			text_add(&text, "none shows it");
	}
	text_add(&text, found->cores.tried ? "; each order alone:" : "");
	format_paragraph(text.bytes, 2, 4, page->options, page->out);
	text_release(&text);
	if (found->cores.tried)
		put_fates(page);
}

static void put_no_core(const struct page *page, size_t bad)
{
	const struct bisect_found *found = page->found;
	struct text text = TEXT_INIT;

	if (!found->cores.why.length)
		return;
	text_addf(&text, "at %s, which orders %s needs was not found: %s", title_of(page, bad),
		  found->name, found->cores.why.bytes);
	text_add_char(page->out, '\n');
	format_paragraph(text.bytes, 2, 4, page->options, page->out);
	text_release(&text);
}

static void put_cores(const struct page *page)
{
	const struct bisect_found *found = page->found;
	size_t bad = found->first_fixed ? found->bisect.before : found->bisect.after;
	size_t good = found->first_fixed ? found->bisect.after : found->bisect.before;
	struct text text = TEXT_INIT;

	if (!found->cores.orders.length) {
		put_no_core(page, bad);
		return;
	}
	text_addf(&text, "at %s, %s needs these orders:", title_of(page, bad), found->name);
	text_add_char(page->out, '\n');
	format_paragraph(text.bytes, 2, 4, page->options, page->out);
	for (const char *line = found->cores.orders.bytes; *line; line += strcspn(line, "\n") + 1)
		text_addf(page->out, "      %.*s\n", (int)strcspn(line, "\n"), line);
	text_release(&text);
	put_good_side(page, good);
}

/* ---- Blame ------------------------------------------------------------------------------- */

static void put_patch(const struct page *page, const struct model_patch *patch)
{
	struct text text = TEXT_INIT;

	if (!patch)
		return;
	if (patch->date)
		text_addf(&text, "%s ", patch->date);
	if (patch->author)
		text_addf(&text, "%s: ", patch->author);
	text_add(&text, patch->source ? patch->source : patch->what);
	format_paragraph(text.bytes, 6, 8, page->options, page->out);
	text_release(&text);
}

/* What the two trials say of a change, in words. */
static const char *conclusion(const struct page *page, const struct blame_trial *trial)
{
	const struct bisect *bisect = &page->found->bisect;
	enum bisect_answer before = bisect->answers[bisect->before];
	enum bisect_answer after = bisect->answers[bisect->after];

	if (trial->why)
		return trial->why;
	if (blame_is_it(trial, before, after))
		return "it is this one alone";
	if (trial->without == before)
		return "needed, and not enough";
	if (trial->alone == after)
		return "enough, and not needed";
	return "not this one";
}

static void put_trial(const struct page *page, const struct blame_trial *trial)
{
	struct text line = TEXT_INIT;

	text_addf(&line, "    %s", trial->change);
	text_pad(&line, 36, ' ');
	text_addf(&line, " %-7s  %-5s  %s", word_of(trial->without), word_of(trial->alone),
		  conclusion(page, trial));
	text_addf(page->out, "%s\n", line.bytes);
	text_release(&line);
}

static bool matters(const struct page *page, const struct blame_trial *trial)
{
	return strcmp(conclusion(page, trial), "not this one") != 0;
}

/* Patches that make no difference either way are counted only. */
static void put_blame(const struct page *page)
{
	const struct blame *blame = &page->found->blame;
	size_t idle = 0;

	if (!blame->trials.count)
		return;
	text_add(page->out, "\n    which change alone?              without  alone\n");
	for (size_t i = 0; i < blame->trials.count; i++) {
		const struct blame_trial *trial = &blame->trials.items[i];

		if (!matters(page, trial) && page->options->verbose < 1) {
			idle++;
			continue;
		}
		put_trial(page, trial);
		put_patch(page, trial->patch);
	}
	if (idle)
		text_addf(page->out, "    %zu other%s: no difference either way\n", idle,
			  idle == 1 ? "" : "s");
}

void bisect_text(const struct bisect_found *found, const struct report_options *options,
		 struct text *out)
{
	const struct page page = { found, options, out };

	put_heading(&page);
	put_strip(&page);
	put_states(&page);
	if (!found->bisect.after)
		return;
	put_change(&page);
	put_cores(&page);
	put_blame(&page);
}
