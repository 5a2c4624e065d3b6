/* SPDX-License-Identifier: MIT */
/*
 * symbol.c - reads DWARF with libdw.
 */
#include "engine/symbol.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <search.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "engine/libdw.h"

static Dwfl *dwfl;    /* NULL until the first question */
static void *symbols; /* tree of struct symbol by pc */

/* Only what is in the modules themselves: the usual search for separate files takes 40 ms. */
/* NOLINTNEXTLINE(readability-function-size): the parameters are libdw's */
static int find_debuginfo(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
			  const char *file, const char *link, GElf_Word crc, char **found)
{
	(void)module;
	(void)data;
	(void)name;
	(void)base;
	(void)file;
	(void)link;
	(void)crc;
	(void)found;
	return -1;
}

/* That a file could not be opened now is asked here: libdw keeps it to itself. */
/* NOLINTNEXTLINE(readability-function-size): the parameters are libdw's */
static int find_elf(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
		    char **found, Elf **elf)
{
	int opened = dwfl_linux_proc_find_elf(module, data, name, base, found, elf);

	libdw_check();
	return opened;
}

/* Tell libdw which modules are mapped where. */
static void report_modules(void)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = find_elf,
		.find_debuginfo = find_debuginfo,
	};
	FILE *maps = fopen("/proc/self/maps", "re");

	if (!dwfl)
		dwfl = dwfl_begin(&callbacks);
	libdw_check();
	if (maps && dwfl) {
		dwfl_report_begin(dwfl);
		dwfl_linux_proc_maps_report(dwfl, maps);
		libdw_check();
		dwfl_report_end(dwfl, NULL, NULL);
	}
	if (maps)
		fclose(maps);
}

Dwfl *symbol_dwfl(void)
{
	report_modules();
	return dwfl;
}

Dwfl_Module *symbol_module(unsigned long address)
{
	if (!dwfl)
		report_modules();
	return dwfl ? dwfl_addrmodule(dwfl, address) : NULL;
}

static Dwfl_Module *find_module(unsigned long pc)
{
	Dwfl_Module *module = symbol_module(pc);

	if (module)
		return module;
	report_modules(); /* something was loaded since */
	return symbol_module(pc);
}

/* The compiler's copies of a function have suffixes (f.isra.0, f.cold): cut them off. */
static char *plain_name(const char *name)
{
	char *copy = xstrdup(name ? name : "?");

	copy[strcspn(copy, ".")] = '\0';
	return copy;
}

static void add_frame(struct symbol *symbol, char *function, const char *file, int line)
{
	struct symbol_frame frame = {
		.function = function,
		.file = file ? xstrdup(file) : NULL,
		.line = file && line > 0 ? (unsigned int)line : 0,
	};

	vec_push(&symbol->frames, frame);
}

/* libdw puts the directory of compilation in front of relative names. */
static const char *relative_file(const char *file, Dwarf_Die *unit)
{
	Dwarf_Attribute attribute;
	const char *directory = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
	size_t length = directory ? strlen(directory) : 0;

	if (file && length && !strncmp(file, directory, length) && file[length] == '/')
		return file + length + 1;
	return file;
}

static int number(Dwarf_Die *die, unsigned int name)
{
	Dwarf_Attribute attribute;
	Dwarf_Word value;

	if (dwarf_formudata(dwarf_attr(die, name, &attribute), &value))
		return 0;
	return (int)value;
}

/* Where @inlined was called. */
static const char *call_file(Dwarf_Die *inlined, Dwarf_Die *unit)
{
	Dwarf_Files *files;
	int index = number(inlined, DW_AT_call_file);

	if (dwarf_getsrcfiles(unit, &files, NULL))
		return NULL;
	return relative_file(dwarf_filesrc(files, (size_t)index, NULL, NULL), unit);
}

/* A place in the source. */
struct place {
	const char *file; /* NULL where unknown */
	int line;
};

/* The frames of the @count @scopes of @unit, whose innermost one is at @place. */
static void add_scopes(struct symbol *symbol, Dwarf_Die *unit, Dwarf_Die *scopes, int count,
		       struct place place)
{
	for (int i = 0; i < count; i++) {
		int tag = dwarf_tag(&scopes[i]);

		if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_subprogram)
			continue;
		add_frame(symbol, plain_name(dwarf_diename(&scopes[i])), place.file, place.line);
		if (tag == DW_TAG_subprogram)
			return;
		place.file = call_file(&scopes[i], unit);
		place.line = number(&scopes[i], DW_AT_call_line);
	}
}

static const char *source_line(Dwarf_Die *unit, Dwarf_Addr address, int *line)
{
	Dwarf_Line *source = dwarf_getsrc_die(unit, address);

	*line = 0;
	if (!source || dwarf_lineno(source, line))
		return NULL;
	return relative_file(dwarf_linesrc(source, NULL, NULL), unit);
}

void symbol_dwarf(Dwfl_Module *module)
{
	Dwarf_Addr bias;
	Dwarf *dwarf = dwfl_module_getdwarf(module, &bias);

	libdw_check();
	if (dwarf) /* libdw's own handler ends the process with 1 */
		dwarf_new_oom_handler(dwarf, out_of_memory);
}

/* clang writes no table of addresses: then all compilation units are asked in turn. */
static Dwarf_Die *find_unit(Dwfl_Module *module, unsigned long pc, Dwarf_Addr *bias)
{
	Dwarf_Die *unit;

	symbol_dwarf(module);
	unit = dwfl_module_addrdie(module, pc, bias);
	if (unit)
		return unit;
	while ((unit = dwfl_module_nextcu(module, unit, bias)))
		if (dwarf_haspc(unit, pc - *bias) > 0)
			return unit;
	return NULL;
}

/* Adds nothing where there is no DWARF information. */
static void add_from_dwarf(struct symbol *symbol, Dwfl_Module *module)
{
	Dwarf_Addr bias;
	Dwarf_Die *unit = find_unit(module, symbol->pc, &bias);
	Dwarf_Die *innermost = NULL, *scopes = NULL;
	const char *file;
	int line, count;

	if (!unit)
		return;
	file = source_line(unit, symbol->pc - bias, &line);
	/* The scopes of a place, and then those around the innermost: only the second
	 * list names the callers of what is inlined. */
	if (dwarf_getscopes(unit, symbol->pc - bias, &innermost) > 0) {
		count = dwarf_getscopes_die(innermost, &scopes);
		add_scopes(symbol, unit, scopes, count, (struct place){ file, line });
	}
	if (!symbol->frames.count)
		add_frame(symbol, plain_name(dwfl_module_addrname(module, symbol->pc)), file, line);
	free(innermost);
	free(scopes);
}

static char *module_name(Dwfl_Module *module)
{
	const char *path = dwfl_module_info(module, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
	const char *slash = strrchr(path, '/');
	struct text text = TEXT_INIT;

	text_addf(&text, "[%s]", slash ? slash + 1 : path);
	return text_detach(&text);
}

/* Without DWARF: names in shared libraries are only those of their exports, mostly wrong. */
static void add_from_module(struct symbol *symbol, Dwfl_Module *module)
{
	char *name = module_name(module);

	if (strstr(name, ".so")) {
		add_frame(symbol, name, NULL, 0);
		return;
	}
	free(name);
	add_frame(symbol, plain_name(dwfl_module_addrname(module, symbol->pc)), NULL, 0);
}

static void look_up(struct symbol *symbol)
{
	Dwfl_Module *module = find_module(symbol->pc);

	if (!module) {
		add_frame(symbol, plain_name(NULL), NULL, 0);
		return;
	}
	add_from_dwarf(symbol, module);
	if (!symbol->frames.count)
		add_from_module(symbol, module);
}

static int compare(const void *a, const void *b)
{
	unsigned long left = ((const struct symbol *)a)->pc;
	unsigned long right = ((const struct symbol *)b)->pc;

	return left < right ? -1 : left > right;
}

const struct symbol *symbol_find(unsigned long pc)
{
	const struct symbol key = { .pc = pc };
	struct symbol *const *found = tfind(&key, &symbols, compare);
	struct symbol *symbol;

	if (found)
		return *found;
	symbol = xcalloc(1, sizeof(*symbol));
	symbol->pc = pc;
	libdw_begin();
	look_up(symbol);
	libdw_end();
	tsearch(symbol, &symbols, compare);
	return symbol;
}
