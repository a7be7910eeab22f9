#!/usr/bin/env python3
"""Runs the files that CI services take from this repository, as those do, as far as that can be done without them.

usage: tests/actions.py action FILE [NAME=VALUE]...     the steps of a composite action, with these inputs
       tests/actions.py gitlab FILE                     the job of a GitLab template, with the variables of the environment
       tests/actions.py hook FILE ID [FILE]...          a hook of pre-commit, with the files that are committed
       tests/actions.py matcher FILE                    a problem matcher over the lines of standard input, as JSON

It ends with the status of what it ran. An action prints its outputs as last lines, "output NAME=VALUE", the files that
the runner gives it are made anew for each step, and no expression may stand in a script.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

import yaml


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def die(text):
    print(f"actions.py: {text}", file=sys.stderr)
    sys.exit(99)


# -- GitHub --

EXPRESSION = re.compile(r"\$\{\{\s*([A-Za-z0-9_.-]+)\s*\}\}")


def expand(text, values):
    """A value with its expressions, which are put in as they are, as the runner does."""
    return EXPRESSION.sub(lambda match: values.get(match.group(1), ""), str(text))


def assignments(path):
    """What a step wrote into a file of the runner: NAME=VALUE lines, or NAME<<END ... END."""
    found, lines = {}, iter(open(path, encoding="utf-8").read().splitlines())
    for line in lines:
        name, mark, end = line.partition("<<")
        if mark and "=" not in name:
            value = []
            for more in lines:
                if more == end:
                    break
                value.append(more)
            found[name] = "\n".join(value)
        elif "=" in line:
            name, _, value = line.partition("=")
            found[name] = value
        elif line:
            die(f"{path}: not NAME=VALUE: {line}")
    return found


def run_step(step, values, world, folder):
    if step.get("shell") != "bash":
        die("a step of a composite action has a shell")
    if "${{" in step["run"]:
        die("an expression stands in a script")
    environment = dict(world)
    environment.update({name: expand(value, values) for name, value in step.get("env", {}).items()})
    files = {}
    for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH"):
        files[name] = os.path.join(folder, name)
        open(files[name], "w", encoding="utf-8").close()
        environment[name] = files[name]
    script = os.path.join(folder, "step.sh")
    with open(script, "w", encoding="utf-8") as file:
        file.write(step["run"])
    status = subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script], env=environment).returncode
    for line in open(files["GITHUB_PATH"], encoding="utf-8").read().splitlines():
        world["PATH"] = f"{line}:{world['PATH']}"
    world.update(assignments(files["GITHUB_ENV"]))
    for name, value in assignments(files["GITHUB_OUTPUT"]).items():
        values[f"steps.{step.get('id')}.outputs.{name}"] = value
    return status


def run_action(path, given):
    action, status = read(path), 0
    if action["runs"]["using"] != "composite":
        die("expected a composite action")
    for name in given:
        if name not in action["inputs"]:
            die(f"no such input: {name}")
    values = {f"inputs.{name}": given.get(name, str(one.get("default", ""))) for name, one in action["inputs"].items()}
    with tempfile.TemporaryDirectory() as folder:
        world = dict(os.environ, GITHUB_ACTIONS="true", CI="true", RUNNER_TEMP=folder,
                     GITHUB_ACTION_PATH=os.path.dirname(os.path.abspath(path)))
        for step in action["runs"]["steps"]:
            sys.stdout.flush()
            status = run_step(step, values, world, folder)
            if status:
                break
    for name, output in action["outputs"].items():
        print(f"output {name}={expand(output['value'], values)}")
    return status


# -- GitLab --

def run_gitlab(path):
    """The scripts of the one job that is there, which GitLab runs as one, with "set -e" and "set -o pipefail"."""
    jobs = {name: job for name, job in read(path).items() if isinstance(job, dict) and "script" in job}
    if len(jobs) != 1:
        die("expected one job")
    job = next(iter(jobs.values()))
    world = {name: str(value) for name, value in job.get("variables", {}).items()}
    world.update(os.environ)
    lines = job.get("before_script", []) + job["script"]
    script = "set -e\nset -o pipefail\n" + "\n".join(lines) + "\n"
    return subprocess.run(["bash", "--noprofile", "--norc"], input=script, text=True, env=world).returncode


# -- pre-commit --

def run_hook(path, wanted, files):
    hooks = {hook["id"]: hook for hook in read(path)}
    hook = hooks.get(wanted) or die(f"no such hook: {wanted}")
    if hook["language"] != "system":
        die("expected what is installed")
    chosen = [name for name in files if re.search(hook.get("files", ""), name)]
    if not chosen:
        print("(no files to check)Skipped")
        return 0
    command = hook["entry"].split() + hook.get("args", [])
    return subprocess.run(command + (chosen if hook.get("pass_filenames", True) else [])).returncode


# -- problem matchers --

def match(path):
    with open(path, encoding="utf-8") as file:
        matchers = json.load(file)["problemMatcher"]
    for line in sys.stdin.buffer.read().decode("utf-8").split("\n"):
        for matcher in matchers:
            pattern = matcher["pattern"][0]
            found = re.search(pattern["regexp"], line)
            if found:
                problem = {key: found.group(value) for key, value in pattern.items() if key != "regexp"}
                problem.setdefault("severity", matcher.get("severity", "error"))
                print(json.dumps(problem, sort_keys=True))
                break
    return 0


def main(words):
    if words[:1] == ["action"] and len(words) > 1:
        return run_action(words[1], dict(word.split("=", 1) for word in words[2:]))
    if words[:1] == ["gitlab"] and len(words) == 2:
        return run_gitlab(words[1])
    if words[:1] == ["hook"] and len(words) > 2:
        return run_hook(words[1], words[2], words[3:])
    if words[:1] == ["matcher"] and len(words) == 2:
        return match(words[1])
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
