/* SPDX-License-Identifier: MIT */
#include "engine/fault_site.h"

#include <string.h>

#include "baton/injector.h"
#include "engine/sim_state.h"

static VEC(struct fault_site) sites;
static bool watched;

void fault_sites_watch(bool on)
{
	watched = on;
}

static struct fault_site *find(const char *point, const void *caller)
{
	size_t i = 0;

	while (i < sites.count &&
	       (sites.items[i].caller != caller || strcmp(sites.items[i].point, point) != 0))
		i++;
	if (i == sites.count)
		vec_push(&sites,
			 ((struct fault_site){ .point = xstrdup(point), .caller = caller }));
	return &sites.items[i];
}

void fault_site_pass(const char *point, const void *caller)
{
	struct fault_site *site;

	if (!watched || !sim.current || sim.phase != TRACE_MAIN)
		return;
	site = find(point, caller);
	if (site->execution != baton_execution()) {
		site->execution = baton_execution();
		site->passes = 0;
		site->cpus = 0;
	}
	site->passes++;
	site->cpus |= UINT64_C(1) << baton_cpu();
}

unsigned int fault_site_count(void)
{
	return (unsigned int)sites.count;
}

const struct fault_site *fault_site(unsigned int index)
{
	return &sites.items[index];
}
