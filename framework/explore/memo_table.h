/* SPDX-License-Identifier: MIT */
/*
 * memo_table.h - what was explored from each part of a trace, and at which price.
 *
 * An entry stands for one number of trace_class.h. It knows, for each CPU that can make
 * the next step, an upper bound on the price (this step's included) at which that was
 * explored: one number for all CPUs, and smaller ones for some. A price is a number of
 * preemptions, or whatever else an execution is to have little of.
 *
 * The table grows up to a fixed size, then new entries take the place of others, and it says
 * so. What is forgotten is explored again; nothing is missed. What was never entered is taken for
 * entered if 72 bits of its number are those of an entry: in a full table that has a chance
 * of 2^-47 for each look-up, so 10^9 look-ups find one false entry with a chance of 10^-5.
 *
 * Layer: explore. May include: engine, base.
 */
#ifndef EXPLORE_MEMO_TABLE_H
#define EXPLORE_MEMO_TABLE_H

#include "explore/trace_class.h"

/* Bytes: the table's largest size. */
#define MEMO_TABLE_SIZE_MAX (64u << 20)

/* Higher prices than this cannot be told apart. */
#define MEMO_PRICE_MAX 253u

/* CPUs of an entry that have a price of their own. */
#define MEMO_OWN_COUNT 3

/* All prices are one higher than they are; 0: never explored. */
struct memo_entry {
	uint64_t key;
	uint8_t check; /* more bits of the number */
	uint8_t all;   /* all CPUs were explored at this price, or a lower one */
	struct {
		uint8_t cpu, price;
	} own[MEMO_OWN_COUNT];
};

#define MEMO_BUCKET_ENTRIES 4

/* Buckets in which an entry may be. */
#define MEMO_BUCKETS_OF_ENTRY 8

struct memo_bucket {
	struct memo_entry entries[MEMO_BUCKET_ENTRIES];
};

struct memo_table {
	struct memo_bucket *buckets;
	size_t bucket_count; /* a power of 2 */
	size_t bucket_max;   /* never more than so many */
	bool forgot;         /* an entry has taken the place of another one */
};

/* The place in an execution that is looked up. */
struct memo_place {
	struct class_hash hash;
	uint64_t options;    /* CPUs that can make the next step */
	int current;         /* CPU whose turn it is; -1 if it cannot go on */
	unsigned int price;  /* of its step, or of any: MEMO_PRICE_MAX at most */
	unsigned int others; /* what a step of another CPU costs more */
};

/* @size_max: bytes; rounded down to a power of 2, but not below one bucket */
void memo_table_init(struct memo_table *table, size_t size_max);
void memo_table_release(struct memo_table *table);

/**
 * memo_table_enter() - what is left to explore at @place?
 *
 * From now on the table takes all options of @place for explored, so the caller explores
 * the answer completely before it enters another place with the same number.
 *
 * Return: those of its options that were not explored at as low a price.
 */
uint64_t memo_table_enter(struct memo_table *table, const struct memo_place *place);

/* @hash is asked for soon: what is in memory is a hundred times slower than the cache. */
void memo_table_prefetch(const struct memo_table *table, const struct class_hash *hash);

/**
 * memo_table_covers() - is nothing left to explore at a place that was not come to yet?
 * @hash: of the place
 * @cpu: makes the last step before it
 * @price: there
 * @others: what another CPU costs more there, if @cpu can go on
 */
bool memo_table_covers(struct memo_table *table, const struct class_hash *hash, uint32_t cpu,
		       unsigned int price, unsigned int others);

#endif
