/* SPDX-License-Identifier: MIT */
#include "engine/variable.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <stdint.h>

#include "base/vec.h"
#include "engine/libdw.h"
#include "engine/symbol.h"

/* Arrays in arrays, and structs in structs, that a name goes into. */
#define DEPTH_MAX 16u

struct variable {
	Dwarf_Addr start;
	Dwarf_Word size;
	Dwarf_Die die;
};

/* Variables of the program that are at one address, of the modules that were asked for. */
static VEC(struct variable) variables;
static VEC(Dwfl_Module *) listed;

/* ---- Which there are ---------------------------------------------------------------------- */

/* The type without its name and qualifiers. NULL: none. */
static Dwarf_Die *type_of(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute attribute;

	if (!dwarf_formref_die(dwarf_attr_integrate(die, DW_AT_type, &attribute), type))
		return NULL;
	while (dwarf_tag(type) == DW_TAG_typedef || dwarf_tag(type) == DW_TAG_const_type ||
	       dwarf_tag(type) == DW_TAG_volatile_type || dwarf_tag(type) == DW_TAG_atomic_type)
		if (!dwarf_formref_die(dwarf_attr(type, DW_AT_type, &attribute), type))
			return NULL;
	return type;
}

/* The address that is the whole of a location: DW_OP_addr, or an index of one in DWARF 5. */
static bool address_of(Dwarf_Attribute *location, Dwarf_Addr *address)
{
	Dwarf_Attribute indexed;
	Dwarf_Op *operations;
	size_t count;

	if (dwarf_getlocation(location, &operations, &count) || count != 1)
		return false;
	*address = operations->number;
	return operations->atom == DW_OP_addr ||
	       (operations->atom == DW_OP_addrx &&
		!dwarf_getlocation_attr(location, operations, &indexed) &&
		!dwarf_formaddr(&indexed, address));
}

static void add_variable(Dwarf_Die *die, Dwarf_Addr bias)
{
	struct variable variable = { .die = *die };
	Dwarf_Attribute attribute;
	Dwarf_Die type;

	if (!address_of(dwarf_attr(die, DW_AT_location, &attribute), &variable.start) ||
	    !type_of(die, &type) || dwarf_aggregate_size(&type, &variable.size))
		return;
	variable.start += bias;
	vec_push(&variables, variable);
}

/* Has it variables in it: of a file, or static ones of a function? */
static bool is_scope(int tag)
{
	return tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block || tag == DW_TAG_namespace;
}

/* All in @scope. In place of recursion: who has scopes in it, from the outermost on. */
static void add_scope(Dwarf_Die *scope, Dwarf_Addr bias)
{
	Dwarf_Die path[DEPTH_MAX];
	unsigned int depth = 0;

	if (dwarf_child(scope, &path[0]))
		return;
	for (;;) {
		Dwarf_Die *die = &path[depth];
		int tag = dwarf_tag(die);

		if (tag == DW_TAG_variable)
			add_variable(die, bias);
		if (is_scope(tag) && depth + 1 < DEPTH_MAX && !dwarf_child(die, &path[depth + 1])) {
			depth++;
			continue;
		}
		while (dwarf_siblingof(&path[depth], &path[depth]))
			if (!depth--)
				return;
	}
}

static void list_variables(Dwfl_Module *module)
{
	Dwarf_Die *unit = NULL;
	Dwarf_Addr bias;

	for (size_t i = 0; i < listed.count; i++)
		if (listed.items[i] == module)
			return;
	vec_push(&listed, module);
	symbol_dwarf(module);
	while ((unit = dwfl_module_nextcu(module, unit, &bias)))
		add_scope(unit, bias);
	libdw_check();
}

static const struct variable *find_variable(Dwarf_Addr address)
{
	for (size_t i = 0; i < variables.count; i++)
		if (address - variables.items[i].start < variables.items[i].size)
			return &variables.items[i];
	return NULL;
}

/* ---- What is in them ---------------------------------------------------------------------- */

static Dwarf_Word number(Dwarf_Die *die, unsigned int name)
{
	Dwarf_Attribute attribute;
	Dwarf_Word value;

	return dwarf_formudata(dwarf_attr(die, name, &attribute), &value) ? 0 : value;
}

/* Elements of one dimension of an array. */
static Dwarf_Word count_of(Dwarf_Die *range)
{
	return dwarf_hasattr(range, DW_AT_count) ? number(range, DW_AT_count) :
						   number(range, DW_AT_upper_bound) + 1;
}

/* Append the indices of @offset in an array. Return: the offset in the element, which is @type. */
static Dwarf_Word enter_array(Dwarf_Die *type, Dwarf_Word offset, struct text *text)
{
	Dwarf_Word elements = 1, size;
	Dwarf_Die array = *type, range;

	if (!type_of(&array, type) || dwarf_aggregate_size(type, &size) || !size ||
	    dwarf_child(&array, &range))
		return offset;
	do
		elements *= count_of(&range);
	while (!dwarf_siblingof(&range, &range));
	(void)dwarf_child(&array, &range);
	do {
		Dwarf_Word count = count_of(&range);

		if (!count)
			return offset;
		elements /= count;
		text_addf(text, "[%llu]", (unsigned long long)(offset / size / elements));
		offset %= elements * size;
	} while (!dwarf_siblingof(&range, &range));
	return offset;
}

/* Append the member that has @offset. Return: false if there is none; else @type is its type. */
static bool enter_struct(Dwarf_Die *type, Dwarf_Word *offset, struct text *text)
{
	Dwarf_Die member, inner;
	Dwarf_Word size;

	if (dwarf_child(type, &member))
		return false;
	do {
		Dwarf_Word start = number(&member, DW_AT_data_member_location);
		const char *name = dwarf_diename(&member);

		if (dwarf_tag(&member) != DW_TAG_member || !type_of(&member, &inner) ||
		    dwarf_aggregate_size(&inner, &size) || *offset - start >= size)
			continue;
		if (name)
			text_addf(text, ".%s", name);
		*offset -= start;
		*type = inner;
		return true;
	} while (!dwarf_siblingof(&member, &member));
	return false;
}

static void add_part(const struct variable *variable, Dwarf_Word offset, bool leaf,
		     struct text *text)
{
	Dwarf_Die die = variable->die, type;

	if (!type_of(&die, &type))
		return;
	for (unsigned int depth = 0; depth < DEPTH_MAX; depth++) {
		int tag = dwarf_tag(&type);

		if (tag == DW_TAG_array_type)
			offset = enter_array(&type, offset, text);
		else if ((tag != DW_TAG_structure_type && tag != DW_TAG_union_type) ||
			 (!offset && !leaf) || !enter_struct(&type, &offset, text))
			break;
	}
	if (offset)
		text_addf(text, "+%llu", (unsigned long long)offset);
}

/* ---- Symbols ------------------------------------------------------------------------------ */

static bool symbol_name(Dwfl_Module *module, Dwarf_Addr address, struct text *text)
{
	GElf_Off offset = 0;
	GElf_Sym symbol;
	const char *name;

	name = dwfl_module_addrinfo(module, address, &offset, &symbol, NULL, NULL, NULL);
	libdw_check();
	if (!name || offset >= symbol.st_size)
		return false;
	text_add(text, name);
	if (offset)
		text_addf(text, "+%llu", (unsigned long long)offset);
	return true;
}

/* Variables that begin as zero are not in a mapping of a file: then it may be the program's. */
static Dwfl_Module *module_of(const void *address, const void *program)
{
	Dwfl_Module *module = symbol_module((unsigned long)(uintptr_t)address);

	return module ? module : symbol_module((unsigned long)(uintptr_t)program);
}

bool variable_name(const void *address, const void *program, bool leaf, struct text *text)
{
	Dwarf_Addr at = (Dwarf_Addr)(uintptr_t)address;
	const struct variable *variable;
	Dwfl_Module *module;
	bool found = false;

	libdw_begin();
	module = module_of(address, program);
	if (module)
		list_variables(module);
	variable = module ? find_variable(at) : NULL;
	if (variable) {
		Dwarf_Die die = variable->die;

		found = true;
		text_add(text, dwarf_diename(&die));
		add_part(variable, at - variable->start, leaf, text);
	} else if (module) {
		found = symbol_name(module, at, text);
	}
	libdw_end();
	return found;
}
