#!/bin/sh
# SPDX-License-Identifier: MIT
# docs/api.md is what the headers say, and each function of the libraries is in it and in a page.
# Usage: api_test.sh API.PY ROOT FOLDER-WITH-MAN-PAGES NM LIBRARY..
set -eu
export LC_ALL=C

script=$1
root=$2
man=$3
nm=$4
shift 4

failed=0
python3 "$script" "$root/framework/include" | diff "$root/docs/api.md" - || {
	echo "FAIL: docs/api.md is old: build the target api-reference"
	failed=1
}
count=0
for name in $("$nm" -D --defined-only "$@" |
	awk 'NF == 3 && $2 != "A" { sub(/@.*/, "", $3); print $3 }' |
	grep -vx -e __assert_fail -e __cxa_thread_atexit); do
	count=$((count + 1))
	grep -qw -- "$name" "$root/docs/api.md" || {
		echo "FAIL: $name is not in docs/api.md"
		failed=1
	}
	[ ! -f "$man/baton-sim.3" ] || grep -qw -- "$name" "$man"/*.3 || {
		echo "FAIL: $name is in no man page"
		failed=1
	}
done
echo "$count functions"
[ "$count" -gt 100 ] && [ "$failed" -eq 0 ]
