/* SPDX-License-Identifier: MIT */
/* ops_table.c - names, parameters and places of the operations. */
#include "mm/ops_table.h"

#define EVERYWHERE (MODEL_IN_SETUP | MODEL_ON_CPU)

/* Parameters: those with a default may be left out. */
#define PARAM(name, type, optional, missing)  \
	{                                     \
		name, type, optional, missing \
	}
#define NONE PARAM(NULL, MODEL_VOID, false, 0)
#define ADDRESS PARAM("address", MODEL_ADDRESS, false, 0)
#define VALUE PARAM("value", MODEL_INT, false, 0)
#define FLAGS PARAM("flags", MODEL_INT, true, 0)
#define OFFSET PARAM("offset", MODEL_INT, true, 0)
#define PAGE PARAM("page", MODEL_PAGE, false, 0)
#define PROCESS PARAM("process", MODEL_PROCESS, false, 0)
#define FILE_PARAM PARAM("file", MODEL_FILE, false, 0)
#define MM PARAM("mm", MODEL_PROCESS, true, 0)
#define FLAG(name) PARAM(name, MODEL_FLAG, true, 0)
#define PAGES PARAM("pages", MODEL_INT, true, 1)
#define COUNT(name) PARAM(name, MODEL_INT, true, 0)
#define FILL PARAM("fill", MODEL_INT, true, 0)

const struct model_op mm_ops[] = {
#define OP(name, help, places, needs_process, result, ...) \
	{ #name, help, places, needs_process, result, { __VA_ARGS__ }, op_##name },
#include "mm/tables/ops.inc"
#undef OP
	{ .name = NULL },
};
