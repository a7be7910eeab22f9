"""What people do to a backlog, at random: each deed is a command, what it may change, and what must be true behind it."""
import world
from reader import is_open


class Deed:
    """A command with the item it is about."""

    def __init__(self, item, *arguments):
        self.item, self.arguments = item, list(arguments)
        self.may_change = {item.path}  # paths, or patterns of such, that may be otherwise afterwards
        self.new = 0  # how many items come
        self.refused = False  # whether it must be
        self.holds = lambda files: ()  # what is wrong afterwards
        self.said = ""  # on standard error
        self.note = lambda ledger: None  # what the ledger learns

    def name(self):
        """The command."""
        return self.arguments[0]


def would_circle(files, item, target):
    """Whether the item would wait for itself if it waited for the target."""
    return any(one.id == item.id or files.reaches(one, item) for one in files.resolved([target]))


# -- split --

def split(hand, files, item):
    """The item in two or three, each criterion to one part or two; some stay where that is asked for."""
    dice, count = hand.dice, hand.dice.randint(2, 3)
    titles = [hand.words() for _ in range(count)]
    shares, left = [[] for _ in titles], []
    for number in range(len(item.criteria)):
        if dice.random() < .15:
            left.append(number)
            continue
        for child in dice.sample(range(count), 2 if dice.random() < .2 else 1):
            shares[child].append(number)
    deed = Deed(item, "split", item.id)
    for title in titles:
        deed.arguments += ["--into", title]
    for child, numbers in enumerate(shares):
        if numbers:
            deed.arguments += ["--criteria", ",".join(str(one + 1) for one in numbers) + ":%d" % (child + 1)]
    keep = left and dice.random() < .7
    deed.arguments += ["--keep"] * bool(keep) + ["--pattern", dice.choice(["paths", "rules", "data"])] * (
        dice.random() < .3) + ["-m", "because it is large"]
    deed.refused = bool(left) and not keep
    deed.new = count
    deed.note = lambda ledger: ledger.decisions[item.id].add("because it is large")
    wanted = [[item.criteria[number].key() for number in numbers] for numbers in shares]
    deed.holds = lambda now: split_faults(now, item, titles, wanted, [item.criteria[n].key() for n in left])
    return deed


def split_faults(now, item, titles, wanted, left):
    """What is not as the split says."""
    if now.items[item.id].get("status") != "split":
        yield "the parent is not split"
    kept = [entry.key() for entry in now.items[item.id].criteria]
    yield from (f"{key} did not stay" for key in left if key not in kept)
    children = {child.get("title"): child for child in now.children(item.id)}
    boxes = {entry.key(): entry.box for entry in item.criteria}
    for title, keys in zip(titles, wanted):
        child = children.get(title)
        if child is None:
            yield f"there is no part {title}"
            continue
        has = [entry.key() for entry in child.criteria]
        if has != keys:
            yield f"the part {title} should have {keys}, and has {has}"
        for entry in child.criteria:
            if (entry.box in ("x", "X")) != (boxes.get(entry.key()) in ("x", "X")):
                yield f"the tick of {entry.key()} is another"
        for key in ("type", "owner", "goal"):
            wished = "story" if item.get(key) == "epic" else item.get(key)
            if child.get(key) != wished:
                yield f"{key} of the part is {child.get(key)}, not {wished}"
        for key in ("labels", "depends"):
            if sorted(map(str, child.listed(key))) != sorted(map(str, item.listed(key))):
                yield f"{key} of the part are {child.listed(key)}, not {item.listed(key)}"


# -- duplicate, depend --

def duplicate(hand, files, item):
    """The item repeats another one."""
    others = [one for one in files.items.values() if one.id != item.id and one.get("status") not in ("dropped",)]
    if not others:
        return None
    target = hand.dice.choice(others)
    take = hand.dice.sample(["criteria", "questions"], hand.dice.randint(0, 2)) if is_open(target) else []
    deed = Deed(item, "duplicate", item.id, "--of", target.id, "-m", "the same wish")
    deed.arguments += ["--take", ",".join(take)] if take else []
    deed.may_change |= {one.path for one in files.children(item.id)} | ({target.path} if take else set())
    waiting = [one for one in files.items.values() if is_open(one) and item.id in [n.id for n in files.needs(one)]]
    deed.refused = item in files.wholes(target) or any(would_circle(files, one, target) for one in waiting)
    deed.holds = lambda now: duplicate_faults(now, item, target, take, deed.said)
    return deed


def duplicate_faults(now, item, target, take, said):
    """What is not as the duplicate says."""
    made, kept = now.items[item.id], now.items[target.id]
    if made.get("status") != "dropped" or now.target(made) is not kept:
        yield f"status {made.get('status')}, duplicate-of {made.get('duplicate-of')}"
    if "criteria" in take:
        have = {entry.key() for entry in kept.criteria}
        yield from (f"{entry.key()} was not taken" for entry in item.criteria
                    if entry.key() not in have and entry.key()[0] not in said)
    if "questions" in take:
        asked = {entry.key()[0] for entry in kept.questions}
        yield from (f"{entry.key()} was not taken" for entry in item.open_questions() if entry.key()[0] not in asked)


def depend(hand, files, item):
    """One dependency more or less."""
    kind, dice = hand.dice.choice(["on", "on", "on", "off", "external", "none"]), hand.dice
    deed = Deed(item, "depend", item.id)
    if kind == "on":
        target = dice.choice(list(files.items.values()))
        deed.arguments += ["--on", target.id]
        deed.refused = would_circle(files, item, target)
        deed.holds = lambda now: () if now.target(now.items[target.id]) in [
            now.target(meant) for meant in map(now.meant, now.items[item.id].texts("depends"))] else ["it is not there"]
    elif kind == "off" and item.texts("depends"):
        target = files.meant(dice.choice(item.texts("depends")))
        deed.arguments += ["--off", target.id]
        deed.holds = lambda now: ["it is still there"] if target.id in [
            meant.id for meant in map(now.meant, now.items[item.id].texts("depends")) if meant] else ()
    elif kind == "none" and not item.listed("depends"):
        deed.arguments += ["--none"]
        deed.holds = lambda now: () if now.items[item.id].get("depends") == "none" else ["it is not none"]
    elif kind == "external":
        name = hand.words()
        deed.arguments += ["--external", name, "--owner", dice.choice(world.ASKERS), "--due", "2026-12-24"]
        deed.holds = lambda now: () if name in [
            one.get("external") for one in now.items[item.id].listed("depends") if isinstance(one, dict)
        ] else ["it is not there"]
    else:
        return None
    return deed


# -- what is said --

def ask(hand, _, item):
    """A question."""
    text, who = hand.words() + "?", hand.dice.choice(world.TEAM)[1]
    deed = Deed(item, "ask", item.id, text, "--to", who)
    deed.note = lambda ledger: ledger.questions[item.id].add(f"@{who} {text}")
    deed.holds = lambda now: () if f"@{who} {text}" in [
        entry.key()[0] for entry in now.items[item.id].open_questions()] else ["it is not there"]
    return deed


def answer(hand, _, item):
    """The answer to one that waits."""
    waiting = item.open_questions()
    if not waiting:
        return None
    entry, text = hand.dice.choice(waiting), hand.words()
    deed = Deed(item, "answer", item.id, str(item.questions.index(entry) + 1), text)
    deed.holds = lambda now: () if [
        one for one in now.items[item.id].questions if one.key()[0] == entry.key()[0] and one.box == "x"
        and any(text in line for line in one.nested)] else ["it is not answered"]
    return deed


def decide(hand, _, item):
    """A decision, with or without what was not chosen."""
    text, other = hand.words(), hand.words()
    deed = Deed(item, "decide", item.id, text, *(["--rejected", other] * (hand.dice.random() < .5)))
    deed.note = lambda ledger: ledger.decisions[item.id].add(text)
    return deed


def assume(hand, _, item):
    """A belief."""
    belief = hand.words()
    deed = Deed(item, "assume", item.id, belief, "--test", hand.words())
    deed.holds = lambda now: () if belief in [
        one.get("belief") for one in now.items[item.id].listed("assumptions")] else ["it is not there"]
    return deed


def feedback(hand, files, named):
    """A request: for a duplicate it is written down at what that repeats."""
    who, says, item = hand.dice.choice(world.ASKERS), hand.words(), files.target(named)
    if item is None:
        return None
    deed = Deed(item, "feedback", named.id, "--from", who, "--says", says)
    deed.note = lambda ledger: ledger.requests[item.id].update([(who, says)])
    return deed


def vote(hand, _, item):
    """What one of the team thinks it takes."""
    who, value = hand.dice.choice(world.TEAM)[1], hand.dice.choice(world.SCALE)
    deed = Deed(item, "estimate", item.id, "--vote", value, "--as", who)
    deed.may_change = {"backlog/votes/%s/[0-9]-%s" % (item.id, who)}
    deed.note = lambda ledger: ledger.votes.update({(item.id, who): value})
    return deed


def estimate(hand, _, item):
    """What the team agreed upon: the votes are folded in."""
    value = hand.dice.choice(world.SCALE)
    deed = Deed(item, "estimate", item.id, value, "-m", "as we said")
    deed.may_change.add("backlog/votes/%s/*" % item.id)
    deed.holds = lambda now: () if now.items[item.id].get("estimate") == value else ["it is another"]
    return deed


def settle(hand, _, item):
    """A field."""
    return Deed(item, "set", item.id, hand.dice.choice(["value=high", "labels+=new", "status=refining", "risk=low"]))


def criterion(hand, _, item):
    """A criterion more."""
    text = hand.words()
    deed = Deed(item, "criteria", item.id, "--add", text)
    deed.note = lambda ledger: ledger.criteria[item.id].add((text, ()))
    return deed


KINDS = [split] * 4 + [duplicate] * 3 + [depend] * 4 + [ask, ask, answer, decide, assume, feedback, feedback, vote, vote, vote,
                                                       estimate, settle, criterion]


def any_deed(hand, files):
    """A deed that one would do now, on an item that is open: mostly on one of the half that the side keeps to."""
    for _ in range(100):
        kind = hand.dice.choice(KINDS)
        items = [item for item in files.items.values() if is_open(item) or kind is feedback]
        mine = [item for item in items if hand.keeps(item.id)] if hand.dice.random() < .8 else items
        deed = kind(hand, files, hand.dice.choice(mine)) if mine else None
        if deed:
            return deed
    return None
