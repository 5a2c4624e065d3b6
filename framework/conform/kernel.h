/* SPDX-License-Identifier: MIT */
/*
 * kernel.h - which kernel the model is: "6.1", "v5.10 - 09854ba94c6a + reuse=mapcount".
 *
 * Layer: conform. May include: mm.
 */
#ifndef CONFORM_KERNEL_H
#define CONFORM_KERNEL_H

#include "base/err.h"
#include "engine/model.h"

/**
 * conform_kernel_rules() - the rules of a kernel.
 * @name: a version of the model ("v6.1"); without the v it is the last of that series ("5.10" is
 *        v5.10.262); then, with blanks between them, any number of "+ ID" and "- ID" for
 *        patches, "+ RULE=VALUE" for single rules
 * @rules: filled
 * @err: what is not known, and what was probably meant
 *
 * Return: 0, or -1.
 */
int conform_kernel_rules(const char *name, unsigned int rules[MODEL_RULES_MAX], struct err *err);

#endif
