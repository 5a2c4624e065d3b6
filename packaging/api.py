#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The reference of the library, from the comments of its headers.

api.py INCLUDE-FOLDER > docs/api.md
api.py INCLUDE-FOLDER FOLDER      man pages for scdoc: baton-explore.3.scd ...
"""
import re
import sys
from pathlib import Path

# In the order in which somebody needs them.
HEADERS = ("explore report explain criterion program sim point alloc malloc pthread threads sleep "
           "stdatomic tsan kernel lockdep refcount slab mutable injector decl").split()


def plain(comment):
    """The lines of a comment, without what marks it as one."""
    text = re.sub(r"^/\*+|\*+/$", "", comment)
    lines = [re.sub(r"^[ \t]*\*? ?", "", line, count=1) if i else line.strip()
             for i, line in enumerate(text.split("\n"))]
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def code_of(code):
    """A declaration as it is shown: macros without what they are replaced by."""
    code = code.strip("\n")
    shown = []
    for line in re.sub(r"\\\n", "\x00", code).split("\n"):
        macro = re.match(r"#define (\w+)(\([^)]*\))?(?:\s+(\S.*))?$", line.replace("\x00", " "))
        if macro and (macro.group(1).endswith("_") or macro.group(1).endswith("_H")):
            continue
        if macro:
            value = (macro.group(3) or "").strip()
            constant = not macro.group(2) and re.fullmatch(r"[\w. ()/\"-]+(/\*.*\*/)?", value)
            line = f"#define {macro.group(1)}{macro.group(2) or ''}"
            line += f" {value}" if constant else ""
        elif re.match(r"#\s*(if|el|endif|include|undef|pragma|error)|BATON_(BEGIN|END)$", line):
            continue
        shown.append(line)
    return "\n".join(shown).strip("\n")


def chunks(text):
    """(comment, code) for each comment at the margin, and the code behind it."""
    # Of a function that stands in the header, its first lines.
    text = re.sub(r"\n\{\n.*?\n\}", ";", text, flags=re.S)
    parts = re.split(r"^(/\*.*?\*/)[ \t]*$", text, flags=re.S | re.M)
    for comment, code in zip(parts[1::2], parts[2::2]):
        # What follows behind an empty line stands for itself.
        blocks = re.split(r"\n[ \t]*\n", code[1:] if code.startswith("\n") else code)
        first = True
        for block in blocks:
            shown = code_of(block)
            if first:
                yield plain(comment), shown
            elif shown.strip():
                yield "", shown
            first = False


def read(path):
    """(title, text, [(comment, code)]) of a header."""
    text = re.sub(r"^/\* SPDX.*?\*/\n", "", path.read_text(), count=1)
    found = [(comment, code) for comment, code in chunks(text)
             if (code.strip() or comment.startswith("----") or "\n" in comment)
             and not re.search(r"\w_\(", code.split("(")[0] + "(")]
    head = found[0][0]
    title, _, body = head.partition("\n")
    body = re.sub(r"\n*Layer: .*", "", body, flags=re.S)
    title = title.split(" - ", 1)[1].rstrip(".")
    return title, body.strip("\n"), [("", found[0][1])] * bool(found[0][1]) + found[1:]


def heading(comment):
    """'---- Locks ----', alone or as the first line of a comment."""
    match = re.match(r"-{3,} (.*?) -*(?:\n|$)", comment)
    return (match.group(1), comment[match.end():].strip("\n")) if match else (None, comment)


# ---- Markdown


def markdown_text(text):
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"@(\w+)", r"`\1`", line)
        lines.append(re.sub(r"(?<![`\w])([a-z]\w*\(\))", r"`\1`", line))
    text = "\n".join(lines)
    # Parameters and what is returned: a list.
    text = re.sub(r"^(`\w+`(?:, `\w+`)*):", r"* \1:", text, flags=re.M)
    return re.sub(r"^(Context|Return|Finding)(, of all)?:[ ]*", r"* \1\2: ", text, flags=re.M)


def markdown(folder):
    out = ["<!-- SPDX-License-Identifier: MIT -->",
           "<!-- Made by packaging/api.py from the headers. -->",
           "# The library, header by header", "",
           "Made from the comments of [framework/include/baton](../framework/include/baton); "
           "[annotating.md](annotating.md) says which of them you need. "
           "Context: where a call may stand; on a CPU is in code that is explored. "
           "A call that switches CPUs is a step: another CPU may go on there.", ""]
    for name in HEADERS:
        title, body, items = read(folder / f"baton/{name}.h")
        out += [f"## baton/{name}.h", "", f"{title[0].upper()}{title[1:]}.", "",
                markdown_text(body), ""]
        for comment, code in items:
            section, comment = heading(comment)
            if section:
                out += [f"### {section}", ""]
            if comment:
                out += [markdown_text(comment), ""]
            if code:
                out += ["```c", code, "```", ""]
    text = "\n".join(out)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n"


# ---- scdoc


def scdoc_text(text):
    out = []
    for paragraph in re.split(r"\n\s*\n", text):
        listed = re.search(r"^(@|Context|Return|Finding)", paragraph, re.M)
        if re.search(r"^\t", paragraph, re.M) and not listed:
            out.append("```\n" + paragraph.expandtabs(8) + "\n```")
            continue
        joined = re.sub(r"\n(?=(@\w+|Context|Return|Finding)\b.*?:)", "\x00", paragraph)
        for line in joined.split("\x00"):
            line = " ".join(line.split())
            line = re.sub(r"([\\_*`<>#~\[\]|+-])", r"\\\1", line)
            line = re.sub(r"@((?:\w|\\_)+)", r"_\1_", line)
            out.append(re.sub(r"^([.:'])", r"\\\1", line))
    return "\n\n".join(out)


def manual(folder, name):
    title, body, items = read(folder / f"baton/{name}.h")
    out = [f"baton-{name}(3)", "", "# NAME", "", f"baton-{name} - " + scdoc_text(title), "",
           "# SYNOPSIS", "", f"*#include <baton/{name}.h>*", "", "# DESCRIPTION", "",
           scdoc_text(body), ""]
    for comment, code in items:
        section, comment = heading(comment)
        if section:
            out += [f"# {scdoc_text(section).upper()}", ""]
        if code:
            out += ["```", code.expandtabs(8), "```", ""]
        if comment:
            out += [scdoc_text(comment), ""]
    out += ["# SEE ALSO", "", "*baton*(3), *baton*(1)", ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out))


def main():
    folder = Path(sys.argv[1])
    if len(sys.argv) == 2:
        sys.stdout.write(markdown(folder))
        return
    for name in HEADERS:
        if name not in ("decl", "malloc"):
            (Path(sys.argv[2]) / f"baton-{name}.3.scd").write_text(manual(folder, name))


main()
