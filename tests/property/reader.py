"""Reads the items of a folder for the property test: apart from the product, after refine-item(5) alone, and of it what
the test and the commands write. What is met in no such file is Unreadable, never guessed."""
import os
import re

NAME = re.compile(r"([b-df-hj-km-np-tv-xz][b-df-hj-km-np-tv-xz2-9]{4,})(?:-.*)?\.md$")
KEY = re.compile(r"([A-Za-z][\w-]*):(?: +(.*))?$")
ENTRY = re.compile(r"( {0,3})(?:[-*+]|\d{1,9}[.)]) +(?:\[([ xX])\] +)?(\S.*)$")
CRITERIA, QUESTIONS, DECISIONS = "acceptance criteria", "open questions", "decisions"


class Unreadable(Exception):
    """A file that is none of what the test knows."""


class Entry:
    """An entry of a list, or a scenario of a Gherkin fence: its text on one line, what is nested below, its box."""

    def __init__(self, text, box):
        self.text, self.box, self.nested = text, box, []

    def key(self):
        """What it says, whether ticked or not."""
        return (" ".join(self.text.split()), tuple(" ".join(line.split()) for line in self.nested if line.strip()))


# -- front matter --

def scalar(text):
    """The text of a scalar."""
    text = text.strip()
    if text.startswith('"'):
        match = re.match(r'"((?:[^"\\]|\\["\\])*)"$', text)
        if not match:
            raise Unreadable(text)
        return re.sub(r'\\(.)', r"\1", match[1])
    if text.startswith("'"):
        match = re.match(r"'((?:[^']|'')*)'$", text)
        if not match:
            raise Unreadable(text)
        return match[1].replace("''", "'")
    if text[:1] in ("[", "{", "&", "*", "!", "|", ">", "%", "@", "`") or ": " in text or " #" in text:
        raise Unreadable(text)
    return text


def parts_of(text, opening, closing):
    """The parts of "[a, b]" or "{a: b, c: d}"."""
    if not (text.startswith(opening) and text.endswith(closing)):
        raise Unreadable(text)
    return [part.strip() for part in text[1:-1].split(",") if part.strip()]


def inline(text):
    """A value on the line of its key."""
    if text.startswith("["):
        return [scalar(part) for part in parts_of(text, "[", "]")]
    if text.startswith("{"):
        return pairs(parts_of(text, "{", "}"))
    return scalar(text)


def pairs(lines):
    """A map of lines "key: value"."""
    found = {}
    for line in lines:
        match = KEY.match(line.strip())
        if not match or match[1] in found:
            raise Unreadable(line)
        found[match[1]] = scalar(match[2] or "")
    return found


def block(lines):
    """The list or the map in the lines below a key."""
    lines = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not lines or not re.match(r" *- ", lines[0]):
        return pairs(lines)
    margin, entries = len(lines[0]) - len(lines[0].lstrip()), []
    for line in lines:
        if re.match(" {%d}- " % margin, line):
            entries.append([line[margin + 2:]])
        elif entries and line.startswith(" " * (margin + 2)):
            entries[-1].append(line)
        else:
            raise Unreadable(line)
    return [pairs(entry) if KEY.match(entry[0].strip()) else scalar(" ".join(entry)) for entry in entries]


def front_matter(lines):
    """The fields, by key."""
    fields, at = {}, 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip() or line.startswith("#"):
            continue
        match = KEY.match(line)
        if not match or match[1] in fields:
            raise Unreadable(line)
        below = at
        while below < len(lines) and (not lines[below].strip() or lines[below][0] in " -#"):
            below += 1
        rest = [one for one in lines[at:below] if one.strip() and not one.lstrip().startswith("#")]
        if match[2] and rest:
            raise Unreadable(line)
        fields[match[1]] = inline(match[2].strip()) if match[2] else block(rest) if rest else None
        at = below
    return fields


# -- the body --

def sections_of(lines):
    """Heading in lower case -> its lines; a heading twice is Unreadable."""
    sections, here, fence = {"": []}, "", False
    for line in lines:
        if line.startswith("```"):
            fence = not fence
        match = None if fence else re.match(r"#{1,6} +(.*?) *$", line)
        if match:
            here = match[1].rstrip(":").lower()
            if here in sections:
                raise Unreadable(line)
            sections[here] = []
        else:
            sections[here].append(line)
    return sections


def scenarios_of(lines):
    """The scenarios in the lines of a Gherkin fence, by name, with their steps."""
    found = []
    for line in lines:
        match = re.match(r"\s*Scenario: *(.*)$", line)
        if match:
            found.append(Entry(match[1], None))
        elif found and line.strip():
            found[-1].nested.append(line)
    return found


def entries_of(lines):
    """The entries of the lists of a section, the scenarios of its Gherkin fences among them."""
    found, fence = [], None
    for line in lines:
        if line.startswith("```"):
            if fence is not None:
                found += scenarios_of(fence)
            fence = [] if fence is None and line.strip() in ("```gherkin", "```feature") else None
        elif fence is not None:
            fence.append(line)
        elif ENTRY.match(line) and not (found and line.startswith("  ")):
            match = ENTRY.match(line)
            found.append(Entry(match[3], match[2]))
        elif found and line.startswith("  ") and not re.match(r"\s*[-*+] ", line) and not found[-1].nested:
            found[-1].text += " " + line.strip()
        elif found and line.startswith("  "):
            found[-1].nested.append(line)
    return found


class Item:
    """One item as its file has it."""

    def __init__(self, path, data):
        self.path, self.data, self.id = path, data, NAME.match(os.path.basename(path))[1]
        lines = re.split(r"\r?\n", data.decode("utf-8").removeprefix("\ufeff"))
        if lines[0] != "---" or "---" not in lines[1:]:
            raise Unreadable(path)
        end = lines.index("---", 1)
        self.fields = front_matter(lines[1:end])
        sections = sections_of(lines[end + 1:])
        self.criteria = entries_of(sections.get(CRITERIA, []))
        self.questions = entries_of(sections.get(QUESTIONS, []))
        self.decisions = entries_of(sections.get(DECISIONS, []))
        if self.fields.get("id") != self.id:
            raise Unreadable(path)

    def get(self, key):
        """The text of a field, or None."""
        return self.fields.get(key)

    def listed(self, key):
        """The entries of a list, [] where there is none."""
        value = self.fields.get(key)
        return value if isinstance(value, list) else []

    def texts(self, key):
        """Those that are texts."""
        return [entry for entry in self.listed(key) if isinstance(entry, str)]

    def requests(self):
        """Who asked, and with which words."""
        return [(entry.get("from"), entry.get("says")) for entry in self.listed("feedback")]

    def open_questions(self):
        """What nobody has answered."""
        return [entry for entry in self.questions if entry.box == " "]


def is_open(item):
    """Whether work on the item is still to come."""
    return item.get("status") in ("new", "refining", "ready", "doing")


def is_duplicate(item):
    """Whether another item stands for it."""
    return item.get("status") == "dropped" and bool(item.get("duplicate-of"))


class Files:
    """The backlog of a folder: items by id, paths that cannot be read, and the bytes of all."""

    def __init__(self, root):
        self.items, self.broken, self.bytes, self.votes, self.names = {}, [], {}, {}, {}
        for folder, _, names in os.walk(os.path.join(root, "backlog")):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), root)
                with open(os.path.join(folder, name), "rb") as file:
                    self.bytes[path] = file.read()
        for path, data in sorted(self.bytes.items()):
            if path.startswith("backlog/votes/"):
                self.votes[path] = data
            elif NAME.match(os.path.basename(path)):
                self.take(path, data)
        for item in self.items.values():
            for name in [item.id, *item.texts("aliases")]:
                self.names.setdefault(name, []).append(item.id)

    def take(self, path, data):
        """An item more, if it can be read."""
        try:
            item = Item(path, data)
            if item.id in self.items:
                raise Unreadable(path)
            self.items[item.id] = item
        except (Unreadable, UnicodeDecodeError):
            self.broken.append(path)

    def meant(self, name):
        """The item that an id or an alias names, or None."""
        named = self.names.get(name, [])
        return self.items[named[0]] if len(named) == 1 else None

    def children(self, ident):
        """The items that name this one, or a duplicate of it, as their parent."""
        found = []
        for item in self.items.values():
            parent = self.meant(item.get("parent")) if item.get("parent") else None
            if parent and self.items[ident] in (parent, self.target(parent)):
                found.append(item)
        return found

    def family(self, ident):
        """The item, and all below it."""
        found, seen = [self.items[ident]], {ident}
        for item in found:
            for child in self.children(item.id):
                if child.id not in seen:
                    seen.add(child.id)
                    found.append(child)
        return found

    def wholes(self, item):
        """The items that it is a part of, near or far: of a duplicate also what it repeats, with what that is a part of."""
        found, todo = [], [item]
        while todo:
            one = todo.pop()
            names = [one.get("parent"), one.get("duplicate-of") if is_duplicate(one) else None]
            for whole in [self.meant(name) for name in names if name]:
                if whole and whole not in found:
                    found.append(whole)
                    todo.append(whole)
        return found

    def target(self, item):
        """The item that stands for it: where a chain of duplicates ends; None where it ends nowhere."""
        seen = set()
        while item and is_duplicate(item):
            if item.id in seen:
                return None
            seen.add(item.id)
            item = self.meant(item.get("duplicate-of"))
        return item

    def needs(self, item):
        """The items that it waits for, while it is open: of a split one its parts, of a duplicate what it repeats."""
        return self.resolved(self.meant(name) for name in item.texts("depends")) if is_open(item) else []

    def resolved(self, named):
        """The items that those named mean."""
        found, todo, seen = [], list(named), set()
        while todo:
            one = todo.pop()
            if one is None or one.id in seen:
                continue
            seen.add(one.id)
            if one.get("status") == "split":
                todo += self.children(one.id)
            elif is_duplicate(one):
                todo.append(self.meant(one.get("duplicate-of")))
            else:
                found.append(one)
        return found

    def reaches(self, start, end):
        """Whether one item waits for the other, near or far."""
        todo, seen = [start], set()
        while todo:
            for one in self.needs(todo.pop()):
                if one.id == end.id:
                    return True
                if one.id not in seen:
                    seen.add(one.id)
                    todo.append(one)
        return False
