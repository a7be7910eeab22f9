"""What plain git makes of two people's edits, and whether refine check finds what that breaks.

usage: tests/merge_plain.py REFINE SEED PAIRS [limits]

A backlog of three items is edited on two branches at random, with an editor's freedom, and merged by git without
any driver. Where git says that the merge is clean, either each file holds what a field-wise reading of the two
edits wants, or check has a new finding about it. The reading is this file's own: it shares nothing with refine.

With "limits" the edits are of the kinds that leave nothing to be found: what they break is counted by kind.
"""

import collections
import json
import os
import random
import re
import shutil
import subprocess
import sys

ALPHABET = "bcdfghjkmnpqrstvwxz"
KNOWN = {
    "acceptance criteria": "criteria", "ac": "criteria", "story": "story", "why": "why", "context": "why",
    "problem": "why", "approach": "approach", "technical notes": "approach", "design": "approach",
    "open questions": "questions", "constraints": "constraints", "measure": "measure", "decisions": "decisions",
    "feedback": "feedback", "assumptions": "assumptions",
}
ORDER = ["title", "id", "rank", "type", "status", "created", "estimate", "parent", "stamp", "owner", "goal", "sprint",
         "value", "risk", "duplicate-of", "labels", "depends", "aliases"]
LISTS = ["labels", "depends", "aliases"]
OPEN = {"new", "refining", "ready", "doing"}


class Unreadable(Exception):
    pass


# -- the reading --


def scalar(text):
    text = re.sub(r"\s+#.*$", "", text.strip())
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return text


def read_front(lines):
    front, at = {}, 0
    while at < len(lines):
        match = re.match(r"([a-z-]+):(.*)$", lines[at])
        if not match:
            raise Unreadable(f"no key: {lines[at]}")
        key, rest = match.group(1), match.group(2)
        if key in front:
            raise Unreadable(f"{key} twice")
        at += 1
        entries = []
        while at < len(lines) and re.match(r"\s*- ", lines[at]):
            entries.append(scalar(lines[at].strip()[2:]))
            at += 1
        if entries and scalar(rest):
            raise Unreadable(f"{key} is a value and a list")
        if scalar(rest).startswith("["):
            entries = [scalar(entry) for entry in scalar(rest)[1:-1].split(",") if entry.strip()]
            front[key] = entries
        else:
            front[key] = entries if entries else scalar(rest)
    return front


def read_sections(lines):
    """Pairs of a heading and its lines; the heading of what stands before the first is empty."""
    sections, fence = [("", [])], False
    for line in lines:
        if line.startswith("```"):
            fence = not fence
        match = None if fence else re.match(r"#+ +(.*)$", line)
        if match:
            sections.append((match.group(1).strip(), []))
        else:
            sections[-1][1].append(line)
    return sections


def read_entries(lines):
    """Entries of a list with what is nested in them: text -> its box and its details."""
    entries, fence = [], False
    for line in lines:
        if line.startswith("```"):
            fence = not fence
        match = None if fence else re.match(r"[-*] (\[([ x])\] )?(.*)$", line)
        if match:
            entries.append([match.group(3).strip(), match.group(2), []])
        elif entries and line.startswith("  ") and line.strip():
            entries[-1][2].append(line.strip())
    return entries


def paragraphs(lines):
    text = "\n".join(lines).strip()
    return [one.strip() for one in re.split(r"\n\s*\n", text) if one.strip()]


def name_of(heading):
    folded = heading.lower().rstrip(":").strip()
    kind = KNOWN.get(folded)
    return kind if kind in ("criteria", "questions") else folded


def read(text):
    """An item as fields: (kind, name) -> value. A part that stands twice is a counter of more than one."""
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise Unreadable("no front matter")
    end = lines.index("---", 1)
    fields, counts = {}, collections.Counter()
    for key, value in read_front(lines[1:end]).items():
        if key not in LISTS:
            fields["key", key] = value
        else:
            fields["key", key] = value if value == "none" else "list"
            for entry in value if isinstance(value, list) else []:
                fields["entry", key, entry] = "there"
                counts["entry", key, entry] += 1
    for heading, content in read_sections(lines[end + 1:]):
        name = name_of(heading)
        counts["section", name] += 1
        fields["section", name] = "there"
        if name in ("criteria", "questions"):
            for entry, box, details in read_entries(content):
                counts[name, entry] += 1
                fields[name, entry] = box
                for detail in details:
                    fields[name, entry, detail] = "there"
        else:
            for one in paragraphs(content):
                fields["text", name, one] = "there"
                counts["text", name, one] += 1
    return fields, counts


def merge_fields(base, ours, theirs):
    """What both edits want, and the fields on which they disagree."""
    wanted, disputed = {}, set()
    for key in set(base) | set(ours) | set(theirs):
        o, a, b = base.get(key), ours.get(key), theirs.get(key)
        value = a if b == o else b if a == o else a
        if a != o and b != o and a != b:
            disputed.add(key)
        elif value is not None:
            wanted[key] = value
    # A list whose entries are all gone may leave its key or not.
    for key in LISTS:
        if wanted.get(("key", key)) in (None, "list") and not any(
                k[:2] == ("entry", key) for k in wanted):
            wanted.pop(("key", key), None)
    return wanted, disputed


def without_bare_lists(fields):
    fields = dict(fields)
    for key in LISTS:
        if fields.get(("key", key)) == "list" and not any(k[:2] == ("entry", key) for k in fields):
            del fields["key", key]
    return fields


def deviations(versions, merged):
    """What the merged text has otherwise than the two edits want; empty where it is right."""
    try:
        fields, counts = read(merged)
    except Unreadable as cause:
        return [f"unreadable: {cause}"]
    reads = [read(version) if version is not None else ({}, {}) for version in versions]
    wanted, disputed = merge_fields(*[one[0] for one in reads])
    fields = without_bare_lists(fields)
    bad = [f"disputed: {key}" for key in disputed]
    bad += [f"lost: {key}" for key in wanted if fields.get(key) != wanted[key] and key not in disputed]
    bad += [f"invented: {key}" for key in fields if key not in wanted and key not in disputed]
    most = {key: max(one[1].get(key, 0) for one in reads) for key in counts}
    bad += [f"twice: {key}" for key in counts if counts[key] > max(most[key], 1) and key != ("section", "")]
    return bad


# -- what no merge may break between items --


def read_backlog(files):
    items = []
    for path, text in files.items():
        try:
            items.append((path, {key[1]: value for key, value in read(text)[0].items() if key[0] == "key"},
                          [key[2] for key in read(text)[0] if key[:2] == ("entry", "depends")],
                          [key[2] for key in read(text)[0] if key[:2] == ("entry", "aliases")]))
        except Unreadable:
            pass
    return items


def find_circle(edges):
    def reaches(start):
        seen, todo = set(), list(edges.get(start, []))
        while todo:
            node = todo.pop()
            if node == start:
                return True
            if node not in seen:
                seen.add(node)
                todo += edges.get(node, [])
        return False
    return {node for node in edges if reaches(node)}


def broken_between(files):
    """Facts about the backlog as a whole: a set of (what, name)."""
    items, broken = read_backlog(files), set()
    ids = collections.Counter(item[1].get("id") for item in items)
    names = set(ids) | {alias for item in items for alias in item[3]}
    aliases = collections.Counter(alias.lower() for item in items for alias in set(item[3]))
    ranks = collections.Counter(item[1].get("rank") for item in items if item[1].get("status") in OPEN)
    broken |= {("id", one) for one, n in ids.items() if n > 1}
    broken |= {("alias", one) for one, n in aliases.items() if n > 1 or one in ids}
    broken |= {("rank", one) for one, n in ranks.items() if n > 1 and one}
    depends, parents, repeats = {}, {}, {}
    for path, keys, needs, _ in items:
        status = keys.get("status")
        if status in OPEN:
            broken |= {("dangling", path, one) for one in needs + [keys.get("parent")] if one and one not in names}
            depends[keys.get("id")] = needs
        if keys.get("parent"):
            parents[keys.get("id")] = [keys["parent"]]
        if status == "dropped" and keys.get("duplicate-of"):
            repeats[keys.get("id")] = [keys["duplicate-of"]]
            broken |= {("dangling", path, one) for one in [keys["duplicate-of"]] if one not in names}
    # Who needs a duplicate needs what it repeats.
    for ident, needs in depends.items():
        for _ in range(len(items)):
            needs = [repeats.get(one, [one])[0] for one in needs]
        depends[ident] = needs
    for edges, what in (depends, "depends"), (parents, "parents"), (repeats, "duplicates"):
        broken |= {("circle", what, one) for one in find_circle(edges)}
    return broken


# -- the edits --


def new_item(rng, ident, title, **more):
    keys = {"title": title, "id": ident, "rank": more.pop("rank"), "type": rng.choice(["story", "bug"]),
            "status": "refining", "created": "2026-11-20", "estimate": "5", "owner": "ana", "sprint": "7",
            "value": "high", "risk": "low", **more}
    front = []
    for key in ORDER:
        if key not in keys:
            continue
        if isinstance(keys[key], list):
            front += [f"{key}:"] + [f"  - {one}" for one in keys[key]]
        else:
            front.append(f"{key}: {keys[key]}")
    body = ["", "## Story", "", f"As a customer, I want to {title.lower()}, so that I save a call.", "",
            "It is asked for by the hotline.", "", "It was asked for in autumn, too.", "", "## Acceptance criteria", ""]
    body += [f"- [ ] {title} works in case {n}" for n in range(1, 7)]
    body += ["", "## Approach", "", "Ask the index.", "", "No new store.", "", "Measure it first.", "",
             "## Open questions", ""]
    body += [f"- [ ] @bo What of case {n}?" for n in range(1, 4)]
    body += ["", "## Rollout", "", "To one shop first.", "", "Then to all.", ""]
    return "\n".join(["---"] + front + ["---"] + body)


def front_span(lines):
    return 1, lines.index("---", 1)


def key_line(lines, key):
    first, end = front_span(lines)
    return next((i for i in range(first, end) if lines[i].startswith(key + ":")), None)


def key_end(lines, at):
    """Where the value of the key at that line ends."""
    end = at + 1
    while re.match(r"\s*- ", lines[end]):
        end += 1
    return end


def place_for(rng, lines, key):
    """The canonical place of a new key, or, as people do, another."""
    first, end = front_span(lines)
    starts = [i for i in range(first + 1, end + 1) if i == end or re.match(r"[a-z]", lines[i])]
    if rng.random() < 0.4:
        return rng.choice(starts)
    before = [key_line(lines, one) for one in ORDER[:ORDER.index(key)]]
    before = [one for one in before if one is not None]
    return key_end(lines, before[-1]) if before else starts[0]


def set_key(rng, lines, key, value):
    at = key_line(lines, key)
    if at is None:
        at = place_for(rng, lines, key)
        lines[at:at] = [f"{key}: {value}"]
    else:
        lines[at:key_end(lines, at)] = [f"{key}: {value}"]


def remove_key(rng, lines, key):
    at = key_line(lines, key)
    if at is not None:
        del lines[at:key_end(lines, at)]


def entries_at(lines, key):
    at = key_line(lines, key)
    return (None, []) if at is None else (at, list(range(at + 1, key_end(lines, at))))


def add_entry(rng, lines, key, value):
    at, entries = entries_at(lines, key)
    if at is not None and (any(lines[i].strip() == f"- {value}" for i in entries) or not entries):
        return
    if at is None:
        at = place_for(rng, lines, key)
        lines[at:at] = [f"{key}: [{value}]"] if rng.random() < 0.2 else [f"{key}:", f"  - {value}"]
    else:
        where = rng.choice(entries + [entries[-1] + 1] * 3)
        lines[where:where] = [f"  - {value}"]


def remove_entry(rng, lines, key, _):
    at, entries = entries_at(lines, key)
    if len(entries) == 1:
        del lines[at:at + 2]
    elif entries:
        del lines[rng.choice(entries)]


def section_lines(lines, heading):
    """The lines of a section without its heading; None where there is no such section."""
    start = next((i for i, line in enumerate(lines) if line.lower() == f"## {heading}".lower()), None)
    if start is None:
        return None
    end = next((i for i in range(start + 1, len(lines)) if lines[i].startswith("## ")), len(lines))
    return start + 1, end


def boxes(lines, heading):
    span = section_lines(lines, heading)
    return [] if span is None else [i for i in range(*span) if re.match(r"- \[", lines[i])]


def edit_box(rng, lines, heading, text):
    at = boxes(lines, heading)
    if not at:
        return
    one, what = rng.choice(at), rng.choice(["tick", "reword", "move", "remove", "add", "add", "nest"])
    if what == "tick":
        lines[one] = lines[one].replace("[ ]", "[x]") if "[ ]" in lines[one] else lines[one].replace("[x]", "[ ]")
    elif what == "reword":
        lines[one] += rng.choice([" on a phone", " at night", " for guests"])
    elif what == "remove":
        del lines[one]
    elif what == "nest":
        lines[one + 1:one + 1] = [f"  - {text} in detail"]
    elif what == "move":
        line, other = lines[one], rng.choice(at)
        del lines[one]
        lines.insert(other, line)
    else:
        where = rng.choice(at + [at[-1] + 1] * 3)
        lines[where:where] = [f"- [ ] {text}"]


def edit_text(rng, lines, heading, text):
    span = section_lines(lines, heading)
    if span is None:
        return
    at = [i for i in range(*span) if lines[i].strip() and not lines[i].startswith("- ")]
    what = rng.choice(["reword", "add", "remove", "drop"])
    if what == "add" or not at:
        where = rng.choice([span[0]] + [i + 1 for i in at])
        lines[where:where] = ["", text]
    elif what == "reword":
        lines[rng.choice(at)] += " " + text
    elif what == "remove":
        one = rng.choice(at)
        del lines[one:one + 2]
    elif rng.random() < 0.3:
        del lines[span[0] - 1:span[1]]


def add_section(rng, lines, heading, text):
    headings = [i for i, line in enumerate(lines) if line.startswith("## ")]
    if section_lines(lines, heading) is None:
        where = rng.choice(headings + [len(lines)] * 2)
        lines[where:where] = [f"## {heading}", "", text, ""] if where < len(lines) else ["", f"## {heading}", "", text]
        while len(lines) > 1 and where > 0 and lines[-1] == "" == lines[-2]:
            del lines[-1]


TEXTS = ["so we agreed", "as in the shop", "see the film"]
NEW_IDS = ["xkcd7", "wvtk3"]


def edit_item(rng, lines, others, kind):
    """One edit of one item."""
    scalars = {"title": ["Find", "Search"], "type": ["task", "spike"], "status": ["doing", "done", "dropped"],
               "estimate": ["3", "8", "13"], "owner": ["bo", "cy"], "sprint": ["8", "9"], "value": ["low"],
               "risk": ["high"], "goal": ["web", "shop"]}
    if kind < 4:
        key = rng.choice(list(scalars))
        set_key(rng, lines, key, rng.choice(scalars[key]))
    elif kind == 4:
        remove_key(rng, lines, rng.choice(["owner", "sprint", "value", "risk", "estimate"]))
    elif kind == 5:
        set_key(rng, lines, "rank", rng.choice(["nb", "nc", "nd", "nf", "ng", "nh", "nj"]))
    elif kind == 6:
        add_entry(rng, lines, "labels", rng.choice(["web", "shop", "urgent"]))
    elif kind == 7:
        remove_entry(rng, lines, rng.choice(["labels", "depends"]), None)
    elif kind == 8:
        add_entry(rng, lines, "depends", rng.choice(others))
    elif kind == 9:
        if rng.random() < 0.5:
            set_key(rng, lines, "parent", rng.choice(others))
        else:
            set_key(rng, lines, "status", "dropped")
            set_key(rng, lines, "duplicate-of", rng.choice(others))
    elif kind == 10:
        add_entry(rng, lines, "aliases", rng.choice(["SHOP-1", "SHOP-2"]))
    elif kind in (11, 12, 13):
        edit_box(rng, lines, rng.choice(["Acceptance criteria", "Acceptance criteria", "Open questions"]),
                 rng.choice(["It is fast", "It is safe"]))
    elif kind == 14:
        edit_text(rng, lines, rng.choice(["Story", "Approach", "Rollout"]), rng.choice(TEXTS))
    else:
        add_section(rng, lines, rng.choice(["Constraints", "Training", "AC", "Measure", "Training"]), rng.choice(TEXTS))


def edit_files(rng, files, side):
    """One edit that is not inside one file."""
    kind, paths = rng.randrange(5), sorted(files)
    path = rng.choice(paths)
    if kind < 2:
        ident, slug = rng.choice(NEW_IDS), rng.choice(["pay", f"pay-{side}"])
        more = {"depends": [rng.choice([p.split("/")[-1][:5] for p in paths])]} if rng.random() < 0.5 else {}
        files.setdefault(f"backlog/{ident}-{slug}.md",
                         new_item(rng, ident, f"Pay {slug}", rank=rng.choice(["nk", "nm"]), **more))
    elif kind == 2 and len(paths) > 2:
        del files[path]
    elif kind == 3:
        copy = path.replace(".md", f"-copy{rng.choice(['', side])}.md")
        files.setdefault(copy, files[path].replace("title: ", "title: Again "))
    elif path.startswith("backlog/") and path.count("/") == 1:
        files[path.replace("backlog/", "backlog/archive/2026/")] = files.pop(path)


KINDS = 16


def edit(rng, base, side, focus, theme):
    """Some edits of one side: most of them of the kinds (theme) and the item (focus) that the other one edits, too."""
    files = dict(base)
    for _ in range(rng.choice([1, 2, 3, 4])):
        if rng.random() < (0.5 if KINDS in theme else 0.08):
            edit_files(rng, files, side)
            continue
        path = focus if rng.random() < 0.7 and focus in files else rng.choice(sorted(files))
        kind = rng.choice(theme) if rng.random() < 0.7 else rng.randrange(KINDS)
        lines = files[path].split("\n")
        if read_front(lines[1:front_span(lines)[1]]).get("id") is None:
            continue
        others = [one.split("/")[-1][:5] for one in base if one != path]
        edit_item(rng, lines, others, kind if kind < KINDS else rng.randrange(KINDS))
        files[path] = "\n".join(lines)
    return files


# -- edits of which a merge leaves nothing to be found --


def limit_fence(rng, files):
    """One side puts a fence around what the other adds to."""
    path = sorted(files)[0]
    ours, theirs = files[path].split("\n"), files[path].split("\n")
    at = boxes(ours, "Acceptance criteria")
    ours[at[-1] + 1:at[-1] + 1] = ["```"]
    ours[at[0]:at[0]] = ["```text"]
    theirs[at[3]:at[3]] = ["- [ ] It is fast"]
    return {**files, path: "\n".join(ours)}, {**files, path: "\n".join(theirs)}


def limit_heading(rng, files):
    """One side takes the heading away above what the other adds to."""
    path = sorted(files)[0]
    ours, theirs = files[path].split("\n"), files[path].split("\n")
    span, at = section_lines(ours, "Acceptance criteria"), boxes(ours, "Acceptance criteria")
    del ours[span[0] - 1:span[0] + 1]
    theirs[at[-1] + 1:at[-1] + 1] = ["- [ ] It is fast"]
    return {**files, path: "\n".join(ours)}, {**files, path: "\n".join(theirs)}


def limit_similar(rng, files):
    """One side removes the item that the other edits, and adds one that is much like it."""
    path = sorted(files)[0]
    ours = {one: text for one, text in files.items() if one != path}
    ours["backlog/xkcd7-like.md"] = files[path].replace(f"id: {path[8:13]}", "id: xkcd7").replace("case", "event", 1)
    return ours, {**files, path: files[path].replace("estimate: 5", "estimate: 8")}


def limit_scale(rng, files):
    """Both sides split the same paragraph's neighbours: each edit is right, and together they contradict."""
    path = sorted(files)[0]
    return ({**files, path: files[path].replace("It is asked for by the hotline.", "Only the hotline asks for it.")},
            {**files, path: files[path].replace("It was asked for in autumn, too.", "Only the web shop asks for it.")})


LIMITS = {"a fence around what the other side adds to": limit_fence,
          "a heading taken from above what the other side adds to": limit_heading,
          "an item removed, and one like it added, where the other side edits the first": limit_similar,
          "two sentences that contradict each other": limit_scale}


# -- git, and the check --


class Repository:
    def __init__(self, folder, refine):
        self.folder, self.refine, self.number = folder, refine, 0
        self.git("init", "-q")
        with open(os.path.join(folder, ".refine.yaml"), "w", encoding="utf-8") as file:
            file.write("sections: {criteria: [Acceptance criteria, AC]}\n")

    def git(self, *words, good=True):
        done = subprocess.run(["git", *words], cwd=self.folder, capture_output=True, text=True)
        if good and done.returncode:
            raise SystemExit(f"git {' '.join(words)}: {done.stderr}{done.stdout}")
        return done.returncode == 0

    def write(self, files):
        shutil.rmtree(os.path.join(self.folder, "backlog"), ignore_errors=True)
        for path, text in files.items():
            full = os.path.join(self.folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)

    def commit(self, files):
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "as it is")

    def read(self):
        files = {}
        for folder, _, names in os.walk(os.path.join(self.folder, "backlog")):
            for name in names:
                full = os.path.join(folder, name)
                with open(full, encoding="utf-8") as file:
                    files[os.path.relpath(full, self.folder)] = file.read()
        return files

    def check(self):
        done = subprocess.run([self.refine, "check", "--all", "--json"], cwd=self.folder, capture_output=True,
                              text=True)
        if done.returncode not in (0, 1):
            raise SystemExit(f"refine check: {done.stderr}")
        # Where it says that something else stands is no part of what it finds.
        places = re.compile(r"line \d+|(criterion|question) \d+")
        return [(one["rule"], one["path"], places.sub("", one["message"]), one["severity"])
                for one in json.loads(done.stdout)["findings"]]

    def merge(self, base, ours, theirs):
        """The merged files, the findings that neither side has, and the (rule, path) of all; None at a conflict."""
        self.number += 1
        self.git("checkout", "-q", "--orphan", f"theirs{self.number}")
        self.commit(base)
        self.git("branch", f"ours{self.number}")
        self.commit(theirs)
        known = collections.Counter(self.check())
        self.git("checkout", "-q", f"ours{self.number}")
        self.commit(ours)
        known |= collections.Counter(self.check())
        if not self.git("merge", "-q", "--no-edit", f"theirs{self.number}", good=False):
            self.git("merge", "--abort", good=False)
            self.git("reset", "-q", "--hard")
            return None
        seen = collections.Counter(self.check())
        return self.read(), list((seen - known).elements()), {one[:2] for one in seen}


# -- the judgement --


def follow(base, side):
    """Where each file of the base is on that side, by the name of the file."""
    by_name = {os.path.basename(path): path for path in side}
    return {path: by_name.get(os.path.basename(path)) for path in base}


def judge(base, ours, theirs, merged, findings, everything):
    """What is wrong and not found, and what was wrong and found."""
    silent, found = [], []
    reported = collections.defaultdict(list)
    for rule, path, message, severity in findings:
        reported[path].append(rule)
    names = {os.path.basename(path) for files in (base, ours, theirs) for path in files}
    sides = [{os.path.basename(path): text for path, text in files.items()} for files in (base, ours, theirs)]
    results = {os.path.basename(path): (path, text) for path, text in merged.items()}
    for name in sorted(names):
        versions = [side.get(name) for side in sides]
        path, text = results.get(name, (None, None))
        if text is None:
            kept = [one for one in versions[1:] if one is not None]
            if versions[0] is None or len(kept) == 2 or (kept and kept[0] != versions[0]):
                silent.append((name, ["lost: the file"]))
            continue
        if versions[0] is not None and None in versions[1:]:
            silent.append((name, ["invented: the file"]))
            continue
        bad = deviations(versions, text)
        # Both sides had one too many already, each in its place: together they are three, and found as before.
        known = ("duplicate-section", path) in everything
        unknown = [one for one in bad if not (known and one.startswith("twice: ('section'"))]
        if bad and (reported[path] or not unknown):
            found.append((name, bad, reported[path]))
        elif bad:
            silent.append((name, unknown))
    rules, all_rules = {rule for rule, *_ in findings}, {rule for rule, _ in everything}
    needs = {"id": {"duplicate-id"}, "alias": {"duplicate-alias"}, "rank": {"rank-tie"},
             "dangling": {"depends-dangling"}, "circle": {"depends-cycle"}}
    before = broken_between(ours) | broken_between(theirs)
    for one in sorted(broken_between(merged) - before, key=str):
        # Of items that are in circles with each other one is shown: that may be one which was there before. And as long
        # as two files have one id, nobody can say which of them is meant.
        here = all_rules if one[0] == "circle" else rules
        if here & needs[one[0]] or "parse" in rules or "duplicate-id" in all_rules:
            found.append(("between items", [str(one)], sorted(rules)))
        else:
            silent.append(("between items", [str(one)]))
    return silent, found


def took_for_another(base, ours, theirs):
    """Whether git may have taken an item that one side removed for one that it added, and so have made the other
    side's edits of the first in the second. That leaves nothing to be found: it is one of the limits."""
    for side, other in (ours, theirs), (theirs, ours):
        names = [{os.path.basename(path): text for path, text in files.items()} for files in (base, side, other)]
        gone = [name for name in names[0] if name not in names[1]]
        if set(names[1]) - set(names[0]) and any(names[2].get(name) != names[0][name] for name in gone):
            return True
    return False


def needless(found, findings, merged, everything):
    """Errors that nothing which this reading knows of explains. A file that moved took its findings along."""
    explained = {name for name, *_ in found} | {os.path.basename(path) for path in merged if path.count("/") > 1}
    certain = not broken_between(merged) and "duplicate-id" not in {rule for rule, _ in everything}
    return [one for one in findings if one[3] == "error" and os.path.basename(one[1]) not in explained and certain]


def make_base(rng):
    files = {}
    for ident, title, rank in (("bcd23", "Filter by date", "nc"), ("cdf34", "Print the receipt", "nf"),
                               ("dfg45", "Refund", "nj")):
        more = {"labels": rng.sample(["alpha", "beta", "gamma", "delta"], 3)} if rng.random() < 0.7 else {}
        if ident == "dfg45":
            more["depends"] = ["bcd23", "cdf34"]
        files[f"backlog/{ident}-{title.split()[0].lower()}.md"] = new_item(rng, ident, title, rank=rank, **more)
    return files


def run_pairs(repository, seed, pairs):
    count, kinds, failures = collections.Counter(), collections.Counter(), []
    for number in range(pairs):
        rng = random.Random(f"{seed}/{number}")
        base = make_base(rng)
        focus = rng.choice(sorted(base))
        theme = rng.sample(range(KINDS + 1), 2)
        ours, theirs = edit(rng, base, "a", focus, theme), edit(rng, base, "b", focus, theme)
        result = repository.merge(base, ours, theirs)
        if result is None:
            count["conflicts"] += 1
            continue
        merged, findings, everything = result
        silent, found = judge(base, ours, theirs, *result)
        alarms = needless(found, findings, merged, everything)
        if silent and took_for_another(base, ours, theirs):
            count["an item taken for another"] += 1
            continue
        count["silently wrong" if silent else "wrong, and found" if found else "as both wanted"] += 1
        count["needless errors"] += bool(alarms)
        for _, _, rules in found:
            kinds.update(set(rules))
        if silent or alarms:
            failures.append((number, silent, alarms))
    print("# " + ", ".join(f"{count[what]} {what}" for what in (
        "conflicts", "as both wanted", "wrong, and found", "silently wrong", "needless errors",
        "an item taken for another")))
    print("# found by: " + ", ".join(f"{rule} {n}" for rule, n in kinds.most_common()))
    for number, silent, alarms in failures[:20]:
        print(f"# pair {number}: {silent} {alarms}")
    return not failures


def run_limits(repository, seed):
    for what, make in LIMITS.items():
        rng = random.Random(f"{seed}/{what}")
        base = make_base(rng)
        ours, theirs = make(rng, base)
        result = repository.merge(base, ours, theirs)
        silent = [] if result is None else judge(base, ours, theirs, *result)[0]
        print(f"# {what}: {'a conflict' if result is None else 'not found' if silent or not result[1] else 'found'}")


def main(refine, seed, pairs, *rest):
    folder = os.path.abspath("merge-plain")
    os.makedirs(folder)
    repository = Repository(folder, refine)
    if rest:
        run_limits(repository, seed)
        return 0
    return 0 if run_pairs(repository, seed, int(pairs)) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
