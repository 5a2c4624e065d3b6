#!/bin/sh
# SPDX-License-Identifier: MIT
# What a library lets others see is what its public headers declare: no more, and no less.
# Usage: symbols_test.sh INCLUDE-FOLDER FOLDER-WITH-LIBRARIES FOLDER-TO-WORK-IN CC NM
set -eu
export LC_ALL=C

include=$1
libraries=$2
work=$3
cc=$4
nm=$5

rm -rf "$work"
mkdir -p "$work"
failed=0

# declared HEADER..: the functions and objects that they declare, and not those of the C library.
declared() {
	for header in "$@"; do
		echo "#include <baton/$header.h>"
	done >"$work/all.c"
	"$cc" -std=gnu11 -E -I"$include" "$work/all.c" >"$work/all.i"
	# A statement a line, without what stands in braces; then the name before the parenthesis.
	awk -v folder="$include/baton" '/^# [0-9]+ "/ { ours = index($3, folder) == 2 }
		ours && !/^#/' "$work/all.i" | tr '\n\t' '  ' |
		sed ':a; s/) *{[^{}]*}/);/g; s/{[^{}]*}/ /g; ta' | tr ';' '\n' |
		grep -v -e typedef -e 'static ' -e '^ *\(struct\|enum\) [a-z_]* *$' |
		sed 's/__attribute__ *((.*))//' |
		sed -n 's/^[^(]*[ *]\([a-z_][a-z0-9_]*\) *(.*/\1/p
			s/^ *extern [a-zA-Z_ ]* \([a-z_]*\)$/\1/p' | sort -u
}

# exported LIBRARY: what it lets others see; the version has a name, too.
exported() {
	"$nm" -D --defined-only "$libraries/$1.so" |
		awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort -u
	# Of the static one, the names that are not its own only.
	"$nm" -g --defined-only "$libraries/$1.a" | awk 'NF == 3 { print $3 }' |
		sort -u >"$work/$1.a"
}

# compare LIBRARY: of the lists "declared" and "exported".
compare() {
	diff "$work/declared" "$work/exported" >"$work/diff" || {
		echo "FAIL: $1: < is only in the headers, > only in the library"
		cat "$work/diff"
		failed=1
	}
	diff "$work/exported" "$work/$1.a" >"$work/diff" || {
		echo "FAIL: $1: < is only in the shared library, > only in the static one"
		cat "$work/diff"
		failed=1
	}
	echo "$1: $(wc -l <"$work/exported") names"
	[ -s "$work/exported" ] || failed=1
}

core='alloc explain explore injector mutable point program pthread report sim sleep threads tsan'
kernel='kernel lockdep refcount slab'

# Of <assert.h>, by which a failing assert() is a finding, and of C++'s library, by which objects
# end with their CPU.
# shellcheck disable=SC2086 # lists of words
{ declared $core && printf '%s\n' __assert_fail __cxa_thread_atexit; } | sort -u >"$work/declared"
cp "$work/declared" "$work/core"
exported libbaton >"$work/exported"
compare libbaton
grep -v -e '^baton_' -e '^__assert_fail$' -e '^__cxa_thread_atexit$' "$work/exported" && {
	echo "FAIL: only baton_* may be seen"
	failed=1
}

# shellcheck disable=SC2086
declared $kernel | grep -vxFf "$work/core" >"$work/declared"
exported libbaton_kernel >"$work/exported"
compare libbaton_kernel

# The compiler's, which no header declares.
exported libbaton_tsan >"$work/exported"
grep -v '^__tsan_' "$work/exported" && {
	echo "FAIL: only __tsan_* may be seen"
	failed=1
}
[ "$(wc -l <"$work/exported")" -gt 80 ] || failed=1

# libfiu's, by the names that the linker gives them.
exported libbaton_fiu >"$work/exported"
printf '__wrap_fiu_%s\n' fail failinfo >"$work/declared"
compare libbaton_fiu

# No name of the kernel, nor a lock, is in the headers without <baton/kernel.h>.
"$cc" -std=gnu11 -E -dD -I"$include" -x c - >"$work/plain.i" <<END
$(for header in $core; do echo "#include <baton/$header.h>"; done)
END
for name in spin_lock spinlock_t READ_ONCE WRITE_ONCE cmpxchg xchg atomic_t atomic_read cpu_relax \
	smp_init local_irq_disable might_sleep kmalloc refcount_t rw_semaphore lock_class gfp_t; do
	if grep -qw -- "$name" "$work/plain.i"; then
		echo "FAIL: '$name' is in the headers without <baton/kernel.h>"
		failed=1
	fi
done
# ...and each of them is with it, or nothing was looked for.
"$cc" -std=gnu11 -E -dD -I"$include" -x c - >"$work/kernel.i" <<END
$(for header in $kernel; do echo "#include <baton/$header.h>"; done)
END
for name in spin_lock spinlock_t READ_ONCE WRITE_ONCE cmpxchg xchg atomic_t atomic_read cpu_relax \
	smp_init local_irq_disable might_sleep kmalloc refcount_t rw_semaphore lock_class gfp_t; do
	grep -qw -- "$name" "$work/kernel.i" || {
		echo "FAIL: '$name' is not in the kernel's headers"
		failed=1
	}
done
[ "$failed" -eq 0 ]
