# SPDX-License-Identifier: MIT
"""Commands and pretty printers for gdb, loaded by "baton replay --gdb".

The execution stops before a step is made, in baton_gdb_step(): all CPUs but one are switched
out then, and their registers lie on their stacks, as engine/fiber_*.c says.
"""

import gdb

# Registers of a switched-out fiber, and where they lie in its struct fiber_frame.
SAVED = {
    "x86-64": ["rbp", "rbx", "r12", "r13", "r14", "r15"],
    "aarch64": ["x%d" % n for n in range(19, 29)],
}


def sim():
    """The simulation, a global of the engine."""
    return gdb.lookup_global_symbol("sim").value()


def stopped():
    """Is there a process, and is an execution under way?"""
    return gdb.selected_inferior().pid != 0 and bool(sim()["program"])


def need_process():
    if not stopped():
        raise gdb.GdbError("no execution runs; 'baton step N' begins one")


def cpu_names():
    program = sim()["program"]
    return [program["cpus"][i]["name"].string() for i in range(int(program["cpu_count"]))]


def cpu_at(index):
    return sim()["cpus"][index]


def running():
    """Index of the CPU on whose stack gdb stands; -1 outside all."""
    current = sim()["current"]
    if not current:
        return -1
    return int(current - sim()["cpus"][0].address)


def bit(mask, index):
    return bool(int(sim()[mask]) >> index & 1)


def state_of(index):
    point = cpu_at(index)["point"]
    if not point:
        return "finished"
    place = "%s (%s:%d)" % (point["name"].string(), point["file"].string(), int(point["line"]))
    if bit("frozen", index):
        return "is interrupted, next: " + place
    # Who makes the step has what it waits for.
    if bit("waiting", index) and index != Step.cpu:
        return "blocks or waits, next: " + place
    return "next: " + place


# ---- The step that is about to be made


class Step:
    """Where the execution stands."""

    number = 0
    cpu = -1


class StepBreakpoint(gdb.Breakpoint):
    """Stops before step @wanted of the recorded execution."""

    def __init__(self):
        super().__init__("baton_gdb_step", internal=True)
        self.silent = True
        self.wanted = 0

    def stop(self):
        frame = gdb.newest_frame()
        number = int(frame.read_var("step"))
        if number != self.wanted:
            return False
        Step.number = number
        Step.cpu = int(frame.read_var("cpu"))
        return True


breakpoint_of_steps = None


def go_to(number):
    """Run to before step @number; a step that lies behind is reached from the beginning."""
    global breakpoint_of_steps
    if number < 1:
        raise gdb.GdbError("steps are counted from 1")
    if breakpoint_of_steps is None:
        breakpoint_of_steps = StepBreakpoint()
    breakpoint_of_steps.wanted = number
    again = gdb.selected_inferior().pid == 0 or number <= Step.number
    Step.number = 0
    gdb.execute("run" if again else "continue", to_string=True)
    if gdb.selected_inferior().pid == 0 or Step.number != number:
        raise gdb.GdbError("the execution ends before step %d" % number)
    show_when()


def number_of(argument):
    try:
        return int(gdb.parse_and_eval(argument))
    except gdb.error:
        raise gdb.GdbError("'%s' is no number of a step" % argument)


def show_when():
    names = cpu_names()
    print("before step %d: %s, %s" % (Step.number, names[Step.cpu], state_of(Step.cpu)))


# ---- Stacks


def saved_registers(index):
    """The registers with which a switched-out CPU goes on: name -> value."""
    machine = gdb.selected_frame().architecture().name()
    pointer = cpu_at(index)["fiber"]["sp"]
    frame_type = gdb.lookup_type("struct fiber_frame")
    frame = pointer.cast(frame_type.pointer()).dereference()
    above = int(pointer) + frame_type.sizeof
    if machine == "aarch64":
        values = {name: int(frame["x19_x28"][n]) for n, name in enumerate(SAVED["aarch64"])}
        values.update(x29=int(frame["x29"]), x30=int(frame["x30"]), sp=above)
        values["pc"] = int(frame["x30"])
        return values
    values = {name: int(frame[name]) for name in SAVED["x86-64"]}
    values.update(rsp=above, rip=int(frame["rip"]))
    return values


def own_stack():
    """The stack without its innermost frames that are of what decides who runs."""
    count, own, frame = 0, False, gdb.newest_frame()
    while frame:
        own = own or "framework/engine/" not in str(frame.find_sal().symtab)
        count += own
        frame = frame.older()
    return gdb.execute("bt -%d" % count, to_string=True)


def backtrace(index):
    """The stack of a CPU as text: its own registers are put in place for a moment."""
    if not cpu_at(index)["point"]:
        return ""
    gdb.execute("frame 0", to_string=True)
    if index == running():
        return own_stack()
    saved = saved_registers(index)
    before = {name: int(gdb.selected_frame().read_register(name)) for name in saved}
    try:
        for name, value in saved.items():
            gdb.execute("set $%s = %d" % (name, value), to_string=True)
        return own_stack()
    finally:
        for name, value in before.items():
            gdb.execute("set $%s = %d" % (name, value), to_string=True)
        gdb.execute("frame 0", to_string=True)


# ---- Commands


class Baton(gdb.Command):
    """What baton adds to gdb: baton cpus, when, step N, rstep, bt CPU."""

    def __init__(self):
        super().__init__("baton", gdb.COMMAND_RUNNING, prefix=True)


class Cpus(gdb.Command):
    """baton cpus: what each simulated CPU does; '*' makes the next step."""

    def __init__(self):
        super().__init__("baton cpus", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        need_process()
        for index, name in enumerate(cpu_names()):
            print("%s %-12s %s" % ("*" if index == Step.cpu else " ", name, state_of(index)))


class When(gdb.Command):
    """baton when: which step comes next."""

    def __init__(self):
        super().__init__("baton when", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        need_process()
        show_when()


class GoTo(gdb.Command):
    """baton step [N]: go to before step N, forward or back; without N to the next one."""

    def __init__(self):
        super().__init__("baton step", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        go_to(number_of(argument) if argument else Step.number + 1)


class Back(gdb.Command):
    """baton rstep: go back one step: the execution is run again up to there."""

    def __init__(self):
        super().__init__("baton rstep", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        need_process()
        go_to(Step.number - 1)


class Bt(gdb.Command):
    """baton bt [CPU]: the stack of a simulated CPU, or of all."""

    def __init__(self):
        super().__init__("baton bt", gdb.COMMAND_STACK)

    def complete(self, text, word):
        return [name for name in cpu_names() if name.startswith(word)] if stopped() else []

    def invoke(self, argument, from_tty):
        need_process()
        names = cpu_names()
        if argument and argument not in names:
            raise gdb.GdbError("no CPU is called '%s'; there are %s" % (argument, ", ".join(names)))
        for index, name in enumerate(names):
            if argument in ("", name):
                print("CPU %s, %s" % (name, state_of(index)))
                print(backtrace(index), end="")


# ---- Pretty printers, by the names of the model's types

PTE_KINDS = ["none", "present", "swap", "migration", "file", "zapped", "swapin error", "?"]
PTE_FLAGS = [(0x8, "write"), (0x10, "dirty"), (0x20, "young"), (0x40, "exclusive"),
             (0x80, "soft-dirty"), (0x100, "uffd-wp"), (0x200, "protnone"), (0x800, "huge"),
             (0x1000, "pmd none")]
VM_FLAGS = [(0x1, "read"), (0x2, "write"), (0x4, "maywrite"), (0x8, "shared"), (0x10, "locked"),
            (0x20, "nonlinear"), (0x80, "uffd-wp"), (0x100, "dontcopy"),
            (0x200, "uffd-missing")]
PAGE_FLAGS = ["head", "double_map", "anon_exclusive", "swapcache", "dirty", "lazyfree", "ksm",
              "writeback", "stable", "reading", "dma_pinned"]


def flags(value, names):
    return [name for mask, name in names if value & mask]


def pte_text(value):
    kind = PTE_KINDS[value & 7]
    if not value & 7:
        return " ".join([kind] + flags(value, PTE_FLAGS))
    return " ".join(["%s %d" % (kind, value >> 16 & 0xff)] + flags(value, PTE_FLAGS))


def owner_name(owner):
    """Who holds a lock whose owner is @owner, which is not 0."""
    names = cpu_names() if stopped() else []
    if owner == 1:
        return "the setup"
    return names[owner - 2] if owner - 2 < len(names) else "CPU %d" % (owner - 2)


def spinlock_text(value):
    owner = int(value["owner"])
    return "held by " + owner_name(owner) if owner else "free"


def rwsem_text(value):
    writer, readers = int(value["writer"]), int(value["readers"])
    if writer:
        return "written by " + owner_name(writer)
    holders = [owner_name(n + 1) for n in range(64) if readers >> n & 1]
    return "read by " + ", ".join(holders) if holders else "free"


def lock_name(value):
    name = value["dep_map"]["name"]
    return name.string() if name else "?"


class Spinlock:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "lock %s {%s}" % (lock_name(self.value), spinlock_text(self.value))


class BitLock:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return Spinlock(self.value["bit"]).to_string()


class Rwsem:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "rwsem %s {%s}" % (lock_name(self.value), rwsem_text(self.value))


class Atomic:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "atomic %d" % int(self.value["counter"])


class Pte:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "pte {%s}" % pte_text(int(self.value["val"]))


class Vma:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        value = self.value
        return "vma {mm %d, pages %d-%d, %s%s}" % (
            int(value["mm"]), int(value["start"]), int(value["end"]),
            " ".join(flags(int(value["vm_flags"]), VM_FLAGS)),
            ", freed" if int(value["freed"]) else "")


class Page:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        value = self.value
        on = [name for name in PAGE_FLAGS if int(value[name])]
        parts = ["ref %d, map %d" % (int(value["refcount"]["counter"]),
                                     int(value["mapcount"]["counter"]))]
        if on:
            parts.append(" ".join(on))
        if int(value["lock"]["bit"]["owner"]):
            parts.append("lock " + spinlock_text(value["lock"]["bit"]))
        return "page %s {%s}" % (value["name"].string() or "?", ", ".join(parts))


class Mm:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        value = self.value
        table = value["pgtable"]
        first, last = table.type.range()
        ptes = ["%d: %s" % (n, pte_text(int(table[n]["val"])))
                for n in range(first, last + 1) if int(table[n]["val"])]
        name = value["name"].string() if value["name"] else "?"
        return "mm %s {rss %d, %s, mmap_lock %s, ptl %s}" % (
            name, int(value["rss"]), "; ".join(ptes) or "empty",
            rwsem_text(value["mmap_lock"]), spinlock_text(value["ptl"]))


PRINTERS = {"page": Page, "mm": Mm, "vm_area_struct": Vma, "pte_t": Pte, "spinlock_t": Spinlock,
            "spinlock": Spinlock, "bit_lock": BitLock, "rw_semaphore": Rwsem, "atomic_t": Atomic}


def find_printer(value):
    kind = value.type.unqualified()
    printer = PRINTERS.get(kind.name or kind.tag)
    return printer(value) if printer else None


gdb.pretty_printers.append(find_printer)
for command in (Baton, Cpus, When, GoTo, Back, Bt):
    command()
for setting in ("confirm off", "pagination off", "breakpoint pending on",
                "print thread-events off"):
    gdb.execute("set " + setting)
# A crash, and the watchdog's tick, are findings of the execution, not of gdb's.
gdb.execute("handle SIGSEGV SIGBUS SIGFPE SIGILL SIGABRT SIGVTALRM nostop noprint pass",
            to_string=True)
