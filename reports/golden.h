/* SPDX-License-Identifier: MIT */
/*
 * golden.h - reports compared with files that a person has read.
 *
 * The files are reports/golden/<name>. Where output changes on purpose, run the tests
 * with BATON_GOLDEN=write and read the difference before it is committed.
 *
 * Layer: reports, tests only. May include: base.
 */
#ifndef REPORTS_GOLDEN_H
#define REPORTS_GOLDEN_H

/**
 * golden_expect() - fail the test if @got is not what the file holds.
 * @name: of the file
 *
 * Context: in a Criterion test that runs in the top folder of the sources.
 */
void golden_expect(const char *name, const char *got);

#endif
