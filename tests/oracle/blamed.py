"""Holds what `refine blame` says of an item against git blame, and against the versions of the item along the graph.

A part was decided in the commit no parent of which has it. git blame goes by lines, and names that commit but where
- a later one wrote the same anew, or in another place: a parent of it has the part;
- the line was part of something else before, of a longer criterion or another list: the commit itself has no such part;
- two branches decided the same: no parent of either commit has the part;
- git takes the file for another item's that was renamed.
"""
import collections
import json
import re

import items

UNKNOWN = "behind what cannot be compared"


class Part(collections.namedtuple("Part", "kind aspect name number line")):
    """A part as refine names it, with what tells whether a version has it."""

    def key_in(self, item):
        """What is compared, in the version that is blamed; None where the oracle does not know the part."""
        if self.kind in ("field", "entry"):
            return self.field_key(item)
        if self.kind == "criterion" and self.number <= len(item.criteria):
            one = item.criteria[self.number - 1]
            alone = [other.text for other in item.criteria].count(one.text) == 1
            return (one.text, one.ticked) if alone else None
        if self.kind == "section" and self.name.lower() not in ("open questions", "decisions", "assumptions", "feedback"):
            found = [one for one in item.sections if one.title == self.name]
            return (self.name, tuple(found[0].words)) if len(found) == 1 else None
        return item.text if self.kind == "text" else None

    def field_key(self, item):
        """The same of a field or entry."""
        name, _, entry = self.name.partition(".")
        value = item.fields.get(name)
        if self.kind == "field":
            if entry:
                return value.get(entry) if isinstance(value, dict) else None
            return None if isinstance(value, (list, dict)) else ("value", value)
        entries = re.sub(r"^\s*- ", "", self.number).strip() if isinstance(self.number, str) else None
        return entries if isinstance(value, list) and value.count(entries) == 1 else None

    def is_in(self, item, key):
        """Whether a version has it; None where it cannot be told."""
        name, _, entry = self.name.partition(".") if self.name else ("", "", "")
        if self.kind == "field":
            value = item.fields.get(name)
            if entry:
                return isinstance(value, dict) and entry in value and value[entry] == key
            return name in item.fields and ("value", value) == key
        if self.kind == "entry":
            return isinstance(item.fields.get(name), list) and key in item.fields[name]
        if self.kind == "criterion":
            return self.is_criterion_in(item, key)
        if self.kind == "section":
            return key in [(one.title, tuple(one.words)) for one in item.sections]
        return item.text == key

    def is_criterion_in(self, item, key):
        """The same of a criterion: its wording, or its tick where the wording is there."""
        found = [one for one in item.criteria if one.text == key[0]]
        if self.aspect == "wording":
            return bool(found)
        if len(found) != 1:
            return None
        return found[0].ticked == key[1]


class Blamed:
    """The history, and where each commit has an item."""

    def __init__(self, history):
        self.history, self.places = history, {}

    def item(self, commit, name):
        """The version of the item in a commit; None where it has none."""
        if commit not in self.places:
            self.places[commit] = {items.id_of(path): blob for path, blob in self.history.files(commit).items()}
        blob = self.places[commit].get(name)
        return self.history.item(blob) if blob else None

    def has(self, commit, name, part, key):
        """Whether the item has the part in a commit."""
        item = self.item(commit, name)
        return bool(item and item.readable and part.is_in(item, key))

    def parents(self, commit, name):
        """Its parents in the order in which git asks them: first one that has the very file, then the others."""
        self.item(commit, name)
        here, parents = self.places[commit].get(name), self.history.commits[commit].parents
        same = [parent for parent in parents if self.item(parent, name) and self.places[parent].get(name) == here]
        return same[:1] + [parent for parent in parents if parent not in same[:1]]

    def origin(self, commit, name, part, key):
        """The commit that decided it, by the graph: UNKNOWN behind a version that cannot be read or compared."""
        while True:
            following = None
            for parent in self.parents(commit, name):
                item = self.item(parent, name)
                if item and not item.readable:
                    return UNKNOWN
                there = part.is_in(item, key) if item else False
                if there is None:
                    return UNKNOWN
                if there:
                    following = parent
                    break
            if not following:
                return commit
            commit = following


def lines_of(story, path):
    """The commit and the file of each line, by git blame, from line 1."""
    text = story.git("blame", "--line-porcelain", "HEAD", "--", path)
    lines = [(None, None)]
    for line in text.splitlines():
        head = re.match(r"([0-9a-f]{40}) \d+ \d+", line)
        if head:
            commit = head[1]
        elif line.startswith("filename "):
            lines.append((commit, line[len("filename "):]))
    return lines


def parts_of(story, name):
    """What refine blame says: (Part, commit) of each part."""
    printed = json.loads(story.run(story.refine, "blame", "--json", name).stdout)
    for one in printed["parts"]:
        yield Part(one["kind"], one["aspect"], one["name"], one["value"] if one["kind"] == "entry" else one["number"],
                   one["line"]), (one["origin"] or {}).get("commit")


def faults_of(story, history, twice, counts):
    """Of every item of HEAD that never had two files."""
    head, blamed, faults = next(iter(history.commits)), Blamed(history), []
    for path, blob in sorted(history.files(head).items()):
        name, item = items.id_of(path), history.item(blob)
        if name in twice or not item.readable:
            continue
        lines = lines_of(story, path)
        for part, commit in parts_of(story, name):
            key = part.key_in(item)
            origin = UNKNOWN if key is None or part.aspect == "details" else blamed.origin(head, name, part, key)
            place = f"{name}:{part.line}: {part.kind} {part.name or part.number} {part.aspect}"
            if origin not in (UNKNOWN, commit):
                faults.append(f"{place}: expected {origin}, told is {commit}")
            git, file = lines[part.line]
            if part.kind in ("section", "text"):
                counts["sections" if origin != UNKNOWN else UNKNOWN] += 1
            elif git == commit:
                counts["lines as git blame has them"] += 1
            elif origin == UNKNOWN:
                counts[UNKNOWN] += 1
            elif items.id_of(file) != name:
                counts["lines that git takes from another item"] += 1
            elif any(blamed.has(parent, name, part, key) for parent in history.commits[git].parents):
                counts["lines only written anew"] += 1
            elif blamed.has(git, name, part, key):
                counts["lines that another branch wrote as well"] += 1
            elif story.run("git", "merge-base", "--is-ancestor", git, commit, check=False).returncode == 0:
                counts["lines that were part of something else before"] += 1
            else:
                faults.append(f"{place}: git blame has {git}, told is {commit}")
    return faults
