#!/bin/sh
# SPDX-License-Identifier: MIT
# A run that is killed, interrupted or shared ends as one that was not: same output, to the
# byte, and same counts. Kills come when the checkpoint shows that there is something to lose.
# Usage: keep_test.sh COMMAND FOLDER-TO-WORK-IN
set -eu
. "$(dirname "$0")/work.sh"

here=$(cd "$(dirname "$0")" && pwd)
work_in "$2" "$1"
failed=0

cp "$here/testdata/long.scn" .
search='--strategy dfs --limit 400000 long.scn'

fail() {
	echo "$0: $*" >&2
	failed=1
}

# Is there a search in the file that is neither at its beginning nor through?
is_in_the_middle() {
	[ -f "$1" ] && grep -q '^done' "$1" && grep -q '^todo' "$1"
}

# Start a run and send SIGNAL when its checkpoint is in the middle, and not that of $before.
# Return: its exit code, in $code; $hit is 1 if it was in the middle.
run_and_end() {
	signal=$1
	file=$2
	shift 2
	before=$(cksum "$file" 2>/dev/null || true)
	baton run --interval 0 "$@" >out 2>err &
	process=$!
	hit=0
	while kill -0 $process 2>/dev/null; do
		if [ "$(cksum "$file" 2>/dev/null || true)" != "$before" ] &&
			is_in_the_middle "$file"; then
			kill -"$signal" $process && hit=1
			break
		fi
	done
	code=0
	wait $process 2>/dev/null || code=$?
}

compare() {
	cmp -s expected "$1" || {
		fail "$2: not the output of one run"
		diff expected "$1" || true
	}
}

code=0
# shellcheck disable=SC2086 # words
baton run $search >expected || code=$?
expected_code=$code

for jobs in 1 2; do
	rm -f kept
	# shellcheck disable=SC2086
	run_and_end KILL kept -j $jobs --checkpoint kept $search
	[ $hit = 1 ] || fail "-j $jobs: the run was over before it could be killed"
	for again in 1 2 3; do
		cp kept "kept.$again"
		# shellcheck disable=SC2086
		run_and_end KILL kept -j $jobs --resume kept $search
	done
	code=0
	# shellcheck disable=SC2086
	baton run --resume kept $search >resumed || code=$?
	[ $code = $expected_code ] || fail "-j $jobs: exit code $code, not $expected_code"
	compare resumed "killed, -j $jobs"
	# shellcheck disable=SC2086
	baton run --resume kept $search >resumed || true
	compare resumed "through, told again"
done

for signal in INT TERM; do
	rm -f kept
	# shellcheck disable=SC2086
	run_and_end $signal kept -j 2 --checkpoint kept $search
	case $signal$code in
	INT130 | TERM143) ;;
	*) fail "$signal: exit code $code" ;;
	esac
	grep -q 'to go on: baton run .*--resume kept long.scn' err ||
		fail "$signal: does not say how to go on"
	# Nothing has ended yet, and that is no error of the command line.
	[ "$(wc -l <err)" = 1 ] || fail "$signal: says more than that it was interrupted"
	# shellcheck disable=SC2086
	baton run -j 2 --resume kept $search >resumed || true
	compare resumed "$signal"
done

# Two machines, one of which is killed once.
search='--strategy dfs --preemptions 6 long.scn'
# shellcheck disable=SC2086
baton run $search >expected || true
# shellcheck disable=SC2086
baton run -j 2 --shard 1/2 --checkpoint first $search >out
# shellcheck disable=SC2086
run_and_end KILL second --shard 2/2 --checkpoint second $search
[ $hit = 1 ] || fail "shard: the run was over before it could be killed"
if baton merge first second >out 2>&1; then
	fail "a shard that is not through was merged"
fi
# shellcheck disable=SC2086
baton run --shard 2/2 --resume second $search >out
baton merge second first >merged || true
compare merged "shards"
# shellcheck disable=SC2086
baton run $search --output html:expected.html >out || true
baton merge second first --output html:merged.html >out || true
grep -q '<table class=matrix>' merged.html || fail "shards: no page"
cmp expected.html merged.html || fail "shards: another page than that of one run"

# Several searches, whose workers are shared: of all kinds, some in one part, some void at the
# first thing seen, and one file that is none.
cat >rules.scn <<'END'
# SPDX-License-Identifier: MIT
scenario rules "two that look at the states between steps"
use toy;
setup { A = counter(); B = counter(); }
cpu a { add(A); add(B); add(A); add(B); }
cpu b { add(A); add(B); add(A); }
cpu c { add(B); x = load(A); add(A); }
finally { end = load(A); }
invariant few = value(A) < 6;
invariant none = value(B) < 3;
predicate lost = end < 5;
variants {
	v1.0 sometimes lost, always few, sometimes none;
	v1.1 always few, always none;
}
END
sed -e '/invariant none/d' -e 's/, sometimes none//' -e 's/, always none//' \
	-e 's/scenario rules/scenario quiet/' rules.scn >quiet.scn
{
	cat quiet.scn
	echo 'search { preemptions 3; }'
} | sed 's/scenario quiet/scenario dear/' >dear.scn
echo 'scenario' >broken.scn
files='quiet.scn rules.scn broken.scn dear.scn long.scn'
code=0
# shellcheck disable=SC2086
baton run -v $files >expected 2>expected.err || code=$?
expected_code=$code
for jobs in 2 3; do
	code=0
	# shellcheck disable=SC2086
	baton run -v -j $jobs $files >out 2>err || code=$?
	[ $code = $expected_code ] || fail "several, -j $jobs: exit code $code"
	compare out "several, -j $jobs"
	cmp -s expected.err err || fail "several, -j $jobs: other messages"
	for signal in KILL INT; do
		rm -f kept
		# shellcheck disable=SC2086
		run_and_end $signal kept -v -j $jobs --checkpoint kept $files
		[ $hit = 1 ] || fail "several, $signal, -j $jobs: over before it could be hit"
		# shellcheck disable=SC2086
		baton run -v -j 2 --resume kept $files >out 2>err || true
		compare out "several, $signal, -j $jobs"
	done
done

[ ! -e kept.new ] || fail "a temporary file is left"
exit $failed
