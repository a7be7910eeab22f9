"""A small repository with a backlog and with work of the user's in it, and what must be true of it afterwards.

The user has, in the item that is decided about, one change staged and another not yet; the same in other files, and a
file that git does not know. A decision may touch none of it.
"""
import collections
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

DECIDED, SECOND, FINISHED, OTHER = "k7q2m", "t2h8k", "c4x9d", "w3n5p"
TITLES = {DECIDED: "Print a receipt", SECOND: "Return a parcel", FINISHED: "Close the till", OTHER: "Weigh the fruit"}

ITEM = """---
title: %s
id: %s
rank: n%shm
type: story
status: %s
created: 2026-11-20
estimate: 5
---

## Story

As a clerk, I want to %s, so that the queue stays short.

## Acceptance criteria

- [ ] It takes 2 seconds at most
- [ ] An empty basket gives nothing
"""

REFLOG = re.compile(rb"[0-9a-f]{40} [0-9a-f]{40} [^<>\n]* <[^<>\n]*> \d+ [+-]\d{4}(\t[^\n]*)?\n")


def scratch():
    """A new folder, in memory where there is some: what the disk would do is modelled. A test that is ended by a signal
    removes it, too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    memory = "/dev/shm"
    base = memory if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 28 else None
    return tempfile.mkdtemp(prefix="refine-faults.", dir=base)


def surroundings(home, **more):
    """Environment without anything of the user's, in which the same decision is the same commit."""
    date = "1795251600 +0000"
    kept = {name: os.environ[name] for name in os.environ if name == "PATH" or name.endswith("SAN_OPTIONS")}
    return {**kept, "HOME": home, "LC_ALL": "C", "TZ": "UTC",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": home,
            "GIT_AUTHOR_NAME": "Ana Silva", "GIT_AUTHOR_EMAIL": "ana@example.com", "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": "Ana Silva", "GIT_COMMITTER_EMAIL": "ana@example.com", "GIT_COMMITTER_DATE": date,
            "REFINE_NOW": "2026-11-21T09:00:00Z", "REFINE_SEED": "faults", **more}


class Repository:
    """The repository in folder; top is the work tree in it where commands are given. What run runs always gets the
    environment always, too."""

    def __init__(self, folder, environment, top="."):
        self.folder, self.environment, self.place = folder, environment, top
        self.top = os.path.normpath(os.path.join(folder, top))
        self.always = {}

    def git(self, *words, check=True, folder=None):
        done = subprocess.run(["git", *words], cwd=folder or self.top, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if check and done.returncode:
            raise RuntimeError("git %s: %s" % (" ".join(words), done.stderr.decode(errors="replace")))
        return done.stdout if check else done

    def run(self, command, **more):
        environment = {**self.environment, **self.always, **more}
        return subprocess.run(command, cwd=self.top, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120)

    def write(self, path, text):
        path = os.path.join(self.top, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)

    def read(self, path):
        with open(os.path.join(self.top, path), "rb") as text:
            return text.read()

    def change(self, path, before, after):
        text = self.read(path).decode()
        assert before in text
        self.write(path, text.replace(before, after))

    def copy(self, folder):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder, symlinks=True)
        other = Repository(folder, self.environment, self.place)
        other.always = self.always
        other.settle()
        return other

    def settle(self):
        """Tells the two halves of a linked work tree where they are now."""
        if self.place != ".":
            with open(os.path.join(self.folder, ".git/worktrees", self.place, "gitdir"), "w", encoding="utf-8") as link:
                link.write(self.top + "/.git\n")
            self.write(".git", "gitdir: %s/.git/worktrees/%s\n" % (self.folder, self.place))


def path_of(ident):
    return "backlog/%s-%s.md" % (ident, TITLES[ident].lower().replace(" ", "-"))


def write_files(repository):
    repository.write(".refine.yaml", "backlog: backlog\n")
    for ident, letter in zip(TITLES, "bcdf"):
        status = "done" if ident == FINISHED else "refining"
        repository.write(path_of(ident), ITEM % (TITLES[ident], ident, letter, status, TITLES[ident].lower()))
    for name in ("notes.txt", "plan.txt", "src/main.txt"):
        repository.write(name, name + "\n")


def do_work(repository):
    """What the user has begun, staged and not."""
    for ident in (DECIDED, SECOND, FINISHED):
        repository.change(path_of(ident), "2 seconds", "3 seconds")
    repository.write("notes.txt", "staged\n")
    repository.write("src/new.txt", "staged\n")
    repository.git("add", "-A")
    for ident in (DECIDED, SECOND, FINISHED):
        repository.change(path_of(ident), "stays short", "gets short")
    repository.write("plan.txt", "not staged\n")
    repository.write("draft.txt", "not known\n")


def build(folder, environment, shape="plain"):
    """A repository with commits and the user's work; its shape is plain (or nfs), twins (two files have one id),
    decided (the last commit changed two items and added one), detached, unborn or worktree."""
    os.makedirs(folder)
    repository = Repository(folder, environment)
    repository.git("init", "-q", "--template=", "-b", "main")
    write_files(repository)
    if shape == "twins":
        repository.write(path_of(SECOND).replace(".md", "-again.md"), ITEM % ("Return it", SECOND, "c", "Refining", "return"))
    if shape != "unborn":
        repository.git("add", "-A")
        repository.git("commit", "-q", "-m", "backlog")
    if shape == "decided":
        for ident in (DECIDED, SECOND):
            repository.change(path_of(ident), "estimate: 5", "estimate: 3")
        repository.write("backlog/v2w3x-scan-a-voucher.md", ITEM % ("Scan a voucher", "v2w3x", "g", "new", "scan a voucher"))
        repository.git("add", "-A")
        repository.git("commit", "-q", "-m", "backlog: decide")
    if shape != "unborn":
        repository.git("repack", "-adq")
        repository.git("prune-packed")
    if shape == "detached":
        repository.git("checkout", "-q", "--detach")
    if shape == "worktree":
        repository.git("worktree", "add", "-q", "side")
        repository.write(".git/info/exclude", "/side\n")
        repository.write("notes.txt", "of the main work tree\n")
        repository.git("add", "notes.txt")
        repository = Repository(folder, environment, "side")
    do_work(repository)
    return repository


State = collections.namedtuple("State", "head status files")


def files_of(folder):
    """Path to bytes of what lies in a work tree, and what git and refine left that they should not have."""
    files, left = {}, []
    for place, folders, names in os.walk(folder):
        inside = ".git" in os.path.relpath(place, folder).split(os.sep)
        ours = inside and "refine" in place.split(os.sep)
        for name in names:
            path = os.path.join(place, name)
            short = os.path.relpath(path, folder)
            if name.endswith(".lock") or name.startswith(".refine-tmp-"):
                left.append(short)
            elif ours and (name == "journal" or (place.endswith("/tmp") and not name.startswith("lock-"))):
                left.append(short)  # a second name of a lock is nothing without the lock
            elif not inside and name != ".git":
                with open(path, "rb") as content:
                    files[short] = content.read()
    return files, left


def state_of(repository):
    """The state to compare: HEAD, what git says of every path that is not as in HEAD, and all bytes of the work tree
    (of both, where there are two). And what was left over."""
    head, lines = "", []
    for folder in sorted({repository.top, repository.folder}):
        told = repository.git("--no-optional-locks", "status", "--porcelain=v2", "--branch", "--no-renames", "-uall",
                              check=False, folder=folder)
        lines += (told.stdout + told.stderr).decode(errors="replace").splitlines()
        head = next((line.split()[2] for line in lines if line.startswith("# branch.oid")), "unreadable")
    files, left = files_of(repository.folder)
    return State(head, tuple(sorted(line for line in lines if not line.startswith("# branch.oid"))), files), left


def reflogs(repository):
    logs = {}
    for place, _, names in os.walk(os.path.join(repository.folder, ".git")):
        for name in names if "logs" in place.split(os.sep) else ():
            path = os.path.join(place, name)
            with open(path, "rb") as log:
                logs[os.path.relpath(path, repository.folder)] = log.read()
    return logs


def damage(repository, base):
    """What git fsck finds, and reflogs that do not go on from those of base; empty where all is well."""
    found = []
    done = repository.git("fsck", "--strict", "--no-dangling", check=False)
    if done.returncode:
        found.append("fsck: " + (done.stdout + done.stderr).decode(errors="replace").strip()[:300])
    before, logs = reflogs(base), reflogs(repository)
    for path in {**before, **logs}:
        text = logs.get(path, b"")
        if not text.startswith(before.get(path, b"")) or REFLOG.sub(b"", text):
            found.append("%s: %r" % (path, text[-400:]))
    return found


def differences(repository):
    """The lines that the user's work adds and removes: what is staged, and what is not."""
    def lines(*words):
        text = repository.git("--no-optional-locks", "diff", "-U0", "--no-color", "--no-renames", *words).decode()
        return sorted(line for line in text.splitlines() if re.match(r"[+-](?![+-]{2})", line))
    return lines("--cached"), lines()
