/* SPDX-License-Identifier: MIT */
/*
 * step.c - atomic operations and fences as steps.
 */
#include "base/text.h"
#include "engine/address.h"
#include "tsan/tsan.h"

int baton_tsan_atomic(const volatile void *object, enum baton_access_kind kind, int order,
		      const char *what, const void *pc)
{
	if (!sim_on_cpu())
		return 0;
	baton_atomic(tsan_place(pc, what), (const void *)(uintptr_t)object, kind);
	tsan_clock_atomic(order);
	return sim_is_recorded() ? BATON_TSAN_RECORDED : 1;
}

void baton_tsan_value(const volatile void *object, const char *what, uint64_t value,
		      unsigned int bits)
{
	/* Types are not known: -1 is met more often than 4294967295. */
	int64_t number = (int64_t)(value << (64 - bits)) >> (64 - bits);
	struct text text = TEXT_INIT;

	if (address_name((const void *)(uintptr_t)object, true, &text))
		text_add_char(&text, ' ');
	text_addf(&text, "%s ", what);
	if (bits == 64 && address_is_mapped(value))
		address_text((const void *)(uintptr_t)value, &text);
	else
		text_addf(&text, "%lld", (long long)number);
	baton_note("%s", text.bytes);
	text_release(&text);
}

void baton_tsan_fence(int order)
{
	if (sim_on_cpu() && sim_is_main())
		tsan_clock_fence(order);
}
