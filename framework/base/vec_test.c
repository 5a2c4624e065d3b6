/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

TestSuite(vec, .timeout = 10);

struct pair {
	int a;
	char b;
};

Test(vec, keeps_what_is_pushed)
{
	VEC(int) numbers = { 0 };

	for (int i = 0; i < 1000; i++) {
		vec_push(&numbers, i * i);
		cr_assert_eq(numbers.count, (size_t)i + 1);
		cr_assert_leq(numbers.count, numbers.capacity);
	}
	for (int i = 0; i < 1000; i++)
		cr_assert_eq(numbers.items[i], i * i);
	vec_release(&numbers);
}

Test(vec, pops_the_last)
{
	VEC(struct pair) pairs = { 0 };

	vec_push(&pairs, ((struct pair){ 1, 'x' }));
	vec_push(&pairs, ((struct pair){ 2, 'y' }));
	cr_assert_eq(vec_pop(&pairs).a, 2);
	cr_assert_eq(vec_pop(&pairs).b, 'x');
	cr_assert_eq(pairs.count, 0);
	vec_release(&pairs);
}

Test(vec, is_empty_and_usable_after_release)
{
	VEC(int) numbers = { 0 };

	vec_release(&numbers);
	vec_push(&numbers, 1);
	vec_release(&numbers);
	cr_assert_null(numbers.items);
	cr_assert_eq(numbers.count, 0);
	cr_assert_eq(numbers.capacity, 0);
	vec_push(&numbers, 2);
	cr_assert_eq(numbers.items[0], 2);
	vec_release(&numbers);
}

Test(vec, grows_only_when_full)
{
	size_t capacity = 0;
	int *items = vec_grow(NULL, 0, &capacity, sizeof(*items)), *same;

	cr_assert_gt(capacity, 0);
	same = vec_grow(items, capacity - 1, &capacity, sizeof(*items));
	cr_assert_eq(same, items);
	free(items);
}

Test(vec, allocates_zeroed)
{
	char *bytes = memset(xrealloc(NULL, 300), 0xff, 300);

	free(bytes); /* most probably the next to be handed out */
	bytes = xcalloc(100, 3);
	for (int i = 0; i < 300; i++)
		cr_assert_eq(bytes[i], 0);
	free(bytes);
}

Test(vec, copies_strings)
{
	char original[] = "pte", *copy = xstrdup(original);

	original[0] = 'x';
	cr_assert_str_eq(copy, "pte");
	free(copy);
}

Test(vec, ends_when_out_of_memory, .exit_code = 2)
{
	free(xrealloc(NULL, PTRDIFF_MAX));
}

Test(vec, ends_when_the_size_overflows, .exit_code = 2)
{
	free(xcalloc(SIZE_MAX / 2, 3));
}

Test(vec, knows_the_size_of_an_array)
{
	static const char *const names[] = { "a", "b", "c" };

	cr_assert_eq(ARRAY_SIZE(names), 3);
}
