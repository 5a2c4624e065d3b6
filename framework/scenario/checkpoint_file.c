/* SPDX-License-Identifier: MIT */
/*
 * checkpoint_file.c - the file: reading, and replacing it at once.
 */
#include <string.h>

#include "base/file.h"
#include "scenario/checkpoint.h"

/* Bytes: more is no checkpoint, but /dev/zero or the like. */
#define FILE_SIZE_MAX ((size_t)4 << 30)

/* ---- Writing ------------------------------------------------------------------------------ */

static void add_search(const struct checkpoint_search *search, struct text *text)
{
	text_addf(text, "search %u %u\n", search->variant, search->cell);
	frontier_save(&search->frontier, text);
}

void checkpoint_format(const struct checkpoint *checkpoint, struct text *text)
{
	text_addf(text, "baton-checkpoint %d\n", CHECKPOINT_VERSION);
	for (size_t i = 0; i < checkpoint->options.count; i++) {
		text_addf(text, "option %s ", checkpoint->options.items[i].name);
		fields_add(text, checkpoint->options.items[i].value);
		text_add_char(text, '\n');
	}
	for (size_t i = 0; i < checkpoint->scenarios.count; i++) {
		text_addf(text, "scenario %s ", checkpoint->scenarios.items[i].identity);
		fields_add(text, checkpoint->scenarios.items[i].path);
		text_add_char(text, '\n');
		for (size_t j = 0; j < checkpoint->searches.count; j++)
			if (checkpoint->searches.items[j]->scenario == i)
				add_search(checkpoint->searches.items[j], text);
	}
	text_add(text, "end\n");
}

int checkpoint_write(const struct checkpoint *checkpoint, struct err *err)
{
	struct text text = TEXT_INIT;
	int status;

	checkpoint_format(checkpoint, &text);
	status = file_replace(checkpoint->path, &text, err);
	text_release(&text);
	return status;
}

/* ---- Reading ------------------------------------------------------------------------------ */

static int read_option(struct checkpoint *checkpoint, struct fields *fields, struct err *err)
{
	struct text name = TEXT_INIT, value = TEXT_INIT;
	int status = -1;

	if (!fields_word(fields, &name, err) && !fields_rest(fields, &value, err))
		status = 0;
	if (!status)
		checkpoint_add_option(checkpoint, name.bytes, value.bytes);
	text_release(&name);
	text_release(&value);
	return status;
}

static int read_identity(struct fields *fields, struct text *identity, struct err *err)
{
	for (int i = 0; i < 3; i++) {
		if (i)
			text_add_char(identity, ' ');
		if (fields_word(fields, identity, err))
			return -1;
	}
	return 0;
}

static int read_scenario(struct checkpoint *checkpoint, struct fields *fields, struct err *err)
{
	struct text identity = TEXT_INIT, path = TEXT_INIT;

	if (read_identity(fields, &identity, err) || fields_rest(fields, &path, err)) {
		text_release(&identity);
		text_release(&path);
		return -1;
	}
	vec_push(&checkpoint->scenarios,
		 ((struct checkpoint_scenario){ text_detach(&identity), text_detach(&path) }));
	return 0;
}

static int read_search(struct checkpoint *checkpoint, struct fields *fields, struct err *err)
{
	struct checkpoint_search *search = xcalloc(1, sizeof(*search));
	uint64_t variant = 0, cell = 0;

	frontier_init(&search->frontier);
	search->scenario = checkpoint->scenarios.count - 1;
	vec_push(&checkpoint->searches, search);
	if (fields_number(fields, UINT32_MAX, &variant, err) ||
	    fields_number(fields, UINT32_MAX, &cell, err) || fields_end(fields, err))
		return -1;
	search->variant = (unsigned int)variant;
	search->cell = (unsigned int)cell;
	return frontier_load(&search->frontier, fields, err);
}

static int read_version(struct fields *fields, struct err *err)
{
	const struct fields before = *fields;
	uint64_t version = 0;

	if (!fields_is(fields, "baton-checkpoint"))
		return fields_fail(&before, err, "this is no checkpoint of baton");
	if (fields_expect(fields, "baton-checkpoint", err) ||
	    fields_number(fields, UINT32_MAX, &version, err))
		return -1;
	if (version != CHECKPOINT_VERSION)
		return fields_fail(fields, err, "version %llu cannot be read, only %d",
				   (unsigned long long)version, CHECKPOINT_VERSION);
	return fields_end(fields, err);
}

int checkpoint_parse(struct checkpoint *checkpoint, const char *text, struct err *err)
{
	struct fields fields;

	fields_init(&fields, checkpoint->path, text);
	if (read_version(&fields, err))
		return -1;
	while (fields_take(&fields, "option"))
		if (read_option(checkpoint, &fields, err))
			return -1;
	while (fields_take(&fields, "scenario")) {
		if (read_scenario(checkpoint, &fields, err))
			return -1;
		while (fields_take(&fields, "search"))
			if (read_search(checkpoint, &fields, err))
				return -1;
	}
	if (fields_expect(&fields, "end", err) || fields_end(&fields, err))
		return -1;
	return fields_over(&fields) ? 0 : fields_fail(&fields, err, "there is more behind the end");
}

int checkpoint_read(struct checkpoint *checkpoint, struct err *err)
{
	struct text text = TEXT_INIT;
	int error = file_read(checkpoint->path, FILE_SIZE_MAX, &text), status = 0;

	if (error)
		status = err_add(err, "cannot read '%s': %s", checkpoint->path, strerror(error));
	else if (strlen(text.bytes) != text.length)
		status = err_add(err, "'%s' is no checkpoint of baton: it is not text",
				 checkpoint->path);
	if (!status)
		status = checkpoint_parse(checkpoint, text.bytes, err);
	text_release(&text);
	return status;
}
