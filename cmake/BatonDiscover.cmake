# SPDX-License-Identifier: MIT
#[[
baton_discover_scenarios(<FILE|FOLDER>...
	[VARIANTS]                    a test for each variant of a file; else one for each file
	[PREFIX <text>]               of the tests' names, "scenarios/"
	[ARGUMENTS <option>...]       of `baton run`: --preemptions 2
	[WORKING_DIRECTORY <folder>]  where it runs; else the folder of the CMakeLists.txt
	[LABELS <label>...]
	[PROPERTIES <name> <value>...]
	[COMMAND <command>])          else the target baton, BATON_COMMAND, or `baton` in PATH

Tests of scenario files: `baton run`, which ends with 0 if all is as the file says. What there is to
test is looked up each time that ctest starts, so new files and variants are tests without running
cmake again. Folders are searched for *.scn, as deep as they go. A test is called as its file, from
the folder of the CMakeLists.txt on, and then as its variant:
"scenarios/pin-vs-unmap/D08-vmsplice-leak/v5.19". A file with a mistake is a test that fails and says
which, and so is a folder without a scenario.
]]
include_guard()
set(BATON_DISCOVER_TESTS ${CMAKE_CURRENT_LIST_DIR}/BatonDiscoverTests.cmake)

function(baton_discover_command out)
	if(TARGET baton)
		set(${out} $<TARGET_FILE:baton> PARENT_SCOPE)
		return()
	endif()
	find_program(BATON_COMMAND baton REQUIRED)
	set(${out} ${BATON_COMMAND} PARENT_SCOPE)
endfunction()

function(baton_discover_scenarios)
	cmake_parse_arguments(PARSE_ARGV 0 arg "VARIANTS" "PREFIX;WORKING_DIRECTORY;COMMAND"
		"ARGUMENTS;LABELS;PROPERTIES")
	if(NOT arg_UNPARSED_ARGUMENTS)
		message(FATAL_ERROR "baton_discover_scenarios(): which files or folders?")
	endif()
	if(NOT arg_COMMAND)
		baton_discover_command(arg_COMMAND)
	endif()
	if(NOT arg_WORKING_DIRECTORY)
		set(arg_WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
	endif()
	get_property(number DIRECTORY PROPERTY BATON_DISCOVERED)
	math(EXPR number "${number} + 1")
	set_property(DIRECTORY PROPERTY BATON_DISCOVERED ${number})

	set(tests ${CMAKE_CURRENT_BINARY_DIR}/baton_scenarios_${number}.cmake)
	set(known "")
	foreach(name COMMAND WORKING_DIRECTORY PREFIX VARIANTS UNPARSED_ARGUMENTS ARGUMENTS
		LABELS PROPERTIES)
		string(APPEND known "set(${name} [==[${arg_${name}}]==])\n")
	endforeach()
	file(GENERATE OUTPUT ${tests} CONTENT "${known}set(BASE [==[${CMAKE_CURRENT_SOURCE_DIR}]==])
include([==[${BATON_DISCOVER_TESTS}]==])\n")
	set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${tests})
endfunction()
