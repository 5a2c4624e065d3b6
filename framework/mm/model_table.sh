#!/bin/sh
# SPDX-License-Identifier: MIT
# The page docs/model-functions.md, from the comments "Linux: ..." and "Model: ..." that stand above
# the functions of the model.
#
#	model_table.sh FOLDER > docs/model-functions.md		make it
#	model_table.sh FOLDER FILE	fail if FILE is not what is printed
set -eu

rows() {
	awk '
	function cell(text) {
		gsub(/[ \t]+/, " ", text)
		sub(/^ /, "", text)
		return text
	}
	FNR == 1 { linux = ""; open = 0 }
	/^ \* Linux: / { linux = substr($0, 11); model = ""; open = 1; next }
	open && /^ \* Model: / { model = substr($0, 11); next }
	open && /^ \*\// { open = 0; next }
	open && model != "" { model = model " " substr($0, 4); next }
	open { linux = linux " " substr($0, 4); next }
	linux != "" && match($0, /[a-z_0-9]+\(/) {
		name = substr($0, RSTART, RLENGTH - 1)
		kind = model
		sub(/[:, ].*/, "", kind)
		rest = substr(model, length(kind) + 1)
		sub(/^[:,]? */, "", rest)
		file = FILENAME
		sub(/.*\//, "", file)
		printf "| %s | %s %s() | %s | %s |\n", cell(linux), file, name, kind, cell(rest)
		linux = ""
	}' "$1"/*.c
}

page() {
	cat <<-'END'
	# The functions of the model

	Made by `sh framework/mm/model_table.sh framework/mm > docs/model-functions.md` from the
	comments above the functions. *exact*, *reduced*: see [MODEL.md](MODEL.md); *stub*: there so
	that its callers are complete.

	| Linux | ours | model | left out, or how |
	|-------|------|-------|------------------|
	END
	rows "$1"
}

if [ $# -eq 1 ]; then
	page "$1"
	exit
fi
wanted=$(mktemp)
trap 'rm -f "$wanted"' EXIT
rows "$1" >"$wanted"
# At least as many as there are comments: none was overlooked.
comments=$(cat "$1"/*.c | grep -c '^ \* Linux: ')
if [ "$(wc -l <"$wanted")" -ne "$comments" ]; then
	echo "$comments comments, but $(wc -l <"$wanted") functions" >&2
	exit 1
fi
if grep -vE '^\|.*\| (exact|reduced|stub) \|' "$wanted" >&2; then
	echo "each Model: is exact, reduced or stub" >&2
	exit 1
fi
page "$1" | diff "$2" - >&2 || {
	echo "$2: < is what it has, > what the comments say; its first lines say how to make it" >&2
	exit 1
}
