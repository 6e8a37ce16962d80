"""
What is made from the curated data, so that a fresh process answers at once: `python tests/support/made.py` writes it.

With it the snapshots are written, whose diff shows every day on which an answer changed.

- `data/states.jsonl`: a line of JSON for each state of `data/states.toml`.
- `data/made/<id>.json`: the record that `data/<id>.toml` is read as, class by class.
- `data/made/csto.txt`: the verdicts of `CSTO` on each state of the world by day, and the spellings of the state.
- `data/made/csto-answers.json`: its members and findings by day.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

import csto_membership as csto
from csto_membership._files.made import CLASS, CLASSES, READERS, value_of
from csto_membership._files.read import read_record
from csto_membership._values.world import world

if TYPE_CHECKING:
    from collections.abc import Callable

    from csto_membership._values.index import StateIndex

DATA = Path(csto.__file__).parent / "data"
#: The texts of values that are read from one.
TEXTS: dict[type, Callable[[Any], str]] = {
    Enum: lambda value: str(value.value),
    csto.ImpreciseDate: lambda date: str(date.text),
    csto.Period: lambda period: f"{period.first}/{period.last}",
    dt.date: dt.date.isoformat,
}
REMEDY = "the curated data have changed: run `python tests/support/made.py`, and look at the diff"


def curated(organisation: str) -> csto.Record:
    """The record of a curated file, read and checked as any file."""
    return read_record(DATA / f"{organisation}.toml")


def rendered(record: csto.Record) -> str:
    """The record as JSON, a line for each entry of its lists."""
    parts = [f'{_line(CLASS)}:"Record"']
    for key, value in _fields(record).items():
        lines = ",\n".join(map(_line, value)) if isinstance(value, list) else ""
        parts.append(f"{_line(key)}:" + (f"[\n{lines}\n]" if lines else _line(value)))
    return "{" + ",\n".join(parts) + "}\n"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _fields(value: Any) -> dict[str, Any]:
    """The fields of a value that are not their default."""
    fields = [field for field in attrs.fields(type(value)) if field.init]
    given = {field: getattr(value, field.name) for field in fields}
    return {field.name: _field(type(value), field, held) for field, held in given.items() if held != field.default}


def _field(kind: type, field: Any, value: Any) -> Any:
    """The value of a field: as a text, or as a list of texts, where it is read from that."""
    text, needed = _text(value), READERS.get(kind, {}).get(field.name)
    reader = needed or field.converter
    if reader and text is not None and same(reader(json.loads(_line(text), object_hook=value_of)), value):
        return text
    assert needed is None, (kind, field.name, value)
    return _plain(value)


def _text(value: Any) -> Any:
    """The text of a value that has one, and the texts of several; None for another."""
    if isinstance(value, (tuple, frozenset)):
        texts = [_text(part) for part in (sorted(value) if isinstance(value, frozenset) else value)]
        return None if None in texts else texts
    if isinstance(value, csto.State):
        return value.id if world().get(value.id) is value else _plain(value)
    for kind, text in TEXTS.items():
        if isinstance(value, kind):
            return text(value)
    return None


def _plain(value: Any) -> Any:
    """A value as it stands in JSON."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, CLASSES):
        return {CLASS: type(value).__name__, **_fields(value)}
    assert value is None or type(value) in (str, int, bool), value
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same in every field, also in those that play no part in equality."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if attrs.has(type(one)):
        # What is not given when it is made follows from what is.
        fields = [field.name for field in attrs.fields(type(one)) if field.init]
        return all(same(getattr(one, name), getattr(other, name)) for name in fields)
    return bool(one == other)


def verdicts(history: csto.History) -> str:
    """The verdicts on each state: a line of its course and its spellings, in small letters, between tabs."""
    index = history.record.index
    lines = ["# made from csto.toml and states.toml by `python tests/support/made.py`: never edited"]
    for state in sorted({*history.states, *map(index.find, world())}):
        line = history.timeline(state).verdicts
        steps = (f"{day} {verdict}" for day, verdict in zip(line.starts, line.values[1:], strict=True))
        spellings = dict.fromkeys(alias.casefold() for alias in state.aliases)
        own = [spelling for spelling in spellings if _leads_to(state, spelling, index)]
        lines.append("\t".join([" ".join([str(line.values[0]), *steps]), *own]))
    return "\n".join(lines) + "\n"


def _leads_to(state: csto.State, spelling: str, index: StateIndex) -> bool:
    try:
        return index.find(spelling) is state
    except csto.UnknownStateError:
        return False


def main() -> None:
    """Write everything that is made from the curated data, and the snapshots of its answers."""
    from support import made_answers, snapshot, state_table

    state_table.main()
    for organisation in csto.organisations():
        (DATA / "made" / f"{organisation}.json").write_text(rendered(curated(organisation)), encoding="utf-8")
    history = csto.History(curated("csto"))
    (DATA / "made" / "csto.txt").write_text(verdicts(history), encoding="utf-8")
    (DATA / "made" / "csto-answers.json").write_text(made_answers.rendered(history), encoding="utf-8")
    snapshot.main()


if __name__ == "__main__":
    # The other modules of this folder are found beside it, as the tests find them.
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
