#!/bin/sh
# SPDX-License-Identifier: MIT
# transcripts.sh ROOT BATON FILE...: do the documents show what the commands print?
#
# In each FILE, a block between "```console" and "```" is a line "$ COMMAND" and what the
# command prints on stdout and stderr. A line "..." stands for any number of lines. Only
# commands that begin with build/baton or build/examples/ are run: BATON, and what stands beside it,
# in a place that looks like ROOT.
# Lines of the source move: which line of a file is named is not compared.
set -eu

root=$1
baton=$2
shift 2

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/build"
ln -s "$baton" "$place/build/baton"
ln -s "$(dirname "$baton")/examples" "$place/build/examples"
ln -s "$root/scenarios" "$place/scenarios"

# Prints "yes" if the lines of the file $2 are those of $1, "..." in $1 standing for any.
matches() {
	awk '
		{ gsub(/\.c:[0-9]+/, ".c:N") }
		NR == FNR { want[++wants] = $0; next }
		{ got[++gots] = $0 }
		function match_from(w, g) {
			while (w <= wants && want[w] != "...") {
				if (g > gots || want[w] != got[g])
					return 0
				w++
				g++
			}
			if (w > wants)
				return g > gots
			while (g <= gots + 1)
				if (match_from(w + 1, g++))
					return 1
			return 0
		}
		END { if (match_from(1, 1)) print "yes" }' "$1" "$2"
}

count=0
failed=0

# Compare the output of the command line $1 with the file $place/want.
compare() {
	case $1 in
	build/baton\ * | build/examples/*) ;;
	*) return 0 ;;
	esac
	count=$((count + 1))
	(cd "$place" && LC_ALL=C COLUMNS=100 NO_COLOR=1 sh -c "$1") \
		>"$place/got" 2>&1 </dev/null || :
	if [ "$(matches "$place/want" "$place/got")" != yes ]; then
		failed=$((failed + 1))
		printf '%s: this is not what it prints:\n$ %s\n' "$file" "$1"
		diff "$place/want" "$place/got" || :
	fi
}

for file; do
	command=
	state=text
	while IFS= read -r line; do
		case $state:$line in
		'text:```console')
			state=block
			command=
			;;
		'block:```')
			[ -z "$command" ] || compare "$command"
			state=text
			;;
		'block:$ '*)
			[ -z "$command" ] || compare "$command"
			command=${line#??}
			: >"$place/want"
			;;
		block:*) printf '%s\n' "$line" >>"$place/want" ;;
		esac
	done <"$file"
done

echo "$count transcripts, $failed differ"
[ "$count" -gt 0 ] && [ "$failed" -eq 0 ]
