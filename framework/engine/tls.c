/* SPDX-License-Identifier: MIT */
#include "engine/tls.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>

#include "base/vec.h"
#include "baton/program.h"

/* Who has variables: the CPUs, and the OS thread outside of executions. */
#define OUTSIDE BATON_CPUS_MAX
#define OWNERS (BATON_CPUS_MAX + 1)

struct tls tls;

static struct {
	char *values;         /* of all owners that do not run, one behind the other */
	uint64_t begun;       /* CPUs that have values in this execution */
	unsigned int running; /* the owner whose values are the live ones */
} kept = { .running = OUTSIDE };

/* ---- Whose variables they are ------------------------------------------------------------- */

/* The library is needed by @module, by its file's name. */
static bool needs(const struct dl_phdr_info *module, const char *library)
{
	const ElfW(Dyn) *dynamic = NULL;
	const char *strings = NULL;

	for (unsigned int i = 0; i < module->dlpi_phnum; i++)
		if (module->dlpi_phdr[i].p_type == PT_DYNAMIC)
			dynamic = (const void *)(module->dlpi_addr + module->dlpi_phdr[i].p_vaddr);
	for (const ElfW(Dyn) *entry = dynamic; entry && entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == DT_STRTAB)
			strings = (const char *)entry->d_un.d_ptr;
	for (const ElfW(Dyn) *entry = dynamic; strings && entry->d_tag != DT_NULL; entry++)
		if (entry->d_tag == DT_NEEDED &&
		    !strncmp(strings + entry->d_un.d_val, library, strlen(library)))
			return true;
	return false;
}

/* What the address sanitizer keeps per thread is in the program, if clang has linked it. */
static bool has_sanitizer(const struct dl_phdr_info *module)
{
	void *init = dlsym(RTLD_DEFAULT, "__asan_init");
	Dl_info info;

	return init && dladdr(init, &info) && (ElfW(Addr))info.dli_fbase == module->dlpi_addr;
}

/* The program has no name. */
static bool is_ours(const struct dl_phdr_info *module)
{
	const char *slash = strrchr(module->dlpi_name, '/');

	if (!*module->dlpi_name)
		return !has_sanitizer(module);
	return (slash && !strncmp(slash, "/libstdc++.so", strlen("/libstdc++.so"))) ||
	       needs(module, "libbaton");
}

static int add_module(struct dl_phdr_info *module, size_t size, void *arg)
{
	(void)size;
	(void)arg;
	if (!module->dlpi_tls_data || !is_ours(module))
		return 0;
	for (unsigned int i = 0; i < module->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &module->dlpi_phdr[i];

		if (segment->p_type != PT_TLS || !segment->p_memsz || tls.count == TLS_RANGES_MAX)
			continue;
		tls.ranges[tls.count++] = (struct tls_range){
			.live = module->dlpi_tls_data,
			.image = (const char *)(module->dlpi_addr + segment->p_vaddr),
			.image_size = segment->p_filesz,
			.size = segment->p_memsz,
		};
		tls.size += segment->p_memsz;
	}
	return 0;
}

void tls_init(void)
{
	dl_iterate_phdr(add_module, NULL);
	if (tls.size)
		kept.values = xcalloc(OWNERS, tls.size);
}

void tls_release(void)
{
	free(kept.values);
	kept.values = NULL;
	memset(&tls, 0, sizeof(tls));
}

/* ---- Whose values they are ---------------------------------------------------------------- */

static void save(unsigned int owner)
{
	char *values = kept.values + owner * tls.size;

	for (unsigned int i = 0; i < tls.count; values += tls.ranges[i++].size)
		memcpy(values, tls.ranges[i].live, tls.ranges[i].size);
}

static void load(unsigned int owner)
{
	const char *values = kept.values + owner * tls.size;

	for (unsigned int i = 0; i < tls.count; values += tls.ranges[i++].size)
		memcpy(tls.ranges[i].live, values, tls.ranges[i].size);
}

static void load_image(void)
{
	for (unsigned int i = 0; i < tls.count; i++) {
		const struct tls_range *range = &tls.ranges[i];

		memcpy(range->live, range->image, range->image_size);
		memset(range->live + range->image_size, 0, range->size - range->image_size);
	}
}

void tls_switch(unsigned int cpu)
{
	uint64_t bit = UINT64_C(1) << cpu;

	if (kept.running == cpu)
		return;
	save(kept.running);
	kept.running = cpu;
	if (kept.begun & bit)
		load(cpu);
	else
		load_image();
	kept.begun |= bit;
}

void tls_begin(void)
{
	kept.begun = 0;
}

void tls_end(void)
{
	if (kept.running == OUTSIDE)
		return;
	kept.running = OUTSIDE;
	load(OUTSIDE);
}
