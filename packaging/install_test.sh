#!/bin/sh
# SPDX-License-Identifier: MIT
# Install, move what was installed, and have a project outside use it: by find_package() and by
# pkg-config, with the shared and with the static libraries, in each of the three ways.
# Usage: install_test.sh CMAKE BUILD-FOLDER PROJECT FOLDER-TO-WORK-IN CC
set -eu
export LC_ALL=C
unset DESTDIR BATON_REPLAY

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

"$cmake" --install "$build" --prefix "$work/first" >"$work/log" || cat "$work/log"
mv "$work/first" "$work/prefix"
prefix=$work/prefix
expect command 0 'baton 0.' "$prefix/bin/baton" --version
pc=$(dirname "$(find "$prefix" -name baton.pc)")

# see WAY PROGRAM: what each program is to find.
see() {
	case $2 in
	explicit*) expect "$1 $2" 1 "check: assertion 'balance == 2' failed" "$work/$1/$2" ;;
	dropin*) expect "$1 $2" 1 'dropin.c:28: atomic_load(&balance) == 2' "$work/$1/$2" ;;
	tsan*) expect "$1 $2" 1 'data_race: ' "$work/$1/$2" ;;
	cplusplus*) expect "$1 $2" 0 'a:account/read before ' "$work/$1/$2" ;;
	points*) expect "$1 $2" 0 'bank/read, found, bank/full, no more' "$work/$1/$2" ;;
	esac
}

for form in shared static; do
	expect "configure, $form" 0 'Generating done' "$cmake" -S "$project" -B "$work/$form" \
		-DFORM="$form" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
		-DCMAKE_C_COMPILER="$cc" -DCMAKE_C_FLAGS="-Wall -Wextra -Werror" \
		-DCMAKE_CXX_FLAGS="-Wall -Wextra -pedantic -Werror"
	expect "build, $form" 0 'tsan' "$cmake" --build "$work/$form"
	for program in explicit dropin tsan cplusplus points; do
		see "$form" "$program"
	done
done

expect 'scenarios as tests' 0 '100% tests passed' "${cmake%cmake}ctest" --test-dir "$work/shared"

mkdir "$work/pc"
cd "$project"
export PKG_CONFIG_PATH="$pc"

# compile NAME SOURCE MODULE..: by pkg-config.
compile() {
	out=$work/pc/$1
	source=$2
	shift 2
	# shellcheck disable=SC2046 # lists of words
	"$cc" -c -g -O1 -std=c11 -Wall -Wextra -Werror $(pkg-config --cflags "$@") "$source" \
		-o "$out.o" && "$cc" "$out.o" -o "$out" $(pkg-config --libs "$@") ||
		fail "cannot compile $source with $*"
	see pc "${out##*/}"
}

compile explicit explicit.c baton-kernel
compile dropin dropin.c baton-dropin
compile tsan tsan.c baton-tsan
compile points points.c baton
compile points-static points.c baton-static

# What docs/install.md says, word for word.
mkdir "$work/page"
page=$project/../../docs/install.md
sed -n '/^```c$/,/^```$/p' "$page" | sed '/^```/d' >"$work/page/race.c"
sed -n '/^cc /p' "$page" | sed "s|^cc |$cc |" >"$work/page/commands"
[ "$(wc -l <"$work/page/commands")" -eq 2 ] || fail "install.md has not two commands"
(cd "$work/page" && sh -e commands) || fail "the commands of install.md fail"
expect 'the program of install.md' 1 'atomic_load(&balance) == 2' "$work/page/race"

# Not what the sanitizer's own library makes of it: that baton sees nothing.
# shellcheck disable=SC2046 # lists of words
"$cc" -g $(pkg-config --cflags baton-tsan) tsan.c -o "$work/pc/both" \
	$(pkg-config --libs baton-tsan)
expect 'linked with the sanitizer' 2 'link with baton_tsan and' "$work/pc/both"

# The libraries that are there, and nothing in them but what a user may name.
ls -l "$pc/.." | sed -n 's/.* \(lib.*\)/\1/p'
[ "$failed" -eq 0 ]
