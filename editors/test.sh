#!/bin/sh
# SPDX-License-Identifier: MIT
# The editors know the words that the language has, and no other ones; vim colours a scenario, and
# finds the mistakes of one.
# Usage: test.sh ROOT BATON FOLDER-TO-WORK-IN
set -eu
export LC_ALL=C

root=$1
baton=$2
work=$3

rm -rf "$work"
mkdir -p "$work"
failed=0

fail() {
	echo "FAIL: $*"
	failed=1
}

# The language's own tables.
language=$root/framework/scenario
{
	sed -n 's/^\t{ "\([a-z]*\)", T_[A-Z]* },$/\1/p' "$language/lexer.c"
	sed -n '/search_key {/,/};/p' "$language/check_search.c" | grep -o '"[a-z]*"' | tr -d '"'
	sed -n '/strategies\[\]/,/};/p' "$language/check_search.c" | grep -o '{ "[a-z]*"' |
		tr -d '{ "'
	sed -n '/findings\[\]/,/};/p' "$language/check_verdicts.c" | grep -o '"[a-z_]*"' | tr -d '"'
} | sort -u >"$work/language"
[ "$(wc -l <"$work/language")" -gt 55 ] || fail "cannot read the language's tables"

# What an editor has: FILE with a word in each line.
compare() {
	sort -u "$2" | diff "$work/language" - >"$work/differ" || {
		fail "$1: < is in the language only, > in the editor only"
		cat "$work/differ"
	}
}
editors=$root/editors
sed -n 's/^syntax keyword baton[A-Za-z]* //p' "$editors/vim/syntax/baton.vim" | tr ' ' '\n' \
	>"$work/vim"
compare vim "$work/vim"
grammar=$editors/vscode/syntaxes/baton.tmLanguage.json
sed -n 's/.*"match": "(?<!\[[^]]*\])(\([a-z_|]*\)).*/\1/p' "$grammar" | tr '|' '\n' >"$work/vscode"
compare 'VS Code' "$work/vscode"

for file in "$editors"/vscode/*.json "$grammar"; do
	python3 -m json.tool "$file" >/dev/null || fail "$file is no JSON"
done
# Each pattern is one, and it colours what it is for.
python3 - "$grammar" "$root/scenarios/pin-vs-unmap/D03-single-check-vs-gup-fast.scn" <<'END' ||
import json, re, sys
patterns = json.load(open(sys.argv[1]))["patterns"]
text = open(sys.argv[2]).read()
seen = set()
for pattern in patterns:
    if re.search(pattern.get("match", pattern.get("begin")), text, re.M):
        seen.add(pattern["name"].split(".")[0])
missing = {"comment", "string", "entity", "keyword", "constant"} - seen
sys.exit(f"no {missing} in {sys.argv[2]}" if missing else 0)
END
	fail "VS Code colours nothing"

vim --version 2>/dev/null | grep -q '+syntax' || {
	echo "no vim with +syntax: what it makes of the files was not looked at"
	[ "$failed" -eq 0 ]
	exit
}

cat >"$work/a.scn" <<'END'
scenario x "title" # remark
use mm;
cpu a { first: shrink_page(kosaki-before, 0x11); }
variants { v2.6.29 never crash; }
END
cat >"$work/look.vim" <<'END'
function! Look(line, text)
  call cursor(a:line, 1)
  call search('\V' . a:text, 'c', a:line)
  return trim(a:text . ' ' . synIDattr(synID(line('.'), col('.'), 1), 'name'))
endfunction
call writefile([&filetype, Look(1, 'scenario'), Look(1, '"title'), Look(1, '# rem'),
  \ Look(3, 'cpu'), Look(3, 'first'), Look(3, 'shrink_page'), Look(3, 'before'), Look(3, '0x11'),
  \ Look(4, 'never'), Look(4, 'crash')], 'looked')
make
call writefile(map(getqflist(), 'v:val.lnum . ":" . v:val.text'), 'mistakes')
qall!
END
cat >"$work/wanted" <<'END'
baton
scenario batonBlock
"title batonString
# rem batonComment
cpu batonBlock
first batonLabel
shrink_page batonCall
before
0x11 batonNumber
never batonVerdict
crash batonFinding
END
cd "$work"
PATH=$(dirname "$baton"):$PATH HOME=$work timeout 60 vim -u NONE -i NONE -n -es \
	-c "set nocompatible runtimepath^=$editors/vim" -c 'filetype plugin on' -c 'syntax on' \
	-c 'edit a.scn' -S look.vim </dev/null >vim.out 2>&1 || fail "vim: $(cat vim.out)"
diff wanted looked || fail "vim: < is wanted, > what vim says"
grep -q "^3:unknown name 'kosaki-before'\|^3:.*kosaki-before" mistakes ||
	fail "vim: :make does not find the mistake: $(cat mistakes)"
[ "$failed" -eq 0 ]
