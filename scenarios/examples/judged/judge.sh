#!/bin/sh
# SPDX-License-Identifier: MIT
# judge.sh CRITERION_FAILING PLAIN_ASSERT - what tests say that fail: the finding, a column per
# CPU, and a command that shows the same execution again.
set -u
failing=$1 plain=$2

fail()
{
	echo "$1"
	echo "$output"
	exit 1
}

expect()
{
	case $output in
	*"$1"*) ;;
	*) fail "no '$1'" ;;
	esac
}

# The command behind "replay:", run as it is.
replay()
{
	command=$(echo "$output" | sed -n 's/.*  replay: //p' | sed -n 1p)
	[ -n "$command" ] || fail "no command that shows it again"
	output=$(eval "$command" 2>&1) && fail "'$command' fails no more"
}

output=$("$failing" -j1 --filter failing/bank 2>&1) && fail "failing/bank passes"
expect "expected never a finding (2 findings; exhaustive, 4 executions)"
expect "assert at step 16 on main: scenarios/examples/judged/programs.c:"
expect "CPU main"
expect "CPU t2"
expect "atomic_load(&balance) programs.c:13: 0"
expect "Tested: 1 | Passing: 0 | Failing: 1 | Crashing: 0"
case $output in
*"went on"*) fail "an assertion did not end the test" ;;
esac
replay
expect "assert at step 16 on main: scenarios/examples/judged/programs.c:"
expect "CPU main, failed here"
expect "Tested: 1 "

output=$("$failing" -j1 --filter failing/goes_on 2>&1) && fail "failing/goes_on passes"
expect "bank: expected never a finding"
expect "safe_bank: expected sometimes a finding (0 findings; exhaustive, 2 executions)"

output=$("$failing" -j1 --filter failing/no_scenario 2>&1) && fail "failing/no_scenario passes"
expect "run scenarios/pin-vs-unmap/none.scn"
expect "exit code 2, expected 0"

output=$("$failing" -j1 --filter failing/schedule 2>&1) && fail "failing/schedule passes"
expect "replay scenarios/examples/judged/leak.sched"
expect "holds: cow_leak, leak"

output=$("$failing" -j1 --filter failing/new_assertion 2>&1) && fail "failing/new_assertion passes"
expect "of the new kind"
expect "failing.c:"
expect "new: expected never a finding (1 finding; exhaustive, 1 execution)"
expect "Crashing: 0"

output=$("$plain" 2>&1) && fail "plain_assert passes"
expect "bank: expected never a finding"
expect "never(bank_program())"
replay
expect "CPU main, failed here"
