"""
The answers as expressions of SQL, for engines that take them to the rows.

Two engines, one text. The rows are joined with a small table of lines, which has the last days of their runs in as many
columns as the longest line needs, and a tree of comparisons finds the run: nothing is sorted, no row doubled or lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from attrs import frozen

from csto_membership._values.acts import in_order
from csto_membership._worlds.masks import ANY_MASK, statuses_of
from csto_membership.exceptions import MembershipError
from csto_membership.frames._lines import LAST_DAY, why
from csto_membership.frames._names import Dialect, name_key_of, organisation_key_of
from csto_membership.frames._spellings import Spellings, spellings_of_organisations, spellings_of_states

if TYPE_CHECKING:
    from csto_membership.frames._lines import Line, Lines
    from csto_membership.frames._question import Question

T = TypeVar("T")
#: A small table: its columns, each with its values.
Small = Mapping[str, Sequence[Any]]

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#: Patterns of the texts of one day, of a month and of a year.
_TEXTS = (rf"^{_DAY}([Tt ]00:00(:00([.]0{{1,80}})?)?)?\z", r"^[0-9]{4}-[0-9]{2}\z", r"^[0-9]{4}\z")


class Join(NamedTuple):
    """A small table, and the two expressions that are equal where a row of it belongs to a row of the frame."""

    table: Small
    on: str
    of_frame: str


class Dates(NamedTuple):
    """The first and the last day of a date, null for what cannot be read; both are one expression for an exact day."""

    first: str
    last: str


@frozen
class Plan:
    """
    How the rows of a lazy frame are answered, in the SQL of a dialect.

    `dates` are the expressions under which the dates are known to the others, `joins` follow one another, and `answers`
    are the expressions of the columns that are added. `helpers` are all names that do not stay.
    """

    dates: Mapping[str, str]
    joins: tuple[Join, ...]
    masks: Mapping[str, str]
    answers: Mapping[str, str]

    @property
    def helpers(self) -> list[str]:
        """The names of the columns that do not stay."""
        return [*self.dates, *(name for join in self.joins for name in join.table), *self.masks]


def plan_of(question: Question, dialect: Dialect, dates: Dates, taken: Sequence[str]) -> Plan:
    """The plan of a question, with names that none of the columns of the frame begins with."""
    mark = "csto_"
    while any(name.casefold().startswith(mark) for name in taken):
        mark += "_"
    exact = dates.first == dates.last
    days = {f"{mark}first": dates.first} if exact else {f"{mark}first": dates.first, f"{mark}last": dates.last}
    lines = question.lines
    if question.organisation is None:
        joins, tables = _by_state(question, dialect, lines, mark)
    else:
        joins, tables = _by_organisation(question, dialect, lines, mark, question.organisation)
    steps = sum(name.startswith(f"{tables[-1]}mask_") for name in joins[-1].table) - 1
    parts = ["mask", "why"] if "why" in question.added else ["mask"]
    masks = {
        f"{mark}{part}": _either(tables, partial(_found, part=part, steps=steps, days=list(days))) for part in parts
    }
    counted = _either(tables, lambda table: f"{table}counted")
    mask = f"{mark}mask"
    masks[f"{mark}counted"] = f"CASE WHEN {mark}first IS NOT NULL THEN {counted} END"
    answers = {
        "member": f"CASE WHEN {mask} & {mark}counted = 0 THEN false WHEN {mask} & ~{mark}counted = 0 THEN true END",
        "status": f"CASE WHEN {mark}counted IS NOT NULL THEN {dialect.item(_STATUSES, mask)} END",
        "why": f"CASE WHEN {mark}counted IS NOT NULL THEN {mark}why END",
    }
    return Plan(days, tuple(joins), masks, {name: answers[column] for column, name in question.added.items()})


#: The texts of all masks but that of nothing, in their order.
_STATUSES = tuple("|".join(in_order(statuses_of(mask))) for mask in range(1, ANY_MASK + 1))


def dates_of_text(column: str, dialect: Dialect) -> Dates:
    """The dates of ISO texts: of a day, which may be written as its midnight, of a month, and of a year."""
    day, month, year = (dialect.matches(column, pattern) for pattern in _TEXTS)
    first = (
        f"TRY_CAST(CASE WHEN {day} THEN substring({column}, 1, 10) WHEN {month} THEN concat({column}, '-01') "
        f"WHEN {year} THEN concat({column}, '-01-01') END AS DATE)"
    )
    end = f"TRY_CAST(concat({column}, '-12-31') AS DATE)"
    last = f"CASE WHEN {month} THEN last_day({first}) WHEN {year} THEN {end} ELSE {first} END"
    return Dates(in_calendar(first), in_calendar(last))


def in_calendar(day: str) -> str:
    """A day, null for one of a year that dates do not have."""
    return f"CASE WHEN {day} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN {day} END"


def _by_state(question: Question, dialect: Dialect, lines: Lines, mark: str) -> tuple[list[Join], list[str]]:
    """The joins of one organisation: by the state as it is written and, where that is not listed, as it is compared."""
    (only,) = lines.organisations
    line_of = cache(lambda state: lines.line(only, state))
    state, tables = dialect.column(question.state), [f"{mark}a_", f"{mark}b_"]
    compared = f"CASE WHEN {tables[0]}text IS NULL THEN {name_key_of(state, dialect)} END"
    joins = []
    for table, of_frame, known in zip(tables, (state, compared), spellings_of_states(lines), strict=True):
        kept = _told(known.items(), line_of)
        small = {
            f"{table}text": [text for text, _ in kept],
            **_wide(lines, [line for _, line in kept], table, question),
        }
        joins.append(Join(small, f"{table}text", of_frame))
    return joins, tables


def _by_organisation(
    question: Question, dialect: Dialect, lines: Lines, mark: str, organisation: str
) -> tuple[list[Join], list[str]]:
    """The joins of a registry: organisations and states by their numbers, and their lines by both."""
    organisations = {id: number for number, id in enumerate(lines.organisations)}
    found, joins = _number(
        f"{mark}o",
        dialect.column(organisation),
        organisation_key_of,
        spellings_of_organisations(lines),
        organisations,
        dialect,
    )
    spellings = spellings_of_states(lines)
    states = {state: number for number, state in enumerate(dict.fromkeys(spellings.written.values()))}
    of_state, more = _number(f"{mark}s", dialect.column(question.state), name_key_of, spellings, states, dialect)
    pairs = (
        (organisations[id] * len(states) + number, (id, state))
        for id in lines.organisations
        for state, number in states.items()
    )
    kept = _told(pairs, lambda pair: lines.line(*pair))
    table = f"{mark}w_"
    small = {f"{table}pair": [pair for pair, _ in kept], **_wide(lines, [line for _, line in kept], table, question)}
    joins += [*more, Join(small, f"{table}pair", f"{found} * {len(states)} + {of_state}")]
    return joins, [table]


def _number(
    mark: str,
    given: str,
    key_of: Callable[[str, Dialect], str],
    spellings: Spellings[T],
    numbers: Mapping[T, int],
    dialect: Dialect,
) -> tuple[str, list[Join]]:
    """The number of what a column means, and the joins that find it: as it is written or, if need be, as it is compared."""
    tables = [f"{mark}a_", f"{mark}b_"]
    compared = f"CASE WHEN {tables[0]}number IS NULL THEN {key_of(given, dialect)} END"
    joins = []
    for table, of_frame, known in zip(tables, (given, compared), spellings, strict=True):
        small: Small = {f"{table}text": list(known), f"{table}number": [numbers[what] for what in known.values()]}
        joins.append(Join(small, f"{table}text", of_frame))
    return f"coalesce({tables[0]}number, {tables[1]}number)", joins


def _told(asked: Iterable[tuple[Any, Any]], line_of: Callable[[Any], Line]) -> list[tuple[Any, Line]]:
    """What has a line, and its line."""
    told = []
    for key, subject in asked:
        try:
            told.append((key, line_of(subject)))
        except MembershipError:
            # A registry may know the id of a state that is another one in this organisation.
            continue
    return told


def _wide(lines: Lines, of_rows: Sequence[Line], table: str, question: Question) -> dict[str, list[Any]]:
    """Lines as columns: what counts as membership, the masks of the runs, and the last day of each but the last run."""
    steps = max((len(line.starts) for line in of_rows), default=0)
    wide: dict[str, list[Any]] = {f"{table}counted": [line.counted for line in of_rows]}
    for step in range(steps + 1):
        wide[f"{table}mask_{step}"] = [line.masks[min(step, len(line.starts))] for line in of_rows]
    for step in range(steps):
        # No day is after the last one of the calendar: a step that a line does not have is never taken.
        ends = ((*line.starts, *(LAST_DAY + 1,) * steps)[step] for line in of_rows)
        wide[f"{table}last_{step}"] = [dt.date.fromordinal(end - 1) for end in ends]
    if "why" in question.added:
        texts: dict[tuple[int, int], str] = {}
        for step in range(steps + 1):
            runs = [(line, min(step, len(line.starts))) for line in of_rows]
            for line, run in runs:
                if (id(line), run) not in texts:
                    texts[id(line), run] = why(lines, line, run)
            wide[f"{table}why_{step}"] = [texts[id(line), run] for line, run in runs]
    return wide


def _either(tables: Sequence[str], value: Callable[[str], str]) -> str:
    """A value of the first of the tables that has a row, by what it counts as membership."""
    *others, last = tables
    cases = [f"WHEN {table}counted IS NOT NULL THEN {value(table)}" for table in others]
    return f"CASE {' '.join(cases)} ELSE {value(last)} END" if cases else value(last)


def _found(table: str, *, part: str, steps: int, days: Sequence[str]) -> str:
    """What belongs to the run that a day lies in or, for the days of a date, to all of their runs together."""
    first, last = days[0], days[-1]
    of_day = _tree(table, part, first, 0, steps)
    if first == last:
        return of_day
    of_runs = []
    for step in range(steps + 1):
        reached = [f"{last} > {table}last_{step - 1}"] if step else []
        reached += [f"{first} <= {table}last_{step}"] if step < steps else []
        of_runs.append((" AND ".join(reached) or "true", f"{table}{part}_{step}"))
    if part == "mask":
        together = " | ".join(f"CASE WHEN {reached} THEN {value} ELSE 0 END" for reached, value in of_runs)
    else:
        texts = ", ".join(f"CASE WHEN {reached} THEN {value} END" for reached, value in of_runs)
        together = f"concat_ws(' | ', {texts})"
    return f"CASE WHEN {first} = {last} THEN {of_day} ELSE {together} END"


def _tree(table: str, part: str, day: str, low: int, high: int) -> str:
    """What belongs to the run that a day lies in, one of those from `low` to `high`."""
    if low == high:
        return f"{table}{part}_{low}"
    middle = (low + high + 1) // 2
    after, before = _tree(table, part, day, middle, high), _tree(table, part, day, low, middle - 1)
    return f"CASE WHEN {day} > {table}last_{middle - 1} THEN {after} ELSE {before} END"
