#!/usr/bin/env python3
"""Runs the commands that stand in the displays of manual pages, and prints TAP.

usage: tests/page.py play PAGE                  all of a page: each command must succeed and print what stands below it
       tests/page.py examples FOLDER PAGE...    the EXAMPLES of pages: each command must succeed
       tests/page.py display PAGE SECTION N     prints the literal display of that number, from 1, in a section

A command is a line behind "$ " in a literal display, with the lines that continue it behind "\\" or "|". The commands of a
page are run in order and in one shell: those of play in the current folder, of examples each page in a copy of FOLDER, its
own parent. Comments in front of a display say more:

    .\\" file NAME      what follows is a file that the reader writes
    .\\" editor         what follows is what the reader adds at the end of what the next command opens in the editor
    .\\" editor s/A/B/  the same with nothing shown: what sed does to it
    .\\" status N       its last command ends with N, and what it says on standard error is shown, too
    .\\" folder NAME     from here on in that folder
    .\\" not run        the display is for reading

With UPDATE=1 in the environment play writes into the page what the commands printed. Ids of commits, which depend on all
that came before, are not compared.
"""
import collections
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

Display = collections.namedtuple("Display", "line notes lines")  # line: the index of its first in the source
Step = collections.namedtuple("Step", "command shown status before start end")

ESCAPES = {r"\(dq": '"', r"\(aq": "'", r"\(ga": "`", r"\(ti": "~", r"\(ha": "^", r"\e": "\\", r"\&": "", r"\-": "-", r"\ ": " "}
OPTIONAL = ["jq", "check-jsonschema"]  # programs that the tests do without


def unescape(text):
    return re.sub(r"\\(\(..|.)", lambda match: ESCAPES[match.group()], text)


def escape(text):
    text = text.replace("\\", r"\e")
    for character in "'`~^":
        name = next(name for name, plain in ESCAPES.items() if plain == character)
        text = text.replace(character, name)
    return r"\&" + text if text.startswith(".") else text


def displays(source, section):
    """The literal displays of a section, or of all."""
    found, notes, here, at = [], [], section is None, None
    for number, line in enumerate(source):
        if line.startswith(".Sh "):
            here = section is None or line == ".Sh " + section
        elif here and line.startswith('.\\" '):
            notes.append(line[4:])
        elif here and line.startswith(".Bd -literal"):
            at = number + 1
        elif at is not None and line == ".Ed":
            found.append(Display(at, notes, [unescape(text) for text in source[at:number]]))
            notes, at = [], None
    return found


def steps_of(display, before):
    """The commands of a display, each with what is shown below it. before: what is done first, as shell."""
    steps, index = [], 0
    while index < len(display.lines):
        command = [display.lines[index][2:]]
        while command[-1].endswith(("\\", "|")):
            index += 1
            command.append(display.lines[index])
        index += 1
        start = index
        while index < len(display.lines) and not display.lines[index].startswith("$ "):
            index += 1
        last = index == len(display.lines)
        status = next((int(note.split()[1]) for note in display.notes if last and note.startswith("status ")), None)
        steps.append(Step("\n".join(command), display.lines[start:index], status, before,
                          display.line + start, display.line + index))
        before = ""
    return steps


def quoted(text):
    return "'" + text.replace("'", "'\\''") + "'"


def read_page(source, section):
    """All steps of a page, in order."""
    steps, before = [], ""
    for display in displays(source, section):
        text = "".join(line + "\n" for line in display.lines)
        kind = display.notes[0].split(None, 1) if display.notes else [""]
        if display.notes == ["not run"]:
            continue
        if kind[0] == "file":
            before += f"mkdir -p \"$(dirname {quoted(kind[1])})\"\nprintf %s {quoted(text)} > {quoted(kind[1])}\n"
        elif kind == ["editor"]:
            before += f"export GIT_EDITOR={quoted('printf %s ' + quoted(text) + ' >>')}\n"
        elif display.lines[0].startswith("$ "):
            if kind[0] == "folder":
                before += f"cd {quoted(kind[1])}\n"
            elif kind[0] == "editor":
                before += f"export GIT_EDITOR={quoted('sed -i ' + quoted(kind[1]))}\n"
            steps += steps_of(display, before)
            before = ""
    return steps


def run(steps, folder):
    """Runs the steps in one shell; gives for each its status, standard output and standard error."""
    with tempfile.TemporaryDirectory() as scratch:
        script = []
        for number, step in enumerate(steps):
            place = f"{scratch}/{number}"
            pathlib.Path(place).write_text(step.before + step.command + "\n", encoding="utf-8")
            script.append(f'eval "$(cat {place})" > {place}.out 2> {place}.err < /dev/null; echo $? > {place}.status')
        subprocess.run(["bash", "-c", "\n".join(script)], cwd=folder, check=False)
        for number in range(len(steps)):
            place = pathlib.Path(f"{scratch}/{number}")
            if not place.with_name(f"{number}.status").exists():
                yield 1, "", "the shell has ended"
                continue
            texts = [place.with_name(f"{number}.{kind}").read_text(encoding="utf-8") for kind in ("status", "out", "err")]
            yield int(texts[0]), texts[1], texts[2]


def masked(lines):
    return [re.sub(r"\b[0-9a-f]{7}\b(?=(\.\.|\]| |$))", "COMMIT", line) for line in lines]


def tell(number, faults, title, skip=None):
    print(f"{'not ' if faults else ''}ok {number} - {title.splitlines()[0]}{f' # SKIP {skip}' if skip else ''}")
    for fault in faults:
        print(f"# {fault}")
    return not faults


def play(path):
    source = path.read_text(encoding="utf-8").split("\n")
    steps = read_page(source, None)
    good, cursor, changed = bool(steps), 0, []
    for number, (step, (status, out, err)) in enumerate(zip(steps, run(steps, ".")), 1):
        seen = (out + err if step.status else out).split("\n")[:-1]
        faults = [] if status == (step.status or 0) else [f"status {status}", *err.splitlines()]
        if step.shown and os.environ.get("UPDATE") == "1":
            changed += source[cursor:step.start] + [escape(line) for line in seen]
            cursor = step.end
        elif step.shown:
            faults += difflib.unified_diff(masked(step.shown), masked(seen), "the page", "seen", lineterm="")
        good = tell(number, faults, step.command) and good
    if changed:
        path.write_text("\n".join(changed + source[cursor:]), encoding="utf-8")
    print(f"1..{len(steps)}")
    return good


def examples(folder, pages):
    number, good = 0, True
    for page in pages:
        source = page.read_text(encoding="utf-8").split("\n")
        steps = read_page(source, "EXAMPLES")
        copy = pathlib.Path(tempfile.mkdtemp(dir=folder.parent.parent))
        shutil.copytree(folder.parent, copy, symlinks=True, dirs_exist_ok=True)
        missing = [next((name for name in OPTIONAL if name in step.command.split() and not shutil.which(name)), None)
                   for step in steps]
        steps_run = [step for step, name in zip(steps, missing) if not name]
        results = iter(run(steps_run, copy / folder.name))
        for step, name in zip(steps, missing):
            number += 1
            status, _, err = (0, "", "") if name else next(results)
            faults = [f"status {status}", *err.splitlines()] if status != (step.status or 0) and not name else []
            good = tell(number, faults, f"{page.name}: {step.command}", name and f"there is no {name}") and good
        number += 1
        good = tell(number, [] if steps else ["there are none"], f"{page.name} has examples") and good
    print(f"1..{number}")
    return good


def main(arguments):
    paths = [pathlib.Path(name).resolve() for name in arguments[1:]]
    if arguments[:1] == ["play"] and len(paths) == 1:
        return play(paths[0])
    if arguments[:1] == ["examples"] and len(paths) > 1:
        return examples(paths[0], paths[1:])
    if arguments[:1] == ["display"] and len(arguments) == 4:
        source = paths[0].read_text(encoding="utf-8").split("\n")
        print("\n".join(displays(source, arguments[2])[int(arguments[3]) - 1].lines))
        return True
    sys.exit(__doc__)


sys.exit(0 if main(sys.argv[1:]) else 1)
