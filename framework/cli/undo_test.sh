#!/bin/sh
# SPDX-License-Identifier: MIT
# "baton conform --live" leaves the machine as it was, however it ends: swap areas, devices,
# mounts and files are compared before and after, for ends at several moments.
# Usage: undo_test.sh COMMAND FOLDER-TO-WORK-IN
set -eu

command=$1
work=$2
rm -rf "$work"
mkdir -p "$work/folder"
cd "$work"
# The name by which its processes are found.
ln -s "$command" baton_undo
export LC_ALL=C
failed=0

fail() {
	echo "$0: $*" >&2
	failed=1
}

skip() {
	echo "$0: skipped: $*"
	exit 77
}

# What there is of all that a run makes, without what changes by itself.
snapshot() {
	list | sort
}

list() {
	cut -d ' ' -f 1 /proc/swaps
	cat /proc/mounts
	ls -d /sys/block/zram* /sys/block/loop*/loop 2>/dev/null || true
	ls -A "$work/folder"
	grep -lx baton_undo /proc/[0-9]*/comm 2>/dev/null || true
}

# Others may use swap areas at the same time: at some moment there must be nothing new.
expect_as_before() {
	tries=0
	until snapshot >after && [ -z "$(comm -13 before after)" ]; do
		tries=$((tries + 1))
		if [ "$tries" -eq 100 ]; then
			fail "$1: left behind:"
			comm -13 before after >&2
			return
		fi
		sleep 0.1
	done
}

# Swap area of the kind $1; what is run: the other arguments, or random scripts.
start() {
	: >out
	: >err
	swap_kind=$1
	shift
	[ $# -gt 0 ] || set -- --random 10000000
	./baton_undo conform --live "$@" --folder "$work/folder" --swap "$swap_kind" >out 2>err &
	front=$!
}

# Is the front still there, and no zombie?
runs() {
	grep -q '^State:.*[RSD] (' "/proc/$front/status" 2>/dev/null
}

# Wait until there is a process $1 levels below the front; its number is $below.
find_below() {
	below=
	waits=0
	while [ -z "$below" ] && [ "$waits" -lt 500 ] && runs; do
		below=$front
		for _ in $(seq "$1"); do
			below=$(cut -d ' ' -f 1 "/proc/$below/task/$below/children" 2>/dev/null ||
				true)
			[ -n "$below" ] || break
		done
		waits=$((waits + 1))
		[ -n "$below" ] || sleep 0.01
	done
	[ -n "$below" ]
}

# Kill the process $1 levels below the front, and with it $2, if that is not empty.
kill_below() {
	if ! find_below "$1" || ! kill -KILL "$below" ${2:+"$2"}; then
		fail "nobody $1 below"
		kill -TERM "$front"
	fi
}

# Until it is known to go on by itself, SIGINT is ignored, as in all that a shell runs aside.
wait_for_head() {
	tries=0
	until grep -q '^Linux ' out || [ "$tries" -eq 200 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
}

# Swap area of the kind $1; it is ended by SIGNAL:EXIT-CODE, as $2 says, after $3 seconds.
expect_undone() {
	start "$1"
	if [ "$3" = head ]; then
		wait_for_head
	else
		sleep "$3"
	fi
	kill -"${2%:*}" "$front" 2>/dev/null || fail "it ended by itself: $(cat err)"
	expect_code "${2#*:}" "$1, $2 after $3"
	expect_as_before "$1, $2 after $3"
}

# The exit code of the front must be $1; 12 is 1 or 2: a difference may come before.
expect_code() {
	code=0
	wait "$front" || code=$?
	case $1:$code in
	12:1 | 12:2 | "$code:$code") return ;;
	esac
	fail "$2: exit code $code, not $1: $(cat err)"
}

[ "$(id -u)" -eq 0 ] || skip "needs root"
"$command" conform --live --random 1 --show 0 >out 2>err || true
grep -q '^Linux ' out || skip "$(cat err)"
[ -e /proc/self/task/self/children ] || [ -e "/proc/$$/task/$$/children" ] ||
	skip "/proc does not show children"

snapshot >before
for end in INT:130 TERM:143 HUP:129; do
	expect_undone any $end head
done
for delay in 0.005 0.02 0.04 0.07; do
	expect_undone any KILL:137 $delay
done
for swap in zram file loop; do
	expect_undone $swap KILL:137 head

	# The process that makes and undoes everything; then the front has to undo it.
	start $swap
	wait_for_head
	kill_below 1 ""
	expect_code 12 "$swap, host killed"
	expect_as_before "$swap, host killed"
	grep -q 'killed' err || fail "$swap, host killed: $(cat err)"

	# Both at once.
	start $swap
	wait_for_head
	kill_below 1 "$front"
	expect_code 137 "$swap, both killed"
	expect_as_before "$swap, both killed"
done

# A process of a script: the run ends with an error that names it.
start any
wait_for_head
# Some have ended before the signal comes, and then it is for nobody.
tries=0
while runs && [ "$tries" -lt 50 ]; do
	if find_below 2; then
		kill -KILL "$below" 2>/dev/null || true
	fi
	tries=$((tries + 1))
done
expect_code 12 "process killed"
expect_as_before "process killed"
grep -q "was killed" err || fail "process killed: $(cat err)"

# What holds a call, a line of it, and what the machine must not lack.
hold_and_kill() {
	if grep -q "^SKIP  \($3\):" out; then
		return
	fi
	for _ in $(seq 20000); do
		echo "$2 something else"
	done >held
	for _ in $(seq 8); do
		start none held
		wait_for_head
		sleep 0.1
		kill -KILL "$front" || fail "it ended by itself: $(cat err)"
		expect_code 137 "a call is held by $1"
		expect_as_before "a call is held by $1"
	done
}

# A system call that is held, most of the time with the lock of an io_uring: it is not left behind.
cp out out-of-here
hold_and_kill userfaultfd 'U register fork+write' 'userfaultfd\|io_uring'
cp out-of-here out
hold_and_kill FUSE 'F read-held fork+write' 'FUSE'

exit "$failed"
