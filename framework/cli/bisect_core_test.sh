#!/bin/sh
# SPDX-License-Identifier: MIT
# baton bisect git by a core, on a repository of 64 commits of a model: one brings a race, one
# renames the points that the core names, three do not build.
# Usage: bisect_core_test.sh SOURCES FOLDER-TO-WORK-IN COMPILER-AND-FLAGS LIBRARY...
set -eu

sources=$1
work=$2
compile="$3 -D_GNU_SOURCE -I$sources -I$sources/framework -I$sources/framework/include"
shift 3
libraries="-Wl,--wrap=fiu_fail -Wl,--wrap=fiu_failinfo -Wl,--start-group $* -Wl,--end-group"

racy=41 renamed=45 mended=50 broken='10 32 60'
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_DATE='2009-04-14 12:00 +0000'
GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE LC_ALL=C
export GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_AUTHOR_DATE GIT_COMMITTER_DATE LC_ALL

fail() {
	echo "FAILED: $*" >&2
	cat "$work/told" >&2
	exit 1
}

expect() {
	grep -q -- "$1" "$work/told" || fail "no line '$1'"
}

# The model of commit $1: an addition is one step, until it is two; then its points are renamed.
model() {
	set -- "$1" "$sources/framework/cli/test_model.c"
	[ "$1" -ge "$racy" ] || set -- "$@" -e 's/if (toy.rules.RULE_ADD.)/if (where)/'
	[ "$1" -lt "$renamed" ] || set -- "$@" -e 's,"toy/read","toy/fetch",' \
		-e 's,"toy/write","toy/store",'
	case " $broken " in
	*" $1 "*) set -- "$@" -e '$a #error "not yet"' ;;
	esac
	file=$2
	shift 2
	sed -e '# as it is' "$@" "$file"
}

# A scenario of the repository, whose orders name the points; it is mended later than they are.
scenario() {
	read=toy/read
	[ "$1" -lt "$mended" ] || read=toy/fetch
	cat <<-END
		scenario lost
		use toy;
		setup { A = counter(); }
		cpu a { add(A); }
		cpu b { add(A); }
		finally { end = load(A); }
		predicate lost = end == 1;
		order { a:$read before b:$read; }
		variants { v1.0 never lost; }
	END
}

rm -rf "$work"
mkdir -p "$work/repository"
work=$(cd "$work" && pwd)
: >"$work/told"
$compile -c "$sources/framework/cli/main.c" -o "$work/main.o"
build="$compile model.c $work/main.o -o baton $libraries"
cd "$work/repository"
git init -q -b main
git config user.name 'A. Tester'
git config user.email tester@example.org
echo /baton >.gitignore
i=1
while [ "$i" -le 64 ]; do
	model "$i" >model.c
	scenario "$i" >lost.scn
	echo "$i" >>NEWS
	git add .
	git commit -q -m "Change $i"
	git tag "c$i"
	i=$((i + 1))
done
before=$(git rev-parse HEAD; git for-each-ref; git status --short)

# Somebody has explained it where the points had their old names.
git worktree add -q --detach ../then c44
cd ../then
sh -c "$build"
grep -v '^order' lost.scn >../lost.scn
./baton run -q --save ../found ../lost.scn >../told 2>&1 && fail "no race in change 44"
./baton explain ../found/lost/v1.0/lost.sched >../told
core=$work/found/lost/v1.0/lost.core.scn
[ -f "$core" ] || fail "there is no core"
cp baton ../baton
cd ../repository
git worktree remove --force ../then

code=0
../baton bisect git --good c1 --build "$build" --baton baton -- "$core" >../told 2>&1 || code=$?
cat ../told
[ "$code" -eq 0 ] || fail "exit code $code"
expect "^first bad: [0-9a-f]* Change $racy (A. Tester, 2009-04-14)\$"
expect '^[0-9a-f]* bad by the core: Change 4[1-4]$'
expect '^[0-9a-f]* bad by the core, with the nearest points: Change 64$'
expect '^[0-9a-f]* good by a search of all: Change [0-9]*$'
expect 'skipped, it does not build (.*not yet'
builds=$(sed -n 's/ builds*$//p' ../told)
[ "$builds" -le 8 ] || fail "$builds builds"
[ "$before" = "$(git rev-parse HEAD; git for-each-ref; git status --short)" ] ||
	fail "it changed the repository"

# A scenario whose orders name points that are gone cannot be told, and the reason is.
code=0
../baton bisect git --good c39 --bad c52 --build "$build" --baton ./baton -- lost.scn \
	>../told 2>&1 || code=$?
cat ../told
[ "$code" -eq 0 ] || fail "exit code $code"
expect "^first bad: [0-9a-f]* Change $racy "
expect "skipped, .* a point is missing (.*unknown point 'toy/read'.*: Change 4[5-9]\$"

# Ends that are not what they are said to be: the bad one is known at once, the good one where
# nothing else was good.
refused() {
	want=$1
	shift
	code=0
	../baton bisect git --build "$build" --baton baton "$@" -- "$core" >../told 2>&1 || code=$?
	cat ../told
	[ "$code" -eq "$want" ] || fail "exit code $code, not $want"
}
refused 2 --good c1 --bad c40
expect '^1 build$'
expect '^error: --bad: c40 is good: the test must fail there$'
refused 2 --good c42 --bad c44
expect '^error: --good: c42 is bad: the test must pass there$'
refused 3 --good c1 --bad c60
expect '^error: --bad: c60 cannot be told: there is nothing to begin with$'
refused 2 --good c44 --bad c42
expect 'error: --good: c44 comes after c42: are they swapped?'
refused 0 --good c40 --bad c41
expect '^2 builds$'
expect '^first bad: [0-9a-f]* Change 41 '

# What is said of a recording in the edited program: strict, tolerant, core.
sched=$work/found/lost/v1.0/lost.sched
git worktree add -q --detach ../now c64
cd ../now
sh -c "$build"
replay() {
	want=$1
	shift
	code=0
	./baton replay "$@" --width 200 >../told 2>&1 || code=$?
	[ "$code" -eq "$want" ] || fail "replay $*: exit code $code, not $want"
}
replay 5 "$sched"
expect 'error: .*lost.sched: replay diverged at step 1: the schedule has a at toy/read, '
expect '^(--tolerant goes on .*; --core obeys only the orders in$'
replay 1 "$sched" --tolerant
expect 'bent at step 1: toy/read is gone, toy/fetch takes its place'
replay 1 "$sched" --core
expect '^  instead: toy/fetch for a:toy/read$'
expect '^  instead: toy/store for b:toy/write$'
expect '^  judged by the core, with the nearest points: 1 of 1 execution shows lost '
