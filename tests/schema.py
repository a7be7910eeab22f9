#!/usr/bin/env python3
"""Reads the schemas of the JSON that refine prints.

usage: tests/schema.py describe DIR     the keys of every object, as refine-json(5) lists them
       tests/schema.py validate DIR     reads lines "WORD SCHEMA FILE", answers each with lines, the last one "."

WORD is accept, the schema takes the document, or reject, it takes none of those that the document becomes by one
change: a key more, a key less, another kind of value. An answer without a line before the "." is yes. DIR/SCHEMA.json is the
schema. Only validate needs the module jsonschema, 4.0 or later.
"""
import copy
import json
import pathlib
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def name_of_kind(schema):
    """The kind of value in the words of the manual."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " or ".join(name_of_kind(one) for one in schema["anyOf"])
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return "word"
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if kinds == ["array"]:
        return "array of " + name_of_kind(schema["items"])
    if kinds == ["object"]:
        return "map of " + name_of_kind(schema["additionalProperties"])
    return " or ".join("number" if kind == "integer" else kind for kind in kinds)


def objects_of(name, schema):
    """The objects that a schema file holds, each with its name in the manual."""
    if "properties" in schema:
        yield name, schema
    for inner, definition in schema.get("$defs", {}).items():
        yield from objects_of(inner, definition)


def describe(folder):
    for path in sorted(folder.glob("*.json")):
        for name, schema in objects_of(path.name, read(path)):
            for key, value in schema["properties"].items():
                if key == "version":  # said once, of all
                    continue
                optional = "" if key in schema["required"] else "optional "
                print(f"{name}: {key} ({optional}{name_of_kind(value)})")
        for name, schema in read(path).get("$defs", {}).items():
            if "properties" not in schema:
                print(f"kind: {name}")


# -- validation --

STRANGE = {"surprise": True}  # no value of any object is like this


def variants(value):
    """Copies of a document, each with one thing changed anywhere in it that no schema may take."""
    if isinstance(value, dict):
        yield {**value, "surprise": STRANGE}, "a key more"
    inner = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    for key, below in inner:
        changed = copy.copy(value)
        changed[key] = STRANGE
        yield changed, f"{key}: another kind"
        for variant, what in variants(below):
            changed = copy.copy(value)
            changed[key] = variant
            yield changed, f"{key}: {what}"


def mutants(document):
    yield from variants(document)
    if "version" not in document:
        return
    yield {**document, "version": 2}, "version 2"
    for key in document:
        if key != "commit":  # the one key of a whole document that may be missing
            yield {other: value for other, value in document.items() if other != key}, f"no {key}"


def open_validator(folder, name):
    import jsonschema

    path = folder / f"{name}.json"
    schema = read(path)
    jsonschema.Draft202012Validator.check_schema(schema)
    resolver = jsonschema.RefResolver(path.resolve().as_uri(), schema)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def complaints(validator, word, document):
    if word == "accept":
        for error in validator.iter_errors(document):
            yield f"{'/'.join(map(str, error.absolute_path)) or 'the document'}: {error.message[:300]}"
        return
    for changed, what in mutants(document):
        if validator.is_valid(changed):
            yield f"it takes a document with {what}"


def validate(folder):
    validators = {}
    for line in sys.stdin:
        word, name, path = line.rstrip("\n").split(" ", 2)
        try:
            if name not in validators:
                validators[name] = open_validator(folder, name)
            for complaint in complaints(validators[name], word, read(path)):
                print(complaint)
        except (OSError, ValueError) as error:
            print(f"{path}: {error}")
        print(".", flush=True)


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in ("describe", "validate"):
        sys.exit(__doc__)
    (describe if arguments[0] == "describe" else validate)(pathlib.Path(arguments[1]))


main(sys.argv[1:])
