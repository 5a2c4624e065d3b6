#!/bin/sh
# SPDX-License-Identifier: MIT
# What users of the command see, as transcripts: each testdata/*.transcript is run again and
# must not change. A line "$ command" is run in testdata/; the lines "| ..." behind it are
# what it printed, on stdout and stderr, and "? N" is its exit code where that is not 0.
# Usage: cli_test.sh COMMAND JSON-CHECK FOLDER-TO-WORK-IN [--update]
set -eu

here=$(cd "$(dirname "$0")" && pwd)
command=$1
json_check=$2
TMP=$3
update=${4-}
status=0

rm -rf "$TMP"
mkdir -p "$TMP/bin" "$TMP/empty"
TMP=$(cd "$TMP" && pwd)
ln -s "$command" "$TMP/bin/baton"
ln -s "$json_check" "$TMP/bin/json_check"
PATH=$TMP/bin:$PATH
export PATH TMP
unset NO_COLOR CLICOLOR_FORCE COLUMNS CI ARGP_HELP_FMT
LC_ALL=C TERM=xterm
export LC_ALL TERM
cd "$here/testdata"

# Lines of the source move; what is in TMP is elsewhere tomorrow.
normalize() {
	sed -e 's/\.c:[0-9][0-9]*/.c:N/g' -e "s|$TMP|TMP|g" -e 's/^/| /' -e 's/ *$//'
}

play() {
	while IFS= read -r line; do
		case $line in
		'| '* | '|' | '? '*) ;;
		'$ '*)
			printf '%s\n' "$line"
			code=0
			(eval "${line#??}") </dev/null >"$TMP/output" 2>&1 || code=$?
			normalize <"$TMP/output"
			[ "$code" -eq 0 ] || echo "? $code"
			;;
		*) printf '%s\n' "$line" ;;
		esac
	done
}

for transcript in *.transcript; do
	if [ "$transcript" = terminal.transcript ] &&
		! script -qec true /dev/null >/dev/null 2>&1; then
		echo "$transcript: skipped, no pseudo-terminal"
		continue
	fi
	play <"$transcript" >"$TMP/$transcript"
	if [ "$update" = --update ]; then
		cp "$TMP/$transcript" "$transcript"
	elif ! diff -u "$transcript" "$TMP/$transcript"; then
		status=1
	fi
done
exit $status
