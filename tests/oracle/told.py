"""Holds what refine says of an item in a commit against what its versions say: the set of things that changed, not the
wording. Faults are sentences."""
import collections
import re

from items import facts

UNREADABLE = {"added, unreadable", "removed, was unreadable", "changed, unreadable", "became unreadable",
              "readable again"}
CRITERION = re.compile(r"criterion (\d+) (?:(added|removed|reworded|ticked|unticked)|moved to (\d+))$")


class Told:
    """The words of one item in one decision, taken apart."""

    def __init__(self, words):
        self.facts, self.criteria, self.whole, self.moved = collections.Counter(), [], None, None
        for word in words:
            self.take(word)

    def take(self, word):
        """Takes one word apart."""
        criterion = CRITERION.match(word)
        section = re.match(r"section (.*) (added|removed|changed)$", word, re.DOTALL)
        if criterion:
            self.criteria.append((criterion[2] or "moved", int(criterion[1]), int(criterion[3] or 0)))
        elif section:
            self.facts[("section", section[2], section[1])] += 1
        elif word.startswith(("added: ", "removed: ")) or word in UNREADABLE:
            self.whole = word
        elif word.startswith("moved to "):
            self.moved = word[len("moved to "):]
        elif word in ("text changed", "moved", "ranked", "rank removed") or re.match(r"moved \d+ -> \d+$", word):
            self.facts[("text",) if word.startswith("text") else ("rank",)] += 1
        else:
            self.facts[self.field(word)] += 1

    @staticmethod
    def field(word):
        """A change of a field or a list."""
        name, _, rest = word.partition(" ")
        removed = re.match(r"removed \(was (.*)\)$", rest, re.DOTALL)
        if removed:
            return "field", name, removed[1], None
        if rest[:1] in ("+", "-"):
            return rest[0], name, rest[1:]
        before, arrow, after = rest.partition(" -> ")
        return ("field", name, before, after) if arrow else ("field", name, None, rest)


def plain(found):
    """Facts as they can be told: of a rank, that it changed; of a section not what it reads."""
    result = collections.Counter()
    for fact, n in found.items():
        result[("rank",) if fact[:2] == ("field", "rank") else fact[:3] if fact[0] == "section" else fact] += n
    return result


def result_of(fact):
    """What a fact leaves behind: what two parents of a merge must agree on."""
    return ("field", fact[1], fact[3]) if fact[0] == "field" else ("section", *fact[2:]) if fact[0] == "section" else fact


def unreadable(before, after):
    """How refine says that a version cannot be read; None where both can."""
    was, now = before is not None and not before.readable, after is not None and not after.readable
    if not was and not now:
        return None
    if before is None:
        return "added, unreadable"
    if after is None:
        return "removed, was unreadable"
    return "changed, unreadable" if was and now else "became unreadable" if now else "readable again"


def order_faults(old, new, told):
    """Whether criteria moved, as far as texts that are there once in both say it."""
    common = [one.text for one in new if [o.text for o in old].count(one.text) == 1
              and [n.text for n in new].count(one.text) == 1]
    before = [one.text for one in old if one.text in common]
    moved = [entry for entry in told if entry[0] == "moved"]
    if before != common and not moved:
        yield "criteria changed places, which is not told"
    if len(common) == len(old) == len(new) and before == common and moved:
        yield f"told to have moved, but did not: {moved}"


def criteria_faults(old, new, told):
    """Faults of what is told of the criteria of two versions."""
    before, after = collections.Counter(o.text for o in old), collections.Counter(n.text for n in new)
    kinds = collections.defaultdict(set)
    for kind, number, _ in told:
        if not 1 <= number <= len(old if kind in ("removed", "moved") else new):
            yield f"criterion {number} {kind}: there is none of that number"
            return
        kinds[kind].add(number - 1)
    come = sum((after - before).values())
    gone = sum((before - after).values())
    anew = {n for n in kinds["reworded"] if after[new[n].text] > before[new[n].text]}
    if len(kinds["added"] | anew) != come:
        yield f"{come} texts of criteria are new, told are {len(kinds['added'] | anew)}"
    if len(kinds["removed"]) + len(anew) != gone:
        yield f"{gone} texts of criteria are gone, told are {len(kinds['removed']) + len(anew)}"
    for n in kinds["added"] | anew:
        if after[new[n].text] <= before[new[n].text]:
            yield f"criterion {n + 1} is told as new, but was there"
    for n in kinds["removed"]:
        if before[old[n].text] <= after[old[n].text]:
            yield f"criterion {n + 1} is told as removed, but is there"
    yield from kept_faults(old, new, before, after, kinds)
    yield from order_faults(old, new, told)


def kept_faults(old, new, before, after, kinds):
    """Faults about criteria that are there once in both."""
    then = {one.text: one for one in old}
    for n, now in enumerate(new):
        if before[now.text] != 1 or after[now.text] != 1:
            continue
        was = then[now.text]
        expected = {"reworded": was.details != now.details, "ticked": now.ticked and not was.ticked,
                    "unticked": (was.ticked and not now.ticked) or (now.box and not was.box and not now.ticked)}
        for kind, wanted in expected.items():
            if wanted != (n in kinds[kind]):
                yield f"criterion {n + 1} {'was' if wanted else 'was not'} {kind}, which is told otherwise"


def merged_criteria_faults(olds, new, told):
    """The same of a merge: what is so against each parent."""
    def is_new(one):
        return all(one.text not in [o.text for o in old] for old in olds)

    def has(old, one):
        def like(other):
            return (other.text, other.details) == (one.text, one.details)
        return sum(map(like, old)) >= sum(map(like, new))

    named = {number - 1 for kind, number, _ in told if kind in ("added", "reworded")}
    for n, one in enumerate(new):
        if is_new(one) and n not in named:
            yield f"criterion {n + 1} is in no parent, which is not told"
        if n in named and any(has(old, one) for old in olds):
            yield f"criterion {n + 1} is told, but one of the parents has it so"
    gone = set.intersection(*({o.text for o in old} for old in olds)) - {n.text for n in new}
    told_gone = [entry for entry in told if entry[0] in ("removed", "reworded")]
    if len(gone) > len(told_gone):
        yield f"{len(gone)} criteria of all parents are gone, told are {len(told_gone)}"
    for kind, number, _ in told:
        wanted = {"ticked": True, "unticked": False}.get(kind)
        if wanted is not None and new[number - 1].ticked != wanted:
            yield f"criterion {number} is told to be {kind}, and is not"
    for n, one in enumerate(new):
        states = {o.ticked for old in olds for o in old if o.text == one.text}
        if not is_new(one) and all(one.text in [o.text for o in old] for old in olds) and one.ticked and \
                states == {False} and ("ticked", n + 1, 0) not in told:
            yield f"criterion {n + 1} was ticked by the merge itself, which is not told"


def differs(one, other):
    """Whether two (path, blob) are not the same file."""
    return one != other


def expected_of(pairs):
    """What must be told of an item: pairs of versions, one a parent, each (path, Item) or None; the later is the same in
    all. Returns whole, moved, facts, criteria of the versions before."""
    known = [pair for pair in pairs if pair[0]] or pairs[:1]
    after = known[0][1]
    if not known[0][0] or not after:
        item = (after or known[0][0])[1]
        phrase = unreadable(known[0][0] and known[0][0][1], after and after[1])
        title = item.fields.get("title") or ""
        return phrase or f"{'added' if after else 'removed'}: {title}", None, collections.Counter(), None
    phrases = [unreadable(before[1], after[1]) if before[2] != after[2] else None for before, _ in known]
    moved = after[0] if all(before[0] != after[0] for before, _ in known) else None
    found, olds = None, []
    for (before, _), phrase in zip(known, phrases):
        one = collections.Counter() if phrase or before[2] == after[2] else facts(before[1], after[1])
        if found is None:
            found = one
        else:
            results = {result_of(fact) for fact in one}
            found = collections.Counter({fact: n for fact, n in found.items() if result_of(fact) in results})
        olds.append(before[1])
    readable = not any(phrases) and after[1].readable
    return phrases[0] if all(phrases) else None, moved, plain(found), olds if readable else None


def faults_of(pairs, words):
    """Faults of what is told of an item; words is None where it is not told at all."""
    whole, moved, found, olds = expected_of(pairs)
    told = Told(words or [])
    if told.whole != whole:
        yield f"expected {whole!r}, told is {told.whole!r}"
    if told.moved != moved:
        yield f"expected a move to {moved!r}, told is {told.moved!r}"
    for fact in found - told.facts:
        yield f"not told: {fact}"
    for fact in told.facts - found:
        yield f"invented: {fact}"
    if olds is None:
        if told.criteria:
            yield f"invented: {told.criteria}"
        return
    new = next(after for _, after in pairs)[1].criteria
    if len(olds) == 1:
        yield from criteria_faults(olds[0].criteria, new, told.criteria)
    else:
        yield from merged_criteria_faults([old.criteria for old in olds], new, told.criteria)
