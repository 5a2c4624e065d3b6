/* SPDX-License-Identifier: MIT */
/*
 * junit.c - the XML that Ant's junit task writes, strictly: every reader takes that.
 *
 * GitLab shows a case's name and the body of its failure only, so these say all: the variant
 * with its cell, and the text report with the command that runs the execution again. Nothing
 * depends on the time or the machine, so equal results give equal bytes.
 */
#include <libxml/xmlwriter.h>

#include "base/bug.h"
#include "reports/case.h"

/* BAD_CAST drops the const. */
static const xmlChar *xml(const char *string)
{
	return (const xmlChar *)string;
}

/* libxml's memory: a document without what did not fit would be a wrong one. */
static void *allocate(size_t size)
{
	return xrealloc(NULL, size);
}

static void attribute(xmlTextWriter *writer, const char *name, const char *value)
{
	BUG_ON(xmlTextWriterWriteAttribute(writer, xml(name), xml(value)) < 0);
}

static void number(xmlTextWriter *writer, const char *name, size_t value)
{
	struct text text = TEXT_INIT;

	text_addf(&text, "%zu", value);
	attribute(writer, name, text.bytes);
	text_release(&text);
}

static void begin(xmlTextWriter *writer, const char *name)
{
	BUG_ON(xmlTextWriterStartElement(writer, xml(name)) < 0);
}

static void end(xmlTextWriter *writer)
{
	BUG_ON(xmlTextWriterEndElement(writer) < 0);
}

static void put_empty(xmlTextWriter *writer, const char *name)
{
	begin(writer, name);
	end(writer);
}

/* An expectation that was not met is a failure; what could not be told is an error. */
static void put_trouble(xmlTextWriter *writer, const struct test_case *one)
{
	bool failure = one->outcome == OUTCOME_FAIL;

	begin(writer, failure ? "failure" : "error");
	attribute(writer, "message", one->verdict);
	attribute(writer, "type", failure ? "expectation" : one->error ? "error" : "inconclusive");
	BUG_ON(xmlTextWriterWriteString(writer, xml(one->text)) < 0);
	end(writer);
}

static void put_case(xmlTextWriter *writer, const struct test_suite *suite,
		     const struct test_case *one)
{
	begin(writer, "testcase");
	attribute(writer, "name", one->name);
	attribute(writer, "classname", suite->name);
	attribute(writer, "time", "0");
	if (one->outcome == OUTCOME_NONE)
		put_empty(writer, "skipped");
	else if (one->outcome != OUTCOME_OK)
		put_trouble(writer, one);
	end(writer);
}

/* Ant's schema asks for the element, and Jenkins' for something in it. */
static void put_properties(xmlTextWriter *writer, const struct test_suite *suite)
{
	begin(writer, "properties");
	begin(writer, "property");
	attribute(writer, "name", "file");
	attribute(writer, "value", suite->path);
	end(writer);
	end(writer);
}

static void put_suite(xmlTextWriter *writer, const struct test_suite *suite, size_t id)
{
	begin(writer, "testsuite");
	attribute(writer, "name", suite->name);
	attribute(writer, "package", suite->path);
	number(writer, "id", id);
	attribute(writer, "timestamp", "1970-01-01T00:00:00");
	attribute(writer, "hostname", "localhost");
	number(writer, "tests", suite->cases.count);
	number(writer, "failures", suite->outcomes[OUTCOME_FAIL]);
	number(writer, "errors", suite->outcomes[OUTCOME_INCONCLUSIVE]);
	attribute(writer, "time", "0");
	put_properties(writer, suite);
	for (size_t i = 0; i < suite->cases.count; i++)
		put_case(writer, suite, &suite->cases.items[i]);
	put_empty(writer, "system-out");
	put_empty(writer, "system-err");
	end(writer);
}

static void put_document(xmlTextWriter *writer, const struct test_suites *suites)
{
	BUG_ON(xmlTextWriterSetIndent(writer, 1) < 0);
	BUG_ON(xmlTextWriterStartDocument(writer, NULL, "UTF-8", NULL) < 0);
	begin(writer, "testsuites");
	for (size_t i = 0; i < suites->list.count; i++)
		put_suite(writer, &suites->list.items[i], i);
	end(writer);
	BUG_ON(xmlTextWriterEndDocument(writer) < 0);
}

static void junit_begin(struct report *report)
{
	(void)report;
}

static void junit_variant(struct report *report, const struct variant_result *result)
{
	struct report_options options = { .width = 100 };

	test_suites_add(report->state, result, &options);
}

static void junit_summary(struct report *report, const struct report_totals *totals)
{
	xmlBuffer *buffer = xmlBufferCreate();
	xmlTextWriter *writer = xmlNewTextWriterMemory(buffer, 0);

	BUG_ON(!buffer || !writer);
	test_suites_add_errors(report->state, totals);
	put_document(writer, report->state);
	xmlFreeTextWriter(writer);
	text_add(&report->out, (const char *)xmlBufferContent(buffer));
	xmlBufferFree(buffer);
}

static void junit_release(struct report *report)
{
	test_suites_release(report->state);
	free(report->state);
	report->state = NULL;
}

void report_junit_init(struct report *report)
{
	xmlMemSetup(free, allocate, xrealloc, xstrdup);
	*report = (struct report){
		.name = "junit",
		.begin = junit_begin,
		.variant = junit_variant,
		.summary = junit_summary,
		.release = junit_release,
		.out = TEXT_INIT,
		.state = xcalloc(1, sizeof(struct test_suites)),
	};
}
