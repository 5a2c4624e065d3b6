/* SPDX-License-Identifier: MIT */
/*
 * kvm.h - one secondary MMU as KVM had it in 2009: it holds a reference for each spte.
 *
 * Functions run on a CPU and switch, unless said otherwise.
 *
 * Layer: mm. May include: kernel.
 */
#ifndef MM_KVM_H
#define MM_KVM_H

#include "mm/mm_types.h"

struct kvm {
	uint8_t mm; /* number; 0: there is none */
	spinlock_t mmu_lock;
	int notifier_seq, notifier_count;
	struct spte {
		uint8_t valid, write;
		uint8_t pfn, generation;
		struct bit_lock in_guest; /* held by a vcpu while it uses this spte */
	} spte[NR_VAS];
};

void kvm_attach(struct mm *mm);
/* Map page @va into the guest. Return: false if that failed. */
bool kvm_fault(int va, bool write);
/* The guest's own loads and stores; they fault if there is no spte. */
bool guest_load(int va, int index, long *value);
bool guest_store(int va, int index, long value);
void kvm_invalidate_page(int va);
void kvm_range_start(int va);
void kvm_range_end(void);

#endif
