/* SPDX-License-Identifier: MIT */
#include "mm/shared.h"

#include "base/bug.h"
#include "engine/model.h"
#include "mm/world.h"

static const char *const page_names[NR_PAGES + 1] = {
	"page frame 0",  "page frame 1",  "page frame 2",  "page frame 3",  "page frame 4",
	"page frame 5",  "page frame 6",  "page frame 7",  "page frame 8",  "page frame 9",
	"page frame 10", "page frame 11", "page frame 12", "page frame 13", "page frame 14",
	"page frame 15", "page frame 16", "page frame 17", "page frame 18", "page frame 19",
	"page frame 20", "page frame 21", "page frame 22", "page frame 23", "page frame 24",
	"page frame 25", "page frame 26", "page frame 27", "page frame 28", "page frame 29",
	"page frame 30", "page frame 31", "zero page",
};

static const char *const mm_names[NR_MMS] = { "mm 0", "mm 1", "mm 2", "mm 3", "mm 4" };

static unsigned int add(struct baton_region *regions, unsigned int count,
			struct baton_region region)
{
	BUG_ON(count >= MODEL_REGIONS_MAX);
	regions[count] = region;
	return count + 1;
}

/* The ghost's fields come last in a page and in an mm. */
unsigned int shared_regions(struct baton_region *regions)
{
	unsigned int count = 0;

	for (int i = 0; i <= NR_PAGES; i++)
		count = add(regions, count,
			    (struct baton_region){ page_names[i], &world.pages[i],
						   offsetof(struct page, frozen) });
	for (int i = 0; i < NR_MMS; i++)
		count = add(regions, count,
			    (struct baton_region){ mm_names[i], &world.mms[i],
						   offsetof(struct mm, parent) });
#define ADD(member) \
	add(regions, count, (struct baton_region){ #member, &world.member, sizeof(world.member) })
	count = ADD(pages_used);
	count = ADD(mms_used);
	count = ADD(vmas);
	count = ADD(vmas_used);
	count = ADD(anon_vmas);
	count = ADD(swap);
	count = ADD(files);
	count = ADD(cpus);
	count = ADD(drivers);
	count = ADD(dma);
	count = ADD(mmu_notifier);
	count = ADD(secondary);
	count = ADD(smp);
#undef ADD
	return count;
}
