/* SPDX-License-Identifier: MIT */
#include "engine/function.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <string.h>

#include "engine/libdw.h"
#include "engine/symbol.h"
#include "engine/unwind.h"

/* Frames that are looked at. */
#define FRAMES_MAX 256

static VEC(struct function *) functions;

/* A search for @function in a compilation unit. */
struct search {
	struct function *function;
	Dwarf_Addr bias;
};

static void add_ranges(struct search *search, Dwarf_Die *die)
{
	Dwarf_Addr base, begin, end;

	for (ptrdiff_t at = 0; (at = dwarf_ranges(die, at, &base, &begin, &end)) > 0;)
		vec_push(&search->function->ranges,
			 ((struct function_range){ begin + search->bias, end + search->bias }));
}

static int see_inlined(Dwarf_Die *die, void *arg)
{
	add_ranges(arg, die);
	return DWARF_CB_OK;
}

static int see_function(Dwarf_Die *die, void *arg)
{
	struct search *search = arg;
	const char *name = dwarf_diename(die);

	if (!name || strcmp(name, search->function->name) != 0)
		return DWARF_CB_OK;
	add_ranges(search, die);
	dwarf_func_inline_instances(die, see_inlined, search);
	return DWARF_CB_OK;
}

static int see_module(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr start,
		      void *arg)
{
	struct search search = { .function = arg };
	Dwarf_Die *unit = NULL;

	(void)data;
	(void)name;
	(void)start;
	while ((unit = dwfl_module_nextcu(module, unit, &search.bias)))
		dwarf_getfuncs(unit, see_function, &search, 0);
	return DWARF_CB_OK;
}

static struct function *look_up(const char *name)
{
	struct function *function = xcalloc(1, sizeof(*function));
	Dwfl *dwfl;

	function->name = xstrdup(name);
	libdw_begin();
	dwfl = symbol_dwfl();
	if (dwfl)
		dwfl_getmodules(dwfl, see_module, function, 0);
	libdw_end();
	vec_push(&functions, function);
	return function;
}

const struct function *function_find(const char *name)
{
	const struct function *found = NULL;

	for (size_t i = 0; i < functions.count && !found; i++)
		if (!strcmp(functions.items[i]->name, name))
			found = functions.items[i];
	if (!found)
		found = look_up(name);
	return found->ranges.count ? found : NULL;
}

static bool is_in(const struct function *function, unsigned long pc)
{
	for (size_t i = 0; i < function->ranges.count; i++)
		if (pc >= function->ranges.items[i].begin && pc < function->ranges.items[i].end)
			return true;
	return false;
}

bool function_is_running(const struct function *function)
{
	void *returns[FRAMES_MAX];
	unsigned int count = unwind_here(returns, FRAMES_MAX);

	/* A return address is behind its call. */
	for (unsigned int i = 0; i < count; i++)
		if (is_in(function, (unsigned long)returns[i] - 1))
			return true;
	return false;
}
