"""Makes up backlogs: a handful of items as files, with all that can be lost. No file of it is wrong."""

LETTERS, DIGITS = "bcdfghjkmnpqrstvwxz", "bcdfghjkmnpqrstvwxz23456789"
WORDS = ("basket tyre ledger window ticket saddle parcel drawer printer mirror bottle ladder lamp shelf shows keeps finds sells"
         " counts opens sorts stores sends closes weighs kitchen garage harbour cellar meadow station chapel orchard attic"
         " slow early wide bright silent yellow round heavy winter morning behind without against under toward").split()
ASKERS = ["forum", "Kiosk Ost", "the clerks", "Vila & Filhos", "Dóra", "shop 12", "hotline", "O'Hara"]
TEAM = [("Ana Silva", "ana"), ("Bo Chen", "bo"), ("Chidi Obi", "chidi"), ("Dóra Ünal", "dora")]
SCALE = ["1", "2", "3", "5", "8", "13", "20"]
POLICY = "backlog: backlog\nteam:\n" + "".join(
    f"  - name: {name}\n    handle: {handle}\n    email: [{handle}@example.com]\n    role: developer\n"
    for name, handle in TEAM) + f"estimate:\n  unit: points\n  scale: [{', '.join(SCALE)}]\n"


class Made:
    """An item that is made up."""

    def __init__(self, number, ident):
        self.number, self.id, self.title, self.fields = number, ident, "", {}
        self.requests, self.criteria, self.questions, self.ending = [], [], [], "\n"


def quoted(text):
    """A text as YAML has it."""
    plain = text[0].isalpha() and not any(mark in text for mark in (": ", " #", '"', "&", "'"))
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


class World:
    """A backlog that a seed makes."""

    def __init__(self, dice):
        self.dice, self.counter = dice, 0
        count, idents = dice.randint(6, 10), {}
        while len(idents) < count:
            idents[dice.choice(LETTERS) + "".join(dice.choice(DIGITS) for _ in range(4))] = True
        self.items = [Made(number, ident) for number, ident in enumerate(idents)]
        for item in self.items:
            self.fill(item)
        for item in self.items:
            self.relate(item)

    def words(self):
        """A sentence that stands nowhere else."""
        self.counter += 1
        return " ".join(self.dice.sample(WORDS, self.dice.randint(4, 7)) + [str(self.counter)]).capitalize()

    # -- one item --

    def fill(self, item):
        """What an item says of itself."""
        dice = self.dice
        item.title = self.words() + dice.choice(["", "", ": quickly", " & \"soon\""])
        item.ending = dice.choice(["\n", "\n", "\n", "\r\n"])
        status = dice.choice(["new", "new", "refining", "refining", "ready", "doing", "done", "released", "dropped"])
        item.fields = {"title": quoted(item.title), "id": item.id, "rank": "n" + LETTERS[item.number] + "k",
                       "type": dice.choice(["story", "story", "bug", "task", "epic"]), "status": status,
                       "created": "2026-11-%02d" % dice.randint(1, 20)}
        if dice.random() < .5:
            item.fields["estimate"] = dice.choice(SCALE)
        if dice.random() < .4:
            item.fields["owner"] = dice.choice(TEAM)[1]
        if dice.random() < .3:
            item.fields["goal"] = "speed"
        item.labels = [label for label in ("web", "till", "print") if dice.random() < .4]
        item.aliases = ["OLD-%d" % item.number] if dice.random() < .4 else []
        for _ in range(dice.choice([0, 0, 1, 2, 3])):
            item.requests.append((dice.choice(ASKERS), self.words() if dice.random() < .7 else None))
        item.criteria = [self.criterion() for _ in range(dice.choice([0, 1, 2, 3, 3, 4, 5]))]
        item.style = dice.choice(["- [ ] ", "- [ ] ", "- [ ] ", "* ", "1. "])
        item.scenarios = [(self.words(), self.words()) for _ in range(dice.choice([0, 0, 0, 1, 2]))]
        item.questions = [(dice.random() < .3, dice.choice(TEAM)[1], self.words() + "?")
                          for _ in range(dice.choice([0, 0, 1, 2, 3]))]

    def criterion(self):
        """Its text, what is nested below, whether it goes on on a second line, and whether it is ticked."""
        dice = self.dice
        nested = [self.words() for _ in range(dice.choice([0, 0, 0, 1, 2]))]
        return self.words(), nested, self.words() if dice.random() < .15 else None, dice.random() < .25

    # -- between items --

    def relate(self, item):
        """Parents before their children, and what is needed behind who needs it: so no circle."""
        dice, earlier, later = self.dice, self.items[:item.number], self.items[item.number + 1:]
        item.depends, item.outside = [], []
        parents = [one for one in earlier if one.fields["status"] not in ("dropped", "split")]
        if parents and dice.random() < .3:
            parent = dice.choice(parents)
            item.fields["parent"] = parent.id
            if dice.random() < .4:
                parent.fields["status"] = "split"
        if item.fields["status"] == "dropped" and later and dice.random() < .7:
            item.fields["duplicate-of"] = dice.choice(later).id
        if later and dice.random() < .4:
            item.depends = [one.aliases[0] if one.aliases and dice.random() < .3 else one.id
                            for one in dice.sample(later, min(len(later), dice.randint(1, 2)))]
        if dice.random() < .2:
            item.outside.append((self.words(), dice.choice(ASKERS), "2026-12-%02d" % dice.randint(1, 28)))

    # -- as bytes --

    def front(self, item):
        """The lines of the front matter."""
        keys = ["title", "id", "rank", "type", "status", "created", "estimate", "parent", "owner", "goal",
                "duplicate-of"]
        lines = ["%s: %s" % (key, item.fields[key]) for key in keys if key in item.fields]
        lines += ["labels:"] + ["  - " + label for label in item.labels] if item.labels else []
        if item.depends or item.outside:
            lines += ["depends:"] + ["  - " + name for name in item.depends]
            for name, owner, due in item.outside:
                lines += ["  - external: " + quoted(name), "    owner: " + quoted(owner), "    due: " + due]
        elif item.number % 4 == 0:
            lines.append("depends: none")
        lines += ["aliases:"] + ["  - " + name for name in item.aliases] if item.aliases else []
        if item.requests:
            lines.append("feedback:")
        for asker, says in item.requests:
            lines += ["  - from: " + quoted(asker), "    on: 2026-10-02"]
            lines += ["    says: " + quoted(says)] if says else []
        return ["---", *lines, "---", ""]

    def text(self, item):
        """The file."""
        lines = self.front(item) + ["## Story", "", "As a clerk, I want that, so that nobody waits.", ""]
        if item.criteria or item.scenarios:
            lines += ["## Acceptance criteria", ""]
        for number, (text, nested, more, ticked) in enumerate(item.criteria):
            marker = item.style.replace(" ]", "x]" if ticked else " ]").replace("1", str(number + 1))
            margin = " " * (3 if marker[0].isdigit() else 2)
            lines += [marker + text] + ([margin + more] if more else []) + [margin + "- " + one for one in nested]
        if item.scenarios:
            lines += [""] * bool(item.criteria) + ["```gherkin", "Feature: the shop"]
            for name, step in item.scenarios:
                lines += ["  Scenario: " + name, "    When " + step, "    Then nobody waits"]
            lines.append("```")
        lines += [""] if item.criteria or item.scenarios else []
        lines += ["## Approach", "", "As before.", ""]
        if item.questions:
            lines += ["## Open questions", ""]
        for answered, who, text in item.questions:
            lines += ["- [%s] @%s %s" % (" x"[answered], who, text)]
            lines += ["  - 2026-11-20 Ana Silva: yes"] if answered else []
        return item.ending.join(lines + [""] * bool(item.questions))

    def files(self):
        """Path -> bytes."""
        made = {"backlog/%s-item.md" % item.id: self.text(item).encode("utf-8") for item in self.items}
        return {".refine.yaml": POLICY.encode("utf-8"), **made}
