#!/usr/bin/env python3
"""Holds refine blame against git blame, line by line, over a made-up history with branches, merges, squashes, moves and edits
by hand.

usage: tests/blame.py PROGRAM SEED STEPS     in an empty folder; says what differs, and how many lines were compared

Every line that is one field, one label, one criterion, one question, one answer or one decision must have the same commit.
Of a criterion or question, which git has as one line, it is that of the wording or of the tick, whichever is the later.
"""
import json
import os
import random
import re
import subprocess
import sys

WORDS = "order basket clerk search filter date category customer receipt printer stock shelf workshop invoice".split()


class Item:
    """An item as the lines it is written in; it is read again from the file for each edit, for a merge may have made it."""

    def __init__(self, path):
        self.path, self.fields, self.labels, self.criteria, self.questions, self.decisions = path, {}, [], [], [], []
        self.story, self.notes = "", []
        if os.path.exists(path):
            self.read()

    def read(self):
        _, front, body = open(self.path).read().split("---\n", 2)
        for line in front.splitlines():
            if line.startswith("  - "):
                self.labels.append(line[4:])
            elif line != "labels:":
                key, value = line.split(": ", 1)
                self.fields[key] = value
        section = None
        for line in filter(None, body.splitlines()):
            if line.startswith("## "):
                section = line[3:]
            elif section == "Story":
                self.story += line
            elif section == "Notes":
                self.notes.append(line)
            elif section == "Acceptance criteria":
                self.criteria.append([line[3], line[6:]])
            elif section == "Open questions" and line.startswith("  - "):
                self.questions[-1][2].append(line[4:])
            elif section == "Open questions":
                self.questions.append([line[3], line[6:], []])
            else:
                self.decisions.append(line[2:])

    def write(self):
        lines = ["---"] + ["%s: %s" % pair for pair in self.fields.items()]
        lines += ["labels:"] * bool(self.labels) + ["  - " + label for label in self.labels]
        lines += ["---", "", "## Story", "", self.story, "", "## Acceptance criteria", ""]
        lines += ["- [%s] %s" % tuple(criterion) for criterion in self.criteria]
        lines += ["", "## Open questions", ""]
        for tick, text, answers in self.questions:
            lines += ["- [%s] %s" % (tick, text)] + ["  - " + answer for answer in answers]
        lines += ["", "## Decisions", ""] + ["- " + decision for decision in self.decisions]
        lines += ["", "## Notes", ""] + self.notes
        open(self.path, "w").write("\n".join(lines).rstrip("\n") + "\n")


class Maker:
    """Makes the history, in the current folder."""

    def __init__(self, seed):
        self.dice, self.serial, self.clock, self.branches = random.Random(seed), 0, 1700000000, ["main"]

    def git(self, *words, check=True):
        self.clock += self.dice.choice([60, 60, 60, 0, -30])
        date = "%d +0000" % self.clock
        done = subprocess.run(["git", *words], env=dict(os.environ, GIT_AUTHOR_DATE=date, GIT_COMMITTER_DATE=date),
                              capture_output=True, text=True, check=False)
        if check and done.returncode:
            sys.exit("git %s: %s%s" % (" ".join(words), done.stdout, done.stderr))
        return done

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def words(self, count):
        """Words that stand nowhere else, so that git takes no line for another."""
        self.serial += 1
        return " ".join(self.dice.choice(WORDS) for _ in range(count)) + " %d" % self.serial

    def new_item(self, ident):
        item = Item("backlog/%s-item.md" % ident)
        item.fields = {"title": self.words(3), "id": ident, "rank": "nb", "status": "new", "estimate": "5"}
        item.labels = [self.words(1), self.words(1)]
        item.criteria = [[" ", self.words(6)] for _ in range(3)]
        # So much stays as it is that git takes no moved file for another.
        item.notes = [self.words(12) for _ in range(60)]
        item.questions, item.story = [[" ", "@bo " + self.words(5), []]], self.words(8)
        item.write()

    def files(self):
        return sorted(os.path.join(folder, name) for folder, _, names in os.walk("backlog") for name in names)

    def reword(self, text):
        words = text.split()
        words[self.dice.randrange(len(words))] = self.dice.choice(WORDS)
        return " ".join(words)

    def edit_field(self, item):
        key = self.dice.choice(["estimate", "status", "title", "owner", "rank"])
        if key == "owner" and "owner" in item.fields:
            del item.fields["owner"]
            return
        item.fields[key] = {"estimate": self.dice.choice("12358"), "title": self.words(3), "rank": "n" + self.dice.choice("bcd"),
                            "status": self.dice.choice(["new", "refining", "done"]), "owner": self.dice.choice(["ana", "bo"])}[key]

    def edit_list(self, texts, make):
        if texts and self.dice.random() < .4:
            texts.pop(self.dice.randrange(len(texts)))
        else:
            texts.append(make())

    def edit(self, path):
        item, kind = Item(path), self.dice.randrange(9)
        criterion = self.dice.choice(item.criteria) if item.criteria else [" ", ""]
        if kind < 3:
            self.edit_field(item)
        elif kind == 3:
            self.edit_list(item.labels, lambda: self.words(1))
        elif kind == 4:
            self.edit_list(item.criteria, lambda: [" ", self.words(6)])
        elif kind == 5:
            criterion[0] = "x" if criterion[0] == " " else " "
        elif kind == 6:
            criterion[1] = self.reword(criterion[1]) if criterion[1] else ""
        elif kind == 7 and item.questions and self.dice.random() < .6:
            question = self.dice.choice(item.questions)
            question[0] = "x"
            question[2].append(self.words(4))
        elif kind == 7:
            item.questions.append([" ", "@bo " + self.words(5), []])
        else:
            item.decisions.append("2026-11-20 Ana: " + self.words(5))
        item.write()

    def merge(self, step):
        """Takes one side of each conflict, and now and then decides something else."""
        here = self.git("rev-parse", "--abbrev-ref", "HEAD").stdout.strip()
        other = self.dice.choice([branch for branch in self.branches if branch != here])
        kind = self.dice.choice(["--squash", "--no-ff", "--no-ff", "--no-ff"])
        self.git("merge", "-q", kind, "--no-commit", "-X", self.dice.choice(["ours", "theirs"]), other, check=False)
        if self.dice.random() < .3:
            self.edit(self.dice.choice(self.files()))
        self.commit("merge %d" % step)
        if other != "main" and self.dice.random() < .6:
            self.branches.remove(other)

    def move(self, step):
        path = self.dice.choice(self.files())
        folder = self.dice.choice(["backlog", "backlog/archive"])
        target = "%s/%s%s.md" % (folder, os.path.basename(path)[:5], self.dice.choice(["-item", "-sort", ""]))
        if target != path:
            os.makedirs(folder, exist_ok=True)
            os.rename(path, target)
            self.commit("move %d" % step)

    def mend(self, step):
        """A merge of two moves may leave two files of one item, which this is not about."""
        seen = set()
        for path in self.files():
            ident = os.path.basename(path)[:5]
            if ident in seen:
                os.unlink(path)
            seen.add(ident)
        if self.git("status", "--porcelain").stdout:
            self.commit("mend %d" % step)

    def step(self, number):
        chance = self.dice.random()
        if chance < .72:
            for _ in range(self.dice.choice([0, 1, 1, 1, 2, 3])):
                self.edit(self.dice.choice(self.files()))
            self.commit("step %d" % number)
        elif chance < .78:
            self.move(number)
        elif chance < .86 and len(self.branches) < 4:
            self.branches.append("b%d" % number)
            self.git("checkout", "-qb", self.branches[-1])
        elif chance < .92:
            self.git("checkout", "-q", self.dice.choice(self.branches))
        elif len(self.branches) > 1:
            self.merge(number)
        self.mend(number)

    def make(self, steps):
        self.git("init", "-q", "-b", "main")
        os.makedirs("backlog")
        for ident in ("k7q2m", "t2h8k"):
            self.new_item(ident)
        self.commit("begin")
        for number in range(steps):
            self.step(number)
        if self.dice.random() < .5:
            self.edit(self.dice.choice(self.files()))


def lines_of_git(path):
    """(commit, text) of each line, by its number."""
    out = subprocess.run(["git", "blame", "-w", "--porcelain", "--", path], capture_output=True, text=True, check=True).stdout
    lines, at = {}, None
    for line in out.splitlines():
        head = re.match(r"([0-9a-f]{40}) \d+ (\d+)", line)
        if head:
            at = head
        elif line.startswith("\t"):
            lines[int(at[2])] = (at[1], line[1:])
    return lines


def is_before(one, other):
    """Whether one of two different commits is an ancestor; what is not recorded is the last."""
    if "0" * 40 in (one, other):
        return other == "0" * 40
    return subprocess.run(["git", "merge-base", "--is-ancestor", one, other], check=False).returncode == 0


def compare(program, path):
    """What differs, and how many lines were compared."""
    said = subprocess.run([program, "blame", os.path.basename(path)[:5], "--json"], capture_output=True, text=True, check=True)
    commits, faults, count = {}, [], 0
    for part in json.loads(said.stdout)["parts"]:
        if part["kind"] not in ("section", "text"):
            commits.setdefault(part["line"], set()).add(part["origin"]["commit"] if part["origin"] else "0" * 40)
    for number, (commit, text) in lines_of_git(path).items():
        ours = commits.get(number, set())
        count += bool(ours)
        if ours and (commit not in ours or any(is_before(commit, other) for other in ours - {commit})):
            faults.append("%s:%d: git %s, refine %s: %s" % (path, number, commit, " ".join(sorted(ours)), text))
    return faults, count


def main():
    program, seed, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    maker, faults, count = Maker(seed), [], 0
    maker.make(steps)
    for path in maker.files():
        more, lines = compare(program, path)
        faults, count = faults + more, count + lines
    print("\n".join(faults + ["%d lines" % count]))
    sys.exit(bool(faults) or count < 10)


if __name__ == "__main__":
    main()
