#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""ftrace.py FILE STEPS: lines as readers of the kernel's trace file take them apart.

Time goes on; a CPU runs one task at a time, which is the one that was switched in, and has one
name; each begin of a marker has an end; and there are as many markers as steps.
"""
import re
import sys

LINE = re.compile(r"\s*(\S+)-(\d+)\s+\[(\d{3})\]\s+\S+\s+(\d+\.\d{6}): (\w+): (.*)$")
SWITCH = re.compile(r"prev_comm=(\S+) prev_pid=(\d+) prev_prio=\d+ prev_state=\S+ ==> "
                    r"next_comm=(\S+) next_pid=(\d+) next_prio=\d+$")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert lines[0].startswith("# tracer:"), lines[0]
    running, depth, names = {}, {}, {"0": "swapper"}
    last, markers = 0.0, 0
    for line in lines:
        if line.startswith("#"):
            continue
        match = LINE.match(line)
        assert match, line
        task, pid, cpu, time, event, rest = match.groups()
        assert float(time) >= last, line
        last = float(time)
        if event == "sched_switch":
            switch = SWITCH.match(rest)
            assert switch, line
            assert switch.group(2) == running.get(cpu, "0") == pid, line
            for name, number in ((1, 2), (3, 4)):
                known = names.setdefault(switch.group(number), switch.group(name))
                assert known == switch.group(name), line
            running[cpu] = switch.group(4)
            continue
        assert event == "tracing_mark_write" and running[cpu] == pid, line
        assert names[pid] == task, line
        parts = rest.split("|")
        assert parts[1] == pid and len(parts) == (3 if parts[0] == "B" else 2), line
        depth[cpu] = depth.get(cpu, 0) + (1 if parts[0] == "B" else -1)
        assert depth[cpu] in (0, 1), line
        markers += parts[0] == "B"
    assert not any(depth.values()) and set(running.values()) <= {"0"}, (depth, running)
    assert markers == int(sys.argv[2]), markers


main()
