#!/bin/sh
# SPDX-License-Identifier: MIT
# Each public header compiles alone, as C11 and as C++17, without a warning; those that are of C
# only say so, and what to use in C++.
# Usage: headers_test.sh INCLUDE-FOLDER FOLDER-TO-WORK-IN [CRITERION-FLAG..]
set -eu
export LC_ALL=C

include=$1
work=$2
shift 2

rm -rf "$work"
mkdir -p "$work"
failed=0
count=0

fail() {
	echo "FAIL: $*"
	cat "$work/out"
	failed=1
}

# compile COMPILER STANDARD SOURCE [FLAG..]
compile() {
	with=$1 standard=$2 source=$3
	shift 3
	count=$((count + 1))
	"$with" "-std=$standard" -Wall -Wextra -pedantic -Wundef -Werror -I"$include" \
		-fsyntax-only "$@" "$work/$source" >"$work/out" 2>&1
}

for path in "$include"/baton/*.h; do
	header=$(basename "$path" .h)
	# Twice, which changes nothing.
	for suffix in c cc; do
		printf '#include <baton/%s.h>\n#include <baton/%s.h>\nint main() { return 0; }\n' \
			"$header" "$header" >"$work/$header.$suffix"
	done
	sed -i 's/main()/main(void)/' "$work/$header.c"
	for compiler in gcc clang; do
		command -v "$compiler" >/dev/null || continue
		compile "$compiler" c11 "$header.c" "$@" || fail "$header.h as C11, $compiler"
		compile "$compiler" gnu17 "$header.c" "$@" || fail "$header.h as GNU C17, $compiler"
	done
	for compiler in g++ clang++; do
		command -v "$compiler" >/dev/null || continue
		case $header in
		stdatomic | malloc)
			if compile "$compiler" c++17 "$header.cc" "$@"; then
				fail "$header.h says nothing in C++"
			elif ! grep -q 'error.*C++.*: \(use\|call\) ' "$work/out"; then
				fail "$header.h does not say what to use in C++"
			fi
			;;
		*)
			compile "$compiler" c++17 "$header.cc" "$@" || fail "$header.h, $compiler"
			;;
		esac
	done
done
echo "$count compiled"
[ "$count" -gt 30 ] && [ "$failed" -eq 0 ]
