"""What must still be there, and whether it is: the ledger is written from the files of the start and from what was asked of
the commands, and never from what they made of it."""
import collections
import os
import re

from reader import is_duplicate, is_open

FACTS = {"parse", "conflict-marker", "missing-field", "duplicate-id", "duplicate-alias", "duplicate-section",
         "duplicate-heading", "duplicate-entry", "criterion-duplicate", "bad-value", "unknown-key", "file-name",
         "depends-dangling", "depends-cycle"}


class Ledger:
    """What nobody may lose, by the item where it began."""

    def __init__(self, files):
        self.criteria, self.questions = collections.defaultdict(set), collections.defaultdict(set)
        self.requests = collections.defaultdict(collections.Counter)
        for item in files.items.values():
            self.criteria[item.id] |= {entry.key() for entry in item.criteria}
            self.questions[item.id] |= {entry.key()[0] for entry in item.questions}
            self.requests[item.id] += collections.Counter(item.requests())
        self.decisions = collections.defaultdict(set)
        self.votes = {}


def dangling(files):
    """References to nothing: (path, what)."""
    for item in files.items.values():
        named = [("parent", item.get("parent")), ("duplicate-of", item.get("duplicate-of"))]
        for key, name in named + [("depends", name) for name in item.texts("depends")]:
            if name and files.meant(name) is None:
                yield item.path, f"{key} names {name}, which is no item"
        if item.get("status") == "split" and not files.children(item.id):
            yield item.path, "is split and has no parts"


def circles(files):
    """Open items that wait for themselves or are a part of themselves, and any that repeat each other: (path, what)."""
    for item in files.items.values():
        if is_open(item) and files.reaches(item, item):
            yield item.path, "waits for itself"
        if is_duplicate(item) and files.target(item) is None:
            yield item.path, "repeats itself"
        if is_open(item) and item in files.wholes(item):
            yield item.path, "is a part of itself"


def lost(files, ledger):
    """What was there and is not: (path, what)."""
    for ident in {*ledger.criteria, *ledger.questions, *ledger.requests, *ledger.decisions}:
        if ident not in files.items:
            yield "backlog", f"{ident} is gone"
            continue
        item, family = files.items[ident], files.family(ident)
        target = files.target(item)
        near = family + ([target] if target and target is not item else [])
        have = {entry.key() for one in family for entry in one.criteria}
        yield from ((item.path, f"lost the criterion {key}") for key in ledger.criteria[ident] - have)
        asked = {entry.key()[0] for one in near for entry in one.questions}
        yield from ((item.path, f"lost the question {text}") for text in ledger.questions[ident] - asked)
        requests = collections.Counter(item.requests())
        yield from ((item.path, f"lost the request {one}") for one in ledger.requests[ident] - requests)
        said = " ".join(entry.key()[0] for one in near for entry in one.decisions)
        yield from ((item.path, f"lost the decision {text}") for text in ledger.decisions[ident] if text not in said)
    for (ident, who), value in ledger.votes.items():
        if not has_vote(files, ident, who, value):
            yield files.items[ident].path, f"lost the vote {value} of {who}"


def has_vote(files, ident, who, value):
    """Whether the vote is there, in its own file or folded in."""
    votes = files.items[ident].get("votes")
    if isinstance(votes, dict) and votes.get(who) == value:
        return True
    return any(os.path.dirname(path) == "backlog/votes/" + ident and path.endswith("-" + who)
               and value in re.findall(r"[\w?]+", data.decode()) for path, data in files.votes.items())


def strays(files):
    """Votes that stand at another item or person than they say, where they say it: (path, what)."""
    for path, data in files.votes.items():
        ident, name = path.split("/")[2], os.path.basename(path)
        words = set(re.findall(r"\w+", data.decode()))
        for other in files.items:
            if other != ident and other in words:
                yield path, f"is a vote on {other}"
        if ident not in files.items:
            yield path, "is a vote on nothing"
        if "-" not in name:
            yield path, "is no name of a vote"


def faults_of(files, *ledgers):
    """All that is wrong: (path, what)."""
    found = [(path, "cannot be read") for path in files.broken]
    found += [*dangling(files), *circles(files), *strays(files)]
    for ledger in ledgers:
        found += [fault for fault in lost(files, ledger) if fault not in found]
    return found


def repeats(files, item):
    """The duplicates of the item."""
    return [one for one in files.items.values() if is_duplicate(one) and files.meant(one.get("duplicate-of")) is item]


def closure(start, more):
    """All items that more leads to."""
    found, seen = list(start), {item.id for item in start}
    for item in found:
        for one in more(item):
            if one is not None and one.id not in seen:
                seen.add(one.id)
                found.append(one)
    return found


def wholes(files, item):
    """The split items of which it, or what it stands for, is a part, and those of which these are, with what repeats them."""
    def more(one):
        parents = [files.target(files.meant(same.get("parent")))
                   for same in closure([one], lambda same: repeats(files, same)) if same.get("parent")]
        return [parent for parent in parents if parent and parent.get("status") == "split"]

    return closure(closure([item], more)[1:], lambda one: repeats(files, one))


def askers(files, item):
    """Who asked for the item, without case: those who asked for it, for what repeats it, for its parts, and for the split item
    of which it is a part; and with them who asked for another split item of which one of its parts is a part, too."""
    below = closure([item], lambda one: repeats(files, one) + [
        child for child in files.children(one.id) if not is_duplicate(child)])
    least = [*below, *wholes(files, item)]
    most = [*least, *(whole for one in below for whole in wholes(files, one))]
    return [{" ".join(who.split()).casefold() for one in items for who, _ in one.requests() if who}
            for items in (least, most)]
