"""What the merge driver makes of two people's edits of one item.

usage: tests/merge_pairs.py REFINE SEED PAIRS

Many items are edited on two branches at random, a few decisions on each side, and merged by git with the driver that
`refine hook install` sets up. A conflict is where both sides decided the same thing differently, and only there; without
one the item holds what both decided. What that is is worked out here from the decisions that were made, and read from the
files by a few lines of this file: nothing is asked of refine but the merge. Then the merge is undone, and made again
without the driver, to tell how many conflicts it saves.
"""

import os
import random
import re
import shutil
import subprocess
import sys

ALPHABET = "bcdfghjkmnpqrstvwxz"
SCALARS = {"title": ["Find orders", "Filter orders by date", "Search: orders, \"old\" ones"], "estimate": ["1", "2", "8"],
           "owner": ["ana", "bo", "cy"], "sprint": ["12", "13"], "risk": ["low", "high"], "goal": ["speed", "reach"]}
CRITERIA = ["Given 10,000 orders, when a date range is set, the list shows within 500 ms",
            "An empty range says that nothing was found and keeps the range",
            "A range of the future is refused with a message that names today",
            "The chosen range stays when the page is loaded again"]
ADDED = ["Orders of guests are found by their address", "A range of one day shows the orders of that day",
         "Cancelled orders are listed in grey", "The number of orders found stands above the list"]
QUESTIONS = ["@product-owner Do archived orders count?", "@bo Is the category tree cached?"]
ASKED = ["@ana Which time zone is a day in?", "@cy Who sees the orders of a company?"]


class Item:
    """One item as decisions have it, not as text."""

    def __init__(self, ident, dice):
        self.ident, self.rank = ident, "n" + dice.choice(ALPHABET) + dice.choice(ALPHABET[1:])
        self.scalars = {"title": "Filter orders", "estimate": "5"}
        self.scalars.update({key: SCALARS[key][0] for key in ("owner", "goal") if dice.random() < .5})
        self.lists = {"labels": ["search", "shop"][:dice.randint(0, 2)], "depends": ["t2h8k"][:dice.randint(0, 1)]}
        self.votes = {"ana": "5", "bo": "8"} if dice.random() < .5 else {}
        self.criteria = [[number, text, dice.random() < .2] for number, text in enumerate(CRITERIA)]
        self.questions = [[text, ()] for text in QUESTIONS]
        self.story = "As a returning customer, I want to filter orders, so that I find last month's."
        self.sections = {}
        self.eol = "\r\n" if dice.random() < .1 else "\n"

    def copy(self):
        other = Item.__new__(Item)
        other.__dict__.update(self.__dict__)
        other.scalars, other.votes, other.sections = dict(self.scalars), dict(self.votes), dict(self.sections)
        other.lists = {key: list(values) for key, values in self.lists.items()}
        other.criteria = [list(criterion) for criterion in self.criteria]
        other.questions = [list(question) for question in self.questions]
        return other

    def print(self):
        out = ["---", f"title: {quoted(self.scalars['title'])}", f"id: {self.ident}", f"rank: {self.rank}", "type: story",
               "status: refining", "created: 2026-11-20"]
        for key in ("estimate", "owner", "goal", "sprint", "risk"):
            if key in self.scalars:
                out.append(f"{key}: {quoted(self.scalars[key])}")
        for key, values in self.lists.items():
            out += [f"{key}:"] * bool(values) + [f"  - {value}" for value in values]
        out += ["votes:"] * bool(self.votes) + [f"  {who}: {value}" for who, value in self.votes.items()]
        out += ["---", "", "## Story", "", self.story, "", "## Acceptance criteria", ""]
        out += [f"- [{'x' if ticked else ' '}] {text}" for _, text, ticked in self.criteria]
        out += ["", "## Open questions", ""]
        for text, answer in self.questions:
            out.append(f"- [{'x' if answer else ' '}] {text}")
            out += [f"  - 2026-11-21 Ana: {one}" for one in answer]
        for name, text in self.sections.items():
            out += ["", f"## {name}", "", text]
        return self.eol.join(out) + self.eol


def quoted(text):
    return '"' + text.replace('"', '\\"') + '"' if re.search(r'[":]', text) else text


def decide(item, dice):
    """Makes one decision of an item; returns the thing that it was about, and what became of it."""
    kind = dice.choice(["scalar", "scalar", "label", "unlabel", "vote", "rank", "tick", "reword", "add", "remove", "ask",
                        "answer", "story", "section"])
    if kind == "scalar":
        key = dice.choice(sorted(SCALARS))
        item.scalars[key] = dice.choice([value for value in SCALARS[key] if value != item.scalars.get(key)])
        return key, item.scalars[key]
    if kind == "label":
        key, value = dice.choice([("labels", "urgent"), ("labels", "mobile"), ("depends", "k7q2m"), ("depends", "c4x9d")])
        item.lists[key] += [value] * (value not in item.lists[key])
        return (key, value), "in"
    if kind == "unlabel":
        key = dice.choice(["labels", "depends"])
        if not item.lists[key]:
            return None
        value = item.lists[key].pop(0)
        return (key, value), "out"
    if kind == "vote":
        who = dice.choice(["ana", "bo", "cy"])
        item.votes[who] = dice.choice(["1", "3", "13"])
        return ("votes", who), item.votes[who]
    if kind == "rank":
        item.rank = "p" + dice.choice(ALPHABET) + dice.choice(ALPHABET[1:])
        return "rank", item.rank
    if kind in ("tick", "reword", "remove"):
        old = [criterion for criterion in item.criteria if criterion[0] is not None]
        if not old:
            return None
        criterion = dice.choice(old)
        if kind == "tick":
            criterion[2] = not criterion[2]
            return ("tick", criterion[0]), criterion[2]
        if kind == "reword":
            words = criterion[1].split()
            words[dice.randrange(len(words))] = dice.choice(["twice", "always", "soon"])
            criterion[1] = " ".join(words)
            return ("text", criterion[0]), criterion[1]
        item.criteria.remove(criterion)
        return ("there", criterion[0]), False
    if kind == "add":
        text = dice.choice(ADDED)
        if any(criterion[1] == text for criterion in item.criteria):
            return None
        item.criteria.append([None, text, False])
        return ("new", text), True
    if kind == "ask":
        text = dice.choice(ASKED)
        item.questions += [[text, ()]] * (text not in [question[0] for question in item.questions])
        return ("asked", text), True
    if kind == "answer":
        question = dice.choice(item.questions[:2])
        if question[1]:
            return None
        question[1] = (dice.choice(["yes, they do", "no"]),)
        return ("answer", question[0]), question[1]
    if kind == "story":
        item.story = f"As a {dice.choice(['clerk', 'customer'])}, I want to filter orders, so that I find them."
        return "story", item.story
    name = dice.choice(["Approach", "Measure"])
    item.sections[name] = dice.choice(["Filter in the index.", "Count the calls."])
    return ("section", name), item.sections[name]


def edit(base, dice):
    item, done = base.copy(), {}
    for _ in range(dice.randint(1, 5)):
        decided = decide(item, dice)
        if decided:
            done[decided[0]] = decided[1]
    return item, {thing: value for thing, value in done.items() if not is_as_before(base, thing, value)}


def is_as_before(base, thing, value):
    """Whether what was decided was so already, or was taken back again."""
    if isinstance(thing, str):
        return value == base.scalars.get(thing)
    if thing[0] in base.lists:
        return (value == "in") == (thing[1] in base.lists[thing[0]])
    if thing[0] == "votes":
        return value == base.votes.get(thing[1])
    return thing[0] == "tick" and value == base.criteria[thing[1]][2]


def disputed(ours, theirs):
    """The things that both decided, and not alike; not rank, of which the smaller stands, and not answers, which both
    stay."""
    things = {thing for thing in ours if thing in theirs and ours[thing] != theirs[thing]} - {"rank"}
    things = {thing for thing in things if thing[0] != "answer"}
    for one, other in ((ours, theirs), (theirs, ours)):
        for thing in one:
            if isinstance(thing, tuple) and thing[0] == "there":
                things |= {thing for kind in ("tick", "text") if (kind, thing[1]) in other and thing not in other}
    return things


def merged(base, ours, theirs):
    """What both decided, as facts that can be read from a file; without an order but that of the criteria of base."""
    item = base.copy()
    for done in (ours, theirs):
        for thing, value in done.items():
            if isinstance(thing, str) and thing not in ("rank", "story"):
                item.scalars[thing] = value
            elif thing == "story":
                item.story = value
            elif thing[0] in item.lists:
                item.lists[thing[0]] = [entry for entry in item.lists[thing[0]] if entry != thing[1]]
                item.lists[thing[0]] += [thing[1]] * (value == "in")
            elif thing[0] == "votes":
                item.votes[thing[1]] = value
            elif thing[0] in ("tick", "text"):
                for criterion in item.criteria:
                    if criterion[0] == thing[1]:
                        criterion[1 if thing[0] == "text" else 2] = value
            elif thing[0] == "there":
                item.criteria = [criterion for criterion in item.criteria if criterion[0] != thing[1]]
            elif thing[0] == "new" and all(criterion[1] != thing[1] for criterion in item.criteria):
                item.criteria.append([None, thing[1], False])
            elif thing[0] == "asked" and all(question[0] != thing[1] for question in item.questions):
                item.questions.append([thing[1], ()])
            elif thing[0] == "answer":
                for question in item.questions:
                    if question[0] == thing[1]:
                        question[1] += tuple(one for one in value if one not in question[1])
            elif thing[0] == "section":
                item.sections[thing[1]] = value
    item.rank = min([done["rank"] for done in (ours, theirs) if "rank" in done], default=base.rank)
    return item


def facts(text):
    """What a file says, each thing once, with how often it stands there."""
    _, front, body = re.split(r"(?m)^---\r?$", text, maxsplit=2)
    found, key, section = {}, None, None

    def note(*what):
        found[what] = found.get(what, 0) + 1

    for line in front.splitlines():
        if re.match(r"[a-z-]+:", line):
            key, _, value = line.partition(":")
            if value.strip():
                note(key, value.strip())
        elif line.strip():
            note(key, line.strip())
    number = 0
    for line in body.splitlines():
        if line.startswith("## "):
            section = line
            note("heading", line)
        elif line.startswith("- "):
            number += 1
            note(section, line)
        elif line.strip():
            note(section, line)
    return found


def in_order(text, base):
    """Whether the criteria of base that are still there stand in its order."""
    places = [text.find(criterion[1]) for criterion in base.criteria]
    places = [place for place in places if place >= 0]
    return places == sorted(places)


def git(*words, good=True):
    done = subprocess.run(["git", *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if good and done.returncode:
        sys.exit(f"git {' '.join(words)}: {done.stdout}")
    return done


def write(items):
    for item in items:
        with open(f"backlog/{item.ident}-item.md", "w", newline="") as file:
            file.write(item.print())


def branch(name, items):
    git("switch", "-q", "-c", name, "base")
    write(items)
    git("commit", "-qam", name)


def conflicts():
    return {os.path.basename(line)[:5] for line in
            git("diff", "--name-only", "--diff-filter=U").stdout.splitlines()}


def make(count, dice):
    """A repository of pairs; returns (base, ours, theirs) of each, the latter two as decisions."""
    git("init", "-q", "-b", "base")
    os.mkdir("backlog")
    idents = set()
    while len(idents) < count:
        idents.add("".join(dice.choice(ALPHABET) for _ in range(5)))
    bases = [Item(ident, dice) for ident in sorted(idents)]
    write(bases)
    with open(".gitattributes", "w") as file:
        file.write("backlog/*.md -text\n")
    git("add", ".")
    git("commit", "-qm", "base")
    sides = [[edit(base, dice) for base in bases] for _ in range(2)]
    branch("theirs", [item for item, _ in sides[1]])
    branch("ours", [item for item, _ in sides[0]])
    return [(base, sides[0][i][1], sides[1][i][1]) for i, base in enumerate(bases)]


def judge(pairs, left):
    """What is wrong with the merge, a line each; left are the items in conflict."""
    for base, ours, theirs in pairs:
        things = disputed(ours, theirs)
        with open(f"backlog/{base.ident}-item.md", newline="") as file:
            text = file.read()
        if bool(things) != (base.ident in left):
            yield base, f"{'no conflict' if things else 'a conflict'}, though {sorted(map(str, things))} is disputed", text
        elif things:
            if text.count("<<<<<<<") != text.count(">>>>>>>") or "<<<<<<<" not in text:
                yield base, "markers that do not match", text
        else:
            wanted = facts(merged(base, ours, theirs).print())
            if facts(text) != wanted:
                yield base, f"not {sorted(set(wanted.items()) ^ set(facts(text).items()), key=str)}", text
            elif not in_order(text, base):
                yield base, "criteria in another order", text
            elif base.eol == "\r\n" and text.count("\n") != text.count("\r\n"):
                yield base, "other line endings", text


def main():
    refine, seed, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    os.environ["PATH"] = os.path.dirname(refine) + os.pathsep + os.environ["PATH"]
    dice = random.Random(seed)
    shutil.rmtree("pairs", ignore_errors=True)
    os.mkdir("pairs")
    os.chdir("pairs")
    pairs = make(count, dice)
    subprocess.run([refine, "hook", "install", "--yes"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    git("add", ".gitattributes", good=False)
    git("commit", "-qm", "drivers")
    ours = git("rev-parse", "HEAD").stdout
    said = git("merge", "-q", "-m", "merge", "theirs", good=False).stdout
    left = conflicts()
    wrong = 0
    for base, what, text in judge(pairs, left):
        wrong += 1
        print(f"# {base.ident}: {what}")
        print("\n".join("#   " + line for line in text.splitlines()) if wrong <= 3 else "# …")
    if left:
        git("merge", "--abort")
    else:
        git("reset", "-q", "--hard", "ours")
    if git("status", "--porcelain").stdout or git("rev-parse", "HEAD").stdout != ours:
        wrong += 1
        print("# merge --abort leaves something behind", git("status", "--porcelain").stdout)
    os.remove(".git/info/attributes") if os.path.exists(".git/info/attributes") else None
    git("-c", "merge.refine.driver=git merge-file -q %A %O %B", "merge", "-q", "-m", "merge", "theirs", good=False)
    print(f"# {count} pairs, seed {seed}: {len(left)} conflicts with the driver, {len(conflicts())} without, {wrong} wrong")
    if wrong:
        print("# " + "\n# ".join(said.splitlines()[:8]))
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main())
