/* SPDX-License-Identifier: MIT */
/*
 * decl.h - what the declarations in all public headers need, in C11 and in C++17.
 *
 * Layer: public. May include: nothing of baton.
 */
#ifndef BATON_DECL_H
#define BATON_DECL_H

/* Of the headers. The first number is that of the shared libraries' interface (SOVERSION). */
#define BATON_VERSION "0.1"

/*
 * BATON_BEGIN, BATON_END - around what a library of baton defines: with C's names, and to be seen
 * from outside of it.
 */
#define BATON_VISIBLE_ _Pragma("GCC visibility push(default)")
#define BATON_HIDDEN_ _Pragma("GCC visibility pop")

#ifdef __cplusplus
#define BATON_BEGIN    \
	BATON_VISIBLE_ \
	extern "C" {
#define BATON_END \
	}         \
	BATON_HIDDEN_
#define BATON_NORETURN [[noreturn]]
#else
#define BATON_BEGIN BATON_VISIBLE_
#define BATON_END BATON_HIDDEN_
#define BATON_NORETURN _Noreturn
#endif

#endif
