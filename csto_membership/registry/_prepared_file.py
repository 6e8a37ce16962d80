"""
Prepared lines: what many histories answer, as compact JSON that may come from strangers, read without any record.

The file is JSON Lines. The first line names the form, its version, the statuses in the order of their bits, the
states under keys of their own (each as its organisations define it), the patterns (bit masks of the statuses that are possible in one run of days after another), and how many
organisations follow. Each further line is one organisation: for each state the number of its pattern, and the
ordinals of the days on which one run gives way to the next.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from itertools import islice, pairwise
from operator import lt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csto_membership._evidence.institutions import Coverage
from csto_membership._files.structure import structured
from csto_membership._values.acts import Status, as_statuses, in_order
from csto_membership._values.states import State
from csto_membership._worlds.masks import ANY_MASK
from csto_membership.exceptions import Fault, RecordError, UnknownNameError
from csto_membership.registry._prepared import Packed, Prepared, Roster

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike


_FORM, VERSION = "csto_membership registry", 1
#: No organisation of the world fills so long a line; a stranger's file might.
MOST_BYTES_A_LINE = 50_000_000
_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()


def written(entries: Iterable[Prepared]) -> bytes:
    """The content of a prepared file."""
    organisations = list(entries)
    patterns: dict[tuple[int, ...], int] = {}
    for entry in organisations:
        for _, masks in entry.lines.values():
            patterns.setdefault(masks, len(patterns))
    states, keys = _keyed(state for entry in organisations for state in entry.states)
    head = {
        "form": _FORM,
        "version": VERSION,
        "statuses": [status.value for status in Status],
        "states": states,
        "patterns": list(patterns),
        "organisations": len(organisations),
    }
    lines = [head, *(_organisation_form(entry, patterns, keys) for entry in organisations)]
    return b"".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines)


def _keyed(states: Iterable[State]) -> tuple[dict[str, Any], dict[int, str]]:
    """Each definition of a state once, under a key; and the keys by the identity of the states."""
    forms: dict[str, Any] = {}
    known: dict[str, str] = {}
    keys: dict[int, str] = {}
    for state in {id(state): state for state in states}.values():
        form = _told(state.as_dict())
        text = json.dumps(form)
        if text not in known:
            # Organisations may define states of one id in different ways.
            known[text] = state.id if state.id not in forms else f"{state.id} #{len(forms)}"
            forms[known[text]] = form
        keys[id(state)] = known[text]
    return forms, keys


def _told(value: Any) -> Any:
    """A value without the keys that say nothing."""
    if isinstance(value, dict):
        return {key: _told(inner) for key, inner in value.items() if inner not in (None, "", [])}
    return [_told(inner) for inner in value] if isinstance(value, list) else value


def _organisation_form(
    entry: Prepared, patterns: Mapping[tuple[int, ...], int], keys: Mapping[int, str]
) -> dict[str, Any]:
    lines = {keys[id(state)]: entry.lines[state.id] for state in entry.states}
    return {
        "id": entry.id,
        "name": entry.name,
        "edition": entry.edition,
        "reading": entry.reading,
        "counted": in_order(entry.counted),
        "covers": {key: value for key, value in entry.coverage.as_dict().items() if value is not None},
        "lines": {key: [patterns[masks], *days] for key, (days, masks) in lines.items()},
    }


def read(path: str | PathLike[str]) -> list[Prepared]:
    """
    The organisations in a prepared file.

    Raises `RecordError` with every fault, each with its line, and OSError where the file cannot be opened.
    """
    reader = _Reader()
    number = 0
    try:
        with Path(path).open("rb") as file:
            while content := file.readline(MOST_BYTES_A_LINE + 1):
                number += 1
                reader.take(number, content)
        return reader.finish(number)
    except RecordError as error:
        raise error.in_file(str(path)) from None


class _Reader:
    """A prepared file, line by line."""

    __slots__ = ("_begun", "_expected", "_faults", "_found", "_patterns", "_rosters", "_states")

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._found: dict[str, Prepared] = {}
        self._states: dict[str, State] = {}
        self._begun = False
        self._expected = 0
        self._patterns: list[tuple[int, ...]] = []
        self._rosters: dict[tuple[str, ...], Roster] = {}

    def finish(self, lines: int) -> list[Prepared]:
        if not self._faults and lines - 1 != self._expected:
            problem = f"it has {max(lines - 1, 0)} organisations where its first line says {self._expected}"
            self._fault("the file", "it is empty" if not lines else problem, None, "prepare it again")
        if self._faults:
            raise RecordError(self._faults)
        return list(self._found.values())

    def _fault(self, place: str, problem: str, value: object = None, remedy: str = "prepare the file again") -> None:
        self._faults.append(Fault(place, problem, value, remedy))

    def take(self, number: int, content: bytes) -> None:
        place = f"line {number}"
        if number > 1 and not self._begun:
            # Whatever this file is, its other lines need not be told one by one.
            raise RecordError(self._faults)
        if len(content) > MOST_BYTES_A_LINE:
            # What follows is the rest of the same line: nothing after it can be told apart.
            self._fault(place, f"it has more than {MOST_BYTES_A_LINE} bytes")
            raise RecordError(self._faults)
        try:
            value = json.loads(content, object_pairs_hook=_table)
        except RecursionError:
            self._fault(place, "it nests too deeply")
        except ValueError as error:
            self._fault(place, f"it is not JSON: {error}")
        else:
            if not isinstance(value, dict):
                self._fault(place, "an object is needed", value)
            elif number == 1:
                self._head(value)
            else:
                self._organisation(place, value)

    def _head(self, head: dict[str, Any]) -> None:
        if head.get("form") != _FORM or head.get("version") != VERSION:
            found = f"{head.get('form')!r}, version {head.get('version')!r}"
            self._fault("line 1", f"it is no {_FORM} of version {VERSION}", found, "prepare the file with this release")
            raise RecordError(self._faults)
        self._begun = True
        if head.get("statuses") != [status.value for status in Status]:
            self._fault("line 1, statuses", "these are not the statuses of this release", head.get("statuses"))
        self._take_patterns(head.get("patterns"))
        expected, states = head.get("organisations"), head.get("states")
        if type(expected) is not int:
            self._fault("line 1, organisations", "a whole number is needed", expected)
        else:
            self._expected = expected
        if not isinstance(states, dict):
            self._fault("line 1, states", "an object is needed", states)
            return
        for key, entry in states.items():
            state, faults = structured(entry, State, f"line 1, states.{key}")
            self._faults += faults
            if state is not None:
                self._states[key] = state

    def _take_patterns(self, patterns: object) -> None:
        if not isinstance(patterns, list):
            self._fault("line 1, patterns", "a list is needed", patterns)
            return
        for number, masks in enumerate(patterns):
            place = f"line 1, patterns[{number}]"
            if not isinstance(masks, list) or not masks or {type(mask) for mask in masks} != {int}:
                self._fault(place, "a list of whole numbers is needed", masks)
            elif not all(0 < mask <= ANY_MASK for mask in masks):
                self._fault(place, f"masks run from 1 to {ANY_MASK}", masks)
            elif any(a == b for a, b in pairwise(masks)):
                self._fault(place, "two runs that follow one another have the same mask", masks)
            # A pattern that does not fit keeps its number, so that no line is blamed for it.
            self._patterns.append(tuple(masks) if isinstance(masks, list) else ())

    def _organisation(self, place: str, told: dict[str, Any]) -> None:
        before = len(self._faults)
        texts = [told.get(key) for key in ("id", "name", "edition", "reading")]
        if not all(isinstance(text, str) for text in texts) or not texts[0]:
            self._fault(place, "id, name, edition and reading are texts, and the id is not empty", texts)
        elif texts[0] in self._found:
            self._fault(place, "the organisation is given twice", texts[0])
        covers, faults = structured(told.get("covers"), Coverage, f"{place}, covers")
        self._faults += faults
        counted: frozenset[Status] = frozenset()
        try:
            counted = as_statuses([str(name) for name in told.get("counted") or ()])
        except (TypeError, UnknownNameError):
            counted = frozenset()
        if not counted:
            self._fault(f"{place}, counted", "a list of statuses is needed", told.get("counted"))
        lines = told.get("lines")
        if not isinstance(lines, dict):
            self._fault(f"{place}, lines", "an object is needed", lines)
            return
        found = {state: self._line(f"{place}, lines.{state}", state, line) for state, line in lines.items()}
        if len(self._faults) == before:
            key = tuple(found)
            roster = self._rosters.get(key)
            if roster is None:
                roster = self._rosters[key] = Roster(tuple(self._states[state] for state in key))
            if len({state.id for state in roster.states}) < len(roster.states):
                self._fault(f"{place}, lines", "two of the states have one id", sorted(key))
                return
            # The ids of the roster, so that each is held once.
            held = {state.id: line for state, line in zip(roster.states, found.values(), strict=True)}
            id, name, edition, reading = map(str, texts)
            self._found[id] = Prepared(id, name, edition, reading, counted, covers, roster, held)

    def _line(self, place: str, state: str, told: object) -> Packed:
        if state not in self._states:
            self._fault(place, "the first line has no state of that key", state)
        elif not isinstance(told, list) or not told or set(map(type, told)) != {int}:
            self._fault(place, "a list of whole numbers is needed", told)
        elif not 0 <= told[0] < len(self._patterns):
            self._fault(place, "the first line has no pattern of that number", told[0])
        elif len(told) != len(self._patterns[told[0]]):
            self._fault(place, "it needs as many days as its pattern has runs, less one", told)
        elif len(told) > 1 and not (told[1] > _FIRST and told[-1] <= _LAST):
            self._fault(place, f"days run from {_FIRST + 1} to {_LAST}", told)
        # In one pass of C: a registry has a million of these numbers.
        elif not all(map(lt, islice(told, 1, None), islice(told, 2, None))):
            self._fault(place, "the days are not in order", told)
        else:
            return array("i", told[1:]), self._patterns[told[0]]
        return array("i"), (ANY_MASK,)


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where a key is given twice, of which one would be lost without a word."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has the same key twice")
    return found
