/* SPDX-License-Identifier: MIT */
/* ops_table.c - names, parameters and places of the operations. */
#include "mm/ops_table.h"

#define EVERYWHERE (MODEL_IN_SETUP | MODEL_ON_CPU)
#define ADDRESS                                    \
	{                                          \
		"address", MODEL_ADDRESS, false, 0 \
	}
#define VALUE                                \
	{                                    \
		"value", MODEL_INT, false, 0 \
	}
#define FLAGS                               \
	{                                   \
		"flags", MODEL_INT, true, 0 \
	}
#define OFFSET                               \
	{                                    \
		"offset", MODEL_INT, true, 0 \
	}
#define PAGE                                 \
	{                                    \
		"page", MODEL_PAGE, false, 0 \
	}
#define PROCESS                                    \
	{                                          \
		"process", MODEL_PROCESS, false, 0 \
	}
#define MM                                   \
	{                                    \
		"mm", MODEL_PROCESS, true, 0 \
	}
#define FLAG(name)                        \
	{                                 \
		name, MODEL_FLAG, true, 0 \
	}
#define FILL                               \
	{                                  \
		"fill", MODEL_INT, true, 0 \
	}

const struct model_op mm_ops[] = {
	{ "process",
	  "a new process with nothing mapped",
	  MODEL_IN_SETUP,
	  false,
	  MODEL_PROCESS,
	  { { .name = NULL } },
	  op_process },
	{ "anon_page",
	  "map a page of private anonymous memory and fill it",
	  MODEL_IN_SETUP,
	  false,
	  MODEL_ADDRESS,
	  { PROCESS, FILL, FLAG("writable") },
	  op_anon_page },
	{ "fork",
	  "fork() of the CPU's process; 0 if it fails",
	  MODEL_ON_CPU,
	  true,
	  MODEL_PROCESS,
	  { { .name = NULL } },
	  op_fork },
	{ "fork_of",
	  "fork() of a process; 0 if it fails",
	  EVERYWHERE,
	  false,
	  MODEL_PROCESS,
	  { PROCESS },
	  op_fork_of },
	{ "load", "read user memory", EVERYWHERE, true, MODEL_INT, { ADDRESS, MM }, op_load },
	{ "store",
	  "write user memory",
	  EVERYWHERE,
	  true,
	  MODEL_VOID,
	  { ADDRESS, VALUE, MM },
	  op_store },
	{ "gup_fast",
	  "get_user_pages_fast(); 0 if it fails",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS, FLAGS },
	  op_gup_fast },
	{ "get_user_pages",
	  "get_user_pages(); 0 if it fails",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS, FLAGS },
	  op_get_user_pages },
	{ "pin_user_page",
	  "pin_user_pages(); 0 if it fails",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS, FLAGS },
	  op_pin_user_page },
	{ "pin_user_page_fast",
	  "pin_user_pages_fast(); 0 if it fails",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS, FLAGS },
	  op_pin_user_page_fast },
	{ "vmsplice",
	  "a reader's reference that stays in a pipe",
	  EVERYWHERE,
	  true,
	  MODEL_PAGE,
	  { ADDRESS },
	  op_vmsplice },
	{ "put_page",
	  "give back what a get_user_pages() took",
	  EVERYWHERE,
	  false,
	  MODEL_VOID,
	  { PAGE },
	  op_put_page },
	{ "unpin",
	  "give back what a pin_user_page() took",
	  EVERYWHERE,
	  false,
	  MODEL_VOID,
	  { PAGE },
	  op_unpin },
	{ "dma_write",
	  "the device writes to the page",
	  EVERYWHERE,
	  false,
	  MODEL_VOID,
	  { PAGE, VALUE, OFFSET },
	  op_dma_write },
	{ "dma_read",
	  "the device reads the page",
	  EVERYWHERE,
	  false,
	  MODEL_INT,
	  { PAGE, OFFSET },
	  op_dma_read },
	{ "shrink_page",
	  "reclaim the page that was first mapped there; 1 if it is freed",
	  EVERYWHERE,
	  false,
	  MODEL_INT,
	  { ADDRESS },
	  op_shrink_page },
	{ "munmap", "unmap the page", EVERYWHERE, true, MODEL_VOID, { ADDRESS, MM }, op_munmap },
	{ "mprotect",
	  "make the mapping read-only, or writable",
	  EVERYWHERE,
	  true,
	  MODEL_VOID,
	  { ADDRESS, FLAG("writable"), MM },
	  op_mprotect },
	{ "kvm_attach",
	  "a guest whose memory is that of the process",
	  MODEL_IN_SETUP,
	  false,
	  MODEL_VOID,
	  { PROCESS },
	  op_kvm_attach },
	{ "kvm_fault",
	  "map the page into the guest; 0 if it fails",
	  EVERYWHERE,
	  false,
	  MODEL_INT,
	  { ADDRESS, FLAG("write") },
	  op_kvm_fault },
	{ "guest_load",
	  "the guest reads its memory",
	  EVERYWHERE,
	  false,
	  MODEL_INT,
	  { ADDRESS },
	  op_guest_load },
	{ "guest_store",
	  "the guest writes its memory",
	  EVERYWHERE,
	  false,
	  MODEL_VOID,
	  { ADDRESS, VALUE },
	  op_guest_store },
	{ .name = NULL },
};
