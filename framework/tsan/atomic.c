/* SPDX-License-Identifier: MIT */
/*
 * atomic.c - the calls in place of atomic operations: __tsan_atomic32_load() and the like, as gcc
 * and clang make them (ThreadSanitizer's interface, LLVM 14). Each is one step.
 */
#include <stdatomic.h>

#include "baton/tsan.h"

/* On a CPU an operation need not be atomic, which takes longer. */
#define STEP(object, kind, memory_order, what) \
	baton_tsan_atomic(object, kind, memory_order, what, __builtin_return_address(0))

/* @how: of STEP(). */
#define NOTE(how, object, what, value, bits)                         \
	do {                                                         \
		if ((how) == BATON_TSAN_RECORDED)                    \
			baton_tsan_value(object, what, value, bits); \
	} while (0)

#define LOAD(bits, type)                                                                \
	type __tsan_atomic##bits##_load(const volatile type *object, int memory_order); \
	type __tsan_atomic##bits##_load(const volatile type *object, int memory_order)  \
	{                                                                               \
		int how = STEP(object, BATON_READ, memory_order, "atomic_load");        \
		type value = __atomic_load_n(object, __ATOMIC_SEQ_CST);                 \
                                                                                        \
		NOTE(how, object, "=", value, bits);                                    \
		return value;                                                           \
	}

#define STORE(bits, type)                                                                      \
	void __tsan_atomic##bits##_store(volatile type *object, type value, int memory_order); \
	void __tsan_atomic##bits##_store(volatile type *object, type value, int memory_order)  \
	{                                                                                      \
		int how = STEP(object, BATON_WRITE, memory_order, "atomic_store");             \
                                                                                               \
		NOTE(how, object, "=", value, bits);                                           \
		if (how)                                                                       \
			*object = value;                                                       \
		else                                                                           \
			__atomic_store_n(object, value, __ATOMIC_SEQ_CST);                     \
	}

/* @next: what it becomes of was and value. */
#define MODIFY(bits, type, name, next, what)                                                     \
	type __tsan_atomic##bits##_##name(volatile type *object, type value, int memory_order);  \
	type __tsan_atomic##bits##_##name(volatile type *object, type value, int memory_order)   \
	{                                                                                        \
		int how = STEP(object, BATON_RMW, memory_order, what);                           \
		type was = *object, then = (type)(next);                                         \
                                                                                                 \
		if (how)                                                                         \
			*object = then;                                                          \
		else                                                                             \
			while (!__atomic_compare_exchange_n(object, &was, then, true,            \
							    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) \
				then = (type)(next);                                             \
		if (was != then)                                                                 \
			baton_changed();                                                         \
		NOTE(how, object, "was", was, bits);                                             \
		return was;                                                                      \
	}

/* If @object is what @expected says, it becomes @value; else @expected becomes what it is. */
#define COMPARE(bits, type)                                                                     \
	static bool compare##bits(volatile type *object, type *expected, type value, int how)   \
	{                                                                                       \
		if (!how)                                                                       \
			return __atomic_compare_exchange_n(object, expected, value, false,      \
							   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
		if (*object != *expected) {                                                     \
			*expected = *object;                                                    \
			NOTE(how, object, "fails: is", *expected, bits);                        \
			return false;                                                           \
		}                                                                               \
		*object = value;                                                                \
		NOTE(how, object, "becomes", value, bits);                                      \
		baton_changed();                                                                \
		return true;                                                                    \
	}

#define EXCHANGE(bits, type, name, weak)                                                           \
	int __tsan_atomic##bits##_compare_exchange_##name(                                         \
		volatile type *object, type *expected, type value, int memory_order, int failure); \
	int __tsan_atomic##bits##_compare_exchange_##name(                                         \
		volatile type *object, type *expected, type value, int memory_order, int failure)  \
	{                                                                                          \
		bool fails = (weak) && baton_fault("stdatomic/cmpxchg_weak");                      \
		int how = STEP(object, BATON_RMW, memory_order, "atomic_compare_exchange");        \
                                                                                                   \
		(void)failure;                                                                     \
		if (!fails)                                                                        \
			return compare##bits(object, expected, value, how);                        \
		*expected = *object;                                                               \
		NOTE(how, object, "fails: is", *expected, bits);                                   \
		return false;                                                                      \
	}

/* clang's form: the value that was there is what it returns. */
#define EXCHANGE_VALUE(bits, type)                                                                 \
	type __tsan_atomic##bits##_compare_exchange_val(                                           \
		volatile type *object, type expected, type value, int memory_order, int failure);  \
	type __tsan_atomic##bits##_compare_exchange_val(volatile type *object, type expected,      \
							type value, int memory_order, int failure) \
	{                                                                                          \
		int how = STEP(object, BATON_RMW, memory_order, "atomic_compare_exchange");        \
                                                                                                   \
		(void)failure;                                                                     \
		(void)compare##bits(object, &expected, value, how);                                \
		return expected;                                                                   \
	}

#define ATOMIC(bits)                                                                  \
	LOAD(bits, uint##bits##_t)                                                    \
	STORE(bits, uint##bits##_t)                                                   \
	MODIFY(bits, uint##bits##_t, exchange, value, "atomic_exchange")              \
	MODIFY(bits, uint##bits##_t, fetch_add, was + value, "atomic_fetch_add")      \
	MODIFY(bits, uint##bits##_t, fetch_sub, was - value, "atomic_fetch_sub")      \
	MODIFY(bits, uint##bits##_t, fetch_and, was &value, "atomic_fetch_and")       \
	MODIFY(bits, uint##bits##_t, fetch_or, was | value, "atomic_fetch_or")        \
	MODIFY(bits, uint##bits##_t, fetch_xor, was ^ value, "atomic_fetch_xor")      \
	MODIFY(bits, uint##bits##_t, fetch_nand, ~(was & value), "atomic_fetch_nand") \
	COMPARE(bits, uint##bits##_t)                                                 \
	EXCHANGE(bits, uint##bits##_t, strong, false)                                 \
	EXCHANGE(bits, uint##bits##_t, weak, true)                                    \
	EXCHANGE_VALUE(bits, uint##bits##_t)

ATOMIC(8)
ATOMIC(16)
ATOMIC(32)
ATOMIC(64)

void __tsan_atomic_thread_fence(int memory_order);
void __tsan_atomic_thread_fence(int memory_order)
{
	baton_tsan_fence(memory_order);
}

void __tsan_atomic_signal_fence(int memory_order);
void __tsan_atomic_signal_fence(int memory_order)
{
	(void)memory_order;
}
