/* SPDX-License-Identifier: MIT */
/*
 * compare.c - the execution beside the nearest one that passes. Steps that both make stand on
 * one row; where they part, the other side is empty.
 */
#include <string.h>

#include "reports/align.h"
#include "reports/html/html.h"
#include "reports/table_rows.h"

static const struct align_step *put_side(const struct align_step *step, char side, struct text *out)
{
	if (!step) {
		text_add(out, "<td><td>");
		return NULL;
	}
	text_addf(out, "<td class=%c>%u<td><i>", side, step->event->step);
	html_text(step->cpu, out);
	text_addf(out, "</i> %s<b>",
		  step->event->preempts ? "<i class=pre title=preemption>*</i>" : "");
	html_text(step->event->point->name, out);
	text_add(out, "</b>");
	if (*step->notes) {
		text_add(out, " <q>");
		html_text(step->notes, out);
		text_add(out, "</q>");
	}
	return step;
}

static const char *class_of(const struct align_row *row)
{
	if (!row->a || !row->b)
		return row->a ? "a" : "b";
	return strcmp(row->a->notes, row->b->notes) != 0 ? "d" : "same";
}

void html_compare(const struct html_run *run)
{
	const struct exhibit *exhibit = run->exhibit;
	struct align align;

	align_init(&align, exhibit->trace, exhibit->passing->trace);
	text_add(run->out,
		 "<section class=both>\n<h2>Beside the nearest execution that passes</h2>\n"
		 "<table class=cmp>\n<thead><tr><th scope=col colspan=2>fails: ");
	html_text(exhibit->schedule, run->out);
	text_add(run->out, "<th scope=col colspan=2>passes: ");
	html_text(exhibit->passing->schedule, run->out);
	text_add(run->out, "</thead>\n");
	for (size_t i = 0; i < align.rows.count; i++) {
		if (i % 64 == 0)
			text_add(run->out, "<tbody>\n");
		text_addf(run->out, "<tr class=\"%s%s\">", class_of(&align.rows.items[i]),
			  i == align.first ? " part" : "");
		put_side(align.rows.items[i].a, 'a', run->out);
		put_side(align.rows.items[i].b, 'b', run->out);
		text_add_char(run->out, '\n');
	}
	text_add(run->out, "</table>\n");
	html_data(exhibit->passing->trace, run->table, "passing", run->out);
	text_add(run->out, "</section>\n");
	align_release(&align);
}
