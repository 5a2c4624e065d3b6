/* SPDX-License-Identifier: MIT */
/*
 * run.c - one execution on a page: what went wrong, why, its steps, its stacks.
 */
#include <string.h>

#include "reports/finding.h"
#include "reports/html/html.h"
#include "reports/table_rows.h"

static void put_paragraph(const char *before, const char *text, const char *after, struct text *out)
{
	if (!text || !*text)
		return;
	text_add(out, before);
	html_text(text, out);
	text_add(out, after);
}

/* ---- What it shows ---- */

static void put_finding(const struct trace *trace, struct text *out)
{
	struct text place = TEXT_INIT;

	if (trace->finding.kind == FINDING_NONE)
		return;
	finding_place(trace, &place);
	text_add(out, "<p class=what>");
	html_text(trace->finding.text.bytes, out);
	text_add(out, " <small>");
	html_text(place.bytes, out);
	text_add(out, "</small></p>\n");
	put_paragraph("<pre>", trace->finding.details.bytes, "</pre>\n", out);
	text_release(&place);
}

static void put_cost(const struct exhibit *exhibit, struct text *out)
{
	text_add(out, "<p class=cost>");
	report_counts(exhibit->trace, out);
	put_paragraph("; ", exhibit->search, "", out);
	text_add(out, "</p>\n");
}

static void put_command(const char *name, const char *command, const char *word, struct text *out)
{
	if (!command)
		return;
	text_addf(out, "<p class=cmd><b>%s</b> <code>", word);
	html_text(command, out);
	text_addf(out,
		  "</code> <button type=button class=copy data-what=%s hidden>copy</button></p>\n",
		  name);
}

/* The scenario, and what comes behind it in the title. */
static void put_title(const struct exhibit *exhibit, struct text *out)
{
	size_t length = strlen(exhibit->scenario);
	bool begins = !strncmp(exhibit->title, exhibit->scenario, length);

	html_text(begins ? exhibit->scenario : exhibit->title, out);
	if (begins)
		put_paragraph(" <small>", exhibit->title + length, "</small>", out);
}

static void put_head(const struct html_run *run)
{
	const struct exhibit *exhibit = run->exhibit;

	text_add(run->out, "<header>\n<h1>");
	put_title(exhibit, run->out);
	text_add(run->out, "</h1>\n<p class=held>");
	if (exhibit->held && strcmp(exhibit->held, "nothing") != 0)
		put_paragraph("shows <strong>", exhibit->held, "</strong>", run->out);
	else
		text_add(run->out, "shows nothing wrong");
	put_paragraph(": ", exhibit->message, "", run->out);
	text_add(run->out, "</p>\n");
	put_finding(exhibit->trace, run->out);
	put_cost(exhibit, run->out);
	put_command("replay", exhibit->replay, "replay", run->out);
	put_command("further", exhibit->further, "more", run->out);
	text_add(run->out, "</header>\n");
}

/* ---- Why ---- */

static void put_link(const struct html_run *run, unsigned int number)
{
	text_addf(run->out, "<a href=\"#%ss%u\">%u</a>", run->id, number, number);
}

/* An execution may end before the second one is made. */
static void put_steps(const struct html_run *run, const struct exhibit_order *order)
{
	if (!order->first)
		return;
	text_addf(run->out, " <small>step%s ", order->second ? "s" : "");
	put_link(run, order->first);
	text_add(run->out, order->second ? " and " : "; the other is never made");
	if (order->second)
		put_link(run, order->second);
	text_add(run->out, "</small>");
}

static void put_order(const struct html_run *run, const struct exhibit_order *order)
{
	text_add(run->out, "<li><code>");
	html_text(order->text, run->out);
	text_add(run->out, "</code>");
	put_steps(run, order);
	put_paragraph("<p class=sure>", order->otherwise, "</p>", run->out);
	text_addf(run->out, "<data value=\"%u %u\"></data></li>\n", order->first, order->second);
}

static void put_why(const struct html_run *run)
{
	const struct exhibit *exhibit = run->exhibit;

	if (!exhibit->order_count && !exhibit->explained)
		return;
	text_add(run->out, "<section class=why>\n<h2>Why it fails</h2>\n");
	if (exhibit->order_count)
		text_addf(run->out, "<p>It needs %s, and no more:</p>\n<ol>\n",
			  exhibit->order_count == 1 ? "one order" : "these orders");
	for (size_t i = 0; i < exhibit->order_count; i++)
		put_order(run, &exhibit->orders[i]);
	if (exhibit->order_count)
		text_add(run->out, "</ol>\n");
	put_paragraph(exhibit->order_count ?
			      "<details><summary>The whole explanation</summary><pre>" :
			      "<pre>",
		      exhibit->explained, exhibit->order_count ? "</pre></details>\n" : "</pre>\n",
		      run->out);
	text_add(run->out, "</section>\n");
}

/* ---- Stacks and the changelog ---- */

static void put_stacks(const struct html_run *run)
{
	const struct report_options options = { .verbose = 1, .width = 100 };
	struct text text = TEXT_INIT;

	report_stacks(run->exhibit->trace, &options, &text);
	if (text.length)
		put_paragraph("<details class=stacks><summary>Stacks at the end</summary><pre>",
			      text.bytes, "</pre></details>\n", run->out);
	text_release(&text);
}

static void put_changelog(const struct html_run *run)
{
	const struct report_options options = { .width = 72 };
	struct text text = TEXT_INIT;

	export_commitlog(run->exhibit, &options, &text);
	text_add(run->out,
		 "<details class=log><summary>As a changelog</summary>\n"
		 "<p><button type=button class=copy data-what=log hidden>copy</button></p>"
		 "<pre>");
	html_text(text.bytes, run->out);
	text_add(run->out, "</pre></details>\n");
	text_release(&text);
}

void html_run_add(const char *id, const struct exhibit *exhibit, struct text *out)
{
	struct table table = table_build(exhibit->trace, false, false);
	const struct html_run run = { id, exhibit, &table, out };

	text_addf(out, "<article class=run id=%s>\n", id);
	put_head(&run);
	put_why(&run);
	html_search(&run);
	text_add(out, "<section class=all>\n<h2>Steps</h2>\n");
	html_steps(&run);
	text_add(out, "</section>\n");
	if (exhibit->passing)
		html_compare(&run);
	put_stacks(&run);
	put_changelog(&run);
	html_data(exhibit->trace, &table, "data", out);
	text_add(out, "</article>\n");
	table_release(&table);
}

void export_html(const struct exhibit *exhibit, const struct report_options *options,
		 struct text *out)
{
	(void)options;
	html_begin(exhibit->title, out);
	text_add(out, "<main>\n");
	html_run_add("r1", exhibit, out);
	text_add(out, "</main>\n");
	html_end(out);
}
