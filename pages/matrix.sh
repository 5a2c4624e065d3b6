#!/bin/sh
# SPDX-License-Identifier: MIT
# matrix.sh ROOT BATON PAGES [--check]: run all scenarios of ROOT and write docs/matrix.md and
# docs/matrix.html there. With --check, the test of all scenarios: each variant shows what its file
# says, all memory that two CPUs change is announced (or what was searched would mean little), and
# docs/matrix.md is what is there.
set -eu

baton=$2
pages=$3
check=${4-}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$1"
# Those of the model of Linux.
set -- $(find scenarios -mindepth 2 -name '*.scn' ! -path '*/selfcheck/*' -printf '%h\n' |
	LC_ALL=C sort -u)
"$baton" points --patches --json >"$work/points"
"$baton" list --json "$@" >"$work/list"
# 1 and 3: something is not as expected, or inconclusive; the page says what.
code=0
"$baton" run -q --output json:"$work/run" -j "$(nproc)" "$@" || code=$?
[ "$check" != --check ] || [ "$code" -eq 0 ] || exit 1
case $code in
0 | 1 | 3) ;;
*) exit "$code" ;;
esac
for format in md html; do
	"$pages" "$format" "$work/list" "$work/run" "$work/points" >"$work/matrix.$format"
done
sed -e '\|^/@style@/$|{r pages/style.css' -e 'd}' "$work/matrix.html" >"$work/styled"

if [ "$check" = --check ]; then
	! grep 'announce the access' "$work/run" || exit 1
	diff -u docs/matrix.md "$work/matrix.md" || {
		echo "docs/matrix.md is not what the scenarios show: if it should be, make it" \
			"again by 'cmake --build build --target matrix', and look at what changed"
		exit 1
	}
else
	cp "$work/matrix.md" docs/matrix.md
	cp "$work/styled" docs/matrix.html
fi
