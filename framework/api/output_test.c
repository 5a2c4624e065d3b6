/* SPDX-License-Identifier: MIT */
/*
 * output_test.c - an execution as a file, where the environment asks for one.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/counter_test.h"
#include "base/file.h"
#include "baton/report.h"

static char folder[] = "/tmp/baton-output-XXXXXX";
static struct text path = TEXT_INIT, file = TEXT_INIT;

static void make_folder(void)
{
	cr_assert(mkdtemp(folder));
	text_addf(&path, "%s/one", folder);
}

static void remove_folder(void)
{
	unlink(path.bytes);
	rmdir(folder);
	text_release(&path);
	text_release(&file);
}

TestSuite(output, .timeout = 60, .init = make_folder, .fini = remove_folder);

static const struct baton_cpu_program cpus[] = { { "a", counter_add, NULL, -1 },
						 { "b", counter_add, NULL, -1 } };
static const struct baton_program program = { .name = "counter </b>/2",
					      .cpus = cpus,
					      .cpu_count = 2,
					      .setup = counter_clear,
					      .finally = counter_check };

/* What is said with BATON_OUTPUT=@format:PATH; free() it. */
static char *report_as(const char *format)
{
	struct text value = TEXT_INIT;
	char *report;

	text_addf(&value, "%s:%s", format, path.bytes);
	setenv("BATON_OUTPUT", value.bytes, 1);
	text_release(&value);
	cr_assert_eq(baton_report(&program, NULL, &report), 1, "%s", report);
	return report;
}

static void expect_file(const char *words)
{
	cr_expect(strstr(file.bytes, words), "no '%s' in what was written", words);
}

static void expect_written(const char *report)
{
	cr_expect(strstr(report, "  written: /tmp/baton-output-"), "%s", report);
	cr_assert_eq(file_read(path.bytes, 1000000, &file), 0);
}

/* With the orders, and the nearest execution that passes beside it. */
Test(output, page)
{
	char *report = report_as("html");

	expect_written(report);
	expect_file("<!DOCTYPE html>");
	expect_file("shows <strong>lost</strong>");
	expect_file("the counter is 1");
	expect_file("<li><code>a:test/read before b:test/write</code>");
	expect_file("<th scope=col colspan=2>passes: ");
	expect_file("BATON_REPLAY=&#39;counter &lt;/b&gt;/2:a1b2a1&#39; ");
	cr_expect(strstr(report, "  html:    BATON_OUTPUT=html:counter___b__2.html BATON_REPLAY="),
		  "%s", report);
	free(report);
}

static const struct {
	const char *format, *words;
} formats[] = {
	{ "text", "  schedule: a1b2a1\n" }, { "json", "\"schedule\": \"a1b2a1\"" },
	{ "commitlog", "CPU a" },           { "perfetto", "\"traceEvents\"" },
	{ "ftrace", "# tracer:" },          { "mermaid", "sequenceDiagram" },
	{ "plantuml", "@startuml" },        { "dot", "digraph" },
};

/* The execution that is asked for, whatever a search would find. */
Test(output, formats)
{
	setenv("BATON_REPLAY", "counter </b>/2:a1b2a1", 1);
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		char *report = report_as(formats[i].format);

		text_release(&file);
		expect_written(report);
		expect_file(formats[i].words);
		free(report);
	}
}

/* A test that keeps a schedule has its page where it fails, and none where it does not. */
Test(output, judge_schedule)
{
	struct text value = TEXT_INIT;
	char *why;

	text_addf(&value, "html:%s", path.bytes);
	setenv("BATON_OUTPUT", value.bytes, 1);
	cr_expect_null(baton_judge_schedule(&program, NULL, "a2b2", BATON_NEVER, NULL));
	cr_expect_neq(access(path.bytes, F_OK), 0);
	why = baton_judge_schedule(&program, NULL, "a1b2a1", BATON_NEVER, NULL);
	cr_assert(why);
	expect_written(why);
	expect_file("shows <strong>lost</strong>");
	text_release(&value);
	free(why);
}

static void expect_error(const char *value, const char *words)
{
	char *report;

	setenv("BATON_OUTPUT", value, 1);
	cr_expect_eq(baton_report(&program, NULL, &report), 1);
	cr_expect(strstr(report, words), "%s: no '%s' in:\n%s", value, words, report);
	cr_expect(strstr(report, "lost after step 4"), "the finding is told all the same");
	cr_expect_not(strstr(report, "written"), "%s", report);
	free(report);
}

Test(output, refuses)
{
	expect_error("htm:x", "error: BATON_OUTPUT is 'htm:x': it is FORMAT:FILE, and the formats "
			      "are text, html, json, commitlog, ");
	expect_error("html", "BATON_OUTPUT is 'html': it is FORMAT:FILE");
	expect_error("html:", "BATON_OUTPUT is 'html:': it is FORMAT:FILE");
	expect_error("html:/nowhere/x", "error: cannot write '/nowhere/x'");
}
