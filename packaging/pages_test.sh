#!/bin/sh
# SPDX-License-Identifier: MIT
# What can be written or set is in the manual pages: each keyword of scenarios and setting of their
# search, each header of schedules, each variable of the environment, each header of the library.
# Usage: pages_test.sh ROOT
set -eu
export LC_ALL=C

cd "$1"
failed=0
count=0

# expect PAGE WORD..: each is in the page, emphasized: bold or underlined.
expect() {
	page=docs/man/$1.scd
	shift
	[ $# -gt 0 ] || { echo "FAIL: no words for $page"; failed=1; }
	for word; do
		count=$((count + 1))
		grep -q -e "[*_]${word}[*_ ]" -e "\*[a-z ]* ${word}[ *]" "$page" || {
			echo "FAIL: $page does not have '$word'"
			failed=1
		}
	done
}

# between FILE START END: the words in quotes from the line with START to that with END.
between() {
	sed -n "/$2/,/$3/p" "$1" | grep -o '"[a-z]*"' | tr -d '"'
}

# shellcheck disable=SC2046 # lists of words
{
	expect baton-scenario.5 $(between framework/scenario/parser.y '^%token <name> SCEN' ALWAYS)
	expect baton-scenario.5 $(between framework/scenario/check_search.c strategy NULL)
	expect baton-scenario.5 \
		$(between framework/scenario/check_search.c EXPLORE_DPOR EXPLORE_PCT)
	expect baton-schedule.5 schedule choice end \
		$(between framework/engine/sched_file_read.c 'headers\[\] =' '};')
	expect baton.1 $(grep -ho 'env("[A-Z_]*"' framework/conform/*.c \
		$(ls framework/cli/*.c | grep -v fail_nth) |
		sed 's/.*("//; s/"//' | sort -u)
	expect baton.3 $(grep -ho '"BATON_[A-Z]*"' $(ls framework/api/*.c | grep -v _test) |
		tr -d '"' | sort -u)
	expect baton.3 $(ls framework/include/baton | sed -n 's/\.h$//p' | grep -vx -e decl \
		-e malloc | sed 's/^/baton-/')
}
echo "$count words"
[ "$failed" -eq 0 ]
