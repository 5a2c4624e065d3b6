#!/bin/sh
# SPDX-License-Identifier: MIT
# Does clang-tidy have nothing to say about what is built here?
# Usage: tidy.sh CLANG-TIDY ROOT BUILD
# In tests, functions may be of any size: the macros of Criterion are deeper than ours may be.
# Other versions have other checks: with one of those it is skipped (exit code 77).
set -eu

tidy=$1
root=$2
build=$3
if ! "$tidy" --version 2>/dev/null | grep -q 'version 14\.'; then
	echo "tidy: clang-tidy 14 is needed" >&2
	exit 77
fi
# Its clang does not know all options of gcc, and one of them it does not forgive.
mkdir -p "$build/tidy"
sed 's/ -fno-ipa-icf//g' "$build/compile_commands.json" >"$build/tidy/compile_commands.json"

# A file that two targets share is looked at once.
files=$(sed -n 's/^ *"file": "\(.*\)".*/\1/p' "$build/compile_commands.json" |
	grep -E "^$root/(framework|injectors|pages|reports|scenarios|bench)/.*[.]c$" |
	LC_ALL=C sort -u)
tests=$(echo "$files" | grep '_test[.]c$')
files=$(echo "$files" | grep -v '_test[.]c$')
# The analyzer is 97 % of the time, and four fifths of that goes into functions in which it walks
# all of its 225,000 states: TIDY_NODES=225000 asks for them.
nodes="-extra-arg=-Xclang -extra-arg=-analyzer-config -extra-arg=-Xclang
	-extra-arg=max-nodes=${TIDY_NODES:-10000}"
status=0

# look FILES [OPTION]: without what it says about system headers.
look() {
	# shellcheck disable=SC2086 # a list of words
	output=$(echo "$1" | xargs -n 4 -P "$(nproc)" "$tidy" -quiet -p "$build/tidy" \
		-extra-arg=-Wno-unknown-warning-option $nodes ${2-} 2>&1) || status=1
	echo "$output" |
		grep -vE '(warning|error)s?( and .*)? generated\.$|^Suppressed|^Use -header' || :
}

look "$files"
look "$tests" -checks=-readability-function-size
exit "$status"
