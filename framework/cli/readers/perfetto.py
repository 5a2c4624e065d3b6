#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""perfetto.py FILE STEPS: what the importer of ui.perfetto.dev asks for.

The file begins as it must; events have what their phase needs; on each thread slices nest; both
ends of an arrow are there, within a slice; and there are as many steps as there should be.
"""
import json
import sys


def check(condition, why, event=None):
    if not condition:
        sys.exit(f"{why}: {event}")


def check_nesting(thread, events):
    """Begin and end in the order of the file, complete slices by their end."""
    stack = []  # ends; None: open
    last = 0
    for event in sorted(events, key=lambda e: e["ts"]):
        time = event["ts"]
        check(time >= last, "time goes back", event)
        last = time
        while stack and stack[-1] is not None and stack[-1] <= time:
            stack.pop()
        if event["ph"] == "B":
            stack.append(None)
        elif event["ph"] == "E":
            check(stack and stack[-1] is None, f"thread {thread}: an end without a begin", event)
            stack.pop()
        elif event["ph"] == "X":
            end = time + event["dur"]
            ends = [e for e in stack if e is not None]
            check(not ends or end <= min(ends), f"thread {thread}: slices overlap", event)
            stack.append(end)
        elif event["ph"] in "sf":
            check(stack, "an arrow outside of all slices", event)
    while stack and stack[-1] is not None:
        stack.pop()
    check(not stack, f"thread {thread}: a slice is left open")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    check(text.lstrip().startswith('{"'), "it must begin with {\"")
    events = json.loads(text)["traceEvents"]
    threads, arrows = {}, {}
    steps = 0
    for event in events:
        check(event["ph"] in ("X", "B", "E", "i", "C", "s", "f", "M"), "unknown phase", event)
        if event["ph"] == "M":
            check(event["name"] in ("process_name", "thread_name"), "unknown", event)
            check(event["args"]["name"], "no name", event)
            continue
        check(isinstance(event["ts"], int), "no time", event)
        check(event["tid"] >= 1 and event["pid"] >= 1, "ids", event)
        if event["ph"] == "X":
            check(event["dur"] > 0, "no duration", event)
            steps += "step" in event.get("args", {})
        if event["ph"] == "i":
            check(event["s"] in "tpg", "scope", event)
        if event["ph"] == "C":
            check(all(isinstance(v, (int, float)) for v in event["args"].values()), "number", event)
            check(event["args"], "no value", event)
            continue
        if event["ph"] in "sf":
            key = (event["cat"], event["name"], event["id"])
            arrows.setdefault(key, []).append(event["ph"])
        if event["ph"] == "f":
            check(event["bp"] == "e", "bp", event)
        threads.setdefault(event["tid"], []).append(event)
    for thread, list_of_thread in threads.items():
        check_nesting(thread, list_of_thread)
    for key, ends in arrows.items():
        check(sorted(ends) == ["f", "s"], "one end of an arrow", key)
    check(steps == int(sys.argv[2]), f"{steps} steps")


main()
