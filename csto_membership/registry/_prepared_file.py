"""
Prepared lines on disk: compact JSON that may come from strangers, read without any record.

The file is JSON Lines. Whoever reads it needs no more than this:

- Line 1 names the form and its version, and gives the SHA-256 `digest` of all bytes after this line: a file in which a
  single bit was changed is refused before any of it is read.
- Line 2 names the `statuses` in the order of their bits; the `states` under keys of their own, each as organisations
  define it; the `rosters`, each the keys of the states of some organisations; the `patterns`, each a list of bit masks
  of the possible statuses, one for each run of days; and the number of `organisations` that follow.
- Each line after is one organisation. `states` is the number of its roster, from 0. `patterns` has for each state of the
  roster, and last for all other states of the world, the number of a pattern; `days` has for each of these, one after
  the other, the days on which one run gives way to the next: one fewer than the pattern has runs, and each later than
  the one before. Days are counted from 1 for 0001-01-01, as `datetime.date.toordinal` does. `apart` has the keys of the
  states of which the record tells that they succeeded others, so that neither is meant by the name of the other.
  `what_if` says in words whatever was left out or supposed: what is answered so is no evidence.
"""

from __future__ import annotations

import datetime as dt
import json
from array import array
from bisect import bisect_right
from hashlib import file_digest, sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from csto_membership._evidence.institutions import Coverage
from csto_membership._files.whole_files import opened
from csto_membership._values.acts import Status, as_statuses, in_order
from csto_membership._values.states import State
from csto_membership._worlds.masks import ANY_MASK
from csto_membership.exceptions import MOST_FAULTS, UNREAD, Fault, RecordError, UnknownNameError
from csto_membership.registry._lines import Lines, Pattern, Patterns, first_wrong
from csto_membership.registry._prepared import Prepared, Roster

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from io import BufferedReader
    from os import PathLike


_FORM, VERSION = "csto_membership registry", 4
#: No organisation of the world fills so long a line; a stranger's file might.
MOST_BYTES_A_LINE = 50_000_000
_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal()


# Written


def content_of(organisations: Iterable[Prepared]) -> bytes:
    """The content of a prepared file of these organisations."""
    organisations = list(organisations)
    patterns = Patterns()
    states, keys = _keyed(state for organisation in organisations for state in organisation.states)
    rosters: dict[tuple[str, ...], int] = {}
    lines = []
    for organisation in organisations:
        own = {state.id: keys[id(state)] for state in organisation.states}
        roster = rosters.setdefault(tuple(own.values()), len(rosters))
        apart = sorted(own[state] for state in organisation.apart)
        lines.append(_line_of({**_organisation_form(organisation, roster, patterns), "apart": apart}))
    head = {
        "statuses": [status.value for status in Status],
        "states": states,
        "rosters": list(rosters),
        "patterns": patterns.masks,
        "organisations": len(organisations),
    }
    body = b"".join([_line_of(head), *lines])
    return _line_of({"form": _FORM, "version": VERSION, "digest": f"sha256:{sha256(body).hexdigest()}"}) + body


def _line_of(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


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


def _organisation_form(organisation: Prepared, roster: int, patterns: Patterns) -> dict[str, Any]:
    numbers, days = organisation.lines.of_row(organisation.row, patterns)
    return {
        "id": organisation.id,
        "name": organisation.name,
        "edition": organisation.edition,
        "reading": organisation.reading,
        "what_if": organisation.what_ifs,
        "counted": in_order(organisation.counted),
        "covers": {key: value for key, value in organisation.coverage.as_dict().items() if value is not None},
        "states": roster,
        "patterns": numbers,
        "days": days.tolist(),
    }


# Read


def organisations_in(path: str | PathLike[str]) -> list[Prepared]:
    """
    The organisations in a prepared file.

    Raises `RecordError` with every fault, each with its line, and OSError where the file cannot be opened.
    """
    reader = _Reader()
    try:
        with opened(path) as file:
            reader.take_form(file)
            number = 1
            while content := file.readline(MOST_BYTES_A_LINE + 1):
                number += 1
                reader.take(number, content)
            return reader.finish(number)
    except RecordError as error:
        raise error.in_file(str(path)) from None


class _Reader:
    """A prepared file, line by line."""

    __slots__ = ("_covers", "_expected", "_faults", "_organisations", "_patterns", "_rosters", "_states")

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._organisations: dict[str, Prepared] = {}
        self._states: dict[str, State] = {}
        #: With the keys of their states, and the lines of the organisations that have these.
        self._rosters: list[tuple[Roster, list[str], Lines]] = []
        self._patterns = Patterns()
        self._expected = 0
        self._covers: dict[str, Coverage] = {}

    def finish(self, lines: int) -> list[Prepared]:
        if lines < 2:
            self._fault("the file", "it has no second line, which names states and patterns")
        elif not self._faults and lines - 2 != self._expected:
            problem = f"it has {lines - 2} organisations where its second line says {self._expected}"
            self._fault("the file", problem)
        if self._faults:
            raise RecordError(self._faults)
        return list(self._organisations.values())

    def _fault(self, place: str, problem: str, value: object = None, remedy: str = "prepare the file again") -> None:
        self._keep([Fault(place, problem, value, remedy)])

    def _keep(self, faults: Iterable[Fault]) -> None:
        """Keep faults; what follows very many is not even read."""
        self._faults += faults
        if len(self._faults) > MOST_FAULTS:
            raise RecordError([*self._faults[:MOST_FAULTS], UNREAD])

    def take_form(self, file: BufferedReader) -> None:
        """Read the first line, and refuse a file of another form, and one that is not as it was written."""
        content = file.readline(MOST_BYTES_A_LINE + 1)
        if not content:
            self._fault("the file", "it is empty")
            raise RecordError(self._faults)
        form = self._object_in("line 1", content)
        if form is None:
            raise RecordError(self._faults)
        version = form.get("version")
        if form.get("form") != _FORM or type(version) is not int or version != VERSION:
            named = f"{form.get('form')!r}, version {version!r}"
            self._fault("line 1", f"it is no {_FORM} of version {VERSION}", named, "prepare the file with this release")
            raise RecordError(self._faults)
        begin = file.tell()
        if form.get("digest") != f"sha256:{file_digest(file, sha256).hexdigest()}":
            self._fault("the file", "it is not as it was written: its digest is another", form.get("digest"))
            raise RecordError(self._faults)
        file.seek(begin)

    def take(self, number: int, content: bytes) -> None:
        place = f"line {number}"
        value = self._object_in(place, content)
        if number == 2:
            if value is not None:
                self._take_head(value)
            if self._faults:
                # What the organisations say cannot be judged.
                raise RecordError(self._faults)
        elif value is not None:
            self._take_organisation(place, value)

    def _object_in(self, place: str, content: bytes) -> dict[str, Any] | None:
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
            if isinstance(value, dict):
                return value
            self._fault(place, "an object is needed", value)
        return None

    def _take_head(self, head: dict[str, Any]) -> None:
        if head.get("statuses") != [status.value for status in Status]:
            self._fault("line 2, statuses", "these are not the statuses of this release", head.get("statuses"))
        self._take_patterns(head.get("patterns"))
        expected, states, rosters = head.get("organisations"), head.get("states"), head.get("rosters")
        if type(expected) is not int:
            self._fault("line 2, organisations", "a whole number is needed", expected)
        else:
            self._expected = expected
        if not isinstance(states, dict):
            self._fault("line 2, states", "an object is needed", states)
            return
        from csto_membership._files.structure import structured

        for key, entry in states.items():
            state, faults = structured(entry, State, f"line 2, states.{key}")
            self._keep(faults)
            if state is not None:
                self._states[key] = state
        if not isinstance(rosters, list):
            self._fault("line 2, rosters", "a list is needed", rosters)
            return
        for number, keys in enumerate(rosters):
            self._take_roster(f"line 2, rosters[{number}]", keys, states)

    def _take_roster(self, place: str, keys: object, states: Mapping[str, object]) -> None:
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            self._fault(place, "a list of keys is needed", keys)
        elif missing := [key for key in keys if key not in states]:
            self._fault(place, "there is no state of that key", missing[0])
        elif not self._faults:
            roster = Roster(tuple(self._states[key] for key in keys))
            if len(roster.places) < len(keys):
                self._fault(place, "two of the states have one id", sorted(keys))
            self._rosters.append((roster, keys, Lines(self._patterns, len(keys) + 1)))

    def _take_patterns(self, patterns: object) -> None:
        if not isinstance(patterns, list):
            self._fault("line 2, patterns", "a list is needed", patterns)
            return
        kept: list[Pattern] = []
        for number, masks in enumerate(patterns):
            place = f"line 2, patterns[{number}]"
            if not isinstance(masks, list) or not masks or set(map(type, masks)) != {int}:
                self._fault(place, "a list of whole numbers is needed", masks)
            elif not all(0 < mask <= ANY_MASK for mask in masks):
                self._fault(place, f"masks run from 1 to {ANY_MASK}", masks)
            elif any(a == b for a, b in pairwise(masks)):
                self._fault(place, "two runs that follow one another have the same mask", masks)
            else:
                kept.append(tuple(masks))
        self._patterns = Patterns(kept)

    def _take_organisation(self, place: str, form: dict[str, Any]) -> None:
        before = len(self._faults)
        texts = [form.get(key) for key in ("id", "name", "edition", "reading")]
        if not all(isinstance(text, str) for text in texts) or not texts[0]:
            self._fault(place, "id, name, edition and reading are texts, and the id is not empty", texts)
        elif texts[0] in self._organisations:
            self._fault(place, "the organisation is given twice", texts[0])
        covers = self._coverage(f"{place}, covers", form.get("covers"))
        counted = self._counted(place, form.get("counted"))
        number = form.get("states")
        if type(number) is not int or not 0 <= number < len(self._rosters):
            self._fault(f"{place}, states", "the second line has no roster of that number", number)
            return
        roster, keys, lines = self._rosters[number]
        row = self._row(place, form, [*keys, "all others"], lines)
        apart, what_ifs = form.get("apart"), form.get("what_if")
        if not isinstance(apart, list) or not all(key in keys for key in apart):
            self._fault(f"{place}, apart", "a list of keys of its roster is needed", apart)
        elif not isinstance(what_ifs, list) or not set(map(type, what_ifs)) <= {str}:
            self._fault(f"{place}, what_if", "a list of texts is needed", what_ifs)
        elif len(self._faults) == before and row is not None and covers:
            id, name, edition, reading = map(str, texts)
            told = frozenset(self._states[key].id for key in apart)
            self._organisations[id] = Prepared(
                id, name, edition, reading, counted, covers, roster, lines, row, told, tuple(what_ifs)
            )

    def _coverage(self, place: str, form: object) -> Coverage | None:
        text = json.dumps(form)
        if text not in self._covers:
            from csto_membership._files.structure import structured

            covers, faults = structured(form, Coverage, place)
            self._keep(faults)
            if faults:
                return None
            self._covers[text] = covers
        return self._covers[text]

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

    def _row(self, place: str, form: dict[str, Any], keys: list[str], lines: Lines) -> int | None:
        """The row of the lines of an organisation, to which they are added. What there are millions of is judged at once."""
        numbers, days = form.get("patterns"), form.get("days")
        if not isinstance(numbers, list) or set(map(type, numbers)) != {int}:
            self._fault(f"{place}, patterns", "a list of whole numbers is needed", numbers)
        elif len(numbers) != lines.width:
            self._fault(
                f"{place}, patterns", f"{lines.width} are needed, one for each state and for all others", numbers
            )
        elif min(numbers) < 0 or max(numbers) >= len(self._patterns.masks):
            wrong = next(n for n, number in enumerate(numbers) if not 0 <= number < len(self._patterns.masks))
            self._fault(
                f"{place}, patterns of {keys[wrong]}", "the second line has no pattern of that number", numbers[wrong]
            )
        elif (ordinals := _ordinals(days)) is None:
            self._fault(f"{place}, days", "a list of whole numbers is needed", days)
        else:
            edges = lines.edges_of(numbers)
            begin = edges[0]
            if len(ordinals) != edges[-1] - begin:
                problem = f"{edges[-1] - begin} are needed, one fewer for each line than its pattern has runs"
                self._fault(f"{place}, days", problem, len(ordinals))
            elif (at := first_wrong(ordinals, [edge - begin for edge in edges])) is not None:
                problem = f"days run from {_FIRST + 1} to {_LAST}, each later than the one before"
                key = keys[bisect_right(edges, begin + at) - 1]
                self._fault(f"{place}, days of {key}", problem, ordinals[at])
            else:
                return lines.add(numbers, ordinals, edges)
        return None


def _ordinals(days: object) -> array[int] | None:
    """Days as an array; None for what is no list of whole numbers."""
    try:
        # True is one to Python, which is no day that is allowed.
        return array("i", days) if isinstance(days, list) else None
    except (TypeError, OverflowError):
        return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where a key is given twice: one of the two values would be lost without a word."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("an object has the same key twice")
    return value
