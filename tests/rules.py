#!/usr/bin/env python3
"""Runs the examples of every rule, and looks where rules must appear. Prints TAP.

usage: tests/rules.py REFINE SOURCE PAGE

`refine explain --json` has the rules: each explains itself in full, its bad example has the finding and its good one has
not, and it is in PAGE, refine-rules(7), and in the rules of SARIF. No rule is left out: those of the backlog as a whole need a history, which tests/cli/health makes for each, so
that what it expects must have them in one scene and have not in another.

An example is laid over BASE, an item that is ready. Lines "key: value", with what is nested below them, up to an empty
line stand in place of those of the base, the rest in place of its sections of those headings; a key without a value, and
a heading with nothing under it, take them away. "==> PATH <==" begins another file: an item that does not begin with
"---" is laid over the base, too, with the id of its name; all else stands as it is. "==> before PATH <==" is the file in
the commit before, and then the check is of what changed since. {2..9} or {b,c} in PATH makes as many files, {1} and {2}
in their text are what stood there.
"""
import concurrent.futures
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TEXTS = ["what", "why", "bad", "good", "decided", "source", "mistakes"]
EXAMPLES = ["bad", "good"]

BASE_PATH = "backlog/k7q2m-filter-orders-by-date.md"
BASE = """\
---
title: Filter orders by date
id: k7q2m
rank: nbhm
type: story
status: ready
created: 2026-11-20
estimate: 5
stamp: {stamp}
depends: none
---

## Story

As a returning customer, I want to filter my orders by date, so that I find last month's order without paging.

## Acceptance criteria

- [ ] Given 10,000 orders, when a date range is set, the filtered list shows within 500 ms
- [ ] When no order lies in the range, the page says "No orders between A and B" and keeps the range
- [ ] When the range ends before it begins, the page shows the error "Choose a later end"

## Approach

Filter in the existing query of the index; no new store.
"""
STAMP = "1 story:000000 why:000000 criteria:000000 estimate:000000 approach:000000"

# Of items beside the base: below it, each in another place.
RANKS = ["nb" + a + b for a in "jkmnpqrstvwxz" for b in "ghjkmnpqrstvwxz"]

KEY = re.compile(r"^[A-Za-z][\w-]*:( |$)")
FILE = re.compile(r"^==> (before )?(\S+) <==$")
BRACES = re.compile(r"\{([^{}]+)\}")


# -- laying examples over the base --

def split_front(lines):
    """Front matter as [key, lines], up to an empty line or one that is none; and the rest."""
    keys = []
    for number, line in enumerate(lines):
        if KEY.match(line):
            keys.append([line.split(":")[0], [line]])
        elif keys and re.match(r"[ \t-]", line):
            keys[-1][1].append(line)
        else:
            return keys, lines[number + (line == "" and bool(keys)):]
    return keys, []


def split_body(lines):
    """Sections of the second level as [heading, lines]; the first is what stands before, with heading None."""
    sections, fence = [[None, []]], False
    for line in lines:
        fence ^= line.startswith("```")
        if line.startswith("## ") and not fence:
            sections.append([line[3:].strip().lower(), [line]])
        else:
            sections[-1][1].append(line)
    return sections


def is_empty(lines):
    return not any(line.strip() for line in lines)


def lay_front(base, keys):
    for key, lines in keys:
        gone = lines == [key + ":"]
        place = next((i for i, (name, _) in enumerate(base) if name == key), None)
        if place is None:
            base.append([key, lines])
        else:
            base[place][1] = lines
        if gone:
            base[:] = [entry for entry in base if entry[0] != key]


def lay_body(base, sections):
    if not is_empty(sections[0][1]):
        base[0][1] = ["", *sections[0][1], ""]
    seen = set()
    for heading, lines in sections[1:]:
        own = [section for section in base if section[0] == heading]
        text = [lines[0], "", *"\n".join(lines[1:]).strip("\n").split("\n"), ""]
        if heading not in seen and own:
            own[0][1] = [] if is_empty(lines[1:]) else text
            base[:] = [section for section in base if section is own[0] or section[0] != heading]
        elif not is_empty(lines[1:]):
            base.append([heading, text])
        seen.add(heading)


def lay(base, fragment):
    keys, body = split_front(fragment.strip("\n").split("\n") if fragment.strip("\n") else [])
    _, front, text = base.split("---\n", 2)
    base_keys, _ = split_front(front.split("\n")[:-1])
    sections = split_body(text.rstrip("\n").split("\n") + [""])
    lay_front(base_keys, keys)
    lay_body(sections, split_body(body))
    front = "\n".join(line for _, lines in base_keys for line in lines)
    return "---\n" + front + "\n---\n" + "\n".join(line for _, lines in sections for line in lines).rstrip("\n") + "\n"


def choices(group):
    ends = re.fullmatch(r"(.)\.\.(.)", group)
    return [chr(c) for c in range(ord(ends[1]), ord(ends[2]) + 1)] if ends else group.split(",")


def expand(path, text):
    """The files that a path with braces stands for."""
    for chosen in itertools.product(*(choices(group) for group in BRACES.findall(path))):
        one, letters = text, iter(chosen)
        for number, letter in enumerate(chosen, 1):
            one = one.replace("{%d}" % number, letter)
        yield BRACES.sub(lambda _, letters=letters: next(letters), path), one


def is_item(path):
    return re.fullmatch(r"backlog/(?:[^/]+/)*[a-z0-9]{5,}(-[^/]*)?\.md", path) is not None and "/votes/" not in path


def read_example(example, base):
    """The files of an example now, and those of the commit before, None where there is none."""
    parts, before = [(False, BASE_PATH, [])], False
    for line in example.split("\n"):
        opened = FILE.match(line)
        if opened:
            parts.append((bool(opened[1]), opened[2], []))
        else:
            parts[-1][2].append(line)
    ranks, files, old = iter(RANKS), {BASE_PATH: base}, {BASE_PATH: base}
    for was, path, lines in parts:
        before |= was
        for one, text in expand(path, "\n".join(lines).strip("\n") + "\n"):
            if one == BASE_PATH:
                text = lay(base, text)
            elif is_item(one) and not text.startswith("---"):
                identity = re.match(r"[^-.]+", os.path.basename(one))[0]
                text = lay(lay(base, f"id: {identity}\nrank: {next(ranks)}\n"), text)
            (old if was else files)[one] = text
    return files, old if before else None


# -- running them --

class Harness:
    def __init__(self, refine, scratch):
        self.refine = refine
        self.scratch = pathlib.Path(scratch)
        home = self.scratch / "home"
        home.mkdir()
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in
               {"NAME": "Ana Silva", "EMAIL": "ana@example.com", "DATE": "2026-11-21T09:00:00+0000"}.items()}
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "XDG_CONFIG_HOME": str(home), "LC_ALL": "C",
                            "TZ": "UTC", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": str(self.scratch),
                            "REFINE_NOW": "2026-11-21T09:00:00Z", "REFINE_INDEX": "off", **who}
        for name in os.environ:
            if name.endswith("SAN_OPTIONS"):
                self.environment[name] = os.environ[name]

    def run(self, folder, *words):
        return subprocess.run([str(word) for word in words], cwd=folder, env=self.environment, capture_output=True,
                              check=False)

    def git(self, folder, *words):
        done = self.run(folder, "git", *words)
        assert done.returncode == 0, done.stderr.decode()

    def commit(self, folder, files):
        for old in list(folder.glob("backlog")) + list(folder.glob(".refine.yaml")):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        self.git(folder, "add", "-A")
        self.git(folder, "commit", "-q", "-m", "an example", "--allow-empty")

    def check(self, folder, *words):
        done = self.run(folder, self.refine, "check", "--json", *words)
        if done.returncode not in (0, 1):
            return [], f"refine check {' '.join(words)}: status {done.returncode}: {done.stderr.decode().strip()}"
        return json.loads(done.stdout)["findings"], None

    def stamp(self):
        """The stamp that fits the base: what refine ready writes, or else what the check of a wrong one leads to."""
        folder = self.scratch / "stamp"
        folder.mkdir()
        self.git(folder, "init", "-q")
        self.commit(folder, {BASE_PATH: re.sub(r"stamp: .*\n", "", BASE).replace("status: ready", "status: refining")})
        done = self.run(folder, self.refine, "ready", "k7q2m", "--no-commit")
        text = (folder / BASE_PATH).read_text(encoding="utf-8")
        found = re.search(r"^stamp: (.*)$", text, re.MULTILINE)
        return (found[1], None) if found else (STAMP, done.stderr.decode().strip() or done.stdout.decode().strip())

    def findings(self, name, example, base):
        """What the check has to say of an example: findings of the whole backlog and of the item by name, and trouble."""
        files, old = read_example(example, base)
        folder = self.scratch / name
        folder.mkdir()
        self.git(folder, "init", "-q")
        if old is not None:
            self.commit(folder, old)
        self.commit(folder, files)
        since = ["--since", "HEAD~1"] if old is not None else []
        findings, trouble = self.check(folder, *since)
        named = self.check(folder, *since, "k7q2m")[0] if not trouble else []
        shutil.rmtree(folder)
        return findings + named, trouble


def faults_of_example(harness, rule, kind, base):
    name = rule["rule"]
    findings, trouble = harness.findings(f"{name}-{kind}", rule[kind], base)
    if trouble:
        return [trouble], []
    has = any(finding["rule"] == name and finding["severity"] != "off" for finding in findings)
    others = {f"{finding['rule']}: {finding['message']}" for finding in findings
              if finding["severity"] == "error" and finding["rule"] not in (name, "stale-ready")}
    if kind == "bad" and not has:
        return ["the finding is not there; these are: " + ", ".join(sorted({f["rule"] for f in findings}))], []
    if kind == "good" and has:
        return [f"the finding is there: {f['message']}" for f in findings if f["rule"] == name], []
    return [], sorted(others) if kind == "good" else []


def read_health(source):
    """The rules that tests/cli/health expects, scene by scene."""
    golden = (source / "tests/golden/cli/health").read_text(encoding="utf-8")
    scenes = [scene for scene in re.split(r"^=== .*$", golden, flags=re.MULTILINE) if "refine check --health" in scene]
    return [set(re.findall(r" \[([a-z-]+)\]$", scene, re.MULTILINE)) for scene in scenes]


def faults_of_health(health, rule, kind):
    has = [rule["rule"] in found for found in health]
    good = any(has) if kind == "bad" else not all(has)
    return [] if good else [f"{'no' if kind == 'bad' else 'every'} scene of tests/cli/health has it"]


# -- the report --

class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def result(self, what, faults, notes=()):
        self.count += 1
        self.failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.count} - {what}")
        for line in [*faults, *notes]:
            print("# " + line.replace("\n", "\n# "))


def check_texts(tap, rule):
    faults = [f"{text} is empty" for text in TEXTS if not rule[text]]
    faults += [f"{text} has more than one line" for text in TEXTS
               if rule[text] and text not in EXAMPLES and "\n" in rule[text]]
    faults += [f"{text} does not end with a full stop" for text in TEXTS
               if rule[text] and text not in EXAMPLES and not re.search(r"[.!?][)\"]?$", rule[text])]
    tap.result(f"{rule['rule']} explains itself in full", faults)


def sarif_rules(harness):
    folder = harness.scratch / "sarif"
    folder.mkdir()
    harness.git(folder, "init", "-q")
    harness.commit(folder, {BASE_PATH: BASE})
    found = set()
    for of_all in ([], ["--health"]):  # a report has the rules that were asked
        done = harness.run(folder, harness.refine, "check", "--format", "sarif", *of_all)
        if done.returncode not in (0, 1):
            return None
        found |= {rule["id"] for run in json.loads(done.stdout)["runs"] for rule in run["tool"]["driver"]["rules"]}
    return found


def main():
    refine, page = os.path.realpath(sys.argv[1]), pathlib.Path(sys.argv[3]).read_text(encoding="utf-8")
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="refine-rules.") as scratch:
        harness = Harness(refine, scratch)
        rules = json.loads(harness.run(scratch, refine, "explain", "--json").stdout)["rules"]
        stamp, trouble = harness.stamp()
        base = BASE.replace("{stamp}", stamp)
        findings, _ = harness.findings("base", "", base)
        tap.result("the item that examples are laid over is ready, and nothing is found in it",
                   [f"{f['rule']}: {f['message']}" for f in findings] + ([trouble] if trouble else []))
        jobs = [(rule, kind) for rule in rules for kind in EXAMPLES if rule[kind] and rule["reach"] != "backlog"]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda job: faults_of_example(harness, *job, base), jobs))
        outcome = {(rule["rule"], kind): faults for (rule, kind), faults in zip(jobs, done)}
        sarif = sarif_rules(harness)
    health = read_health(pathlib.Path(sys.argv[2]))
    outcome |= {(rule["rule"], kind): (faults_of_health(health, rule, kind), []) for rule in rules for kind in EXAMPLES
                if rule[kind] and rule["reach"] == "backlog"}
    in_page = set(re.findall(r"^\.It Cm ([a-z-]+) Pq ", page, re.MULTILINE))
    for rule in rules:
        name = rule["rule"]
        check_texts(tap, rule)
        for kind in EXAMPLES:
            faults, notes = outcome.get((name, kind), (["there is none"], []))
            tap.result(f"{name}: its {kind} example {'has' if kind == 'bad' else 'has not'} the finding", faults,
                       ["other errors in it: " + note for note in notes])
        tap.result(f"{name} is in refine-rules(7)", [] if name in in_page else ["it is not there"])
        tap.result(f"{name} is in the rules of SARIF",
                   [] if sarif and name in sarif else ["it is not there" if sarif else "there is no SARIF"])
    print(f"1..{tap.count}")
    return tap.failed > 0


if __name__ == "__main__":
    sys.exit(main())
