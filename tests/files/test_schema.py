"""The JSON Schema of the format says what the loader says: keys, words, and what is refused."""

from __future__ import annotations

import copy
import json
import tomllib
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import attrs
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from support import documents
from support.spoilt import FAULTS, seeded, spoilt

import csto_membership as csto
from csto_membership import (
    Act,
    Attestation,
    Claim,
    Coverage,
    Event,
    Institution,
    Instrument,
    Kind,
    Note,
    Rank,
    RecordError,
    Source,
    SpeaksOf,
    State,
    Status,
    Step,
)
from csto_membership._evidence.institutions import Abolition, Existence, InstitutionClaim
from csto_membership._evidence.instruments import Force, Registration
from csto_membership._files.read import _Organisation, record_of
from csto_membership._files.schema import schema
from csto_membership._files.starter import starter
from csto_membership._files.structure import ENTRIES
from csto_membership._files.write import document_of
from csto_membership._values.lives import DatedName, Lifespan, Predecessor

Document = dict[str, Any]

SCHEMA = schema()

VALIDATOR = Draft202012Validator(SCHEMA)

DATA = Path(csto.__file__).parent / "data"

BUNDLED = sorted(path.stem for path in DATA.glob("*.toml") if path.stem != "states")


def plain(document: Document) -> Document:
    """A document as JSON holds it: the days of TOML as texts."""
    found: Document = json.loads(json.dumps(document, default=str))
    return found


def at(*way: str) -> dict[str, Any]:
    """A part of the schema."""
    found: Any = SCHEMA["$defs"]
    for key in way:
        found = found[key]
    assert isinstance(found, dict)
    return found


TABLES: dict[type[Any], dict[str, Any]] = {
    _Organisation: at("organisation"),
    Coverage: at("organisation", "properties", "covers"),
    Institution: at("institution"),
    Existence: at("institution", "properties", "exists"),
    DatedName: at("dated_name"),
    InstitutionClaim: at("institution", "properties", "claims", "items"),
    State: at("state"),
    Lifespan: at("state", "properties", "lifespans", "items"),
    Predecessor: at("state", "properties", "predecessors", "items"),
    Source: at("source"),
    Instrument: at("instrument"),
    Force: at("instrument", "properties", "force"),
    Abolition: at("institution", "properties", "abolishes", "items"),
    Registration: at("instrument", "properties", "registration"),
    Event: at("event"),
    Claim: at("claim"),
    Attestation: at("attestation"),
    Step: at("step"),
    Note: at("note"),
}

#: What is written in another way than it is held.
RENAMED = {(DatedName, "since"): {"from"}, (DatedName, "until"): {"to"}, (Attestation, "during"): {"on", "during"}}

#: What the checks of a record ask for beyond its classes, and what they ask for in another way.
ASKED = {(State, "name"): False, (Attestation, "during"): False}


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_a_table_names_exactly_the_keys_of_its_class(kind: type[Any]) -> None:
    fields = attrs.fields(kind)
    keys: set[str] = set().union(*(RENAMED.get((kind, field.name), {field.name}) for field in fields))
    needed = {field.name for field in fields if field.default is attrs.NOTHING and ASKED.get((kind, field.name), True)}
    assert set(TABLES[kind]["properties"]) == keys
    assert set(TABLES[kind]["required"]) == needed
    assert TABLES[kind]["additionalProperties"] is False


def test_the_tables_are_those_of_a_file() -> None:
    assert set(SCHEMA["properties"]) == {"organisation", *ENTRIES}
    assert SCHEMA["required"] == ["organisation"]
    assert {kind for _, kind in ENTRIES.values()} <= set(TABLES)


@pytest.mark.parametrize(
    ("enumeration", "found"),
    [
        (Act, at("act")),
        (Status, at("status")),
        (Rank, at("rank")),
        (Kind, at("source", "properties", "kind")),
        (SpeaksOf, at("attestation", "properties", "speaks_of")),
    ],
)
def test_words_are_those_of_the_vocabulary(enumeration: Any, found: dict[str, Any]) -> None:
    assert found["enum"] == [member.value for member in enumeration]


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_types_and_defaults_are_those_of_the_class(kind: type[Any]) -> None:
    types = attrs.resolve_types(kind)
    for field in attrs.fields(types):
        found = TABLES[kind]["properties"].get(field.name)
        if found is None:
            continue
        found = {**found, **(at(found["$ref"].rsplit("/", 1)[-1]) if "$ref" in found else {})}
        of = next((part for part in get_args(field.type) if part is not type(None)), field.type)
        if get_origin(field.type) is Literal:
            assert found["enum"] == list(get_args(field.type))
        elif get_origin(field.type) is tuple:
            assert found["type"] == "array"
        elif of in (str, int, bool):
            assert found.get("type", "string") == {str: "string", int: "integer", bool: "boolean"}[of]
        if "default" in found:
            assert found["default"] == getattr(field.default, "value", field.default)


def parts(value: object) -> list[dict[str, Any]]:
    """All tables in a value."""
    if isinstance(value, dict):
        return [value, *(part for inner in value.values() for part in parts(inner))]
    return [part for inner in value for part in parts(inner)] if isinstance(value, list) else []


def test_it_is_a_schema_and_describes_everything() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for table in [SCHEMA, *TABLES.values()]:
        for name, found in table["properties"].items():
            target = at(found["$ref"].rsplit("/", 1)[-1]) if "$ref" in found else {}
            assert found.get("description") or target.get("description"), name
    used = {part["$ref"] for part in parts(SCHEMA) if "$ref" in part}
    assert used == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_each_call_gives_a_fresh_copy() -> None:
    schema().clear()
    assert schema() == SCHEMA


@pytest.mark.parametrize("id", BUNDLED)
def test_the_shipped_records_validate(id: str) -> None:
    document = tomllib.loads((DATA / f"{id}.toml").read_text(encoding="utf-8"))
    assert [*VALIDATOR.iter_errors(plain(document))] == []
    assert [*VALIDATOR.iter_errors(document_of(record_of(document)))] == []


def test_the_starter_validates_and_points_to_the_schema() -> None:
    text = starter("my-treaty")
    assert text == (DATA / "starter.toml").read_text(encoding="utf-8")
    assert "my-treaty" not in starter("other")
    assert [*VALIDATOR.iter_errors(tomllib.loads(text))] == []
    assert text.splitlines()[0] == "#:schema ./record.schema.json"
    assert (DATA / "record.schema.json").exists()


@pytest.mark.law
@given(spoilt())
def test_whatever_loads_validates(document: Document) -> None:
    try:
        record = record_of(copy.deepcopy(document))
    except RecordError:
        return
    assert [*VALIDATOR.iter_errors(plain(document))] == []
    assert [*VALIDATOR.iter_errors(document_of(record))] == []


@pytest.mark.law
@given(documents.rich())
def test_records_that_are_not_spoilt_validate(document: Document) -> None:
    assert [*VALIDATOR.iter_errors(document)] == []


#: Faults that only loading finds: ids that lead nowhere, texts that are no date, orders that cannot be.
BEYOND_FORM = {
    "coverage that ends first", "a state that is not in the table", "an id given twice", "a day that is none",
    "a source that copies itself", "a duration of another form", "a claim of a source that is not there",
    "an instrument that is not there", "an order that cannot be",
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_broken_in_form_is_refused_by_both(name: str) -> None:
    document, _ = seeded(name)
    with pytest.raises(RecordError):
        record_of(copy.deepcopy(document))
    assert VALIDATOR.is_valid(plain(document)) is (name in BEYOND_FORM)
