#!/usr/bin/env python3
"""Pairs of edits of one item at random, merged by git with the driver, and by git alone.

usage: tests/pairs.py PROGRAM [PAIRS] [SEED]

Both sides edit one item: fields, labels, rank, status, criteria, questions, decisions, paragraphs. What the merge must be is
told from the edits that were made, not from the texts: they conflict only where both did something different to the same thing.
Where git alone merges such a pair into something else, refine check must find it.
"""
import collections
import copy
import os
import random
import re
import subprocess
import sys
import tempfile

FLOW = ["new", "refining", "ready", "doing", "done", "released"]
NOUNS = "basket tyre ledger window ticket saddle parcel drawer printer mirror bottle ladder".split()
VERBS = "shows keeps finds sells counts prints opens sorts stores sends".split()
PLACES = "kitchen garage harbour cellar meadow station chapel orchard".split()
FIELDS = {"type": ["bug", "task", "spike"], "estimate": ["1", "2", "3", "8"], "owner": ["bo", "cy", "dora"],
          "parent": ["t2h8k", "c4x9d"], "value": ["high", "low"]}


class Item:
    """An item as what it says."""

    def __init__(self, dice):
        self.fields = collections.OrderedDict(title="Filter search results", id="k7q2m", rank="nhm", type="story",
                                              status=dice.choice(["new", "refining", "ready"]), created="2026-11-20",
                                              estimate="5", owner="ana", value="fair")
        for name in ("estimate", "owner", "value"):
            if dice.random() < .3:
                del self.fields[name]
        self.labels = [label for label in ("search", "web", "counter") if dice.random() < .7]
        words = dice.sample([(n, v) for n in NOUNS for v in VERBS], 5)
        self.criteria = [["The %s %s within %d seconds near the %s" % (noun, verb, number + 2, dice.choice(PLACES)),
                          dice.random() < .3] for number, (noun, verb) in enumerate(words)][:dice.randint(1, 5)]
        self.questions = [["@bo Is the %s open in winter?" % noun, False, []] for noun in dice.sample(NOUNS, 2)]
        self.decisions = ["2026-11-20 Ana: the %s stays" % dice.choice(NOUNS)]
        self.story = ["As a clerk, I want to see the %s,\nso that nobody waits." % dice.choice(NOUNS),
                      "It began in the %s." % dice.choice(PLACES)]
        self.sections = {}

    def text(self):
        lines = ["---"] + ["%s: %s" % pair for pair in self.fields.items()]
        if self.labels:
            lines += ["labels:"] + ["  - " + label for label in self.labels]
        lines += ["---", "", "## Story"]
        for paragraph in self.story:
            lines += ["", paragraph]
        lines += ["", "## Acceptance criteria", ""] + ["- [%s] %s" % ("x" if tick else " ", text)
                                                      for text, tick in self.criteria]
        lines += ["", "## Open questions", ""]
        for text, tick, answers in self.questions:
            lines += ["- [%s] %s" % ("x" if tick else " ", text)] + ["  - " + answer for answer in answers]
        lines += ["", "## Decisions", ""] + ["- " + decision for decision in self.decisions]
        for title, text in self.sections.items():
            lines += ["", "## " + title, "", text]
        return "\n".join(lines) + "\n"


def edits_of(dice, base, who):
    """Some edits: what each is about, and what it makes of it."""
    made = {}
    for _ in range(dice.randint(1, 4)):
        kind = dice.randrange(13)
        if kind < 3:
            name = dice.choice(list(FIELDS))
            made["field", name] = dice.choice(FIELDS[name] + [None] * (name in base.fields))
            if made["field", name] == base.fields.get(name):
                del made["field", name]
        elif kind == 3:
            made["rank",] = "n" + dice.choice("bcdfgjkm") + dice.choice("cdfghjk")
        elif kind == 4:
            at = FLOW.index(base.fields["status"])
            made["status",] = dice.choice([word for word in FLOW if word != FLOW[at]] + ["dropped", "split"])
        elif kind == 5:
            made["label", dice.choice(["red", "blue", "green"])] = True
        elif kind == 6 and base.labels:
            made["label", dice.choice(base.labels)] = False
        elif kind == 7:
            index = dice.randrange(len(base.criteria))
            made["tick", index] = not base.criteria[index][1]
        elif kind == 8:
            index = dice.randrange(len(base.criteria))
            made["text", index] = base.criteria[index][0].replace("within", dice.choice(["after", "before", "in"]))
        elif kind == 9:
            index = dice.randrange(len(base.criteria))
            if not [key for key in made if key[1:] == (index,)]:
                made["gone", index] = True
        elif kind == 10:
            made["new", who] = "Also %s rings %s bells" % (who, dice.choice(["nine", "seven"]))
        elif kind == 11:
            index = dice.randrange(2)
            made["answer", index, who] = "2026-11-%d %s: yes, by %s" % (dice.randint(21, 29), who, dice.choice(PLACES))
            made["asked", index] = True
        else:
            kind = dice.randrange(3)
            if kind == 0:
                made["decision", who] = "2026-11-%d %s: by %s" % (dice.randint(21, 29), who, dice.choice(PLACES))
            elif kind == 1:
                made["story", 1] = "It began in the %s, long ago." % dice.choice(PLACES)
            else:
                made["section", "Words of " + who] = "Heard by %s." % who
    for key in [key for key in made if key[0] in ("tick", "text") and ("gone", key[1]) in made]:
        del made[key]
    return made


def apply(base, edits):
    """The item after the edits."""
    item = copy.deepcopy(base)
    order = list(item.fields)
    for key, value in edits.items():
        if key[0] == "field" and value is None:
            item.fields.pop(key[1], None)
        elif key[0] == "field":
            item.fields[key[1]] = value
        elif key[0] in ("rank", "status"):
            item.fields[key[0]] = value
        elif key[0] == "label":
            item.labels = [label for label in item.labels if label != key[1]] + [key[1]] * value
        elif key[0] == "tick":
            item.criteria[key[1]][1] = value
        elif key[0] == "text":
            item.criteria[key[1]][0] = value
        elif key[0] == "new":
            item.criteria.append([value, False])
        elif key[0] == "answer":
            item.questions[key[1]][2].append(value)
        elif key[0] == "asked":
            item.questions[key[1]][1] = value
        elif key[0] == "decision":
            item.decisions.append(value)
        elif key[0] == "story":
            item.story[key[1]] = value
        elif key[0] == "section":
            item.sections[key[1]] = value
    gone = {key[1] for key in edits if key[0] == "gone"}
    item.criteria = [criterion for index, criterion in enumerate(item.criteria) if index not in gone]
    places = ["title", "id", "rank", "type", "status", "created", "estimate", "parent", "owner", "value"]
    assert all(name in places for name in order)
    item.fields = collections.OrderedDict(sorted(item.fields.items(), key=lambda pair: places.index(pair[0])))
    return item


def settle(base, one, other):
    """What both decided of one thing: (the decision, whether it is a conflict)."""
    if one == other:
        return one, False
    if base[0] == "rank":
        return min(one, other), False
    if base[0] != "status":
        return None, True
    at, closed = FLOW.index(base[1]), [word for word in (one, other) if word not in FLOW]
    if len(closed) == 1:
        rest = other if one in closed else one
        return closed[0], rest not in ("new", "refining")
    if closed:
        return None, True
    first, second = sorted((FLOW.index(one), FLOW.index(other)))
    if first > at:
        return FLOW[second], False
    return FLOW[first], second > at


def join(base, ours, theirs):
    """Both sides' edits as one, and what they dispute."""
    joined, disputed = {**theirs, **ours}, set()
    for key in set(ours) & set(theirs):
        joined[key], conflict = settle((key[0], base.fields.get("status")), ours[key], theirs[key])
        if conflict:
            disputed.add(key[:2])
    for mine, others in ((ours, theirs), (theirs, ours)):
        for key in mine:
            if key[0] == "gone" and (("tick", key[1]) in others or ("text", key[1]) in others):
                disputed.add(("criterion", key[1]))
    disputed = {("criterion", key[1]) if key[0] in ("text", "tick") else key for key in disputed}
    return joined, disputed


def normal(text):
    """What an item says, in the order of its lines but for lists, which may stand in either order."""
    parts, where = collections.defaultdict(list), "front"
    for line in text.splitlines():
        if line.startswith("## ") or (line == "---" and where == "front" and parts["front"]):
            where = line
        elif line.strip() and line != "---":
            parts[where].append(line)
    return {name: sorted(lines) for name, lines in parts.items() if lines}


def fast_import(pairs):
    """All versions as branches base-N, ours-N and theirs-N."""
    stream = []
    def commit(branch, text, parent):
        data = text.encode()
        stream.append(b"commit refs/heads/%s\ncommitter A <a@b> 1795251600 +0000\ndata 1\nx\n" % branch.encode())
        if parent:
            stream.append(b"from refs/heads/%s\n" % parent.encode())
        stream.append(b"M 644 inline backlog/k7q2m-filter.md\ndata %d\n%s\n" % (len(data), data))
        attributes = b"backlog/**/*.md merge=refine\n"
        stream.append(b"M 644 inline .gitattributes\ndata %d\n%s\n" % (len(attributes), attributes))
    for number, (base, ours, theirs) in enumerate(pairs):
        commit("base-%d" % number, base, None)
        commit("ours-%d" % number, ours, "base-%d" % number)
        commit("theirs-%d" % number, theirs, "base-%d" % number)
    subprocess.run(["git", "fast-import", "--quiet"], input=b"".join(stream), check=True)


def merge_alone(texts):
    """The merge as git makes it without the driver; None where it conflicts."""
    names = ["base", "ours", "theirs"]
    for name, text in zip(names, texts):
        with open("../" + name, "w", encoding="utf-8") as out:
            out.write(text)
    done = subprocess.run(["git", "merge-file", "-p", "../ours", "../base", "../theirs"], stdout=subprocess.PIPE)
    return done.stdout.decode() if done.returncode == 0 else None


def is_found(program, text):
    """Whether refine check finds something in the item."""
    with open("backlog/k7q2m-filter.md", "w", encoding="utf-8") as out:
        out.write(text)
    done = subprocess.run([program, "check", "--all", "--fail-on", "warning"], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    subprocess.run(["git", "checkout", "-q", "-f", "HEAD"], check=True)
    return done.returncode != 0


def judge(program, number, base, edits, texts, counts):
    """What is wrong with the merge of a pair, or None."""
    joined, disputed = join(base, *edits)
    subprocess.run(["git", "checkout", "-q", "-f", "ours-%d" % number], check=True)
    done = subprocess.run(["git", "merge", "-q", "--no-edit", "theirs-%d" % number], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    with open("backlog/k7q2m-filter.md", encoding="utf-8") as file:
        merged = file.read()
    marks = len(re.findall("^<<<<<<< ", merged, re.MULTILINE))
    subprocess.run(["git", "reset", "-q", "--hard"], check=True)
    expected = normal(apply(base, joined).text()) if not disputed else None
    counts["disputed" if disputed else "merged"] += 1
    if done.returncode != (1 if disputed else 0) or marks != len(disputed):
        return "expected conflicts about %s, saw %d (%s):\n%s" % (sorted(map(str, disputed)), marks,
                                                                 done.stdout.decode(), merged)
    if expected and normal(merged) != expected:
        return "expected %s, saw\n%s" % (expected, merged)
    alone = merge_alone(texts)
    counts["git alone conflicts"] += alone is None
    if alone is not None and (disputed or normal(alone) != expected):
        counts["git alone is wrong"] += 1
        if not is_found(program, alone):
            return "git alone made of it what check does not find:\n%s" % alone
    return None


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 500
    dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 20261121)
    items, edits, texts = [], [], []
    for _ in range(count):
        base = Item(dice)
        pair = edits_of(dice, base, "Ada"), edits_of(dice, base, "Kim")
        items.append(base)
        edits.append(pair)
        texts.append((base.text(), apply(base, pair[0]).text(), apply(base, pair[1]).text()))
    counts, faults = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(folder + "/shop")
        os.chdir(folder + "/shop")
        subprocess.run(["git", "init", "-q"], check=True)
        subprocess.run(["git", "config", "merge.refine.driver", program + " merge-driver %O %A %B %L %P"], check=True)
        fast_import(texts)
        for number in range(count):
            fault = judge(program, number, items[number], edits[number], texts[number], counts)
            if fault:
                faults += 1
                print("pair %d: ours %s, theirs %s: %s" % (number, edits[number][0], edits[number][1], fault))
        os.chdir("/")
    print(dict(counts))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
