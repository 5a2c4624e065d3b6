/* SPDX-License-Identifier: MIT */
/*
 * model.h - small pieces of code with one race each, to see that baton finds what it says.
 *
 * Each is right in version `right`, and in version `wrong` a use after free, a deadlock, a
 * wild pointer, ... in some order of its CPUs. scenarios/selfcheck has a file for each.
 *
 * Layer: selfcheck. May include: kernel, engine, base.
 */
#ifndef SELFCHECK_MODEL_H
#define SELFCHECK_MODEL_H

#include "engine/model.h"

extern const struct model selfcheck_model;

#endif
