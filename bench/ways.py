#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How fast is the same exploration in each of the three ways to annotate code?

ways.py FOLDER [ROUNDS]      FOLDER has count, count_dropin and count_tsan

A round runs all three, one after the other, and asks what the process needed of a CPU; of the
rounds the least counts. What is compared is executions per second, as additions commute in the
explicit way only.
"""
import os
import re
import subprocess
import sys
from math import prod
from pathlib import Path

WAYS = ("count", "count_dropin", "count_tsan")
# Programs of counts.md that take long enough, all interleavings or one of each trace.
EXPLORATIONS = ("sb 5", "mutex 5", "pin 3", "inc_return 8", "dekker 3", "--dpor mutex 5",
                "--dpor pin 4", "--dpor peterson 3", "--dpor indexer 15", "--dpor inc_return 8")


def explore(program, arguments):
    """(executions, seconds of the CPU)"""
    process = subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, text=True)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    return int(re.search(r"(\d+) executions", said).group(1)), usage.ru_utime + usage.ru_stime


def main():
    folder = Path(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    ratios = {way: [] for way in WAYS}
    print(f"{'exploration':22}{'executions':>11}{'explicit, 1/s':>15}{'drop-in':>9}"
          f"{'automatic':>11}")
    for exploration in EXPLORATIONS:
        best = dict.fromkeys(WAYS, 0.0)
        for _ in range(rounds):
            for way in WAYS:
                executions, seconds = explore(folder / way, exploration.split())
                best[way] = max(best[way], executions / seconds)
        for way in WAYS:
            ratios[way].append(best[way] / best["count"])
        print(f"{exploration:22}{executions:11}{best['count']:15.0f}"
              f"{ratios['count_dropin'][-1]:9.2f}{ratios['count_tsan'][-1]:11.2f}", flush=True)
    mean = {way: prod(ratios[way]) ** (1 / len(EXPLORATIONS)) for way in WAYS}
    print(f"{'geometric mean':48}{mean['count_dropin']:9.2f}{mean['count_tsan']:11.2f}")


main()
