#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""junit.py FILE.xml FILE.json: does junitparser find in the XML what the JSON says?"""
import json
import sys

import junitparser


def outcome_of(case):
    """What a case is: its result's class says it."""
    kinds = {junitparser.Failure: "fail", junitparser.Error: "inconclusive",
             junitparser.Skipped: "none"}
    found = [kinds[type(result)] for result in case.result]
    assert len(found) <= 1, f"{case.name} has {found}"
    return found[0] if found else "ok"


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        results = json.load(file)["results"]
    suites = junitparser.JUnitXml.fromfile(sys.argv[1])
    cases = [case for suite in suites for case in suite]
    wanted = [result["outcome"] for result in results]
    found = [outcome_of(case) for case in cases]
    assert found == wanted, f"{found}, not {wanted}"
    for suite in suites:
        own = [outcome_of(case) for case in suite]
        assert suite.tests == len(own), f"{suite.name}: {suite.tests} tests"
        assert suite.failures == own.count("fail"), f"{suite.name}: {suite.failures} failures"
        assert suite.errors == own.count("inconclusive"), f"{suite.name}: {suite.errors} errors"
    for case, result in zip(cases, results):
        assert case.name.startswith(result["variant"]), f"{case.name} is not {result['variant']}"
        # All that GitLab shows of a failure is its body.
        if result["outcome"] == "fail":
            assert "replay: " in case.result[0].text, f"{case.name}: {case.result[0].text}"


main()
