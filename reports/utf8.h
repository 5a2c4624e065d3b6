/* SPDX-License-Identifier: MIT */
/*
 * utf8.h - what code under test says may be any bytes; a JSON string may not.
 *
 * Layer: reports. May include: base.
 */
#ifndef REPORTS_UTF8_H
#define REPORTS_UTF8_H

#include "base/text.h"

/* Append @bytes, with U+FFFD in place of each byte that does not belong to valid UTF-8. */
void utf8_repair(const char *bytes, struct text *out);

#endif
