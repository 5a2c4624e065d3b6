/* SPDX-License-Identifier: MIT */
/*
 * stdatomic.h - C11's generic functions of atomic objects as announced accesses.
 *
 * For unchanged code: put the folder baton/dropin/atomics in front of the other include paths, and
 * its `#include <stdatomic.h>` finds this file. Each call is one access, at the place of the call:
 * loads are READs, stores are WRITEs, everything else is an RMW, also where it fails. Objects are
 * those of the compiler's header, and may also be plain ones.
 *
 * Not seen are operators on atomic objects (`count++`, `flag = true`): call the function, or
 * compile with -fsanitize=thread. Memory is sequentially consistent, whatever order is asked
 * for. Fault point: stdatomic/cmpxchg_weak, where a weak compare-and-exchange fails although the
 * value is the expected one.
 *
 * Outside a simulated CPU these are the compiler's atomic accesses. Not for C++, whose std::atomic
 * -fsanitize=thread shows (tsan.h).
 *
 * Layer: public. May include: baton/sim.h.
 */
#ifndef BATON_STDATOMIC_H
#define BATON_STDATOMIC_H

#ifdef __cplusplus
#error "C++ has no <stdatomic.h>: use std::atomic, compile with -fsanitize=thread, link baton_tsan"
#endif

/* A macro's conversions are those of the user's types: no warnings about them. */
#pragma GCC system_header

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "baton/sim.h"

#undef atomic_load
#undef atomic_load_explicit
#undef atomic_store
#undef atomic_store_explicit
#undef atomic_exchange
#undef atomic_exchange_explicit
#undef atomic_compare_exchange_strong
#undef atomic_compare_exchange_strong_explicit
#undef atomic_compare_exchange_weak
#undef atomic_compare_exchange_weak_explicit
#undef atomic_fetch_add
#undef atomic_fetch_add_explicit
#undef atomic_fetch_sub
#undef atomic_fetch_sub_explicit
#undef atomic_fetch_or
#undef atomic_fetch_or_explicit
#undef atomic_fetch_xor
#undef atomic_fetch_xor_explicit
#undef atomic_fetch_and
#undef atomic_fetch_and_explicit
#undef atomic_flag_test_and_set
#undef atomic_flag_test_and_set_explicit
#undef atomic_flag_clear
#undef atomic_flag_clear_explicit
#undef atomic_thread_fence
#undef atomic_signal_fence

/* The type of *@pointer, without qualifiers: the comma makes it a value. */
#define BATON_VALUE_TYPE_(pointer) __typeof__(((void)0, *(pointer)))
#define BATON_ATOMIC_(pointer, kind, text) \
	baton_atomic(BATON_HERE(text), (const void *)(uintptr_t)(pointer), kind)

static inline _Bool baton_differ_(const void *a, const void *b, size_t size)
{
	return memcmp(a, b, size) != 0;
}

/* What a report says of a step: numbers, and no addresses, which differ from run to run. */
static inline void baton_note_number_(const char *what, long long value)
{
	baton_note("%s%lld", what, value);
}

/* What gcc and clang say of a pointer, and from which on they have parts. */
#define BATON_POINTER_CLASS_ 5
#define BATON_RECORD_CLASS_ 12

static inline void baton_note_pointer_(const char *what, const void *pointer)
{
	const void *value;

	memcpy(&value, pointer, sizeof(value));
	baton_note_address(what, value);
}

static inline void baton_note_real_(const char *what, long double value)
{
	baton_note("%s%Lg", what, value);
}

static inline void baton_note_nothing_(const char *what, ...)
{
	(void)what;
}

#define BATON_NOTE_(what, value)                                                 \
	(__builtin_classify_type(value) == BATON_POINTER_CLASS_ ?                \
		 baton_note_pointer_(what, &(value)) :                           \
	 __builtin_classify_type(value) >= BATON_RECORD_CLASS_ ?                 \
		 baton_note_bytes(what, (const void *)&(value), sizeof(value)) : \
		 BATON_NOTE_NUMBER_(what, value))

#define BATON_NOTE_NUMBER_(what, value)                   \
	_Generic((value), _Bool                           \
		 : baton_note_number_, char               \
		 : baton_note_number_, signed char        \
		 : baton_note_number_, unsigned char      \
		 : baton_note_number_, short              \
		 : baton_note_number_, unsigned short     \
		 : baton_note_number_, int                \
		 : baton_note_number_, unsigned int       \
		 : baton_note_number_, long               \
		 : baton_note_number_, unsigned long      \
		 : baton_note_number_, long long          \
		 : baton_note_number_, unsigned long long \
		 : baton_note_number_, float              \
		 : baton_note_real_, double               \
		 : baton_note_real_, long double          \
		 : baton_note_real_, default              \
		 : baton_note_nothing_)(what, value)

#define BATON_LOAD_(p, text)                                        \
	(__extension__({                                            \
		__auto_type baton_p_ = (p);                         \
		BATON_ATOMIC_(baton_p_, BATON_READ, text);          \
		BATON_VALUE_TYPE_(baton_p_) baton_was_ = *baton_p_; \
		BATON_NOTE_("", baton_was_);                        \
		baton_was_;                                         \
	}))

#define BATON_STORE_(p, value, text)                                \
	(__extension__({                                            \
		__auto_type baton_p_ = (p);                         \
		BATON_VALUE_TYPE_(baton_p_) baton_value_ = (value); \
		BATON_ATOMIC_(baton_p_, BATON_WRITE, text);         \
		BATON_NOTE_("", baton_value_);                      \
		*baton_p_ = baton_value_;                           \
		(void)0;                                            \
	}))

/* Store @next, which may use baton_was_ and baton_value_; the value is what was there. */
#define BATON_FETCH_(p, type, value, next, text)                                  \
	(__extension__({                                                          \
		__auto_type baton_p_ = (p);                                       \
		type baton_value_ = (value);                                      \
		BATON_ATOMIC_(baton_p_, BATON_RMW, text);                         \
		BATON_VALUE_TYPE_(baton_p_) baton_was_ = *baton_p_;               \
		*baton_p_ = (next);                                               \
		if (baton_differ_(&baton_was_, (const void *)(uintptr_t)baton_p_, \
				  sizeof(baton_was_)))                            \
			baton_changed();                                          \
		BATON_NOTE_("was ", baton_was_);                                  \
		baton_was_;                                                       \
	}))

#define BATON_EXCHANGE_(p, value, text) \
	BATON_FETCH_(p, BATON_VALUE_TYPE_(baton_p_), value, baton_value_, text)
/* What is added to *@pointer: a number of its type; of elements, if it is itself a pointer. */
#define BATON_OPERAND_TYPE_(pointer)                                                           \
	__typeof__(_Generic(((void)0, *(pointer)), _Bool                                       \
			    : (_Bool)0, char                                                   \
			    : (char)0, signed char                                             \
			    : (signed char)0, unsigned char                                    \
			    : (unsigned char)0, short                                          \
			    : (short)0, unsigned short                                         \
			    : (unsigned short)0, int : 0, unsigned int : 0u, long : 0l,        \
			      unsigned long : 0ul, long long : 0ll, unsigned long long : 0ull, \
			      default                                                          \
			    : (ptrdiff_t)0))
#define BATON_FETCH_OP_(p, op, value, text)                   \
	BATON_FETCH_(p, BATON_OPERAND_TYPE_(baton_p_), value, \
		     (BATON_VALUE_TYPE_(baton_p_))(baton_was_ op baton_value_), text)

#define BATON_COMPARE_EXCHANGE_(p, expected, value, fails, text)                                   \
	(__extension__({                                                                           \
		__auto_type baton_p_ = (p);                                                        \
		__auto_type baton_expected_ = (expected);                                          \
		BATON_VALUE_TYPE_(baton_p_) baton_value_ = (value);                                \
		_Bool baton_same_ = !(fails);                                                      \
		BATON_ATOMIC_(baton_p_, BATON_RMW, text);                                          \
		BATON_VALUE_TYPE_(baton_p_) baton_was_ = *baton_p_;                                \
		baton_same_ = baton_same_ &&                                                       \
			      !memcmp(&baton_was_, baton_expected_, sizeof(baton_was_));           \
		BATON_VALUE_TYPE_(baton_p_) baton_seen_ = baton_same_ ? baton_value_ : baton_was_; \
		BATON_NOTE_(baton_same_ ? "becomes " : "fails: is ", baton_seen_);                 \
		baton_same_ ? (baton_changed(), (void)(*baton_p_ = baton_value_)) :                \
			      (void)(*baton_expected_ = baton_was_);                               \
		baton_same_;                                                                       \
	}))

#define atomic_load(p) BATON_LOAD_(p, "atomic_load(" #p ")")
#define atomic_load_explicit(p, order) BATON_LOAD_(p, "atomic_load(" #p ")")
#define atomic_store(p, value) BATON_STORE_(p, value, "atomic_store(" #p ")")
#define atomic_store_explicit(p, value, order) BATON_STORE_(p, value, "atomic_store(" #p ")")
#define atomic_exchange(p, value) BATON_EXCHANGE_(p, value, "atomic_exchange(" #p ")")
#define atomic_exchange_explicit(p, value, order) \
	BATON_EXCHANGE_(p, value, "atomic_exchange(" #p ")")

#define atomic_compare_exchange_strong(p, expected, value) \
	BATON_COMPARE_EXCHANGE_(p, expected, value, 0, "atomic_compare_exchange(" #p ")")
#define atomic_compare_exchange_strong_explicit(p, expected, value, success, failure) \
	BATON_COMPARE_EXCHANGE_(p, expected, value, 0, "atomic_compare_exchange(" #p ")")
#define atomic_compare_exchange_weak(p, expected, value)                                   \
	BATON_COMPARE_EXCHANGE_(p, expected, value, baton_fault("stdatomic/cmpxchg_weak"), \
				"atomic_compare_exchange(" #p ")")
#define atomic_compare_exchange_weak_explicit(p, expected, value, success, failure) \
	atomic_compare_exchange_weak(p, expected, value)

/* On an atomic pointer, @n is a number of its elements. */
#define atomic_fetch_add(p, n) BATON_FETCH_OP_(p, +, n, "atomic_fetch_add(" #p ")")
#define atomic_fetch_add_explicit(p, n, order) BATON_FETCH_OP_(p, +, n, "atomic_fetch_add(" #p ")")
#define atomic_fetch_sub(p, n) BATON_FETCH_OP_(p, -, n, "atomic_fetch_sub(" #p ")")
#define atomic_fetch_sub_explicit(p, n, order) BATON_FETCH_OP_(p, -, n, "atomic_fetch_sub(" #p ")")
#define atomic_fetch_or(p, n) BATON_FETCH_OP_(p, |, n, "atomic_fetch_or(" #p ")")
#define atomic_fetch_or_explicit(p, n, order) BATON_FETCH_OP_(p, |, n, "atomic_fetch_or(" #p ")")
#define atomic_fetch_xor(p, n) BATON_FETCH_OP_(p, ^, n, "atomic_fetch_xor(" #p ")")
#define atomic_fetch_xor_explicit(p, n, order) BATON_FETCH_OP_(p, ^, n, "atomic_fetch_xor(" #p ")")
#define atomic_fetch_and(p, n) BATON_FETCH_OP_(p, &, n, "atomic_fetch_and(" #p ")")
#define atomic_fetch_and_explicit(p, n, order) BATON_FETCH_OP_(p, &, n, "atomic_fetch_and(" #p ")")

/* A flag is one byte: 0 is clear. */
#define atomic_flag_test_and_set(flag)                                              \
	((_Bool)BATON_EXCHANGE_((volatile unsigned char *)(flag), (unsigned char)1, \
				"atomic_flag_test_and_set(" #flag ")"))
#define atomic_flag_test_and_set_explicit(flag, order) atomic_flag_test_and_set(flag)
#define atomic_flag_clear(flag)                                          \
	BATON_STORE_((volatile unsigned char *)(flag), (unsigned char)0, \
		     "atomic_flag_clear(" #flag ")")
#define atomic_flag_clear_explicit(flag, order) atomic_flag_clear(flag)

/* Nothing to order. */
#define atomic_thread_fence(order) ((void)(order))
#define atomic_signal_fence(order) ((void)(order))

#endif
