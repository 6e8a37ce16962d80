"""Answers as fields of pydantic models: written as their `as_dict`, and as the JSON Schema says, which is held closed."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from typing import Any

import jsonschema
import pydantic

from csto_membership._values.listing import Listing

ADAPTERS: dict[Any, Any] = {}
VALIDATORS: dict[Any, Any] = {}


def adapter(kind: Any) -> Any:
    if kind not in ADAPTERS:
        ADAPTERS[kind] = pydantic.TypeAdapter(kind)
    return ADAPTERS[kind]


def closed(schema: Any) -> Any:
    """The schema, in which no object may have a key that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: closed(part) for key, part in schema.items()}
    return {"additionalProperties": False, **parts} if "properties" in schema else parts


def validator(kind: Any) -> Any:
    if kind not in VALIDATORS:
        VALIDATORS[kind] = made_validator(kind)
    return VALIDATORS[kind]


def made_validator(kind: Any) -> Any:
    schema = adapter(kind).json_schema(mode="serialization")
    assert schema == adapter(kind).json_schema(mode="validation")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(closed(schema), format_checker=jsonschema.FormatChecker())


def assert_told_truly(answer: Any) -> None:
    form = answer.to_dicts() if isinstance(answer, Listing) else answer.as_dict()
    kind = type(answer)
    assert adapter(kind).validate_python(answer) is answer
    assert adapter(kind).dump_python(answer, mode="json") == form
    assert json.loads(adapter(kind).dump_json(answer)) == form == json.loads(json.dumps(form))
    if not isinstance(answer, (tuple, list)) and not is_dataclass(answer):
        assert adapter(kind).dump_python(answer) is answer
    validator(kind).validate(json.loads(json.dumps(form)))
