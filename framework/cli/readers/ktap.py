#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ktap.py FILE: does it keep the rules of Documentation/dev-tools/ktap.rst?

Checked: the version line, the plan and its number of results, results numbered from 1, one
level of indent (two blanks) more for each subtest, which has a version line, its name and a plan
of its own, and a result of the parent behind it that fails if a case did; directives. Prints how
many cases passed, failed and were skipped.
"""
import re
import sys

RESULT = re.compile(r"(ok|not ok) ([0-9]+)(?: (?:- )?([^#]*?))?(?: # (\w+)(?: .*)?)?$")
DIRECTIVES = {None, "SKIP", "XFAIL", "TIMEOUT", "ERROR"}


class Lines:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.lines = file.read().splitlines()
        self.next = 0

    def fail(self, why):
        sys.exit(f"line {self.next + 1}: {why}: {self.lines[self.next:self.next + 1]}")

    def peek(self, depth):
        """The next line at this depth, without its indent; None at the end or further out."""
        indent = "  " * depth
        while self.next < len(self.lines):
            line = self.lines[self.next]
            if not line.startswith(indent):
                return None
            if not line[len(indent):].startswith("#"):
                return line[len(indent):]
            if line[len(indent):].startswith("# Subtest: "):
                return line[len(indent):]
            self.next += 1
        return None


def parse(lines, depth, totals):
    """One block of results. Returns its name and whether all passed."""
    name = None
    if lines.peek(depth) != "KTAP version 1":
        lines.fail("no version line")
    lines.next += 1
    line = lines.peek(depth)
    if depth:
        if not line or not line.startswith("# Subtest: "):
            lines.fail("a subtest without a name")
        name = line[len("# Subtest: "):]
        lines.next += 1
    plan = re.fullmatch(r"1\.\.([0-9]+)", lines.peek(depth) or "")
    if not plan:
        lines.fail("no plan")
    lines.next += 1
    passed = True
    for number in range(1, int(plan.group(1)) + 1):
        child = None
        line = lines.peek(depth)
        if line is not None and line.startswith("  "):
            child = parse(lines, depth + 1, totals)
            line = lines.peek(depth)
        result = RESULT.fullmatch(line or "")
        if not result or int(result.group(2)) != number:
            lines.fail(f"result {number} expected")
        if result.group(4) not in DIRECTIVES:
            lines.fail("unknown directive")
        if child and (child[0] != result.group(3) or child[1] != (result.group(1) == "ok")):
            lines.fail(f"the result of subtest {child}")
        lines.next += 1
        ok = result.group(1) == "ok"
        passed &= ok
        if not child:
            totals["skip" if result.group(4) == "SKIP" else "pass" if ok else "fail"] += 1
    return name, passed


def main():
    lines = Lines(sys.argv[1])
    totals = {"pass": 0, "fail": 0, "skip": 0}
    parse(lines, 0, totals)
    if lines.peek(0) is not None or lines.next < len(lines.lines):
        lines.fail("something is left")
    print(" ".join(f"{name}:{count}" for name, count in totals.items()))


main()
