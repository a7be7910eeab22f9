"""Makes a history of a backlog as teams make them: by refine, by hand, on branches that are merged, squashed, picked and
reverted, with files that move, clocks that are wrong and people with two addresses. The same seed tells the same story, but
for what git's merges make of another git."""
import os
import random
import re
import subprocess

PEOPLE = [("Ana Silva", "ana@example.com"), ("Bo Berg", "bo@example.com"), ("bo", "bo@old.example.com"),
          ("Cem Kaya", "cem@example.com"), ("C. Kaya", "kaya@example.org"), ("Dóra Ünal", "dora@example.com")]
MAILMAP = "Bo Berg <bo@example.com> <bo@old.example.com>\nCem Kaya <cem@example.com> C. Kaya <kaya@example.org>\n"
WORDS = ("filter search result order date category basket receipt return parcel till clerk customer list print label"
         " stock lamp pump wheel chain bell brake light repair counter lend reserve notice mail day hour morning"
         " evening winter summer quick slow empty full wide narrow").split()
LETTERS, DIGITS = "bcdfghjkmnpqrstvwxz", "23456789"
TYPES, STATUSES = ["story", "bug", "task", "spike", "epic"], ["new", "refining", "doing", "done", "dropped"]
SCALE = ["1", "2", "3", "5", "8", "13", "20"]
SCALARS = ["estimate", "status", "owner", "value", "risk", "sprint", "title", "type", "x-note"]
SECTIONS = ["Story", "Why", "Approach", "Open questions", "Constraints", "Measure", "Decisions", "Notes", "Notes"]


class Story:
    """A repository, and the hand that writes in it."""

    def __init__(self, refine, root, home, seed):
        self.refine, self.root, self.random = refine, root, random.Random(seed)
        self.clock, self.branches, self.taken_back = 1_750_000_000, 0, []
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "UTC", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CEILING_DIRECTORIES": os.path.dirname(root), "GIT_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "no",
            "REFINE_INDEX": "off", "REFINE_SEED": str(seed),
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}
        os.makedirs(root)
        self.git("init", "-q", "-b", "main")
        for key, value in (("core.fsync", "none"), ("gc.auto", "0"), ("merge.conflictStyle", "merge"),
                           ("advice.detachedHead", "false"), ("core.hooksPath", "/dev/null")):
            self.git("config", key, value)
        self.write(".mailmap", MAILMAP)
        self.write("backlog/README.md", "# The backlog\n")
        self.write("src/main.c", "int main(void);\n")
        self.commit("begin")

    # -- the world --

    def tick(self):
        """Somebody's hour: mostly later, sometimes much earlier; who writes is not always who commits."""
        self.clock += self.random.randrange(60, 90_000)
        if self.chance(0.05):
            self.clock -= self.random.randrange(86_400, 40 * 86_400)
        zone = self.random.choice(["+0000", "+0100", "-0330", "+1245"])
        (author, email), (committer, mail) = self.random.choice(PEOPLE), self.random.choice(PEOPLE)
        written = self.clock - (self.random.randrange(900_000) if self.chance(0.1) else 0)
        self.environment.update({
            "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_DATE": f"{written} {zone}",
            "GIT_COMMITTER_NAME": committer, "GIT_COMMITTER_EMAIL": mail, "GIT_COMMITTER_DATE": f"{self.clock} {zone}",
            "REFINE_NOW": "2026-11-21T09:00:00Z", "REFINE_SEED": str(self.random.random())})

    def run(self, *command, check=True):
        """Runs a command in the repository; its end."""
        ended = subprocess.run(command, cwd=self.root, env=self.environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if check and ended.returncode:
            raise RuntimeError(f"{' '.join(command)}: status {ended.returncode}: {ended.stderr.decode()[-500:]}")
        return ended

    def git(self, *words, check=True):
        """Runs git; what it says."""
        return self.run("git", *words, check=check).stdout.decode()

    def attempt(self, *words):
        """Runs a git that may fail, and that of some versions asserts in vain on the way; whether it succeeded."""
        ended = self.run("git", *words, check=False)
        if ended.returncode < 0:
            if os.path.exists(self.path(".git/index.lock")):
                os.remove(self.path(".git/index.lock"))
            self.git("reset", "-q", "--hard")
        return ended.returncode == 0

    def tool(self, *words):
        """Runs refine; whether it said yes. A crash, a sanitizer's too, ends the story."""
        ended = self.run(self.refine, *words, check=False)
        if ended.returncode not in (0, 1, 2):
            raise RuntimeError(f"refine {' '.join(words)}: status {ended.returncode}: {ended.stderr.decode()[-900:]}")
        return ended.returncode == 0

    def path(self, name):
        """Where a file is."""
        return os.path.join(self.root, name)

    def read(self, name):
        """The text of a file, line endings as they are."""
        with open(self.path(name), encoding="utf-8", newline="") as file:
            return file.read()

    def write(self, name, text):
        """Writes a file, and the folders to it."""
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def commit(self, message=None):
        """Commits all there is, by hand."""
        self.tick()
        message = message or self.random.choice(["backlog: after the meeting", "wip", "Refine\n\nAs Bo said.",
                                                 "update\n\nCo-authored-by: Bo Berg <bo@example.com>"])
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def head(self):
        """The current commit."""
        return self.git("rev-parse", "HEAD").strip()

    def items(self):
        """Paths of the item files."""
        names = self.git("ls-files", "-z", "backlog").split("\0")
        return [name for name in names if re.search(rf"/[{LETTERS}][{LETTERS}{DIGITS}]{{4,}}(-[^/]*)?\.md$", name)
                and "/." not in name and not name.startswith("backlog/votes/") and os.path.isfile(self.path(name))]

    def item(self):
        """The path of one; None where there is none."""
        items = self.items()
        return self.random.choice(items) if items else None

    # -- words --

    def chance(self, part):
        """Whether it happens this time."""
        return self.random.random() < part

    def words(self, least, most):
        """Some words."""
        return " ".join(self.random.choices(WORDS, k=self.random.randint(least, most)))

    def new_id(self):
        """An id of a person's own."""
        return self.random.choice(LETTERS) + "".join(self.random.choices(LETTERS + DIGITS, k=4))

    def quoted(self, text):
        """The text as a scalar, in one of YAML's styles."""
        return self.random.choice([text, f'"{text}"', f"'{text}'"])

    def value(self, key):
        """A value that a field can have."""
        return self.random.choice({"estimate": SCALE, "status": STATUSES, "type": TYPES}.get(key) or
                                  [self.words(1, 3).capitalize() if key == "title" else self.words(1, 2)])

    # -- items --

    def fresh(self):
        """The text of a new item, as a person writes one."""
        lines = [f"title: {self.quoted(self.words(2, 4).capitalize())}", "rank: n" + "".join(
            self.random.choices(LETTERS.replace("b", ""), k=3)), f"type: {self.random.choice(TYPES)}",
                 f"status: {self.random.choice(STATUSES[:3])}"]
        if self.chance(0.5):
            lines.append(f"estimate: {self.random.choice(SCALE)}")
        if self.chance(0.4):
            lines += ["labels:"] + [f"  - {word}" for word in self.random.sample(WORDS, self.random.randint(1, 3))]
        if self.chance(0.2):
            lines.append(f"aliases: [SHOP-{self.random.randrange(1000)}]")
        text = ["---", *lines, "---", ""]
        if self.chance(0.2):
            text += [self.words(3, 8).capitalize(), ""]
        for title in ["Story", "Acceptance criteria"] + self.random.sample(SECTIONS[1:], self.random.randint(0, 2)):
            text += [f"## {title}", ""]
            text += self.criteria() if title == "Acceptance criteria" else self.prose()
            text.append("")
        return "\n".join(text)

    def criteria(self):
        """Lines of some criteria."""
        return [self.criterion() for _ in range(self.random.randint(0, 5))]

    def criterion(self):
        """One, on a line."""
        return f"- [{self.random.choice('  x')}] {self.words(4, 9).capitalize()}"

    def prose(self):
        """Lines of a section."""
        lines = [self.words(4, 10).capitalize() for _ in range(self.random.randint(1, 3))]
        if self.chance(0.2):
            lines += ["", "```", "# no heading", "- [ ] no criterion", "```"]
        if self.chance(0.2):
            lines += ["", "- " + self.words(2, 5), "- " + self.words(2, 5)]
        return lines


def split(text):
    """The lines of an item up to and with the second "---", and those behind it."""
    lines = text.split("\n")
    ends = [n for n, line in enumerate(lines) if line.rstrip("\r") in ("---", "\ufeff---")]
    return (lines[:ends[1] + 1], lines[ends[1] + 1:]) if len(ends) > 1 else ([], lines)
