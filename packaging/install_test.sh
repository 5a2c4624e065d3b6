#!/bin/sh
# SPDX-License-Identifier: MIT
# Install, move what was installed, and have a project outside use it: by find_package() and by
# pkg-config, with the shared and with the static libraries, in each of the three ways, with
# libfiu's points and with Criterion; and do what the documents say.
# Usage: install_test.sh CMAKE BUILD-FOLDER PROJECT FOLDER-TO-WORK-IN CC
set -eu
export LC_ALL=C
unset DESTDIR BATON_REPLAY BATON_EXPLAIN BATON_OUTPUT

cmake=$1
build=$2
project=$3
work=$4
cc=$5

rm -rf "$work"
mkdir -p "$work"
failed=0

fail() {
	echo "FAIL: $*"
	failed=1
}

# expect NAME EXIT-CODE TEXT COMMAND [ARG..]: the command ends with the code, and prints the text.
expect() {
	name=$1
	code=$2
	text=$3
	shift 3
	status=0
	"$@" >"$work/out" 2>&1 || status=$?
	if [ "$status" -eq "$code" ] && grep -qF -- "$text" "$work/out"; then
		echo "ok: $name"
	else
		fail "$name: exit code $status, wanted $code and '$text':"
		cat "$work/out"
	fi
}

# By way of DESTDIR, and then moved to where the path has a space: nothing knows where it was.
"$cmake" --install "$build" --prefix "$work/prefix" >"$work/log" || cat "$work/log"
DESTDIR=$work/stage "$cmake" --install "$build" --prefix /opt/baton >"$work/log" || cat "$work/log"
moved="$work/another place"
mv "$work/stage/opt/baton" "$moved"
rmdir "$work/stage/opt" "$work/stage" || fail 'DESTDIR has more than the prefix'
diff -r "$work/prefix" "$moved" >"$work/out" || {
	fail 'not the same by way of DESTDIR:'
	cat "$work/out"
}
pc=$(dirname "$(find "$work/prefix" -name baton.pc)")
# Debugging information says where it was compiled.
grep -rIlF -e "$build" -e "$work" -e /opt/baton "$moved" >"$work/out" && {
	fail 'these know where they were:'
	cat "$work/out"
}
readelf -d "$moved"/bin/* "$moved${pc#"$work/prefix"}"/../*.so.* >"$work/out"
grep -q NEEDED "$work/out" || fail 'readelf says nothing'
grep -E 'R(UN)?PATH' "$work/out" && fail 'a path is searched for libraries'
expect command 0 'baton 0.' "$moved/bin/baton" --version

# see WAY PROGRAM: what each program is to find.
see() {
	case $2 in
	explicit*) expect "$1 $2" 1 "check: assertion 'balance == 2' failed" "$work/$1/$2" ;;
	dropin*) expect "$1 $2" 1 'dropin.c:28: atomic_load(&balance) == 2' "$work/$1/$2" ;;
	tsan*) expect "$1 $2" 1 'data_race: ' "$work/$1/$2" ;;
	faults*) expect "$1 $2" 1 ' pool/open 32 passes, in open_item at ' "$work/$1/$2" ;;
	criterion*)
		expect "$1 $2" 1 'Passing: 1 | Failing: 1' "$work/$1/$2" -j1
		grep -q '  1  READ_ONCE(balance)' "$work/out" || fail "$1 $2 has no table"
		;;
	cplusplus*) expect "$1 $2" 0 'a:account/read before ' "$work/$1/$2" ;;
	thread_local*) expect "$1 $2" 0 'never a finding (exhaustive, 6 ' "$work/$1/$2" ;;
	standard*)
		expect "$1 $2" 1 'FAIL  notify_one: deadlock: ' "$work/$1/$2"
		grep -q '^ok    notify_all: never a finding (exhaustive' "$work/out" ||
			fail "$1 $2 is not proved"
		;;
	plain*) expect "$1 $2" 0 'note: there is one order only' "$work/$1/$2" ;;
	points*) expect "$1 $2" 0 'bank/read, found, bank/full, no more' "$work/$1/$2" ;;
	esac
}

for form in shared static; do
	expect "configure, $form" 0 'Generating done' "$cmake" -S "$project" -B "$work/$form" \
		-DFORM="$form" -DCMAKE_PREFIX_PATH="$moved" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
		-DCMAKE_C_COMPILER="$cc" -DCMAKE_C_FLAGS="-Wall -Wextra -Werror" \
		-DCMAKE_CXX_FLAGS="-Wall -Wextra -pedantic -Werror"
	programs='explicit tsan faults points'
	[ "$form" = static ] ||
		programs="$programs dropin criterion cplusplus thread_local standard"
	# shellcheck disable=SC2086 # a list of words
	expect "build, $form" 0 'tsan' "$cmake" --build "$work/$form" -j2 --target $programs
	for program in $programs; do
		see "$form" "$program"
	done
done

expect 'scenarios as tests' 0 '100% tests passed' "${cmake%cmake}ctest" --test-dir "$work/shared"

mkdir "$work/pc"
cd "$project"
export PKG_CONFIG_PATH="$pc"

# compile NAME SOURCE MODULE..: by pkg-config, which quotes spaces as a shell does; $more: an
# option.
more=-g
compile() {
	out=$work/pc/$1
	source=$2
	shift 2
	eval "set -- $(pkg-config --cflags "$@") -- $(pkg-config --libs "$@")"
	flags=
	while [ "$1" != -- ]; do
		flags="$flags '$1'"
		shift
	done
	shift
	eval "'$cc' -c -g -O1 $more -std=c11 -Wall -Wextra -Werror $flags '$source' -o '$out.o'" &&
		"$cc" "$more" "$out.o" -o "$out" "$@" ||
		fail "cannot compile $source with $flags $*"
	see pc "${out##*/}"
}

compile explicit explicit.c baton-kernel
compile tsan tsan.c baton-tsan
compile faults faults.c baton-dropin baton-fiu
compile criterion criterion.c baton-kernel criterion
compile plain tsan.c baton-dropin
compile points points.c baton
compile points-static points.c baton-static
PKG_CONFIG_PATH=$moved${pc#"$work/prefix"} compile dropin dropin.c baton-dropin
# Code that the address sanitizer looks at, with a library that knows nothing of it.
more=-fsanitize=address
PKG_CONFIG_PATH=$moved${pc#"$work/prefix"} compile dropin-asan dropin.c baton-dropin
more=-g

# A page of a data race has both sides of it.
expect 'a page' 1 "written: $work/race.html" env BATON_OUTPUT="html:$work/race.html" "$work/pc/tsan"
for words in 'a read of balance at tsan.c:11' '^in deposit (tsan.c:11)' \
	'written by t1 in deposit (' 'class=steps\|class="steps'; do
	sed 's/<pre>/&\n/g' "$work/race.html" | grep -q "$words" || fail "no '$words' on the page"
done

# page DOCUMENT PROGRAM TEXT: the program of the document, compiled by its lines that name it,
# word for word, finds that.
page() {
	folder=$work/page/$2
	document=$project/../../docs/$1
	mkdir -p "$folder"
	sed -n '/^```c$/,/^```$/p' "$document" | sed '/^```/d' >"$folder/$2.c"
	cat "$project"/../../docs/*.md | grep "^[[:space:]]*cc .*\<$2\.[co]\>" |
		awk '!seen[$0]++' | sed "s|cc |$cc |" >"$folder/commands"
	[ -s "$folder/commands" ] || fail "no document says how to compile $2.c"
	(cd "$folder" && sh -ex commands) || fail "the commands for $2.c fail"
	expect "$2.c of $1" 1 "$3" "$folder/$2"
}
page install.md race 'atomic_load(&balance) == 2'
page annotating.md bank "assertion 'atomic_load(&balance) == 2' failed"
page tutorial.md pool 'pool/open fails'

# Not what the sanitizer's own library makes of it: that baton sees nothing.
# shellcheck disable=SC2046 # lists of words
"$cc" -g $(pkg-config --cflags baton-tsan) tsan.c -o "$work/pc/both" \
	$(pkg-config --libs baton-tsan)
expect 'linked with the sanitizer' 2 'link with baton_tsan and' "$work/pc/both"

# The libraries that are there, and nothing in them but what a user may name.
ls -l "$pc/.." | sed -n 's/.* \(lib.*\)/\1/p'
[ "$failed" -eq 0 ]
