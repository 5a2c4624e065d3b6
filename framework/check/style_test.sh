#!/bin/sh
# SPDX-License-Identifier: MIT
# One breach of each rule, in a tree made for it: style must find all of them and no other.
# Usage: style_test.sh PATH-OF-STYLE EMPTY-OR-MISSING-FOLDER
set -eu

style=$1
tree=$2
spdx='/* SPDX-License-Identifier: MIT */'
rm -rf "$tree"
mkdir -p "$tree/framework/kernel" "$tree/framework/include/baton" "$tree/reports" \
	"$tree/scenarios/programs" "$tree/build" "$tree/docs" "$tree/fuzz/corpus"
expected=$tree.expected
output=$tree.output
: >"$expected"

# file PATH [LINE...]: write a file with the licence line on top.
file() {
	path=$1
	shift
	printf '%s\n' "$spdx" "$@" >"$tree/$path"
}
expect() {
	printf '%s\n' "$1" >>"$expected"
}
repeat() {
	awk -v n="$1" -v text="$2" 'BEGIN { while (n--) print text }'
}
# A comment of 14 columns and N letters of two bytes each.
wide() {
	printf '\t/* %s */\n' "$(repeat "$1" é | tr -d '\n')"
}

# Without a fault: 70 lines, 400 lines, 100 columns, and bad words where they may stand.
file framework/kernel/good.c '#include "engine/model.h"' '#include <time.h>' \
	'int good(void)' '{' "$(repeat 68 '	x();')" '}' '/* sprintf() and exit() */' \
	'const char *s = "rand(), 100%, %d%%p and \" exit()";' 'long time, at = x->time(0);' \
	'__attribute__((format(printf, 1, 2)));'
file framework/kernel/good_test.c 'void f(void) { printf("a test may print"); }'
file framework/kernel/length.c "$(repeat 399 'int x;')"
file scenarios/programs/good.c 'void f(void) { printf("%s", ""); srand(1); }'
file framework/include/baton/good.h '#include "baton/bad.h"' '#define F(x) (x)' '' \
	'/* Says it. */' 'void f(int a,' '	int b);' 'void f_end(void);' \
	'struct s {' '	int (*f)(void);' '};'
file framework/kernel/wide.c "$(wide 86)"
printf 'breach of every rule' >"$tree/build/ignored.c"
printf '# Prose may be as wide as it likes\n\n%s\n' "$(wide 200)" >"$tree/docs/wide.md"
printf 'input of a fuzzer\r\nmay be odd ' >"$tree/fuzz/corpus/odd.txt"
cat >"$tree/framework/kernel/CMakeLists.txt" <<-'END'
	# SPDX-License-Identifier: MIT
	baton_layer(kernel SOURCES good.c length.c wide.c bad_${MACHINE}.c
		TESTS good_test.c) # forgotten.c is not built
END
cat >"$tree/scenarios/CMakeLists.txt" <<-'END'
	# SPDX-License-Identifier: MIT
	baton_program(good SOURCES programs/good.c)
END
cat >"$tree/reports/CMakeLists.txt" <<-'END'
	# SPDX-License-Identifier: MIT
	baton_layer(reports SOURCES bad.c)
END

# In the order of the output.
printf 'all:\n\ttrue \n' >"$tree/Makefile"
expect 'Makefile:2: blank at the end of the line'
printf 'a\r\nb' >"$tree/docs/crlf.md"
expect 'docs/crlf.md:2: no line end at the end of the file'
expect 'docs/crlf.md:1: blank at the end of the line'
printf 'a\n\377\n' >"$tree/docs/latin.txt"
expect 'docs/latin.txt:2: not text'
printf 'a\n\0\n' >"$tree/docs/nul.txt"
expect 'docs/nul.txt:2: not text'

file framework/include/baton/bad.h '#include "base/text.h"' '' 'void f(void);' \
	'/* Stray. */' '' 'int g(void);'
expect 'framework/include/baton/bad.h:2: may not include base/; from here: baton'
expect 'framework/include/baton/bad.h:4: no comment above a public function'
expect 'framework/include/baton/bad.h:7: no comment above a public function'

file framework/kernel/bad_calls.c 'void f(void)' '{' '	rand();' '	random();' \
	'	srand(1);' '	time(NULL);' '	gettimeofday(a, b);' '	clock_gettime(a, b);' \
	'	getpid ();' '	sprintf(a, "b");' '	vsprintf(a, b, c);' '	strcpy(a, b);' \
	'	strcat(a, b);' '	pthread_create(a, b, c, d);' '}'
n=3
for name in rand random srand time gettimeofday clock_gettime getpid \
	sprintf vsprintf strcpy strcat 'pthread_*'; do
	n=$((n + 1))
	case $name in
	*rand*) instead='baton_choose()' ;;
	*time*) instead='a count of steps' ;;
	getpid) instead='the index of the CPU' ;;
	sprintf) instead='text_addf()' ;;
	vsprintf) instead='text_vaddf()' ;;
	strcpy) instead='text_add() or xstrdup()' ;;
	strcat) instead='text_add()' ;;
	*) instead='a fiber' ;;
	esac
	expect "framework/kernel/bad_calls.c:$n: $name() is banned; use $instead"
done

file framework/kernel/bad_function.c 'int f(void)' '{' "$(repeat 69 '	x();')" '}'
expect 'framework/kernel/bad_function.c:3: a function of 71 lines, more than 70'

file framework/kernel/bad_include.c '#include "explore/dfs.h"' '# include <reports/report.h>' \
	'#include "text.h"' '#include "../base/text.h"'
below='kernel engine base baton'
expect "framework/kernel/bad_include.c:2: may not include explore/; from here: $below"
expect "framework/kernel/bad_include.c:3: may not include reports/; from here: $below"
expect 'framework/kernel/bad_include.c:4: include by layer: "base/text.h"'
expect 'framework/kernel/bad_include.c:5: include by layer: "base/text.h"'

# The words are cut in two, or style would find them here.
file framework/kernel/bad_leftover.c '/* TO''DO */' 'int a; /* FIX''ME: b */' '/* XX''X */' \
	'/* XXXX */'
expect 'framework/kernel/bad_leftover.c:2: TO''DO left over'
expect 'framework/kernel/bad_leftover.c:3: FIX''ME left over'
expect 'framework/kernel/bad_leftover.c:4: XX''X left over'

file framework/kernel/bad_length.c "$(repeat 400 'int x;')"
expect 'framework/kernel/bad_length.c:401: 401 lines, more than 400'

file framework/kernel/bad_print.c 'f("a %-8p b");' 'printf("a");' 'fputs("a", stderr);' 'exit(1);'
only='only cli prints and exits: no'
expect "framework/kernel/bad_print.c:3: $only printf here; use text_addf()"
expect "framework/kernel/bad_print.c:4: $only stderr here; use err_add()"
expect "framework/kernel/bad_print.c:5: $only exit here; use a return value"
expect 'framework/kernel/bad_print.c:2: %p is banned; print a name or an index'

printf 'int x;\n%s\n' "$spdx" >"$tree/framework/kernel/bad_spdx.c"
expect 'framework/kernel/bad_spdx.c:1: the first line is not SPDX-License-Identifier: MIT'

file framework/kernel/bad_wide.c "$(wide 87)"
expect 'framework/kernel/bad_wide.c:2: 101 columns, more than 100'

file framework/kernel/forgotten.c
expect 'framework/kernel/forgotten.c:1: not named in framework/kernel/CMakeLists.txt'

file other.c
expect 'other.c:1: in no layer'
expect 'other.c:1: not named in any CMakeLists.txt'

file reports/bad.c '#include "injectors/inject.h"'
below="reports mm kernel explain explore engine base baton"
expect "reports/bad.c:2: may not include injectors/; from here: $below"

status=0
"$style" "$tree" >"$output" || status=$?
count=$(wc -l <"$expected")
expect "$(find "$tree" -type f ! -path "$tree/build/*" | wc -l) files, $count findings"
diff -u "$expected" "$output"
[ "$status" -eq 1 ]

# A clean tree passes; no tree, or an empty one, does not.
find "$tree" -type f ! -name 'good*' ! -name 'CMakeLists.txt' -delete
file framework/include/baton/bad.h
"$style" "$tree" >"$output"
rm -rf "$tree"
mkdir "$tree"
for root in "$tree" "$tree/missing"; do
	status=0
	"$style" "$root" 2>"$output" || status=$?
	[ "$status" -eq 2 ]
done
echo "$count seeded breaches found"
