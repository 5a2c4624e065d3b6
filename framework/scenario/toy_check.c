/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <string.h>

#include "scenario/toy_model.h"

#define PATH "t.scn"

static const char before[] = "scenario t\n"
			     "use toy;\n"
			     "setup { P = process(); A = page(P); }\n"
			     "cpu a in P { l: x = load(A); }\n";
static const char behind[] = "\npredicate ok = 1;\n"
			     "variants { v1.0 never ok; }\n";

static const char *line_end(const char *line)
{
	return line + strcspn(line, "\n");
}

static void require(bool holds, const char *what, const char *line)
{
	cr_assert(holds, "no %s: %s", what, line);
}

/* The messages of @told, without the file's name, the source lines and the carets. */
static void add_messages(struct text *messages, const char *told)
{
	size_t skip = strlen(PATH ":");

	while (*told) {
		const char *end = line_end(told);

		require(!strncmp(told, PATH ":", skip), "place", told);
		if (messages->length)
			text_add_char(messages, '\n');
		text_add_bytes(messages, told + skip, (size_t)(end - told) - skip);
		told = end + 1;
		require(!strncmp(told + 5, " | ", 3), "source line", told);
		told = line_end(told) + 1;
		require(!strncmp(told, "      | ", 8) && told[strspn(told, " |")] == '^', "caret",
			told);
		told = line_end(told) + 1;
	}
}

static void check_one(const struct toy_example *example)
{
	bool whole = strstr(example->text, "scenario ") != NULL;
	struct text text = TEXT_INIT, messages = TEXT_INIT;
	struct err err = ERR_INIT;
	struct scenario *scenario;

	text_addf(&text, "%s%s%s", whole ? "" : before, example->text, whole ? "" : behind);
	scenario = scenario_parse(PATH, text.bytes, text.length, toy_models, &err);
	add_messages(&messages, err.text.bytes);
	cr_expect_str_eq(messages.bytes, example->told, "%s\n--- told:\n%s\n--- expected:\n%s",
			 text.bytes, messages.bytes, example->told);
	cr_expect_eq(scenario == NULL, err.count > 0);
	scenario_free(scenario);
	text_release(&text);
	text_release(&messages);
	err_release(&err);
}

void toy_check(const struct toy_example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_one(&examples[i]);
}
