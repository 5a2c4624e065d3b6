# SPDX-License-Identifier: MIT
# cmake -D OUT=x.c -D STYLE=a.css;b.css -D SCRIPT=c.js;d.js -P embed.cmake
# Writes the files as the arrays html_style and html_script; a literal could be too long for C.

function(add_array name)
	set(bytes "")
	foreach(file IN LISTS ARGN)
		file(READ "${file}" hex HEX)
		string(APPEND bytes "${hex}")
	endforeach()
	string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
	string(REPEAT "[^,]*," 12 line)
	string(REGEX REPLACE "(${line})" "\t\\1\n" bytes "${bytes}")
	file(APPEND "${OUT}.new" "const char ${name}[] = {\n${bytes}\n\t0\n};\n")
endfunction()

file(WRITE "${OUT}.new" "#include \"reports/html/html.h\"\n\n")
add_array(html_style ${STYLE})
add_array(html_script ${SCRIPT})
file(RENAME "${OUT}.new" "${OUT}")
