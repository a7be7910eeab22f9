"""Reads item files for the oracle of history: apart from the product, after refine-item(5) alone, and only what the story
writes. Says what differs between two versions as a set of facts, which are compared with what refine says."""
import collections
import re

ENDING = re.compile(r"\r?\n")
KEY = re.compile(r"([A-Za-z][\w-]*):(?: +(.*))?$")
HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
ENTRY = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])( {1,4})(?:\[([ xX])\] +)?(\S.*)$")
NAME = re.compile(r"([b-df-hj-km-np-tv-xz][b-df-hj-km-np-tv-xz2-9]{4,})(?:-.*)?\.md$")
CRITERIA = "acceptance criteria"


class Unreadable(Exception):
    """Front matter that is none."""


# -- values --

def scalar(text):
    """The text of a scalar on one line, or None for a null."""
    text = text.strip()
    if text.startswith('"'):
        match = re.match(r'"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$', text)
        if not match:
            raise Unreadable(text)
        return re.sub(r"\\(.)", r"\1", match[1])
    if text.startswith("'"):
        match = re.match(r"'((?:[^']|'')*)'\s*(?:#.*)?$", text)
        if not match:
            raise Unreadable(text)
        return match[1].replace("''", "'")
    text = re.split(r"\s+#", " " + text, maxsplit=1)[0].strip() if " #" in " " + text else text
    if text.startswith(("[", "{", "]", "}", "&", "*", "!", "|", ">", "%", "@", "`")) or ": " in text:
        raise Unreadable(text)
    return None if text in ("", "~", "null", "Null", "NULL") else text


def pairs(text):
    """The entries of "a: b, c: d"."""
    entries = collections.OrderedDict()
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, colon, value = part.partition(":")
        if not colon:
            raise Unreadable(text)
        entries[name.strip()] = scalar(value)
    return entries


def inline(text):
    """The value behind a key, on the same line."""
    bare = re.sub(r"\s+#.*$", "", text) if text[:1] in "[{" else text
    if bare.startswith("["):
        if not bare.endswith("]"):
            raise Unreadable(text)
        return [scalar(part) for part in bare[1:-1].split(",") if part.strip()]
    if bare.startswith("{"):
        if not bare.endswith("}"):
            raise Unreadable(text)
        return pairs(bare[1:-1])
    return scalar(text)


def folded(text, lines):
    """A value with the lines that go on with it: only a plain scalar has such."""
    rest = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if rest and (text[0] in "[{\"'" or " #" in text):
        raise Unreadable(text)
    return " ".join([text, *rest])


def block(lines):
    """The value in the lines below a key: a list or a map."""
    value = None
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = re.match(r" *- +(.*)$", line)
        if match and value is None:
            value = []
        if match and isinstance(value, list):
            value.append(scalar(match[1]))
            continue
        match = KEY.match(line.strip())
        if not match or not line.startswith(" ") or isinstance(value, list):
            raise Unreadable(line)
        value = collections.OrderedDict() if value is None else value
        value[match[1]] = scalar(match[2] or "")
    return value


def front_matter(lines):
    """The fields, by key."""
    fields, at = collections.OrderedDict(), 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = KEY.match(line)
        if not match or match[1] in fields:
            raise Unreadable(line)
        below = at
        while below < len(lines) and (lines[below][:1] in (" ", "-", "#", "") or not lines[below].strip()):
            below += 1
        text = re.sub(r"^#.*", "", match[2] or "").strip()
        fields[match[1]] = inline(folded(text, lines[at:below])) if text else block(lines[at:below])
        at = below
    return fields


# -- the body --

Criterion = collections.namedtuple("Criterion", "text details box ticked")


class Section:
    """A heading, and what is its own up to the next one."""

    def __init__(self, level, title):
        self.level, self.title, self.words, self.nth = level, title, [], 0


class Body:
    """The body, read line by line."""

    def __init__(self):
        self.text, self.sections, self.criteria = [], [Section(0, "")], []
        self.fence = self.comment = self.blank = False
        self.entry = None  # the criterion that is open
        self.paragraph = []  # lines of one that could become a heading

    def take(self, line):
        """Takes the next line."""
        code = self.fence or self.comment
        heading = None if code else HEADING.match(line)
        underline = None if code else re.match(r" {0,3}(=+|-+)[ \t]*$", line)
        if underline and self.paragraph:
            title, count = " ".join(" ".join(self.paragraph).split()), len(self.paragraph)
            words = sum(len(one.split()) for one in self.paragraph)
            del self.sections[-1].words[len(self.sections[-1].words) - words:]
            if len(self.sections) == 1:
                del self.text[len(self.text) - count:]
            self.open(1 if "=" in line else 2, title)
        elif heading:
            self.open(len(heading[1]), (heading[2] or "").strip())
        else:
            self.take_text(line)

    def open(self, level, title):
        """A heading."""
        self.sections.append(Section(level, title))
        self.entry, self.paragraph = None, []

    def take_text(self, line):
        """A line that is no heading."""
        if len(self.sections) == 1:
            self.text.append(line)
        fence = re.match(r" {0,3}(```|~~~)", line)
        if fence and not self.comment:
            self.fence = not self.fence
        self.comment = not self.fence and (self.comment or line.startswith("<!--"))
        code = fence or self.fence or self.comment
        nested = self.entry and line.startswith("  ")
        entry = None if code or nested or not in_criteria(self.sections) else ENTRY.match(line)
        if entry:
            self.entry = [None, [entry[5]], [], entry[4], False]
            self.criteria.append(self.entry)
        elif self.entry and (not line.strip() or line.startswith("  ") or self.goes_on(line, code)):
            continue_entry(self.entry, line)
        else:
            self.entry = None
            self.sections[-1].words += line.split()
        self.take_paragraph(line, code)
        self.blank = not line.strip()
        if self.comment and "-->" in line:
            self.comment = False


    def goes_on(self, line, code):
        """Whether a line that is not indented goes on with the paragraph of the line before."""
        return not code and not self.blank and not re.match(r" {0,3}([-*_>]|\d+[.)]|<[!a-z/])", line)

    def take_paragraph(self, line, code):
        """Whether the line, with those before it, could become a heading: None is a list, up to a blank line."""
        is_list = re.match(r" {0,3}([-*+]|\d+[.)])(\s|$)", line)
        is_rule = re.match(r" {0,3}([-*_])[ \t]*(\1[ \t]*){2,}$", line)
        if not line.strip() or code or is_rule:
            self.paragraph = []
        elif is_list or self.entry or self.paragraph is None:
            self.paragraph = None
        elif self.paragraph or not re.match(r" {4}|\t| {0,3}>", line):
            self.paragraph = self.paragraph + [line]


def body(lines):
    """Text before the first heading, sections and criteria."""
    read = Body()
    for line in lines:
        read.take(line)
    seen = collections.Counter()
    for section in read.sections[1:]:
        section.nth = seen[section.title]
        seen[section.title] += 1
    entries = [Criterion(" ".join(" ".join(text).split()), " ".join(" ".join(nested).split()), box is not None,
                         box in ("x", "X")) for _, text, nested, box, _ in read.criteria]
    return "\n".join(read.text).strip(), read.sections[1:], entries


def in_criteria(sections):
    """Whether the last section is, or lies in, the first of the criteria."""
    first = next((n for n, section in enumerate(sections) if section.title.lower() == CRITERIA), None)
    return first is not None and all(section.level > sections[first].level for section in sections[first + 1:])


def continue_entry(entry, line):
    """A line below an entry of a list: more of its text, or nested in it."""
    _, text, nested, _, ended = entry
    if not line.strip():
        entry[4] = True
    elif ended or re.match(r"\s*([-*+]|\d+[.)])\s", line):
        entry[4] = True
        nested.append(line)
    else:
        text.append(line)


class Item:
    """One version of an item file."""

    def __init__(self, data):
        self.readable, self.fields = False, {}
        text = data.decode("utf-8")
        lines = ENDING.split(text[1:] if text.startswith("\ufeff") else text)
        if lines[0] == "---" and "---" in lines[1:]:
            end = lines.index("---", 1)
            try:
                self.fields = front_matter(lines[1:end])
                self.readable = True
            except Unreadable:
                return
            self.text, self.sections, self.criteria = body(lines[end + 1:])


def id_of(path):
    """The id in the name of an item file, or None."""
    match = NAME.match(path.rsplit("/", 1)[-1])
    return match[1] if match else None


# -- what differs --

def show(value):
    """A value on one line, as refine tells it."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {show(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(show(one) for one in value)
    return value or ""


def field_facts(name, old, new):
    """Facts of one field: ("field", name, before, after), ("+", name, entry) and ("-", name, entry).
    A list in another order is a field that was not and is."""
    if old == new and (not isinstance(old, dict) or isinstance(new, dict)):
        return
    shape = new if new is not None else old
    if isinstance(shape, list) and (old is None or isinstance(old, list)):
        before, after = collections.Counter(map(show, old or [])), collections.Counter(map(show, new or []))
        yield from ((("+", name, entry), n) for entry, n in (after - before).items())
        yield from ((("-", name, entry), n) for entry, n in (before - after).items())
        if before == after and len(new or []) > 1:
            yield ("field", name, None, show(new)), 1
    elif isinstance(shape, dict) and (old is None or isinstance(old, dict)):
        for entry in list(old or {}) + [entry for entry in new or {} if entry not in (old or {})]:
            then, now = (old or {}).get(entry), (new or {}).get(entry)
            if then != now or (entry in (old or {})) != (entry in (new or {})):
                yield ("field", f"{name}.{entry}", then, now), 1
    else:
        yield ("field", name, None if old is None else show(old), None if new is None else show(new)), 1


def section_facts(old, new):
    """Facts of the sections, by title and which of that title it is: the last part is what it reads then."""
    before = {(one.nth, one.title): one for one in old.sections}
    after = {(one.nth, one.title): one for one in new.sections}

    def is_mere(section, item):
        return not section.words and item.criteria and section.title.lower() == CRITERIA

    for key, section in after.items():
        if key in before:
            if before[key].words != section.words:
                yield ("section", "changed", section.title, tuple(section.words)), 1
        elif not is_mere(section, new):
            yield ("section", "added", section.title, tuple(section.words)), 1
    for key, section in before.items():
        if key not in after and not is_mere(section, old):
            yield ("section", "removed", section.title, None), 1


def facts(old, new):
    """What differs but for the criteria: a Counter of facts. Both versions can be read."""
    found = collections.Counter()
    for name in list(new.fields) + [name for name in old.fields if name not in new.fields]:
        for fact, n in field_facts(name, old.fields.get(name), new.fields.get(name)):
            found[fact] += n
    for fact, n in section_facts(old, new):
        found[fact] += n
    if old.text != new.text:
        found[("text",)] += 1
    return found
