#!/bin/sh
# SPDX-License-Identifier: MIT
# Does baton-bench count what it should, and say what it does not understand?
# Usage: bench_test.sh BATON-BENCH JSON-CHECK. Rates are not looked at.
set -eu

bench=$1
json_check=$2

fail() {
	echo "bench_test: $*" >&2
	exit 1
}

# counts ARGUMENT...: of each line the program, its size, traces, executions, expected, blocked.
counts() {
	"$bench" --seconds 0 "$@" | awk '/^[a-z]+ [0-9]/ { print $1, $2, $3, $4, $5, $6 }'
}

counts=$(counts sb:3 pin:2 filesystem:16)
[ "$counts" = "sb 3 7 7 7 0
pin 2 87 87 87 0
filesystem 16 8 8 8 0" ] || fail "dpor: $counts"

# Where a number is expected that is not what was counted, the exit code is 1.
"$bench" --seconds 0 readers:5 lastzero:1 lastzero:6 mutex:3 counter:5 indexer:11 indexer:12 \
	filesystem:13 inc:4 inc_return:4 pinbug:3 >/dev/null || fail "not as expected"

counts=$(counts --commuting on pin:2 pin:3)
[ "$counts" = "pin 2 48 48 48 0
pin 3 414 414 414 0" ] || fail "commuting: $counts"

counts=$(counts --strategy dfs pin:2)
[ "$counts" = "pin 2 87 2,732 2,732 0" ] || fail "dfs: $counts"

counts=$(counts --strategy random --executions 50 sb:2)
[ "$counts" = "sb 2 3 50 - 0" ] || fail "random: $counts"

"$bench" --seconds 0 --json sb:2 | "$json_check" >/dev/null || fail "not JSON"

# expect_error TEXT ARGUMENT...
expect_error() {
	text=$1
	shift
	status=0
	output=$("$bench" "$@" 2>&1) || status=$?
	[ "$status" -eq 2 ] || fail "$*: exit code $status"
	case $output in
	*"$text"*) ;;
	*) fail "$*: $output" ;;
	esac
}
expect_error "did you mean 'mutex'?" mutxe:3
expect_error "'pin' needs a size" pin
expect_error "'pin:' takes a number from 1 to 62, not '0'" pin:0
expect_error "--commuting takes one of off, on" --commuting maybe
expect_error "--seconds takes a number" --seconds soon
