#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What a report of a long execution takes: seconds of the processor and MiB, for each format.

Usage: reports.py BATON FOLDER-TO-WORK-IN. An execution of more than 10,000 steps on ten CPUs
is written in each format, of one execution and of a run. Exit code 1 if one takes more than
64 MiB; how long it takes is only printed.
"""
import os
import re
import subprocess
import sys

STEPS = 10000
CPUS = 10
OPERATIONS = 200
LIMIT_MIB = 64

OF_ONE = "text html json commitlog perfetto ftrace mermaid plantuml dot".split()
OF_RUN = "text html json jsonl ktap tap junit".split()


def scenario():
    """Four pages that ten CPUs protect and store to."""
    lines = ["# SPDX-License-Identifier: MIT", 'scenario long "ten thousand steps"', "use mm;", ""]
    lines += ["setup {", "\tP = process();"]
    lines += ["\t%s = anon_page(P, fill = 0x11, writable);" % page for page in "ABCD"]
    lines += ["}"]
    for cpu in range(CPUS):
        lines.append("cpu n%d in P {" % cpu)
        for i in range(OPERATIONS):
            page = "ABCD"[(cpu + i // 2) % 4]
            lines.append("\t" + ["mprotect(%s);", "store(%s + 8, 0x22);",
                                 "mprotect(%s, writable);", "store(%s, 0x33);"][i % 4] % page)
        lines.append("}")
    lines += ["finally {", "\tend = load(A);", "}", "predicate ends = end != 0x7f;",
              "variants {", '\tv5.19 "all" sometimes ends;', "}",
              "search {", "\tlivelock 100000;", "}", ""]
    return "\n".join(lines)


def measure(command):
    """Seconds of the processor, and MiB of the process, or of one it waited for, that had most."""
    child = os.fork()
    if child == 0:
        with open(os.devnull, "w") as nothing:
            os.dup2(nothing.fileno(), 1)
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit("failed: " + " ".join(command))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    baton, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    with open("long.scn", "w") as file:
        file.write(scenario())
    run = [baton, "run", "long.scn", "--strategy", "random", "--limit", "1"]
    said = subprocess.run(run + ["--save=."], capture_output=True, text=True, check=False).stdout
    steps = re.search("execution 1: ([0-9,]+) steps", said)
    if not steps or int(steps.group(1).replace(",", "")) < STEPS:
        sys.exit("no execution of %d steps:\n%s" % (STEPS, said[:1000]))
    print("%s steps" % steps.group(1))

    export = [baton, "export", "long/v5.19/ends.sched", "--scenario", "long.scn"]
    rows = [("export --to " + name, export + ["--to", name, "-o", "one." + name, "--limit", "0"])
            for name in OF_ONE]
    rows += [("run --output " + name, run + ["--output", "%s:run.%s" % (name, name)])
             for name in OF_RUN]
    too_large = []
    for name, command in rows:
        seconds, mib = measure(command)
        print("%-24s %5.2f s %6.1f MiB" % (name, seconds, mib))
        if mib > LIMIT_MIB:
            too_large.append(name)
    if too_large:
        sys.exit("more than %d MiB: %s" % (LIMIT_MIB, ", ".join(too_large)))


main()
