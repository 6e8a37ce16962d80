"""Rows of spells, as the writers of this library and dataframes have them, by organisation and state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from csto_membership._values.acts import ALL_STATUSES, Status, as_statuses
from csto_membership._values.dates import as_imprecise
from csto_membership._values.given import is_missing
from csto_membership._values.index import StateIndex
from csto_membership._values.runs import Runs
from csto_membership._values.states import State
from csto_membership._values.verdict import Verdict
from csto_membership._view.timeline import Spell, Timeline
from csto_membership._view.view import MEMBER_ONLY
from csto_membership.exceptions import ArgumentError, MembershipError, UnknownStateError
from csto_membership.readers._frame import frame_of

#: A row of spells: names of columns, and what stands there.
Row: TypeAlias = "Mapping[Any, Any]"

_DAY = dt.timedelta(1)
_NO_RELATION = frozenset({Status.NONE})
_COLUMNS = "organisation, state, name, status or statuses, verdict or member, first_day, last_day"
#: The texts of truths in frames of other libraries.
_TRUTHS = {"true": True, "false": False, "": None}


def is_frame(value: object) -> bool:
    """Whether it is a dataframe, of whatever library."""
    return hasattr(value, "columns")


def rows_of(frame: Any) -> list[Row]:
    """
    The rows of a dataframe.

    Those of pandas, Polars and PyArrow need nothing else; others are read by Narwhals, and `MissingExtraError` says how to
    get it.
    """
    for way in ("to_dicts", "to_pylist"):  # Polars, PyArrow
        give: Callable[[], list[Row]] | None = getattr(frame, way, None)
        if callable(give):
            return list(give())
    of_pandas: Callable[[str], list[Row]] | None = getattr(frame, "to_dict", None)
    if callable(of_pandas):
        return list(of_pandas("records"))
    read = frame_of(frame)
    return [dict(zip(read.columns, cells, strict=True)) for _, cells in read.rows()]


def timelines_of(rows: Iterable[Row]) -> dict[str, list[Timeline]]:
    """
    The timelines of the states in rows of spells, by organisation, in the order of the rows.

    On days of which no row speaks a state is shown as having had no relation. Raises `ArgumentError` for a row that
    cannot be read, and for rows of one state that overlap.
    """
    spells: dict[str, dict[State, list[Spell]]] = {}
    index = StateIndex(())
    for number, row in enumerate(rows):
        try:
            organisation, state, spell = _read(row, index)
        except (MembershipError, KeyError, TypeError) as error:
            raise ArgumentError("data", row, f"row {number} is no spell: {_reason(error)}") from error
        spells.setdefault(organisation, {}).setdefault(state, []).append(spell)
    return {
        organisation: [_timeline(state, given) for state, given in by_state.items()]
        for organisation, by_state in spells.items()
    }


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"it has no {error.args[0]!r}; the columns are {_COLUMNS} (but for the state, a status and the days they may be left out)"
    return str(error)


def _read(row: Row, index: StateIndex) -> tuple[str, State, Spell]:
    first = _end(row["first_day"], "always")
    last = _end(row["last_day"])
    if first and last and first > last:
        raise ArgumentError("last_day", last, f"the spell ends before it begins, on {first}")
    statuses = _statuses(row["statuses"] if "statuses" in row else row["status"])
    found = _verdict(row, statuses)
    organisation = row.get("organisation", "")
    return (
        "" if is_missing(organisation) else str(organisation),
        _state(row, index),
        Spell(first, last, statuses, found),
    )


def _verdict(row: Row, statuses: frozenset[Status]) -> Verdict:
    """The verdict that a row gives, as such or as whether the state was a member; else that of its statuses."""
    verdict: Any = row.get("verdict")
    if not is_missing(verdict):
        return Verdict.of_text(verdict)
    if "member" not in row:
        return Verdict.of(statuses, MEMBER_ONLY)
    member = row["member"]
    known = _TRUTHS.get(member, member) if isinstance(member, str) else member
    return (
        Verdict.UNDETERMINED if is_missing(known) else Verdict.of_text(known if isinstance(known, str) else bool(known))
    )


def _state(row: Row, index: StateIndex) -> State:
    given = row["state"]
    if is_missing(given) or given == "":
        raise UnknownStateError(given, reason="the row names no state")
    name = row.get("name")
    shown = None if is_missing(name) else str(name)
    try:
        found = index.find(given)
    except UnknownStateError:
        # A table may tell of a state that only it knows.
        return State(str(given), shown or str(given))
    return State(found.id, shown or found.name, cow=found.cow)


def _end(value: Any, *words: str) -> dt.date | None:
    if is_missing(value) or value == "" or value in words:
        return None
    day = as_imprecise(value)
    if not day.is_exact:
        reason = "the ends of a spell that is drawn are exact days; give the table to readers.read_spells, and its histories here"
        raise ArgumentError("day", str(value), reason)
    return day.earliest


def _statuses(value: Any) -> frozenset[Status]:
    if value == "unknown":
        return ALL_STATUSES
    return as_statuses(value.split("|") if isinstance(value, str) else value)


def _timeline(state: State, spells: list[Spell]) -> Timeline:
    """The spells of one state as a timeline that covers every day, with no relation where no row speaks."""
    spells = sorted(spells, key=lambda spell: spell.first_day or dt.date.min)
    steps: list[tuple[dt.date, Spell]] = []
    nothing = Spell(None, None, _NO_RELATION, Verdict.NO)
    reached: dt.date | None = dt.date.min
    before = nothing
    for spell in spells:
        first = spell.first_day or dt.date.min
        if reached is None or first < reached:
            reason = "two of its spells overlap; give the table to readers.read_spells, and its histories here"
            raise ArgumentError("data", state.name, reason)
        if first > reached:
            steps.append((reached, nothing))
        steps.append((first, spell))
        reached = None if spell.last_day in (None, dt.date.max) else spell.last_day + _DAY
    if reached is not None:
        steps.append((reached, nothing))
    if steps[0][0] == dt.date.min:
        before = steps.pop(0)[1]
    runs = Runs.of([(day, (spell.statuses, spell.verdict)) for day, spell in steps], (before.statuses, before.verdict))
    return Timeline(state, tuple(Spell(first, end and end - _DAY, *value) for first, end, value in runs))
