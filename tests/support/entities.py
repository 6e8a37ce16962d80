"""Entities of Wikidata as its files have them, written by tests: states, their statements, qualifiers and references."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
JULIAN = "http://www.wikidata.org/entity/Q1985786"
#: What stands for "unknown value" and "no value" where a test gives values.
SOME, NO = "unknown value", "no value"
_NUMBERS = count(1)
_PRECISIONS = {10: 11, 7: 10, 4: 9}


def snak(property_id: str, value: Any, kind: str = "") -> dict[str, Any]:
    """A snak of a property: a day, an item ("Q1"), a text, or what stands for no known value."""
    if value is SOME or value is NO:
        return {"snaktype": "somevalue" if value is SOME else "novalue", "property": property_id, "datatype": kind}
    if isinstance(value, dict):
        return {"snaktype": "value", "property": property_id, "datavalue": {"value": value, "type": "time"}}
    if value[:1] == "Q" and value[1:].isdecimal():
        item = {"entity-type": "item", "numeric-id": int(value[1:]), "id": value}
        return {"snaktype": "value", "property": property_id, "datavalue": {"value": item, "type": "wikibase-entityid"}}
    if value[:4].isdecimal() and len(value) in _PRECISIONS and kind != "string":
        return snak(property_id, time(value))
    return {"snaktype": "value", "property": property_id, "datavalue": {"value": value, "type": "string"}}


def time(text: str, precision: int | None = None, calendar: str = GREGORIAN, **more: Any) -> dict[str, Any]:
    """A point in time: "1999-04-20" is a day, "1999-04" a month, "1999" a year, unless a precision is given."""
    year, month, day = [*text.split("-"), "00", "00"][:3]
    return {
        "time": f"+{year}-{month}-{day}T00:00:00Z",
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": precision or _PRECISIONS[len(text)],
        "calendarmodel": calendar,
        **more,
    }


def statement(
    organisation: Any = "Q1", rank: str = "normal", references: Any = None, **qualifiers: Any
) -> dict[str, Any]:
    """A statement of membership; qualifiers by property, each a value or a list of them."""
    given = {
        one: [snak(one, value) for value in (values if isinstance(values, list) else [values])]
        for one, values in qualifiers.items()
    }
    return {
        "mainsnak": snak("P463", organisation),
        "type": "statement",
        "id": f"Q0$STATEMENT-{next(_NUMBERS)}",
        "rank": rank,
        **({"qualifiers": given, "qualifiers-order": list(given)} if given else {}),
        **({"references": references} if references else {}),
    }


def reference(**values: Any) -> dict[str, Any]:
    """A reference with these snaks, by property."""
    snaks = {one: [snak(one, value, "string" if one == "P304" else "")] for one, value in values.items()}
    return {"hash": "0" * 40, "snaks": snaks, "snaks-order": list(snaks)}


def entity(id: str, code: str = "", *statements: dict[str, Any], label: str = "", **more: Any) -> dict[str, Any]:
    """An entity with a code of three letters, a label, and statements of membership."""
    claims: dict[str, Any] = {}
    if code:
        claims["P298"] = [{"mainsnak": snak("P298", code, "string"), "rank": "normal"}]
    for one in more.pop("instance_of", []):
        claims.setdefault("P31", []).append({"mainsnak": snak("P31", one), "rank": "normal"})
    if statements:
        claims["P463"] = list(statements)
    labels = {"en": {"language": "en", "value": label}} if label else {}
    # PHP writes an empty object as an empty list.
    return {"type": "item", "id": id, "labels": labels or [], "claims": claims or [], **more}


def document(*entities: dict[str, Any]) -> str:
    """A document of the entity endpoint."""
    return json.dumps({"entities": {one["id"]: one for one in entities}})


def dump(*entities: dict[str, Any]) -> str:
    """A dump: a list with an entity on each line."""
    return "[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in entities) + "\n]\n"


def written(folder: Path, *entities: dict[str, Any], form: Any = document) -> Path:
    """A file with these entities."""
    path = folder / "entities.json"
    path.write_text(form(*entities), encoding="utf-8")
    return path
