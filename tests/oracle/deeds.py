"""What happens in a story: each deed makes commits, or none where it does not fit."""
import os
import re

from hands import EDITS
from story import SCALE, STATUSES, WORDS, split


def edit(story, name):
    """Edits one item by hand, in one to three ways."""
    text = story.read(name)
    ending = "\r\n" if "\r\n" in text else "\n"
    front, body = split(text.replace("\r\n", "\n"))
    if not front:
        story.write(name, story.fresh())
        return
    for _ in range(story.random.choice([1, 1, 1, 2, 3])):
        kinds, weights = zip(*EDITS)
        story.random.choices(kinds, weights)[0](story, front, body)
    text = "\n".join(front + body)
    if story.chance(0.02):
        ending = "\n" if ending == "\r\n" else "\r\n"
    story.write(name, text.replace("\r\n", "\n").replace("\n", ending))


def by_hand(story):
    """One item or several, edited and committed with git."""
    names = story.items()
    for name in story.random.sample(names, min(len(names), story.random.choice([1, 1, 1, 2, 5]))):
        edit(story, name)
    story.commit()


def by_hand_and_tool(story):
    """The same, recorded by refine commit."""
    if name := story.item():
        edit(story, name)
        story.tick()
        story.tool("commit", "-m", story.words(3, 6))
        story.commit()


def create(story):
    """A new item, by refine or by hand."""
    story.tick()
    if story.chance(0.5):
        criteria = [word for _ in range(story.random.randint(0, 3)) for word in ("-c", story.words(3, 7).capitalize())]
        story.tool("add", story.words(2, 4).capitalize(), "-t", "story", "-e", story.random.choice(SCALE), *criteria,
                   *(["-m", story.words(3, 6)] if story.chance(0.5) else []))
    else:
        name = story.new_id()
        text = story.fresh().replace("---\n", f"---\nid: {name}\n", 1)
        story.write(f"backlog/{name}-{story.words(1, 2).replace(' ', '-')}.md", text)
        story.commit()


def decide(story):
    """One of refine's decisions."""
    name = story.item()
    if not name:
        return
    word = os.path.basename(name).split("-")[0].removesuffix(".md")
    story.tick()
    reason = ["-m", story.words(3, 6)] if story.chance(0.5) else []
    reason += ["--with", "Bo Berg <bo@example.com>"] if story.chance(0.2) else []
    deeds = [
        ["set", word, f"estimate={story.random.choice(SCALE)}"],
        ["set", word, f"status={story.random.choice(STATUSES)}", f"owner={story.words(1, 1)}"],
        ["set", word, f"labels+={story.random.choice(WORDS)}"],
        ["set", word, f"labels-={story.random.choice(WORDS)}"],
        ["set", word, "estimate="],
        ["criteria", word, "--add", story.words(4, 8).capitalize()],
        ["criteria", word, "--tick", "1"],
        ["criteria", word, "--reword", "1=" + story.words(4, 8).capitalize()],
        ["criteria", word, "--move", "2:1", "--remove", "1"],
        ["order", word, "--top"], ["order", word, "--bottom"],
        ["archive"],
    ]
    story.tool(*story.random.choice(deeds), *reason)


def move(story):
    """An item's file goes to another folder or gets another name, perhaps with an edit."""
    name = story.item()
    if not name:
        return
    base = os.path.basename(name)
    word = base.split("-")[0].removesuffix(".md")
    target = story.random.choice([f"backlog/{base}", f"backlog/api/{base}", f"backlog/archive/2026/{base}",
                                  f"backlog/{word[:2]}/{base}", f"backlog/{word}-{story.random.choice(WORDS)}.md"])
    if os.path.exists(story.path(target)):
        return
    os.makedirs(os.path.dirname(story.path(target)), exist_ok=True)
    os.rename(story.path(name), story.path(target))
    if story.chance(0.3):
        edit(story, target)
    story.commit()


def remove(story):
    """An item goes, by hand."""
    if (name := story.item()) and len(story.items()) > 5:
        os.remove(story.path(name))
        story.commit()


def break_item(story):
    """An item that cannot be read for a while."""
    if name := story.item():
        text = story.read(name)
        story.write(name, text.replace("title:", "title: [", 1))
        story.commit()
        if story.chance(0.7):
            story.write(name, text)
            edit(story, name)
            story.commit()


def beside(story):
    """What is no item."""
    name = story.random.choice(["src/main.c", "backlog/README.md", "backlog/notes.md", "backlog/.k7q2m-hidden.md",
                                "backlog/votes/k7q2m/1-bo", "backlog/k7q2m.txt", "docs/k7q2m-other.md"])
    story.write(name, story.words(3, 9) + "\n")
    story.commit("beside")


def undo(story):
    """A decision is taken back: what comes of it may only be what was there before it."""
    story.tick()
    before = story.head()
    commits = story.git("rev-list", "--no-merges", "-n", "30", "HEAD").split()
    commit = story.random.choice(commits)
    last = story.chance(0.5)
    if not story.tool("undo", *([] if last else [commit]), "-m", story.words(3, 5)):
        return
    after = story.head()
    if after != before:
        undone = re.search(r"This reverts commit ([0-9a-f]{40})\.", story.git("log", "-1", "--format=%B"))
        story.taken_back.append((undone[1] if undone else None, before, after))


def branch(story):
    """A branch from somewhere, or another one."""
    names = story.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    if len(names) < 5 and story.chance(0.6):
        story.branches += 1
        start = story.random.choice(story.git("rev-list", "-n", "12", "HEAD").split())
        story.git("switch", "-qc", f"b{story.branches}", start)
    else:
        story.git("switch", "-q", story.random.choice(names))


def resolve(story):
    """What is left in conflict becomes one of the sides, something else, or nothing."""
    unmerged = dict.fromkeys(line.split("\t")[1] for line in story.git("ls-files", "-u").splitlines())
    for name in unmerged:
        choice = story.random.randrange(4)
        if choice < 2 and story.run("git", "checkout", "-q", ("--ours", "--theirs")[choice], "--", name,
                                    check=False).returncode == 0:
            pass
        elif choice == 2 and os.path.exists(story.path(name)):
            text = re.sub(r"<{7,} .*\n((?:.*\n)*?)={7,}\r?\n((?:.*\n)*?)>{7,} .*\n", r"\2\1", story.read(name))
            # A second front matter would be a heading, which the oracle does not know.
            story.write(name, text if len(re.findall("^---\r?$", text, re.M)) == 2 else story.fresh())
        elif os.path.exists(story.path(name)) and story.chance(0.9):
            story.write(name, story.fresh().replace("---\n", f"---\nid: {os.path.basename(name)[:5]}\n", 1))
        elif os.path.exists(story.path(name)):
            os.remove(story.path(name))
    story.git("add", "-A")


def finish(story):
    """Commits what is staged, with the message that git has for it, if any."""
    said = any(os.path.exists(story.path(f".git/{name}")) for name in ("MERGE_MSG", "SQUASH_MSG"))
    story.git("commit", "-q", "--allow-empty", "--no-edit" if said else "-mas it stands")


def merge(story):
    """Branches come together: as git has it, with something of the merge's own, three at once, or one side alone."""
    current = story.git("branch", "--show-current").strip()
    others = [name for name in story.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split()
              if name != current]
    if not others:
        return
    story.tick()
    if len(others) > 1 and story.chance(0.3):
        octopus(story, others)
        return
    options = story.random.choice([["--no-ff"], ["--no-ff", "--no-commit"], ["--no-ff", "-s", "ours"], ["--squash"]])
    story.attempt("merge", "-q", *options, story.random.choice(others))
    resolve(story)
    if (options[-1] == "--no-commit" or story.chance(0.1)) and (name := story.item()):
        edit(story, name)
        story.git("add", "-A")
    if story.git("status", "--porcelain") or os.path.exists(story.path(".git/MERGE_HEAD")):
        finish(story)
    else:
        story.git("merge", "--abort", check=False)


def octopus(story, others):
    """Three or more at once, where git can."""
    chosen = story.random.sample(others, min(len(others), story.random.randint(2, 3)))
    if not story.attempt("merge", "-q", "--no-ff", *chosen):
        story.git("reset", "-q", "--hard")
        return
    if story.chance(0.4) and (name := story.item()):
        edit(story, name)
        story.git("add", "-A")
        story.git("commit", "-q", "--amend", "--no-edit")


def pick(story):
    """A commit of anywhere comes again, or is reverted."""
    commit = story.random.choice(story.git("rev-list", "--all", "--no-merges", "-n", "60").split())
    story.tick()
    word = story.random.choice(["cherry-pick", "revert"])
    words = ["--allow-empty", "--keep-redundant-commits"] if word == "cherry-pick" else ["--no-edit"]
    if not story.attempt(word, *words, commit):
        if story.chance(0.5):
            story.git(word, "--abort", check=False)
        else:
            resolve(story)
            finish(story)
    if story.git("status", "--porcelain"):
        story.git("reset", "-q", "--hard")


DEEDS = [(by_hand, 20), (by_hand_and_tool, 4), (create, 6), (decide, 16), (move, 4), (remove, 1), (break_item, 1),
         (beside, 2), (undo, 5), (branch, 7), (merge, 6), (pick, 4)]


def part_twins(story):
    """Of two files with one id, which a merge of a moved file leaves, one goes: of both nobody could tell a history."""
    seen = set()
    for name in story.items():
        word = os.path.basename(name).split("-")[0].removesuffix(".md")
        if word in seen and story.chance(0.8):
            os.remove(story.path(name))
        seen.add(word)


def tell(story, commits):
    """Until there are so many commits; then all branches come together."""
    deeds, weights = zip(*DEEDS)
    for _ in range(4):
        create(story)
    story.commit()
    while int(story.git("rev-list", "--count", "--all")) < commits:
        story.random.choices(deeds, weights)[0](story)
        part_twins(story)
        if story.git("status", "--porcelain"):
            story.git("add", "-A")
            story.commit("left over")
    story.git("switch", "-q", "main")
    for name in story.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split():
        if name != "main":
            story.tick()
            story.attempt("merge", "-q", "--no-ff", name)
            resolve(story)
            if os.path.exists(story.path(".git/MERGE_HEAD")):
                finish(story)
