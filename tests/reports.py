#!/usr/bin/env python3
"""Reads the reports of refine check as their services do, written from what these publish and not from refine's printers.

usage: tests/reports.py sarif | gitlab | junit | rdjsonl | tap | github REPORT JSON [--fail-on LEVEL]
       tests/reports.py quiet FILE     no line of the file is a command to the runner of GitHub Actions

REPORT is what refine check --format printed, JSON that of the same check. A report is read strictly; then it must have the
findings of the JSON: as many, of the same rules, places and severities. What is wrong is said, and the status 1.
"""
import collections
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree

LEVELS = ["note", "warning", "error"]


class Wrong(Exception):
    pass


def need(truth, text):
    if not truth:
        raise Wrong(text)


def only(value, kinds, place, required=()):
    """An object that has no key but these, each of that kind."""
    need(isinstance(value, dict), f"{place}: expected an object")
    for key, one in value.items():
        need(key in kinds, f"{place}: key {key}")
        need(isinstance(one, kinds[key]) and not (kinds[key] is int and isinstance(one, bool)), f"{place}.{key}: {one!r}")
    for key in required:
        need(key in value, f"{place}: lacks {key}")
    return value


def unique(pairs):
    keys = [key for key, _ in pairs]
    need(len(set(keys)) == len(keys), f"a key stands twice: {keys}")
    return dict(pairs)


def load(text):
    return json.loads(text, object_pairs_hook=unique)


def is_plain(text):
    """One line that a terminal obeys nowhere."""
    return not re.search("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", text)


# -- SARIF 2.1.0, and what code scanning asks for beyond it --

def sarif_text(value, place, markdown=False):
    only(value, {"text": str, "markdown": str} if markdown else {"text": str}, place, ["text"])
    need(value["text"].strip(), f"{place}: empty")


def sarif_rule(rule, place):
    only(rule, {"id": str, "shortDescription": dict, "fullDescription": dict, "help": dict, "defaultConfiguration": dict,
                "properties": dict}, place, ["id", "shortDescription", "fullDescription", "help"])
    sarif_text(rule["shortDescription"], f"{place}.shortDescription")
    sarif_text(rule["fullDescription"], f"{place}.fullDescription")
    need(len(rule["fullDescription"]["text"]) <= 1024, f"{place}: too long")
    sarif_text(rule["help"], f"{place}.help", markdown=True)
    need("markdown" in rule["help"], f"{place}.help: no Markdown")
    only(rule["defaultConfiguration"], {"enabled": bool, "level": str}, place)
    need(rule["defaultConfiguration"]["level"] in ["none", *LEVELS], f"{place}: level")
    need(len(rule["properties"].get("tags", [])) <= 20, f"{place}: tags")


def sarif_location(result, place):
    need(len(result["locations"]) == 1, f"{place}: expected one location")
    physical = only(only(result["locations"][0], {"physicalLocation": dict}, place)["physicalLocation"],
                    {"artifactLocation": dict, "region": dict}, place, ["artifactLocation", "region"])
    artifact = only(physical["artifactLocation"], {"uri": str, "uriBaseId": str}, place, ["uri", "uriBaseId"])
    need(artifact["uriBaseId"] == "%SRCROOT%", f"{place}: base")
    # RFC 3986: a relative path, of which the first segment has no colon
    need(re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+", artifact["uri"]), f"{place}: {artifact['uri']}")
    need(not artifact["uri"].startswith("/"), f"{place}: absolute")
    region = only(physical["region"], {"startLine": int, "startColumn": int, "endLine": int, "endColumn": int}, place,
                  ["startLine"])
    need(all(number >= 1 for number in region.values()), f"{place}: region {region}")
    end = (region.get("endLine", region["startLine"]), region.get("endColumn", region.get("startColumn", 1)))
    need(end >= (region["startLine"], region.get("startColumn", 1)), f"{place}: ends before it begins")
    path = urllib.parse.unquote_to_bytes(artifact["uri"]).decode("utf-8", "replace")
    return path, region["startLine"], region.get("startColumn", 1)


def sarif_suppressions(result, place):
    for one in result["suppressions"]:
        only(one, {"kind": str, "status": str, "justification": str}, place, ["kind", "justification"])
        need(one["kind"] in ["inSource", "external"] and one["status"] in ["accepted", "underReview", "rejected"], place)
    return len(result["suppressions"]) > 0


def read_sarif(text):
    log = only(load(text), {"$schema": str, "version": str, "runs": list}, "log", ["version", "runs"])
    need(log["version"] == "2.1.0", "version")
    need(len(log["runs"]) == 1, "expected one run")
    run = only(log["runs"][0], {"tool": dict, "invocations": list, "columnKind": str, "results": list}, "run",
               ["tool", "results"])
    need(run["columnKind"] in ["unicodeCodePoints", "utf16CodeUnits"], "columnKind")
    for one in run["invocations"]:
        only(one, {"executionSuccessful": bool, "toolExecutionNotifications": list}, "invocation", ["executionSuccessful"])
    driver = only(only(run["tool"], {"driver": dict}, "tool")["driver"], {"name": str, "version": str, "rules": list},
                  "driver", ["name"])
    for index, rule in enumerate(driver["rules"]):
        sarif_rule(rule, f"rules[{index}]")
    ids = [rule["id"] for rule in driver["rules"]]
    need(len(set(ids)) == len(ids), "two rules of one id")
    need(len(run["results"]) <= 25000 and len(ids) <= 25000, "more than code scanning takes")
    prints = set()
    for index, result in enumerate(run["results"]):
        place = f"results[{index}]"
        only(result, {"ruleId": str, "ruleIndex": int, "level": str, "message": dict, "locations": list,
                      "partialFingerprints": dict, "suppressions": list, "properties": dict}, place,
             ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "suppressions"])
        need(ids[result["ruleIndex"]] == result["ruleId"], f"{place}: ruleIndex")
        need(result["level"] in LEVELS, f"{place}: level")
        sarif_text(result["message"], f"{place}.message")
        need(is_plain(result["message"]["text"]), f"{place}: message")
        need(all(isinstance(one, str) and one for one in result["partialFingerprints"].values()), f"{place}: fingerprints")
        prints.add(tuple(result["partialFingerprints"].values()))
        waived = sarif_suppressions(result, place)
        yield (*sarif_location(result, place), result["ruleId"], result["level"], waived)
    need(len(prints) == len(run["results"]), "two results of one fingerprint")


# -- GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/ --

def read_gitlab(text):
    severities = {"info": "note", "minor": "warning", "major": "error", "critical": "error", "blocker": "error"}
    prints = set()
    for index, one in enumerate(load(text)):
        place = f"[{index}]"
        only(one, {"description": str, "check_name": str, "fingerprint": str, "severity": str, "location": dict}, place,
             ["description", "check_name", "fingerprint", "severity", "location"])
        location = only(one["location"], {"path": str, "lines": dict}, place, ["path", "lines"])
        begin = only(location["lines"], {"begin": int}, place, ["begin"])["begin"]
        need(begin >= 1 and one["severity"] in severities, place)
        need(location["path"] and not location["path"].startswith(("/", "./")), f"{place}: path")
        need(one["fingerprint"] not in prints, f"{place}: the fingerprint stands twice")
        need(one["description"].strip() and is_plain(one["description"]), f"{place}: description")
        prints.add(one["fingerprint"])
        yield location["path"], begin, None, one["check_name"], severities[one["severity"]], False


# -- JUnit, as Jenkins and GitLab read it --

def read_junit(text, fail_on):
    need("\x00" not in text and not re.search("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text), "no XML 1.0 character")
    root = xml.etree.ElementTree.fromstring(text.encode("utf-8"))
    need(root.tag == "testsuites", root.tag)
    totals = collections.Counter()
    for suite in root:
        need(suite.tag == "testsuite" and suite.get("name"), suite.tag)
        own, names = collections.Counter(), set()
        for case in suite:
            if case.tag == "properties":
                need(all(one.tag == "property" and set(one.attrib) == {"name", "value"} for one in case), "properties")
                continue
            need(case.tag == "testcase" and {"name", "classname"} <= set(case.attrib), case.tag)
            need(case.get("name") not in names, f"two cases {case.get('name')}")
            names.add(case.get("name"))
            tags = [one.tag for one in case]
            need(set(tags) <= {"failure", "skipped", "system-out"} and len(set(tags)) == len(tags), tags)
            need(not {"failure", "skipped"} <= set(tags), tags)
            own["tests"] += 1
            own["failures"] += "failure" in tags
            own["skipped"] += "skipped" in tags
            yield from junit_findings(case, tags, fail_on)
        for key in ("tests", "failures", "skipped"):
            need(int(suite.get(key)) == own[key], f"{suite.get('name')}: {key}")
        totals.update(own)
    for key in ("tests", "failures", "skipped"):
        need(int(root.get(key)) == totals[key], key)


def junit_findings(case, tags, fail_on):
    fails = False
    for part in case:
        for line in (part.text or "").split("\n"):
            if not line:
                continue
            found = re.match(r"(.*?):(\d+):(\d+): (note|warning|error)( \(advice\))?: ", line, re.S)
            need(found, f"not a finding: {line!r}")
            level = found.group(4)
            waived = "skipped" in tags
            fails = fails or (not found.group(5) and LEVELS.index(level) >= LEVELS.index(fail_on))
            yield found.group(1), int(found.group(2)), int(found.group(3)), case.get("name"), level, waived
    need("skipped" in tags or fails or "failure" not in tags, f"{case.get('name')}: fails, but not the check")
    need("failure" not in tags or case.find("failure").get("message"), "a failure without message")


# -- reviewdog: https://github.com/reviewdog/reviewdog, proto/rdf/jsonschema/Diagnostic.json --

def read_rdjsonl(text):
    severities = {"INFO": "note", "WARNING": "warning", "ERROR": "error"}
    need(text == "" or text.endswith("\n"), "the last line has no end")
    for number, line in enumerate(text.split("\n")[:-1], 1):
        place = f"line {number}"
        one = only(load(line), {"message": str, "location": dict, "severity": str, "source": dict, "code": dict}, place,
                   ["message", "location"])
        location = only(one["location"], {"path": str, "range": dict}, place, ["path", "range"])
        extent = only(location["range"], {"start": dict, "end": dict}, place, ["start"])
        for point in extent.values():
            only(point, {"line": int, "column": int}, place, ["line"])
            need(min(point.values()) >= 1, place)
        start = extent["start"]
        need(is_plain(one["message"]) and one["message"].strip(), f"{place}: message")
        yield location["path"], start["line"], None, one["code"]["value"], severities[one["severity"]], False


# -- TAP: https://testanything.org/tap-version-14-specification.html --

def read_tap(text, fail_on):
    lines = text.split("\n")
    need(lines[0] in ("TAP version 14", "TAP version 13") and lines[-1] == "", "version")
    plan = re.fullmatch(r"1\.\.(\d+)(?: # SKIP .*)?", lines[1])
    need(plan, "plan")
    at, number = 2, 0
    while at < len(lines) - 1:
        point = re.fullmatch(r"(not )?ok (\d+) - ((?:[^\\#]|\\[\\#])*?)(?: # (TODO|SKIP)\b(.*))?", lines[at])
        need(point, f"not a test: {lines[at]!r}")
        number, at = number + 1, at + 1
        need(int(point.group(2)) == number, "numbers")
        # Readers that know no backslash must see the same directive.
        need(bool(re.search(r"#\s*(todo|skip)", lines[at - 1], re.I)) == bool(point.group(4)), lines[at - 1])
        if lines[at] != "  ---":
            need(not point.group(1), "a failure says nothing")
            continue
        values = {}
        at += 1
        while lines[at] != "  ...":
            key, _, value = lines[at].partition(": ")
            values[key.strip()] = json.loads(value)
            at += 1
        at += 1
        waived = point.group(4) == "TODO"
        fails = waived or LEVELS.index(values["severity"]) >= LEVELS.index(fail_on)
        need(bool(point.group(1)) == fails or "(advice)" in point.group(3), lines[at])
        yield values["file"], values["line"], values["column"], values["rule"], values["severity"], waived
    need(number == int(plan.group(1)), f"{plan.group(1)} planned, {number} seen")


# -- the runner of GitHub Actions: src/Runner.Common/ActionCommand.cs --

COMMANDS = {"internal-set-repo-path", "set-env", "set-output", "save-state", "add-path", "add-mask", "add-matcher",
            "remove-matcher", "warning", "error", "notice", "debug", "group", "endgroup", "echo", "stop-commands"}
DATA = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
PROPERTY = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
OLD = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%")]
# What .NET trims where a line begins.
SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200b))) + "\u2028\u2029\u202f\u205f\u3000"


def turn_back(text, table):
    for written, meant in table:
        text = text.replace(written, meant)
    return text


def properties_of(text, mark, table):
    found = {}
    for one in text.split(mark):
        key, _, value = one.partition("=")
        if key and value:
            found[key.lower()] = turn_back(value, table)
    return found


def parse_command(line):
    """Name, properties and data of the command that the line is: "::name key=value::data"; None where it is none."""
    line = line.lstrip(SPACE)
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, rest = line[2:end].partition(" ")
    if name.lower() not in COMMANDS:
        return None
    return name.lower(), properties_of(rest.strip(SPACE), ",", PROPERTY), turn_back(line[end + 2:], DATA)


def parse_old_command(line):
    """The same of the older form, which may stand anywhere in a line: "##[name key=value]data"."""
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name, _, rest = line[start + 3:end].partition(" ")
    if name.lower() not in COMMANDS:
        return None
    return name.lower(), properties_of(rest, ";", OLD), turn_back(line[end + 1:], OLD)


def lines_of(text):
    """As a .NET reader of lines splits them."""
    return re.split("\r\n|\r|\n", text)


def read_github(text):
    names = {"notice": "note", "warning": "warning", "error": "error"}
    last = len(names)
    for line in lines_of(text):
        need(not parse_old_command(line), f"an old command: {line!r}")
        command = parse_command(line)
        if not command:
            need(not line.lstrip(SPACE).startswith("::"), f"nearly a command: {line!r}")
            continue
        name, properties, data = command
        need(name in names, f"a command nobody gave: {line!r}")
        need(set(properties) - {"endcolumn"} == {"file", "line", "col", "title"}, f"properties: {line!r}")
        need(data.strip() and is_plain(data) and is_plain(properties["file"]), f"data: {line!r}")
        level = LEVELS.index(names[name])
        need(level <= last, "errors come first")
        last = level
        yield (properties["file"], int(properties["line"]), int(properties["col"]), properties["title"], names[name], False)


def check_quiet(text):
    for line in lines_of(text):
        for command in (parse_command(line), parse_old_command(line)):
            need(not command, f"a command: {line!r}")
    need(not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f]", text), "a control character")
    return []


# -- the same findings --

def expected(report, skips_waived):
    for one in report["findings"]:
        if not (skips_waived and "waived" in one):
            yield (one["path"], one.get("line", 1), one.get("column", 1), one["rule"], one["severity"], "waived" in one)


def comparable(finding, with_column):
    path, line, column, *rest = finding
    # Paths are escaped in one format and not in another; each has what is not unusual in them.
    return (re.sub(r"\\x..|\\u....|\\[nrt]|[^a-z0-9/-]", "", path), line, column if with_column else None, *rest)


def compare(found, report, skips_waived):
    with_column = all(one[2] is not None for one in found)
    left = collections.Counter(comparable(one, with_column) for one in found)
    right = collections.Counter(comparable(one, with_column) for one in expected(report, skips_waived))
    for one in (left - right):
        raise Wrong(f"only in the report: {one}")
    for one in (right - left):
        raise Wrong(f"not in the report: {one}")


def main(words):
    fail_on = words.pop(words.index("--fail-on") + 1) if "--fail-on" in words else "error"
    words = [word for word in words if word != "--fail-on"]
    with open(words[1], encoding="utf-8", newline="") as file:
        text = file.read()
    if words[0] == "quiet":
        check_quiet(text)
        return
    with open(words[2], encoding="utf-8") as file:
        report = load(file.read())
    readers = {"sarif": read_sarif, "gitlab": read_gitlab, "rdjsonl": read_rdjsonl, "github": read_github,
               "junit": lambda one: read_junit(one, fail_on), "tap": lambda one: read_tap(one, fail_on)}
    found = list(readers[words[0]](text))
    compare(found, report, words[0] in ("gitlab", "rdjsonl", "github"))
    print(f"{words[0]}: {len(found)} findings")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Wrong as wrong:
        print(f"{' '.join(sys.argv[1:3])}: {wrong}")
        sys.exit(1)
