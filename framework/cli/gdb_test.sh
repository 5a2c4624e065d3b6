#!/bin/sh
# SPDX-License-Identifier: MIT
# baton replay --gdb with gdb in batch mode: it stops where the execution fails, and shows all
# CPUs. Usage: gdb_test.sh BATON SOURCES
set -eu

baton=$1
cd "$2"
LC_ALL=C
export LC_ALL

gdb --version 2>/dev/null | grep -q '^GNU gdb' || {
	echo "gdb is needed" >&2
	exit 77
}
gdb -batch -nx -ex 'python print(6 * 7)' 2>/dev/null | grep -q 42 || {
	echo "a gdb with Python is needed" >&2
	exit 77
}
gdb -batch -nx -ex run --args true 2>&1 | grep -q 'exited normally' || {
	echo "gdb may not trace a process here" >&2
	exit 77
}

scenario=scenarios/pin-vs-unmap/D03-single-check-vs-gup-fast.scn
# The README has this schedule: pin_lost is seen after step 56, which user makes.
schedule=k8d4k14u35d3
variant=kosaki-0414
told=$(mktemp)
trap 'rm -f "$told"' EXIT

in_gdb() {
	"$baton" replay "$schedule" --scenario "$scenario" --variant "$variant" \
		--gdb="$1" >"$told" 2>&1 </dev/null || :
}

expect() {
	grep -q -- "$1" "$told" || {
		echo "FAILED: no line '$1' in:" >&2
		cat "$told" >&2
		exit 1
	}
}

in_gdb 'baton cpus'
expect '^before step 56: user, next: pte_unlock(mm) (framework/mm/memory_wp.c:[0-9]*)$'
expect '^  kswapd  *finished$'
expect '^  dio  *next: dma/write (framework/mm/dma.c:[0-9]*)$'
expect '^\* user  *next: pte_unlock(mm) '
expect '^  dio_irq  *blocks or waits, next: ipi/taken '

# A lock that can be taken, and one that cannot.
"$baton" replay a1b1 --scenario scenarios/selfcheck/deadlock.scn --variant wrong \
	--gdb='baton cpus' >"$told" 2>&1 </dev/null || :
expect '^before step 2: b, next: selfcheck/outer '
expect '^  a  *blocks or waits, next: selfcheck/inner '
expect '^\* b  *next: selfcheck/outer '

# Each CPU's own stack, from the point at which it stands down to its first function.
in_gdb 'baton bt dio; baton bt user; bt 1'
expect '^#[0-9]* .* dma_write (.*) at framework/mm/dma.c:'
expect ' op_dma_write (.*) at framework/mm/ops_device.c:'
expect ' fiber_first ()'
expect ' at framework/mm/memory_wp.c:'
expect '^#0  baton_gdb_step (step=\(step@entry=\)*56, cpu='

# The one that ran last decided who runs next: that is not of its stack.
in_gdb 'baton bt user'
expect '^#[1-9][0-9]* .* at framework/mm/memory_wp.c:'
! grep -q ' at framework/engine/record.c:' "$told" || expect 'nothing of the recorder'

# Forward, back, and to any step; where each of them leads is what the recording says.
in_gdb 'baton rstep; baton step; baton step 9; baton when; baton step 64; baton step 65'
expect '^before step 55: user, next: rmap/unmapped '
expect '^before step 9: dio, next: gup_fast/irq_off '
expect '^before step 64: dio, next: gup/released '
expect 'the execution ends before step 65'
[ "$(grep -c '^before step 56: ' "$told")" -eq 2 ] || expect 'twice before step 56'
[ "$(grep -c '^before step 9: ' "$told")" -eq 2 ] || expect 'twice before step 9'

# The model's structs. A was read by dio: one pin of 1, the pte, reclaim has given its own up.
in_gdb 'baton step 13; p world.pages[1]; p world.mms[1]; p world.mms[1].pgtable[0]; baton bt none'
expect '= page A {ref 4, map 1, swapcache'
expect '= mm P {rss 1, 0: present 1 write dirty young'
expect '= pte {present 1 write dirty young'
expect "no CPU is called 'none'; there are kswapd, dio, user"
in_gdb 'p world.vmas[0]; p world.mms[1].ptl; p world.mms[1].mmap_lock; p world.pages[1].lock'
expect '= vma {mm 1, pages 0-1, read write'
expect '= lock ptl(P) {held by user}$'
expect '= rwsem mmap_lock(P) {read by user}$'
expect '= lock page_lock(A) {free}$'
in_gdb 'p world.mms[1]; p world.pages[1].refcount'
expect 'dirty young, mmap_lock read by user, ptl held by user}$'
expect '= atomic 3$'
in_gdb 'baton step 10; p world.mms[1].ptl; p world.pages[1]'
expect '= lock ptl(P) {held by kswapd}$'
expect '= page A {ref 3, map 1, swapcache dirty, lock held by kswapd}$'
in_gdb 'baton step 0'
expect '^steps are counted from 1$'
in_gdb 'baton step no_step'
expect "^'no_step' is no number of a step$"
# Somebody holds a semaphore for writing: munmap() of another scenario.
schedule=c15p12c2 scenario=scenarios/pin-vs-unmap/D08-vmsplice-leak.scn variant=v2.6.29
in_gdb 'baton step 8; p world.mms[2].mmap_lock; baton bt parent'
expect '= rwsem mmap_lock(C) {written by child}$'
expect '^CPU parent, next: tlb/walk '

# The flags that gdb knows are those of the headers.
grep -h '^#define \(VM\|PTE\)_[A-Z_]* 0x[0-9a-f]*u$' framework/mm/vma.h framework/mm/pte.h \
	>"$told"
[ "$(wc -l <"$told")" -ge 15 ] || expect '15 flags'
while read -r define name value; do
	sed -n "/^${name%%_*}_FLAGS = /,/\\]/p" framework/cli/gdb-baton.py |
		grep -q "$(printf '(0x%x, "' $((${value%u})))" || {
		echo "FAILED: gdb-baton.py has no flag of $define $name $value" >&2
		exit 1
	}
done <"$told"
