/* SPDX-License-Identifier: MIT */
/*
 * point.h - annotated places where another CPU may run.
 *
 * A point is a static record in the linker section "baton_points", so the set of
 * points of a program is known without running it. A labelled point has a stable
 * name of the form "subsystem/what" ("gup_fast/pte_read"): scenarios, schedules
 * and reports refer to it, so renaming one is a change of interface: a POINT_ALIAS()
 * has the old name understood. An access
 * without a label is known by its primitive and its place in the source.
 *
 * Layer: public. May include: baton/decl.h.
 */
#ifndef BATON_POINT_H
#define BATON_POINT_H

#include <stdbool.h>

#include "baton/decl.h"

BATON_BEGIN

struct baton_point {
	const char *name; /* the label, or the primitive's name ("READ_ONCE(x)") */
	const char *file;
	unsigned int line;
	unsigned int labelled; /* 1: name is a label; 2: and the place is in baton's own source */
};

#define BATON_JOIN_(a, b) a##b
#define BATON_JOIN(a, b) BATON_JOIN_(a, b)

/*
 * Records of one section form an array, so gcc must not align each of them to 16 bytes. C++ has no
 * array of them, as gcc puts what inline functions hold into sections of their own; nor has the
 * shared library of baton (BATON_UNLISTED), as a program has one array: its own.
 */
#if defined(__cplusplus) || defined(BATON_UNLISTED)
#define BATON_LISTED_(where, type) __attribute__((unused))
#else
#define BATON_LISTED_(where, type) __attribute__((section(where), used, aligned(_Alignof(type))))
#endif

#define BATON_POINT_(id, text, is_label) BATON_RECORD_("baton_points", id, text, is_label)
#define BATON_RECORD_(where, id, text, is_label)                                             \
	(__extension__({                                                                     \
		static const struct baton_point id BATON_LISTED_(                            \
			where, struct baton_point) = { text, __FILE__, __LINE__, is_label }; \
		&id;                                                                         \
	}))

/* The unlabelled point of one place in the source; @text names the primitive used there. */
#define BATON_HERE(text) BATON_POINT_(BATON_JOIN(baton_here_, __COUNTER__), text, 0)

/*
 * The point of a primitive inside a function whose callers may know a better name: it has
 * the label @text unless a POINT() precedes.
 */
#define BATON_NAMED(text) BATON_POINT_(BATON_JOIN(baton_here_, __COUNTER__), text, 1)

/* As BATON_NAMED(), of baton's own source: reports leave out where that is. */
#define BATON_OWN(text) BATON_POINT_(BATON_JOIN(baton_here_, __COUNTER__), text, 2)

/**
 * POINT() - name the next access of this CPU.
 * @label: string literal "subsystem/what"; where it stands twice, both do the same
 *
 * Context: anywhere; outside a simulated CPU it does nothing. Does not switch.
 */
#define POINT(label) baton_label(BATON_NAMED(label))

struct baton_point_alias {
	const char *old, *now;
};

/**
 * POINT_ALIAS() - a point was renamed: scenarios and schedules may go on with its old name.
 * @before: string literal, the old name
 * @after: string literal, the name of a POINT() of today
 *
 * Who uses the old name is told the new one. At file scope, at most one of a line of a file.
 */
#define POINT_ALIAS(before, after)                                               \
	static const struct baton_point_alias BATON_JOIN(baton_alias_, __LINE__) \
		BATON_LISTED_("baton_aliases", struct baton_point_alias) = { before, after }

/**
 * baton_point_alias() - what is @name called now?
 *
 * Context: anywhere. Does not switch.
 * Return: its new name; NULL if @name is no old name of a point.
 */
const char *baton_point_alias(const char *name);

/* Iterate over all old names, in link order. @previous: as for baton_point_next(). Return: the
 * next one, or NULL after the last. Context: anywhere. */
const struct baton_point_alias *baton_alias_next(const struct baton_point_alias *previous);

/**
 * baton_label() - what POINT() expands to.
 * @point: static record; its name is given to the next access of the current CPU
 *
 * Context: anywhere. Does not switch.
 */
void baton_label(const struct baton_point *point);

/**
 * baton_point_find() - look up a labelled point.
 * @name: label to find, or what it was called before (POINT_ALIAS())
 *
 * Context: anywhere. Does not switch.
 * Return: the point, or NULL if no labelled point of the program has that name.
 */
const struct baton_point *baton_point_find(const char *name);

/* Is that one point? A label may stand at several places: versions of a function share it.
 * Context: anywhere. */
bool baton_point_same(const struct baton_point *a, const struct baton_point *b);

/**
 * baton_point_next() - iterate over all points of the program, in link order.
 * @previous: the point returned by the last call, NULL to start
 *
 * Context: anywhere. Does not switch.
 * Return: the next point, or NULL after the last.
 */
const struct baton_point *baton_point_next(const struct baton_point *previous);

BATON_END

#endif
