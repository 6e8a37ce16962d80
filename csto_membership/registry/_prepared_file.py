"""
Prepared lines on disk: compact JSON that may come from strangers, read without any record.

The file is JSON Lines. The first line names

- the form, its version, and the statuses in the order of their bits,
- the states under keys of their own, each as its organisations define it,
- the patterns: bit masks of the possible statuses, one for each run of days,
- and the number of organisations that follow.

The last line is a digest of all the others: a file in which a single bit was changed is refused.
Each line between is one organisation. For each of its states, and for all `others` of the world, it gives the number of
a pattern, and the ordinals of the days on which one run gives way to the next.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from hashlib import sha256
from itertools import islice, pairwise
from operator import lt
from typing import TYPE_CHECKING, Any

from csto_membership._evidence.institutions import Coverage
from csto_membership._files.whole_files import opened
from csto_membership._values.acts import Status, as_statuses, in_order
from csto_membership._values.states import State
from csto_membership._worlds.masks import ANY_MASK
from csto_membership.exceptions import MOST_FAULTS, UNREAD, Fault, RecordError, UnknownNameError
from csto_membership.registry._prepared import Packed, Pattern, Prepared, Roster

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from hashlib import _Hash as Hash
    from os import PathLike


_FORM, VERSION = "csto_membership registry", 2
#: No organisation of the world fills so long a line; a stranger's file might.
MOST_BYTES_A_LINE = 50_000_000
_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()


# Written


def content_of(organisations: Iterable[Prepared]) -> bytes:
    """The content of a prepared file of these organisations."""
    organisations = list(organisations)
    patterns: dict[Pattern, int] = {}
    for organisation in organisations:
        for _, masks in (*organisation.lines.values(), organisation.others):
            patterns.setdefault(masks, len(patterns))
    states, keys = _keyed(state for organisation in organisations for state in organisation.states)
    head = {
        "form": _FORM,
        "version": VERSION,
        "statuses": [status.value for status in Status],
        "states": states,
        "patterns": list(patterns),
        "organisations": len(organisations),
    }
    lines = [head, *(_organisation_form(organisation, patterns, keys) for organisation in organisations)]
    content = b"".join(map(_line_of, lines))
    return content + _digest_line(sha256(content))


def _line_of(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _digest_line(digest: Hash) -> bytes:
    return _line_of({"digest": f"sha256:{digest.hexdigest()}"})


def _keyed(states: Iterable[State]) -> tuple[dict[str, Any], dict[int, str]]:
    """Each definition of a state once, under a key; and the keys by the identity of the states."""
    forms: dict[str, Any] = {}
    key_of: dict[str, str] = {}
    keys: dict[int, str] = {}
    for state in {id(state): state for state in states}.values():
        form = _without_empty(state.as_dict())
        text = json.dumps(form)
        if text not in key_of:
            # Organisations may define states of one id in different ways.
            key_of[text] = state.id if state.id not in forms else f"{state.id} #{len(forms)}"
            forms[key_of[text]] = form
        keys[id(state)] = key_of[text]
    return forms, keys


def _without_empty(value: Any) -> Any:
    """A JSON value without the keys whose values say nothing."""
    if isinstance(value, dict):
        return {key: _without_empty(inner) for key, inner in value.items() if inner not in (None, "", [])}
    return [_without_empty(inner) for inner in value] if isinstance(value, list) else value


def _organisation_form(
    organisation: Prepared, patterns: Mapping[Pattern, int], keys: Mapping[int, str]
) -> dict[str, Any]:
    lines = {keys[id(state)]: organisation.lines[state.id] for state in organisation.states}
    return {
        "id": organisation.id,
        "name": organisation.name,
        "edition": organisation.edition,
        "reading": organisation.reading,
        "counted": in_order(organisation.counted),
        "covers": {key: value for key, value in organisation.coverage.as_dict().items() if value is not None},
        "others": [patterns[organisation.others[1]], *organisation.others[0]],
        "lines": {key: [patterns[masks], *days] for key, (days, masks) in lines.items()},
    }


# Read


def organisations_in(path: str | PathLike[str]) -> list[Prepared]:
    """
    The organisations in a prepared file.

    Raises `RecordError` with every fault, each with its line, and OSError where the file cannot be opened.
    """
    reader = _Reader()
    digest, number, line = sha256(), 0, b""
    try:
        with opened(path) as file:
            while content := file.readline(MOST_BYTES_A_LINE + 1):
                if line:
                    number += 1
                    digest.update(line)
                    reader.take(number, line)
                line = content
        if line != _digest_line(digest):
            if line and not line.startswith(b'{"digest"'):
                number += 1
                reader.take(number, line)
            reader.mismatch()
        return reader.finish(number)
    except RecordError as error:
        raise error.in_file(str(path)) from None


class _Reader:
    """A prepared file, line by line."""

    __slots__ = ("_begun", "_expected", "_faults", "_mismatch", "_organisations", "_patterns", "_rosters", "_states")

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._organisations: dict[str, Prepared] = {}
        self._states: dict[str, State] = {}
        self._begun = self._mismatch = False
        self._expected = 0
        self._patterns: list[Pattern] = []
        self._rosters: dict[tuple[str, ...], Roster] = {}

    def finish(self, lines: int) -> list[Prepared]:
        if not self._faults and lines - 1 != self._expected:
            problem = f"it has {max(lines - 1, 0)} organisations where its first line says {self._expected}"
            self._fault("the file", "it is empty" if not lines else problem, None, "prepare it again")
        if self._mismatch and not self._faults:
            self._fault("the file", "it is not as it was written: its digest is missing or another", None)
        if self._faults:
            raise RecordError(self._faults)
        return list(self._organisations.values())

    def mismatch(self) -> None:
        """Note that the last line is not the digest of all the others: where nothing else is wrong, that is."""
        self._mismatch = True

    def _fault(self, place: str, problem: str, value: object = None, remedy: str = "prepare the file again") -> None:
        self._keep([Fault(place, problem, value, remedy)])

    def _keep(self, faults: Iterable[Fault]) -> None:
        """Keep faults; what follows very many is not even read."""
        self._faults += faults
        if len(self._faults) > MOST_FAULTS:
            raise RecordError([*self._faults[:MOST_FAULTS], UNREAD])

    def take(self, number: int, content: bytes) -> None:
        place = f"line {number}"
        if number > 1 and not self._begun:
            # This is no prepared file: the faults of its other lines would say nothing.
            raise RecordError(self._faults)
        if len(content) > MOST_BYTES_A_LINE:
            # What follows is the rest of the same line: nothing after it can be told apart.
            self._fault(place, f"it has more than {MOST_BYTES_A_LINE} bytes")
            raise RecordError(self._faults)
        try:
            value = json.loads(content, object_pairs_hook=_object)
        except RecursionError:
            self._fault(place, "it nests too deeply")
        except ValueError as error:
            self._fault(place, f"it is not JSON: {error}")
        else:
            if not isinstance(value, dict):
                self._fault(place, "an object is needed", value)
            elif number == 1:
                self._take_head(value)
            else:
                self._take_organisation(place, value)

    def _take_head(self, head: dict[str, Any]) -> None:
        version = head.get("version")
        if head.get("form") != _FORM or type(version) is not int or version != VERSION:
            form = f"{head.get('form')!r}, version {head.get('version')!r}"
            self._fault("line 1", f"it is no {_FORM} of version {VERSION}", form, "prepare the file with this release")
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
        from csto_membership._files.structure import structured

        for key, entry in states.items():
            state, faults = structured(entry, State, f"line 1, states.{key}")
            self._keep(faults)
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

    def _take_organisation(self, place: str, form: dict[str, Any]) -> None:
        before = len(self._faults)
        texts = [form.get(key) for key in ("id", "name", "edition", "reading")]
        if not all(isinstance(text, str) for text in texts) or not texts[0]:
            self._fault(place, "id, name, edition and reading are texts, and the id is not empty", texts)
        elif texts[0] in self._organisations:
            self._fault(place, "the organisation is given twice", texts[0])
        from csto_membership._files.structure import structured

        covers, faults = structured(form.get("covers"), Coverage, f"{place}, covers")
        self._keep(faults)
        counted = self._counted(place, form.get("counted"))
        lines = form.get("lines")
        if not isinstance(lines, dict):
            self._fault(f"{place}, lines", "an object is needed", lines)
            return
        others = self._runs(f"{place}, others", form.get("others"))
        packed = {key: self._line(f"{place}, lines.{key}", key, line) for key, line in lines.items()}
        if len(self._faults) > before:
            return
        roster = self._roster(tuple(packed))
        if len({state.id for state in roster.states}) < len(roster.states):
            self._fault(f"{place}, lines", "two of the states have one id", sorted(packed))
            return
        # The ids of the roster, so that each is held once.
        by_id = {state.id: line for state, line in zip(roster.states, packed.values(), strict=True)}
        id, name, edition, reading = map(str, texts)
        self._organisations[id] = Prepared(id, name, edition, reading, counted, covers, roster, by_id, others)

    def _counted(self, place: str, names: object) -> frozenset[Status]:
        counted: frozenset[Status] = frozenset()
        if isinstance(names, list):
            try:
                counted = as_statuses([str(name) for name in names])
            except UnknownNameError:
                counted = frozenset()
        if not counted:
            self._fault(f"{place}, counted", "a list of statuses is needed", names)
        return counted

    def _roster(self, keys: tuple[str, ...]) -> Roster:
        """The states under some keys: the same ones for all organisations that list the same keys."""
        if (roster := self._rosters.get(keys)) is None:
            roster = self._rosters[keys] = Roster(tuple(self._states[key] for key in keys))
        return roster

    def _line(self, place: str, key: str, numbers: object) -> Packed:
        if key not in self._states:
            self._fault(place, "the first line has no state of that key", key)
            return array("i"), (ANY_MASK,)
        return self._runs(place, numbers)

    def _runs(self, place: str, numbers: object) -> Packed:
        if not isinstance(numbers, list) or not numbers or set(map(type, numbers)) != {int}:
            self._fault(place, "a list of whole numbers is needed", numbers)
        elif not 0 <= numbers[0] < len(self._patterns):
            self._fault(place, "the first line has no pattern of that number", numbers[0])
        elif len(numbers) != len(self._patterns[numbers[0]]):
            self._fault(place, "it needs as many days as its pattern has runs, less one", numbers)
        elif len(numbers) > 1 and not (numbers[1] > _FIRST and numbers[-1] <= _LAST):
            self._fault(place, f"days run from {_FIRST + 1} to {_LAST}", numbers)
        # In one pass of C: a registry has a million of these numbers.
        elif not all(map(lt, islice(numbers, 1, None), islice(numbers, 2, None))):
            self._fault(place, "the days are not in order", numbers)
        else:
            return array("i", numbers[1:]), self._patterns[numbers[0]]
        return array("i"), (ANY_MASK,)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where a key is given twice: one of the two values would be lost without a word."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("an object has the same key twice")
    return value
