/* SPDX-License-Identifier: MIT */
/* rules.c - names and texts of the rules and of their values, from the table. */
#include "mm/rules.h"

_Static_assert(RULES <= MODEL_RULES_MAX, "raise MODEL_RULES_MAX");

/* Where a rule and its values are in names[] and meanings[]. */
enum place {
#define RULE(id, name, help) AT_RULE_##id,
#define VALUE(id, name, help) AT_##id,
#include "mm/tables/rules.inc"
#undef RULE
#undef VALUE
	AT_END
};

/* A NULL before the values of each rule ends those of the one before it. */
static const char *const names[] = {
#define RULE(id, name, help) NULL,
#define VALUE(id, name, help) name,
#include "mm/tables/rules.inc"
#undef RULE
#undef VALUE
	NULL
};

static const char *const meanings[] = {
#define RULE(id, name, help) NULL,
#define VALUE(id, name, help) help,
#include "mm/tables/rules.inc"
#undef RULE
#undef VALUE
	NULL
};

const struct model_rule mm_rules[] = {
#define RULE(id, name, help) { name, help, &names[AT_RULE_##id + 1], &meanings[AT_RULE_##id + 1] },
#define VALUE(id, name, help)
#include "mm/tables/rules.inc"
#undef RULE
#undef VALUE
	{ .name = NULL },
};
