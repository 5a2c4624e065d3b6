/* SPDX-License-Identifier: MIT */
/*
 * live_kernel.h - which of the model's versions the running kernel is nearest to.
 *
 * Layer: conform. May include: mm.
 */
#ifndef CONFORM_LIVE_KERNEL_H
#define CONFORM_LIVE_KERNEL_H

/**
 * live_kernel_nearest() - the last version of the model that is not newer.
 * @release: as uname -r prints it: "6.1.0-49-amd64"
 *
 * What distributions append says little about their patches: of a version and the stable
 * release made of it (v5.10, v5.10.262), it is the stable one.
 *
 * Return: "v6.1"; NULL if the model has none that is so old, or @release is no version.
 */
const char *live_kernel_nearest(const char *release);

#endif
