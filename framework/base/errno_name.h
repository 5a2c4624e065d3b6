/* SPDX-License-Identifier: MIT */
/*
 * errno_name.h - error numbers by the names that errno.h and the kernel give them.
 *
 * Layer: base. May include: nothing.
 */
#ifndef BASE_ERRNO_NAME_H
#define BASE_ERRNO_NAME_H

/* No error number is larger. */
#define ERRNO_MAX 4095

/* The number of "ENOMEM"; 0 if that is no name of one. */
int errno_number(const char *name);

/* "ENOMEM"; NULL if the number has no name. Of several names the first one of errno.h. */
const char *errno_name(int number);

#endif
