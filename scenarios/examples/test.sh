#!/bin/sh
# SPDX-License-Identifier: MIT
# test.sh PROGRAM FIXED TEXT - PROGRAM has a bug, found in a search that ends, with TEXT in its
# report; its replay command shows it again, and the other one says why. FIXED is the same program
# without the bug: proved.
set -u
program=$1 fixed=$2 text=$3

fail()
{
	echo "$1"
	echo "$report"
	exit 1
}

report=$($program)
[ $? -eq 1 ] || fail "$program found nothing"
echo "$report"
echo "$report" | grep -q "^FAIL .*; exhaustive, " || fail "the search of $program does not end"
echo "$report" | grep -qF "$text" || fail "$program does not say '$text'"
command=$(echo "$report" | sed -n 's/^  replay: //p')
[ -n "$command" ] || fail "$program does not say how to see it again"

finding=$(echo "$report" | sed -n 3p)
why=$report
report=$(eval "$command")
[ $? -eq 1 ] || fail "'$command' shows nothing"
[ "$(echo "$report" | sed -n 1p)" = "$finding" ] || fail "'$command' shows another thing"

command=$(echo "$why" | sed -n 's/^  explain: //p')
report=$(eval "$command")
[ $? -eq 1 ] || fail "'$command' explains nothing"
echo "$report" | grep -q ' needs [0-9]* order\|No order matters' ||
	 fail "'$command' does not say why"

report=$($fixed)
[ $? -eq 0 ] || fail "$fixed is not right"
echo "$report"
echo "$report" | grep -q "^ok  *.*: never a finding (exhaustive, " || fail "$fixed is not proved"
