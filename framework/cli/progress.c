/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenario/estimate_variant.h"

/* Of a title at least so much is shown. */
#define TITLE_WIDTH_MIN 14

static bool active;
static char title[PROGRESS_WIDTH + 1];

void progress_init(bool quiet)
{
	const char *terminal = getenv("TERM"), *ci = getenv("CI");

	active = !quiet && isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb") != 0 &&
		 !(ci && *ci);
}

static void show_line(const char *line)
{
	fflush(stdout);
	fprintf(stderr, "\r\033[K%s", line);
	fflush(stderr);
}

void progress_show(const char *scenario, const char *variant, const char *cell)
{
	if (!active)
		return;
	snprintf(title, sizeof(title), "exploring %s %s %s", scenario, variant, cell);
	for (size_t length = strlen(title); length && title[length - 1] == ' '; length--)
		title[length - 1] = '\0';
	show_line(title);
}

bool progress_is_shown(void)
{
	return active;
}

void progress_erase(void)
{
	if (active)
		fputs("\r\033[K", stderr);
}

/* Executions in a second; 0 if that cannot be said yet. */
static double rate_of(const struct lookout_news *news)
{
	return news->passed_ms ? 1000 * (double)news->here / (double)news->passed_ms : 0;
}

/* Executions in all; 0 if that is not known. */
static double total_of(const struct lookout_news *news)
{
	double total = news->estimate ? news->estimate->mean : 0;
	double limit = (double)news->executions_max;

	if (limit > 0 && (total <= 0 || limit < total))
		total = limit;
	/* It was too low. */
	return total < (double)news->executions ? 0 : total;
}

static void add_total(const struct lookout_news *news, double total, struct text *line)
{
	if (news->executions_max && total >= (double)news->executions_max) {
		text_add(line, ", limit ");
		text_add_count(line, news->executions_max);
		return;
	}
	text_add(line, news->at_most ? " of at most " : " of about ");
	estimate_number_text(total, line);
	text_addf(line, " (+-%.0f %%)", 100 * news->estimate->error / news->estimate->mean);
}

static void add_news(const struct lookout_news *news, struct text *line)
{
	double rate = rate_of(news), total = total_of(news);

	text_add_count(line, news->executions);
	if (total > 0)
		add_total(news, total, line);
	if (rate <= 0)
		return;
	text_add(line, ", ");
	estimate_number_text(rate, line);
	text_add(line, "/s");
	if (total <= 0)
		return;
	text_add(line, ", ");
	estimate_time_text((total - (double)news->executions) / rate, line);
	text_add(line, " left");
}

void progress_line(const char *what, const struct lookout_news *news, struct text *line)
{
	struct text tail = TEXT_INIT;
	size_t room = TITLE_WIDTH_MIN, length = strlen(what);

	add_news(news, &tail);
	if (tail.length + 2 + room < PROGRESS_WIDTH)
		room = PROGRESS_WIDTH - tail.length - 2;
	text_addf(line, "%.*s", (int)(length <= room ? length : room - 3), what);
	text_addf(line, "%s: %s", length <= room ? "" : "...", tail.bytes);
	if (line->length > PROGRESS_WIDTH) {
		line->bytes[PROGRESS_WIDTH] = '\0';
		line->length = PROGRESS_WIDTH;
	}
	text_release(&tail);
}

static void tell(struct lookout_listener *listener, const struct lookout_news *news)
{
	struct text line = TEXT_INIT;

	(void)listener;
	progress_line(title, news, &line);
	show_line(line.bytes);
	text_release(&line);
}

struct lookout_listener *progress_listener(void)
{
	static struct lookout_listener listener = { tell };

	return active ? &listener : NULL;
}
