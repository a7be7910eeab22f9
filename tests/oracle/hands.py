"""What people do to an item in an editor. Each takes the story, the lines of the front matter with the "---" on both sides,
and those of the body; it changes these. What does not fit the item changes nothing."""
import re

from story import SCALARS, SCALE, SECTIONS, WORDS


def keys(front):
    """Where each key of the top level stands."""
    return {match[1]: n for n, line in enumerate(front) if (match := re.match(r"([A-Za-z][\w-]*):", line))}


def extent(front, at):
    """Behind the last line that belongs to the key at that line."""
    end = at + 1
    while end < len(front) - 1 and front[end][:1] in (" ", "-") and front[end].rstrip("\r") != "---":
        end += 1
    return end


def set_field(story, front, _body):
    """A value, or none any more."""
    key = story.random.choice(SCALARS)
    at = keys(front).get(key)
    line = f"{key}: {story.quoted(story.value(key)) if key in ('title', 'owner', 'x-note') else story.value(key)}"
    if at is None:
        front.insert(story.random.randrange(1, len(front)), line) if is_flat(front) else front.insert(-1, line)
    elif story.chance(0.15) and key != "title":
        del front[at:extent(front, at)]
    elif story.chance(0.05):
        front[at:extent(front, at)] = [f"{key}:"]
    else:
        front[at:extent(front, at)] = [line]


def is_flat(front):
    """Whether a line may stand anywhere between."""
    return all(line[:1] not in (" ", "-") for line in front[1:-1])


def set_list(story, front, _body):
    """Another list, in either style."""
    key = story.random.choice(["labels", "designs", "aliases"])
    words = story.random.sample(WORDS, story.random.randint(0, 4))
    lines = [f"{key}: [{', '.join(words)}]"] if story.chance(0.4) or not words else \
        [f"{key}:"] + [("  - " if story.chance(0.8) else "- ") + word for word in words]
    lines = [lines[0]] + [re.sub(r"^\s*", "  ", line) for line in lines[1:]]
    replace(front, key, lines)


def replace(front, key, lines):
    """Puts lines in the place of a key, or at the end."""
    at = keys(front).get(key)
    if at is None:
        front[-1:-1] = lines
    else:
        front[at:extent(front, at)] = lines


def add_entry(story, front, _body):
    """One entry more in a list, or one less, or two that change places."""
    at = keys(front).get("labels")
    entries = [] if at is None else front[at + 1:extent(front, at)]
    if not entries or "[" in front[at]:
        return set_list(story, front, _body)
    choice = story.random.randrange(3)
    if choice == 0:
        entries.insert(story.random.randrange(len(entries) + 1), "  - " + story.random.choice(WORDS))
    elif choice == 1 and len(entries) > 1:
        entries.pop(story.random.randrange(len(entries)))
    else:
        story.random.shuffle(entries)
    front[at + 1:extent(front, at)] = entries
    return None


def set_map(story, front, _body):
    """Votes, on a line or below each other."""
    who = story.random.sample(["ana", "bo", "cem", "dora"], story.random.randint(1, 3))
    votes = [f"{name}: {story.random.choice(SCALE)}" for name in who]
    replace(front, "votes", ["votes: {" + ", ".join(votes) + "}"] if story.chance(0.4) else
            ["votes:"] + ["  " + vote for vote in votes])


def quote_anew(story, front, _body):
    """The same values, written in another way: no change."""
    at = keys(front).get(story.random.choice(["title", "status", "type"]))
    if at is not None and (match := re.match(r"([\w-]+): [\"']?([^\"'#:]+?)[\"']?\r?$", front[at])):
        front[at] = f"{match[1]}: {story.quoted(match[2].strip())}"


def comment(story, front, _body):
    """A comment above a key or behind a value."""
    at = story.random.choice(list(keys(front).values()) or [1])
    if story.chance(0.5) or not re.match(r"[\w-]+: [^\[{\"']*$", front[at]) or "#" in front[at]:
        front.insert(at, "# " + story.words(2, 4))
    else:
        front[at] = front[at].rstrip("\r") + "  # " + story.words(1, 3)


def turn_keys(story, front, _body):
    """Keys in another order: no change."""
    places = sorted(keys(front).values())
    blocks = [front[at:extent(front, at)] for at in places]
    if sum(map(len, blocks)) == len(front) - 2:
        story.random.shuffle(blocks)
        front[1:-1] = [line for block in blocks for line in block]


def list_lines(body):
    """Numbers of lines that are criteria on a line of their own."""
    return [n for n, line in enumerate(body) if re.match(r"- \[[ x]\] [A-Z]", line)]


def edit_criteria(story, _front, body):
    """One criterion added, ticked, reworded, moved, removed; or something nested below it."""
    lines = list_lines(body)
    heading = next((n for n, line in enumerate(body) if line.lower().startswith("## acceptance criteria")), None)
    if heading is None:
        body += ["", "## Acceptance criteria", ""] + story.criteria()
        return
    if not lines:
        body[heading + 1:heading + 1] = ["", story.criterion(), ""]
        return
    at, other = story.random.choice(lines), story.random.choice(lines)
    choice = story.random.randrange(8)
    if choice == 0:
        body.insert(at, story.criterion())
    elif choice == 1:
        body[at] = body[at].replace("[ ]", "[x]") if "[ ]" in body[at] else body[at].replace("[x]", "[ ]")
    elif choice == 2:
        words = body[at].split(" ")
        words[story.random.randrange(3, len(words))] = story.random.choice(WORDS)
        body[at] = " ".join(words)
    elif choice == 3:
        body.insert(other, body.pop(at))
    elif choice == 4:
        del body[at]
    elif choice == 5:
        body.insert(at + 1, "  " + story.random.choice(["- ", ""]) + story.words(2, 4))
    elif choice == 6:
        body[at] = body[at].replace("[ ]", "[x]") + " " + story.words(1, 2)
    else:
        body[at] = story.criterion()


def edit_section(story, _front, body):
    """A section's words, its heading, or all of it."""
    headings = [n for n, line in enumerate(body) if re.match(r"#+ ", line) and "no heading" not in line]
    choice = story.random.randrange(6)
    if not headings or choice == 0:
        body += ["", "#" * story.random.randint(2, 4) + " " + story.random.choice(SECTIONS), ""] + story.prose()
        return
    at = story.random.choice(headings)
    end = next((n for n in headings if n > at), len(body))
    if choice == 1:
        body[at] = "#" * story.random.randint(2, 3) + " " + story.random.choice(SECTIONS)
    elif choice == 2:
        del body[at:end]
    elif choice == 3:
        body[end:end] = ["", *story.prose(), ""]
    else:
        plain = [n for n in range(at + 1, end) if re.match(r"[A-Z][a-z ]+\r?$", body[n])]
        if plain:
            body[story.random.choice(plain)] = story.words(3, 9).capitalize()


def leading(story, _front, body):
    """Words before the first heading."""
    first = next((n for n, line in enumerate(body) if line.startswith("#")), len(body))
    body[:first] = ["", story.words(3, 8).capitalize(), ""] if story.chance(0.7) else [""]


def wrap(story, _front, body):
    """The same words on other lines: no change."""
    plain = [n for n, line in enumerate(body) if re.match(r"[A-Z][a-z]+ [a-z ]+$", line)]
    first = next((n for n, line in enumerate(body) if line.startswith("#")), len(body))
    plain = [n for n in plain if n > first]
    if plain:
        at = story.random.choice(plain)
        body[at] = body[at].replace(" ", "\n", 1)


def space(story, _front, body):
    """A blank line more: no change."""
    headings = [n for n, line in enumerate(body) if line.startswith("## ")]
    if headings:
        body.insert(story.random.choice(headings), "")


EDITS = [(set_field, 8), (set_list, 2), (add_entry, 3), (set_map, 1), (quote_anew, 2), (comment, 2), (turn_keys, 1),
         (edit_criteria, 8), (edit_section, 4), (leading, 1), (wrap, 1), (space, 1)]
