/* SPDX-License-Identifier: MIT */
/*
 * mm.h - the functions of the model, by the names that they have in Linux.
 *
 * @va is the index of a page in the address space, 0..NR_VAS - 1. All run on a CPU
 * and switch, unless said otherwise. docs/MODEL.md says what each one leaves out.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_MM_H
#define MM_MM_H

#include "mm/age.h"
#include "mm/direct_io.h"
#include "mm/driver.h"
#include "mm/fault.h"
#include "mm/filemap.h"
#include "mm/gup.h"
#include "mm/huge_memory.h"
#include "mm/ksm.h"
#include "mm/lazyfree.h"
#include "mm/madvise.h"
#include "mm/migrate.h"
#include "mm/mmap.h"
#include "mm/mmu_notifier.h"
#include "mm/mprotect.h"
#include "mm/mremap.h"
#include "mm/page_writeback.h"
#include "mm/pgtable.h"
#include "mm/pincount.h"
#include "mm/rmap.h"
#include "mm/rules.h"
#include "mm/tlb_gather.h"
#include "mm/truncate.h"
#include "mm/userfaultfd.h"
#include "mm/vmscan.h"
#include "mm/world.h"
#include "mm/writeback.h"

#endif
