#!/bin/sh
# SPDX-License-Identifier: MIT
# Are verbs, options and words completed? In bash and fish it is asked; zsh only reads the file.
# A shell that is not here is told, and not looked at.
# Usage: completion_test.sh COMMAND FOLDER-WITH-COMPLETIONS FOLDER-TO-WORK-IN
set -eu
export LC_ALL=C

baton=$1
made=$2
work=$3

mkdir -p "$work"
failed=0
asked=0

fail() {
	echo "FAIL: $*"
	failed=1
}

# What a user has typed, up to the cursor, is completed by what the shell would show.
in_bash() {
	bash --norc -c '
		. "$1"
		complete -p baton >/dev/null || exit 1
		shift
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		_baton
		printf "%s\n" "${COMPREPLY[@]}"' sh "$made/baton" "$@"
}

in_fish() {
	HOME=$work fish --no-config -c 'source $argv[1]; complete -C "$argv[2]"' \
		"$made/baton.fish" "$*" | cut -f 1
}

# expect SHELL WANTED WORD..: WANTED is among the answers to the words.
expect() {
	shell=$1
	wanted=$2
	shift 2
	asked=$((asked + 1))
	"in_$shell" "$@" >"$work/answers" || fail "$shell: $*"
	grep -qxF -e "$wanted" "$work/answers" ||
		fail "$shell: '$*' gets $(tr '\n' ' ' <"$work/answers"), not '$wanted'"
}

ask() {
	expect "$1" explain baton exp
	expect "$1" --strategy baton run --str
	expect "$1" dpor baton run --strategy d
	expect "$1" --good baton bisect git --go
}

ask bash
expect bash never baton run --color = n
expect bash git baton bisect g
cd "$work"
: >a-file.scn
expect bash a-file.scn baton run a-f
expect bash a-file.scn baton run --resume a-f

# Every option of every verb, and nothing else.
for verb in $("$baton" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
	in_bash baton "$verb" - | sort -u >answers
	{
		"$baton" options "$verb"
		[ "$verb" != bisect ] || "$baton" options bisect git
		printf -- '--help\t-\n'
	} | cut -f 1,2 | tr '\t' '\n' | grep -vx -e - | sort -u >wanted
	asked=$((asked + 1))
	diff wanted answers >differ || {
		cat differ
		fail "bash: options of $verb: < is the command's, > the completion's"
	}
done

if command -v fish >/dev/null; then
	ask fish
else
	echo "no fish"
fi
if command -v zsh >/dev/null; then
	zsh -n "$made/_baton" || fail "zsh cannot read it"
	# Each option of the command is named in it.
	for name in $("$baton" options run | cut -f 1 | grep -vx -e -); do
		grep -qF -e "'*$name" "$made/_baton" || fail "zsh: $name of run is missing"
	done
else
	echo "no zsh"
fi
echo "$asked asked"
[ "$failed" -eq 0 ]
