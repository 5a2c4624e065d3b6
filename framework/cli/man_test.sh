#!/bin/sh
# SPDX-License-Identifier: MIT
# Has the manual page each option of each verb, and no other? An option is a paragraph that
# begins with its name, below "OPTIONS OF" the verb, or of ALL.
# Usage: man_test.sh COMMAND PAGE FOLDER-TO-WORK-IN
set -eu
export LC_ALL=C
unset ARGP_HELP_FMT

baton=$1
page=$2
work=$3

mkdir -p "$work"
verbs=$("$baton" --help | awk '/^  [a-z]/ { print $1 }')
[ -n "$verbs" ]

# Lines "verb option", of what the help of the verb has.
for verb in $verbs; do
	case $verb in
	bisect) calls='variants patches git' ;;
	*) calls= ;;
	esac
	for call in ${calls:-''}; do
		# shellcheck disable=SC2086 # nothing, or a word
		"$baton" "$verb" ${call#"''"} --help
	done | sed -n 's/^  *\(-[a-zA-Z?],\)* *\(--*[a-zA-Z?][a-z-]*\).*/\1 \2/p' | tr -d , |
		tr -s ' ' '\n' | sed -n "s/^-/$verb -/p" |
		grep -v -e ' --usage$' -e ' --help$' -e ' -?$' || :
done | sort -u >"$work/help"

# The same of what the page has.
awk '/^# / { count = 0 }
	/^# OPTIONS OF / {
		count = split(tolower(substr($0, 14)), verbs, / and |, /)
	}
	/^\*-/ {
		while (match($0, /\*--?[a-zA-Z][a-z-]*\*/)) {
			for (i = 1; i <= count; i++)
				print verbs[i], substr($0, RSTART + 1, RLENGTH - 2)
			$0 = substr($0, RSTART + RLENGTH)
		}
	}' "$page" | sort -u >"$work/page"

awk 'FNR == NR { page[$0]; next }
	{ known[$0]; any["all " $2] }
	!($0 in page) && !(("all " $2) in page) { print $0 ": not in the manual page"; bad = 1 }
	END {
		for (line in page)
			if (!(line in known) && !(line in any)) {
				print line ": in the manual page, and not in the help"
				bad = 1
			}
		exit bad
	}' "$work/page" "$work/help" | sort >"$work/differ"
cat "$work/differ"
echo "$(wc -l <"$work/help") options, $(wc -l <"$work/differ") differ"
[ ! -s "$work/differ" ]
