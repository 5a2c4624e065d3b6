#!/bin/sh
# SPDX-License-Identifier: MIT
# baton bisect git on a repository of 64 commits of a small C program: one brings a race, one
# renames the points, three do not build.
# Usage: bisect_git_test.sh BATON SOURCES FOLDER-TO-WORK-IN LIBRARY...
set -eu

baton=$1
sources=$2
work=$3
shift 3
libraries=$*

racy=41 renamed=45 broken='10 32 60'
GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_DATE='2009-04-14 12:00 +0000'
GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE LC_ALL=C
export GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_AUTHOR_DATE GIT_COMMITTER_DATE LC_ALL

fail() {
	echo "FAILED: $*" >&2
	exit 1
}

# The program of commit $1: two CPUs count under a lock, until one of them takes it too late.
program() {
	point=count/read
	[ "$1" -lt "$renamed" ] || point=counter/load
	early='spin_lock(&lock);' late=
	[ "$1" -lt "$racy" ] || early='' late='spin_lock(&lock);'
	cat <<-END
		#include "baton/explore.h"
		#include "baton/kernel.h"

		#include <assert.h>
		#include <stdio.h>

		static int count;
		static spinlock_t lock;

		static void add(void *arg)
		{
			int value;

			(void)arg;
			$early
			POINT("$point");
			value = READ_ONCE(count);
			$late
			WRITE_ONCE(count, value + 1);
			spin_unlock(&lock);
		}

		static void setup(void *arg)
		{
			(void)arg;
			count = 0;
			spin_lock_init(&lock, "lock");
		}

		static void finally(void *arg)
		{
			(void)arg;
			assert(count == 2);
		}

		int main(void)
		{
			static const struct baton_cpu_program cpus[] = {
				{ "a", add, NULL, -1 },
				{ "b", add, NULL, -1 },
			};
			static const struct baton_program program = {
				.name = "count",
				.cpus = cpus,
				.cpu_count = 2,
				.setup = setup,
				.finally = finally,
			};
			struct baton_result result;
			int status = baton_explore(&program, NULL, &result) ? 6 : !!result.findings;

			printf("%s %s\n", result.finding ? result.finding : "no finding",
			       result.schedule ? result.schedule : "");
			baton_result_release(&result);
			return status;
		}
	END
	case " $broken " in
	*" $1 "*) echo '#error "not yet"' ;;
	esac
}

rm -rf "$work"
mkdir -p "$work/repository"
cd "$work/repository"
git init -q -b main
git config user.name 'A. Tester'
git config user.email tester@example.org
i=1
while [ "$i" -le 64 ]; do
	program "$i" >count.c
	echo "$i" >>NEWS
	git add .
	git commit -q -m "Change $i"
	i=$((i + 1))
done
before=$(git rev-parse HEAD; git for-each-ref; git status --short)

build="gcc -D_GNU_SOURCE -I$sources/framework/include count.c -o count $libraries"
code=0
"$baton" bisect git --good HEAD~63 --bad main --build "$build" \
	-- ./count >../told 2>&1 || code=$?
cat ../told
[ "$code" -eq 0 ] || fail "exit code $code"
grep -q "^first bad: [0-9a-f]* Change $racy (A. Tester, 2009-04-14)\$" ../told ||
	fail "not change $racy"
grep -q 'skipped, it does not build' ../told || fail "no commit that does not build was met"
builds=$(sed -n 's/ builds*$//p' ../told)
[ "$builds" -le 8 ] || fail "$builds builds"
[ "$before" = "$(git rev-parse HEAD; git for-each-ref; git status --short)" ] ||
	fail "it changed the repository"
[ "$(git worktree list | wc -l)" -eq 1 ] || fail "it left its work tree"

# Where only commits that cannot be told are left, all of them are named.
code=0
not_40="! grep -q 40 NEWS || grep -q 41 NEWS"
"$baton" bisect git --good main~25 --bad main~23 --build "$not_40 && $build" \
	-- ./count >../told 2>&1 || code=$?
cat ../told
[ "$code" -eq 3 ] || fail "exit code $code, not 3"
grep -q '^  [0-9a-f]* Change 40$' ../told && grep -q "^  [0-9a-f]* Change $racy\$" ../told ||
	fail "not both commits are named"

# Whoever watches sees where it is at, and nothing of it is left; others see nothing of it.
watch() {
	script -qec "env -u CI $1 '$baton' bisect git $2 --good main~26 --bad main~22 --build true \
		-- sh -c '! grep -q 40 NEWS'" /dev/null | tr -d '\r' >../watched
}
if script -qec true /dev/null >/dev/null 2>&1; then
	escape=$(printf '\033')
	watch TERM=xterm ''
	grep -q "$escape\[Kbuild 1: building [0-9a-f]* Change 42 *$escape" ../watched ||
		fail "it does not say what it builds: $(cat ../watched)"
	grep -q "$escape\[Kbuild 2, about 1 more: testing [0-9a-f]* Change 40" ../watched ||
		fail "it does not say what it tests: $(cat ../watched)"
	sed "s/.*$escape\[K//" ../watched >../left
	head -n 1 ../left | grep -q '^[0-9a-f]* bad: Change 42$' && ! grep "$escape" ../left ||
		fail "it is not erased: $(cat ../watched)"
	for quiet in 'CI=1 TERM=xterm' 'TERM=dumb' 'TERM=xterm -q'; do
		watch "${quiet% -q}" "$(echo "$quiet" | grep -o -e -q || :)"
		grep -q 'first bad' ../watched || fail "$quiet: $(cat ../watched)"
		! grep -q 'building' ../watched || fail "$quiet: $(cat ../watched)"
	done
fi

# It is stopped, and takes what it made with it.
mkdir "$work/temporary"
TMPDIR=$work/temporary "$baton" bisect git --good HEAD~63 \
	--build "echo >>'$work/built'; sleep 1" -- false >../told 2>&1 &
while [ ! -e "$work/built" ]; do
	sleep 0.1
done
kill "$!"
code=0
wait "$!" || code=$?
[ "$code" -eq 143 ] || fail "exit code $code, not 143"
[ "$(wc -l <"$work/built")" -eq 1 ] || fail "it went on"
[ -z "$(ls "$work/temporary")" ] || fail "it left $(ls "$work/temporary")"
[ "$(git worktree list | wc -l)" -eq 1 ] || fail "it left its work tree"

# What is printed is what is run.
"$baton" bisect git --good HEAD~63 --build "$build" --dry-run -- ./count >../script
sh ../script | grep -q "Change $racy" || fail "the printed script does not find it"
if "$baton" bisect git --good nowhere --build "$build" -- ./count >../told 2>&1; then
	fail "a good commit that is none"
fi
grep -q "error: --good: there is no commit 'nowhere'" ../told || fail "$(cat ../told)"

# A scenario of the repository: another version of the model in change 6, a mistake in change 5.
mkdir "$work/scenarios"
cd "$work/scenarios"
git init -q -b main
git config user.name 'A. Tester'
git config user.email tester@example.org
i=1
while [ "$i" -le 10 ]; do
	version=v5.9
	[ "$i" -lt 6 ] || version=v5.7
	[ "$i" -ne 5 ] || version=v5.n
	sed -e '/^variants/,$d' "$sources/scenarios/pin-vs-unmap/D08-vmsplice-leak.scn" >race.scn
	echo "# $i" >>race.scn
	echo "variants { $version never leak, never cow_leak; }" >>race.scn
	git add .
	git commit -q -m "Change $i"
	i=$((i + 1))
done
"$baton" run -q --save ../found race.scn >../told 2>&1 && fail "the last change shows no race"
saved=$(find ../found -name leak.sched)
[ -n "$saved" ] || fail "no schedule was saved"
for option in '' "--sched=$saved"; do
	code=0
	# shellcheck disable=SC2086 # none or one word
	"$baton" bisect git --good HEAD~9 $option -- race.scn >../told 2>&1 || code=$?
	cat ../told
	[ "$code" -eq 3 ] || fail "exit code $code, not 3"
	grep -q "skipped, a mistake in the test, or a point is missing (.*unknown version 'v5.n'" \
		../told || fail "change 5 is not skipped with its reason"
	grep -q '^  [0-9a-f]* Change 6$' ../told || fail "change 6 is not among those left"
done
