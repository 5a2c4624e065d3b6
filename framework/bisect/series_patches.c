/* SPDX-License-Identifier: MIT */
/* series_patches.c - the history of a model between two versions, patch by patch. */
#include <string.h>

#include "bisect/series_make.h"
#include "scenario/names.h"

/* A way from one version to another. */
struct way {
	const struct model *model;
	struct model_patch_list in_force; /* so far */
	struct model_patch_list to_come;  /* in the order in which they come */
};

static bool contains(const struct model_patch_list *list, const struct model_patch *patch)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] == patch)
			return true;
	return false;
}

static const struct model_version *find_version(const struct model *model, const char *name,
						struct err *err)
{
	const struct model_version *version = model_find(model->versions, name);
	const char *names[256], *nearest;
	size_t count = 0;

	if (version)
		return version;
	for (version = model->versions; version->name && count < ARRAY_SIZE(names); version++)
		names[count++] = version->name;
	nearest = err_nearest(name, names, count);
	if (nearest)
		err_add(err, "unknown version '%s'; did you mean '%s'?", name, nearest);
	else
		err_add(err, "unknown version '%s'; there are %s to %s", name, names[0],
			names[count - 1]);
	return NULL;
}

/* "v5.9" before "v5.10"; what is in no release comes last. */
static int compare_releases(const char *a, const char *b)
{
	if (!a || !b)
		return !a - !b;
	return strverscmp(a, b);
}

static bool comes_before(const struct model_patch *a, const struct model_patch *b)
{
	int order = compare_releases(a->since, b->since);

	if (!order)
		order = strcmp(a->date ? a->date : "", b->date ? b->date : "");
	return order < 0;
}

/* Behind all that do not come after it: patches of one day keep the order of the table. */
static void insert(struct model_patch_list *list, const struct model_patch *patch)
{
	size_t at = list->count++;

	for (; at && comes_before(patch, list->items[at - 1]); at--)
		list->items[at] = list->items[at - 1];
	list->items[at] = patch;
}

static bool has_with(const struct series_way *wanted)
{
	return wanted->with && *wanted->with;
}

/* Is it one of the changes that all states have? Then it comes in none of them. */
static bool is_with(const struct series_way *wanted, const struct model_patch *patch)
{
	size_t length = strlen(patch->id);

	if (!has_with(wanted))
		return false;
	for (const char *at = wanted->with; (at = strstr(at, patch->id)); at += length)
		if ((at == wanted->with || strchr(" +-", at[-1])) && strchr(" +-", at[length]))
			return true;
	return false;
}

static int find_way(struct way *way, const struct series_way *wanted, struct err *err)
{
	const char *from = wanted->from, *to = wanted->to;
	const struct model_version *first = find_version(way->model, from, err);
	const struct model_version *last = find_version(way->model, to, err);
	struct model_patch_list all = { 0 };

	if (!first || !last)
		return -1;
	model_version_patches(way->model, first, &way->in_force);
	model_version_patches(way->model, last, &all);
	for (size_t i = 0; i < way->in_force.count; i++)
		if (!contains(&all, way->in_force.items[i]))
			return err_add(err,
				       "%s has patch %s, and %s has not: one must be the history "
				       "of the other%s",
				       from, way->in_force.items[i]->id, to,
				       all.count < way->in_force.count ? "; are they swapped?" :
									 "");
	for (size_t i = 0; i < all.count; i++)
		if (!contains(&way->in_force, all.items[i]) && !is_with(wanted, all.items[i]))
			insert(&way->to_come, all.items[i]);
	if (!way->to_come.count)
		return err_add(err, "from %s to %s no patch of the model was merged", from, to);
	return 0;
}

/* How many of the patches in force has @version? 0 if it has any other. */
static size_t covers(const struct way *way, const struct model_version *version)
{
	struct model_patch_list list = { 0 };

	model_version_patches(way->model, version, &list);
	for (size_t i = 0; i < list.count; i++)
		if (!contains(&way->in_force, list.items[i]))
			return 0;
	return list.count;
}

/* The version that is nearest to what is in force; of several the first one. */
static const struct model_version *nearest_version(const struct way *way,
						   const struct model_version *from)
{
	const struct model_version *best = from;

	for (const struct model_version *v = way->model->versions; v->name; v++)
		if (covers(way, v) > covers(way, best))
			best = v;
	return best;
}

/* "v5.8 + 09854ba94c6a": the version, and what is in force and not in it. */
static char *title_of(const struct way *way, const struct model_version *from)
{
	const struct model_version *version = nearest_version(way, from);
	struct model_patch_list list = { 0 };
	struct text title = TEXT_INIT;

	model_version_patches(way->model, version, &list);
	text_add(&title, version->name);
	for (size_t i = 0; i < way->in_force.count; i++)
		if (!contains(&list, way->in_force.items[i]))
			text_addf(&title, " + %s", way->in_force.items[i]->id);
	return text_detach(&title);
}

/* "v4.13 + paravirt-flush + 9e52fc2b50de": the changes of all states come before what is merged
 * later, as they would have. */
static char *title_with(const struct way *way, const struct series_way *wanted, size_t merged)
{
	struct text title = TEXT_INIT;

	text_addf(&title, "%s %s", wanted->from, wanted->with);
	for (size_t i = 0; i < merged; i++)
		text_addf(&title, " + %s", way->to_come.items[i]->id);
	return text_detach(&title);
}

static char *plain_title(const struct way *way, const struct series_way *wanted,
			 const struct model_version *first, size_t merged)
{
	if (!merged)
		return xstrdup(wanted->from);
	return merged < way->to_come.count ? title_of(way, first) : xstrdup(wanted->to);
}

static void add_state(struct series *series, struct series_titles *titles, const struct way *way,
		      const struct series_way *wanted, size_t merged)
{
	const struct model_version *first = model_find(way->model->versions, wanted->from);
	char *plain = plain_title(way, wanted, first, merged);
	struct text label = TEXT_INIT;

	text_add(&label, plain);
	if (has_with(wanted)) {
		text_addf(&label, " (%s)", wanted->with);
		free(plain);
		plain = title_with(way, wanted, merged);
	}
	vec_push(&titles->list, plain);
	vec_push(&series->labels, text_detach(&label));
	vec_push(&series->patches, merged ? way->to_come.items[merged - 1] : NULL);
}

int series_patches(struct series *series, const struct series_way *wanted, struct err *err)
{
	struct way way = { .model = series->given->model };
	struct series_titles titles = { 0 };

	if (find_way(&way, wanted, err))
		return -1;
	add_state(series, &titles, &way, wanted, 0);
	for (size_t i = 0; i < way.to_come.count; i++) {
		way.in_force.items[way.in_force.count++] = way.to_come.items[i];
		add_state(series, &titles, &way, wanted, i + 1);
	}
	return series_make(series, &titles, err);
}
