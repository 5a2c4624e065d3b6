/* SPDX-License-Identifier: MIT */
#include "conform/shrink.h"

#include <string.h>

#include "conform/ideal.h"

#define LOWER_MAX 16 /* values that are tried in place of a larger one */

static void copy_script(struct conform_script *to, const struct conform_script *from)
{
	to->name = from->name ? xstrdup(from->name) : NULL;
	to->line = from->line;
	for (size_t i = 0; i < from->ops.count; i++)
		vec_push(&to->ops, from->ops.items[i]);
}

/* What can be done, with what an ideal kernel answers. */
static void renew(struct conform_script *script)
{
	struct ideal ideal;
	size_t kept = 0;

	ideal_init(&ideal);
	for (size_t i = 0; i < script->ops.count; i++) {
		struct conform_op op = script->ops.items[i];

		op.has_seen = false;
		op.seen = 0;
		if (!ideal_can(&ideal, &op))
			continue;
		ideal_do(&ideal, &op);
		script->ops.items[kept++] = op;
	}
	script->ops.count = kept;
}

/* Takes the candidate if it shows it, and frees it in any case. Return: was it taken? */
static bool take(struct shrink *shrink, struct conform_script *script,
		 struct conform_script *candidate)
{
	bool shows = false;

	renew(candidate);
	if (shrink->tries < shrink->tries_max && candidate->ops.count) {
		shrink->tries++;
		shows = shrink->shows(shrink->arg, candidate);
	}
	if (shows) {
		struct conform_script old = *script;

		*script = *candidate;
		*candidate = old;
	}
	conform_script_release(candidate);
	return shows;
}

static bool try_without(struct shrink *shrink, struct conform_script *script, size_t from,
			size_t count)
{
	struct conform_script candidate = { 0 };
	size_t rest = script->ops.count - from - count;

	copy_script(&candidate, script);
	memmove(candidate.ops.items + from, candidate.ops.items + from + count,
		rest * sizeof(*candidate.ops.items));
	candidate.ops.count = from + rest;
	return take(shrink, script, &candidate);
}

/* From the end: what comes last is needed least. Return: was anything left out? */
static bool drop(struct shrink *shrink, struct conform_script *script, size_t size)
{
	bool dropped = false;

	for (size_t at = script->ops.count; at-- > 0;)
		if (at + size <= script->ops.count && try_without(shrink, script, at, size))
			dropped = true;
	return dropped;
}

static bool drop_all(struct shrink *shrink, struct conform_script *script)
{
	bool dropped = false;

	for (size_t size = (script->ops.count + 1) / 2; size; size /= 2)
		dropped |= drop(shrink, script, size);
	return dropped;
}

/* The arguments that are written; those behind the last that is not 0 need not be. */
static void write_args(struct conform_op *op)
{
	op->args = conform_kinds[op->what].needed;
	for (uint8_t i = 0; i < CONFORM_ARGS; i++)
		if (op->arg[i] && i >= op->args)
			op->args = (uint8_t)(i + 1);
}

/* Number @field of an operation: who does it, then its arguments. */
static uint8_t *field_of(struct conform_op *op, unsigned int field)
{
	return field ? &op->arg[field - 1] : &op->process;
}

static bool try_value(struct shrink *shrink, struct conform_script *script, size_t at,
		      const uint8_t change[2])
{
	struct conform_script candidate = { 0 };

	copy_script(&candidate, script);
	*field_of(&candidate.ops.items[at], change[0]) = change[1];
	write_args(&candidate.ops.items[at]);
	return take(shrink, script, &candidate);
}

/* The smallest value with which it shows. Return: was one found? */
static bool lower(struct shrink *shrink, struct conform_script *script, size_t at, uint8_t field)
{
	struct conform_op *op = &script->ops.items[at];

	if (!field && op->process == CONFORM_DRIVER)
		return false;
	for (uint8_t value = 0; value < LOWER_MAX && value < *field_of(op, field); value++)
		if (try_value(shrink, script, at, (const uint8_t[]){ field, value }))
			return true;
	return false;
}

static bool lower_all(struct shrink *shrink, struct conform_script *script)
{
	bool lowered = false;

	for (size_t i = 0; i < script->ops.count; i++)
		for (uint8_t field = 0; field <= CONFORM_ARGS && i < script->ops.count; field++)
			lowered |= lower(shrink, script, i, field);
	return lowered;
}

/* Numbers that several operations share: which process, pipe or page. */
static const struct {
	enum conform_arg arg;
	uint8_t count;
} names[] = {
	{ CONFORM_ARG_PROCESS, CONFORM_PROCESSES },
	{ CONFORM_ARG_PIPE, CONFORM_PIPES },
	{ CONFORM_ARG_PAGE, CONFORM_PAGES },
};

/* Calls @arg's @from by the name of @to, in all operations. Return: was there any, and no @to? */
static bool rename_all(struct conform_script *script, enum conform_arg arg, uint8_t from,
		       uint8_t to)
{
	bool has_from = false, has_to = false;

	for (size_t i = 0; i < script->ops.count; i++) {
		struct conform_op *op = &script->ops.items[i];

		for (unsigned int field = 0; field <= CONFORM_ARGS; field++) {
			uint8_t *name = field_of(op, field);

			if ((field ? conform_kinds[op->what].args[field - 1] :
				     CONFORM_ARG_PROCESS) != arg)
				continue;
			has_to |= *name == to;
			has_from |= *name == from;
			if (*name == from)
				*name = to;
		}
		write_args(op);
	}
	return has_from && !has_to;
}

static bool rename_some(struct shrink *shrink, struct conform_script *script)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		for (uint8_t from = 1; from < names[i].count; from++) {
			struct conform_script candidate = { 0 };

			copy_script(&candidate, script);
			if (!rename_all(&candidate, names[i].arg, from, (uint8_t)(from - 1)))
				conform_script_release(&candidate);
			else if (take(shrink, script, &candidate))
				return true;
		}
	}
	return false;
}

void shrink_script(struct shrink *shrink, struct conform_script *script)
{
	while (drop_all(shrink, script) || lower_all(shrink, script) || rename_some(shrink, script))
		;
}
