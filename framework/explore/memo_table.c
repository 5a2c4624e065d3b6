/* SPDX-License-Identifier: MIT */
#include "explore/memo_table.h"

#include <string.h>
#include <sys/mman.h>

#define BUCKETS_FIRST 256u

/* Of the processor's large pages: tables of that size are looked up with fewer misses. */
#define LARGE_PAGE_BYTES (2u << 20)

/* All zero, and no bucket in two lines of the cache. */
static struct memo_bucket *new_buckets(size_t count)
{
	size_t size = count * sizeof(struct memo_bucket);
	size_t alignment = size < LARGE_PAGE_BYTES ? sizeof(struct memo_bucket) : LARGE_PAGE_BYTES;
	struct memo_bucket *buckets = aligned_alloc(alignment, size);

	if (!buckets)
		return xcalloc(count, sizeof(*buckets));
#ifdef MADV_HUGEPAGE
	if (alignment == LARGE_PAGE_BYTES)
		(void)madvise(buckets, size, MADV_HUGEPAGE);
#endif
	return memset(buckets, 0, size);
}

void memo_table_init(struct memo_table *table, size_t size_max)
{
	*table = (struct memo_table){ .bucket_count = 1, .bucket_max = 1 };
	while (table->bucket_max * 2 * sizeof(*table->buckets) <= size_max)
		table->bucket_max *= 2;
	table->bucket_count = table->bucket_max < BUCKETS_FIRST ? table->bucket_max : BUCKETS_FIRST;
	table->buckets = new_buckets(table->bucket_count);
}

void memo_table_release(struct memo_table *table)
{
	free(table->buckets);
	table->buckets = NULL;
}

static bool is_free(const struct memo_entry *entry)
{
	return !entry->all;
}

/* An entry is in the first of its buckets that was not full. */
static struct memo_bucket *bucket_of(const struct memo_table *table, uint64_t key,
				     unsigned int which)
{
	return &table->buckets[(key + which * (key >> 32 | 1)) & (table->bucket_count - 1)];
}

void memo_table_prefetch(const struct memo_table *table, const struct class_hash *hash)
{
	__builtin_prefetch(bucket_of(table, hash->low, 0));
	__builtin_prefetch(bucket_of(table, hash->low, 1));
}

static struct memo_entry *find(struct memo_table *table, const struct class_hash *hash)
{
	for (unsigned int which = 0; which < MEMO_BUCKETS_OF_ENTRY; which++) {
		struct memo_bucket *bucket = bucket_of(table, hash->low, which);

		for (size_t i = 0; i < MEMO_BUCKET_ENTRIES; i++) {
			struct memo_entry *entry = &bucket->entries[i];

			if (is_free(entry))
				return NULL;
			if (entry->key == hash->low && entry->check == (uint8_t)hash->high)
				return entry;
		}
	}
	return NULL;
}

/* In the first @count of its buckets. */
static struct memo_entry *find_free(struct memo_table *table, uint64_t key, unsigned int count)
{
	for (unsigned int which = 0; which < count; which++) {
		struct memo_bucket *bucket = bucket_of(table, key, which);

		for (size_t i = 0; i < MEMO_BUCKET_ENTRIES; i++)
			if (is_free(&bucket->entries[i]))
				return &bucket->entries[i];
	}
	return NULL;
}

/* Where there is no room left, which entry goes is decided by bits that choose no bucket. */
static struct memo_entry *find_place(struct memo_table *table, uint64_t key)
{
	struct memo_entry *entry = find_free(table, key, MEMO_BUCKETS_OF_ENTRY);

	if (entry)
		return entry;
	table->forgot = true;
	return &bucket_of(table, key, 0)->entries[key >> 62];
}

static void grow(struct memo_table *table)
{
	struct memo_table old = *table;

	table->bucket_count *= 2;
	table->buckets = new_buckets(table->bucket_count);
	for (size_t i = 0; i < old.bucket_count; i++)
		for (size_t j = 0; j < MEMO_BUCKET_ENTRIES; j++) {
			const struct memo_entry *entry = &old.buckets[i].entries[j];

			if (!is_free(entry))
				*find_place(table, entry->key) = *entry;
		}
	memo_table_release(&old);
}

static struct memo_entry *insert(struct memo_table *table, const struct class_hash *hash)
{
	struct memo_entry *entry;

	if (table->bucket_count < table->bucket_max && !find_free(table, hash->low, 2))
		grow(table);
	entry = find_place(table, hash->low);
	*entry = (struct memo_entry){ .key = hash->low, .check = (uint8_t)hash->high };
	return entry;
}

static uint8_t own_price(const struct memo_entry *entry, uint32_t cpu)
{
	for (size_t i = 0; i < MEMO_OWN_COUNT; i++)
		if (entry->own[i].price && entry->own[i].cpu == cpu)
			return entry->own[i].price;
	return 0;
}

static bool is_known(const struct memo_entry *entry, uint32_t cpu, unsigned int price)
{
	uint8_t own = own_price(entry, cpu);

	return (entry->all && entry->all <= price) || (own && own <= price);
}

/* Keep the lowest prices that there is room for, and none that is not below that of all. */
static void set_own(struct memo_entry *entry, uint32_t cpu, uint8_t price)
{
	size_t slot = 0;

	for (size_t i = 0; i < MEMO_OWN_COUNT; i++) {
		if (!entry->own[i].price || entry->own[i].price >= entry->all ||
		    entry->own[i].cpu == cpu) {
			slot = i;
			break;
		}
		if (entry->own[i].price > entry->own[slot].price)
			slot = i;
	}
	entry->own[slot].cpu = (uint8_t)cpu;
	entry->own[slot].price = price;
}

/* As it is kept. */
static uint8_t kept(unsigned int price)
{
	return (uint8_t)((price < MEMO_PRICE_MAX ? price : MEMO_PRICE_MAX) + 1);
}

static uint8_t price_of_others(const struct memo_place *place)
{
	return kept(place->price + (place->current >= 0 ? place->others : 0));
}

static void lower_prices(struct memo_entry *entry, const struct memo_place *place)
{
	uint8_t price = kept(place->price), others = price_of_others(place);
	int current = place->current;
	uint8_t own = current >= 0 ? own_price(entry, (uint32_t)current) : 0;

	if (!entry->all || entry->all > others)
		entry->all = others;
	if (current >= 0 && price < entry->all && (!own || price < own))
		set_own(entry, (uint32_t)current, price);
}

uint64_t memo_table_enter(struct memo_table *table, const struct memo_place *place)
{
	struct memo_entry *entry = find(table, &place->hash);
	uint8_t others = price_of_others(place);
	uint64_t left = place->options;

	if (!entry)
		entry = insert(table, &place->hash);
	for (uint64_t set = place->options; set; set &= set - 1) {
		uint32_t cpu = options_first(set);
		bool other = place->current >= 0 && cpu != (uint32_t)place->current;

		if (is_known(entry, cpu, other ? others : kept(place->price)))
			left &= ~(set & -set);
	}
	lower_prices(entry, place);
	return left;
}

/*
 * With a price of its own, the CPU can go on there: so others cost more.
 */
bool memo_table_covers(struct memo_table *table, const struct class_hash *hash, uint32_t cpu,
		       unsigned int price, unsigned int others)
{
	const struct memo_entry *entry = find(table, hash);
	uint8_t own;

	if (!entry)
		return false;
	own = own_price(entry, cpu);
	return entry->all <= kept(price) ||
	       (own && own <= kept(price) && entry->all <= kept(price + others));
}
