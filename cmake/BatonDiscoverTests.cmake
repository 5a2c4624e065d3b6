# SPDX-License-Identifier: MIT
# What ctest includes, with the arguments of a baton_discover_scenarios() in variables: its tests.

function(baton_add_test name)
	add_test(${name} ${ARGN})
	set_tests_properties(${name} PROPERTIES LABELS "${LABELS}"
		WORKING_DIRECTORY ${WORKING_DIRECTORY} ${PROPERTIES})
endfunction()

# The files that are asked for; what is no folder is a file, also if it is not there.
set(files "")
foreach(path IN LISTS UNPARSED_ARGUMENTS)
	cmake_path(ABSOLUTE_PATH path BASE_DIRECTORY ${BASE})
	if(IS_DIRECTORY ${path})
		file(GLOB_RECURSE found ${path}/*.scn)
		if(NOT found)
			set(found ${path}/*.scn)
		endif()
		list(APPEND files ${found})
	else()
		list(APPEND files ${path})
	endif()
endforeach()

# Mistakes are told by the tests.
execute_process(COMMAND ${COMMAND} list --json ${files} OUTPUT_VARIABLE list ERROR_QUIET
	RESULT_VARIABLE status)
string(JSON count ERROR_VARIABLE error LENGTH "${list}" scenarios)
if(error)
	set(count 0)
endif()

set(index 0)
while(index LESS count)
	string(JSON file GET "${list}" scenarios ${index} path)
	list(REMOVE_ITEM files ${file})
	cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${BASE} OUTPUT_VARIABLE name)
	string(REGEX REPLACE "\\.scn$" "" name ${PREFIX}${name})
	if(VARIANTS)
		string(JSON variants LENGTH "${list}" scenarios ${index} variants)
		set(variant 0)
		while(variant LESS variants)
			string(JSON title GET "${list}" scenarios ${index} variants ${variant} title)
			baton_add_test("${name}/${title}" ${COMMAND} run ${ARGUMENTS} --variant
				${title} ${file})
			math(EXPR variant "${variant} + 1")
		endwhile()
	else()
		baton_add_test(${name} ${COMMAND} run ${ARGUMENTS} ${file})
	endif()
	math(EXPR index "${index} + 1")
endwhile()

foreach(file IN LISTS files)
	cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${BASE} OUTPUT_VARIABLE name)
	string(REGEX REPLACE "\\.scn$" "" name ${PREFIX}${name})
	baton_add_test(${name} ${COMMAND} check ${file})
endforeach()
