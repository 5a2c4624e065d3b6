#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""schema.py SCHEMA FILE...: is each file (.jsonl: each of its lines) valid?"""
import json
import sys

import jsonschema


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    bad = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            texts = file.read().splitlines() if path.endswith(".jsonl") else [file.read()]
        assert texts, f"{path} is empty"
        for number, text in enumerate(texts, 1):
            validator = jsonschema.Draft202012Validator(schema)
            for error in validator.iter_errors(json.loads(text)):
                worst = jsonschema.exceptions.best_match([error])
                print(f"{path}:{number}: {worst.json_path}: {worst.message[:300]}")
                bad = 1
    return bad


sys.exit(main())
