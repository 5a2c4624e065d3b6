#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""perfetto.py FILE STEPS: what the importer of ui.perfetto.dev asks for.

The file begins as it must; events have what their phase needs, on a thread that has a name; on
each thread slices nest; both ends of an arrow are there, within a slice, the first one first; and
steps are numbered in the order of time, and as many as there should be.
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
    steps, named = [], set()
    for event in events:
        check(event["ph"] in ("X", "B", "E", "i", "C", "s", "f", "M"), "unknown phase", event)
        if event["ph"] == "M":
            check(event["name"] in ("process_name", "thread_name"), "unknown", event)
            check(event["args"]["name"], "no name", event)
            named.add((event["pid"], event.get("tid")))
            continue
        check(isinstance(event["ts"], int), "no time", event)
        check(event["tid"] >= 1 and event["pid"] >= 1, "ids", event)
        check((event["pid"], event["tid"]) in named and (event["pid"], None) in named,
              "a thread without a name", event)
        check(event["ph"] == "E" or event["name"], "no name", event)
        if event["ph"] == "X":
            check(event["dur"] > 0, "no duration", event)
            if "step" in event.get("args", {}):
                steps.append((event["ts"], event["args"]["step"]))
        if event["ph"] == "i":
            check(event["s"] in "tpg", "scope", event)
        if event["ph"] == "C":
            check(all(isinstance(v, (int, float)) for v in event["args"].values()), "number", event)
            check(event["args"], "no value", event)
            continue
        if event["ph"] in "sf":
            key = (event["cat"], event["name"], event["id"])
            arrows.setdefault(key, []).append((event["ts"], event["ph"] == "f"))
        if event["ph"] == "f":
            check(event["bp"] == "e", "bp", event)
        threads.setdefault(event["tid"], []).append(event)
    for thread, list_of_thread in threads.items():
        check_nesting(thread, list_of_thread)
    for key, ends in arrows.items():
        check([end for _, end in sorted(ends)] == [False, True], "ends of an arrow", key)
    check([number for _, number in sorted(steps)] == list(range(1, int(sys.argv[2]) + 1)),
          "steps", steps)


main()
