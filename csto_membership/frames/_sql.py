"""
The answers as expressions of SQL, for engines that take them to the rows.

Two engines, one text. The rows are joined with a small table of lines, which has the last days of their runs in as many
columns as the longest line needs, and a tree of comparisons finds the run: nothing is sorted, no row doubled or lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from attrs import frozen

from csto_membership._values.acts import in_order
from csto_membership._worlds.masks import ANY_MASK, statuses_of
from csto_membership.frames._in_columns import lines_in_columns, lines_of_texts, states_of
from csto_membership.frames._names import Dialect, name_key_of, organisation_key_of
from csto_membership.frames._spellings import Spellings, spellings_of_organisations, spellings_of_states

if TYPE_CHECKING:
    from csto_membership.frames._in_columns import InColumns, Small
    from csto_membership.frames._question import Question

T = TypeVar("T")

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
#: Patterns of the texts of one day, of a month and of a year.
_TEXTS = (rf"^{_DAY}([Tt ]00:00(:00([.]0{{1,80}})?)?)?\z", r"^[0-9]{4}-[0-9]{2}\z", r"^[0-9]{4}\z")


class Join(NamedTuple):
    """A small table, and the two expressions that are equal where a row of it belongs to a row of the frame."""

    table: Small
    on: str
    of_frame: str


class Joined(NamedTuple):
    """The joins of a frame with lines, and the two tables of lines that come last: what the first has not is in the other."""

    joins: tuple[Join, ...]
    own: InColumns
    rest: InColumns


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


def plan_of(
    question: Question, dialect: Dialect, text: Callable[[str], str], dates: Dates, taken: Sequence[str] = ()
) -> Plan:
    """
    The plan of a question, with names that none of those that are taken begins with.

    `text` gives the texts of a column of the frame as they are compared, letter by letter: null where it has no texts.
    """
    mark = "csto_"
    while any(name.casefold().startswith(mark) for name in taken):
        mark += "_"
    exact = dates.first == dates.last
    days = {f"{mark}first": dates.first} if exact else {f"{mark}first": dates.first, f"{mark}last": dates.last}
    own, rest = f"{mark}w_", f"{mark}r_"
    if question.organisation is None:
        joined = _of_texts(question, dialect, text(question.state), own, rest)
    else:
        joined = _of_pairs(question, dialect, text(question.organisation), text(question.state), mark, own, rest)
    parts = ["mask", "why"] if "why" in question.added else ["mask"]
    found = {
        part: f"CASE WHEN {own}counted IS NOT NULL THEN {_found(own, part, joined.own.steps, list(days))} "
        f"ELSE {_found(rest, part, joined.rest.steps, list(days))} END"
        for part in parts
    }
    found["mask"] = f"CASE WHEN {mark}first IS NOT NULL THEN {found['mask']} END"
    mask, counted = f"{mark}mask", f"{mark}counted"
    masks, alike = joined.own.masks | joined.rest.masks, joined.own.counted | joined.rest.counted
    if len(alike) == 1:
        (counted,) = map(str, alike)
    else:
        found["counted"] = f"coalesce({own}counted, {rest}counted)"
    answers = {
        "member": f"CASE WHEN {mask} & {counted} = 0 THEN false WHEN {mask} & ~{counted} = 0 THEN true END",
        "status": _status(dialect, mask, masks if exact else _unions(masks)),
        "why": f"CASE WHEN {mask} IS NOT NULL THEN {mark}why END",
    }
    return Plan(
        days,
        joined.joins,
        {f"{mark}{part}": expression for part, expression in found.items()},
        {name: answers[column] for column, name in question.added.items()},
    )


#: The texts of all masks but that of nothing, in their order.
_STATUSES = tuple("|".join(in_order(statuses_of(mask))) for mask in range(1, ANY_MASK + 1))
#: So many texts are told apart one by one.
_MOST_CASES = 16


def _status(dialect: Dialect, mask: str, masks: Collection[int]) -> str:
    """The text of a mask that is one of some."""
    if len(masks) > _MOST_CASES:
        # Spark takes the last item where the number is null.
        return f"CASE WHEN {mask} IS NOT NULL THEN {dialect.item(_STATUSES, mask)} END"
    cases = " ".join(f"WHEN {one} THEN {dialect.text(_STATUSES[one - 1])}" for one in sorted(masks))
    return f"CASE {mask} {cases} END"


def _unions(masks: Iterable[int]) -> set[int]:
    """Every mask that some of these are together."""
    found: set[int] = set()
    for mask in masks:
        found |= {mask, *(mask | other for other in found)}
    return found


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


def _of_texts(question: Question, dialect: Dialect, state: str, own: str, rest: str) -> Joined:
    """
    The joins of a frame with the lines of a single organisation.

    A state is looked up as it is written and, if need be, as it is compared.
    """
    written, compared = lines_of_texts(question.lines, reasons="why" in question.added)
    in_turn = f"CASE WHEN {own}counted IS NULL THEN {name_key_of(state, dialect)} END"
    joins = (
        Join(_named(own, written.columns), f"{own}key", state),
        Join(_named(rest, compared.columns), f"{rest}key", in_turn),
    )
    return Joined(joins, written, compared)


def _of_pairs(
    question: Question, dialect: Dialect, given: str, given_state: str, mark: str, own: str, rest: str
) -> Joined:
    """
    The joins of a frame with the lines of several organisations, by numbers.

    A state without a line of its own in an organisation has that of all others there.
    """
    lines = question.lines
    states = {state: number for number, state in enumerate(states_of(lines))}
    state, of_state = _number(f"{mark}s", given_state, name_key_of, spellings_of_states(lines), states, dialect)
    organisations = {id: number for number, id in enumerate(lines.organisations)}
    organisation, of_organisation = _number(
        f"{mark}o", given, organisation_key_of, spellings_of_organisations(lines), organisations, dialect
    )
    of_own, of_rest = lines_in_columns(lines, reasons="why" in question.added)
    pair = f"{organisation} * {len(states)} + {state}"
    others = f"CASE WHEN {own}counted IS NULL AND {state} IS NOT NULL THEN {organisation} END"
    joins = (
        *of_state,
        *of_organisation,
        Join(_named(own, of_own.columns), f"{own}key", pair),
        Join(_named(rest, of_rest.columns), f"{rest}key", others),
    )
    return Joined(joins, of_own, of_rest)


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
        small: Small = {
            f"{table}text": list(known),
            f"{table}number": np.asarray([numbers[what] for what in known.values()], np.int32),
        }
        joins.append(Join(small, f"{table}text", of_frame))
    return f"coalesce({tables[0]}number, {tables[1]}number)", joins


def _named(mark: str, columns: Small) -> Small:
    return {f"{mark}{name}": values for name, values in columns.items()}


def _found(table: str, part: str, steps: int, days: Sequence[str]) -> str:
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
    return f"CASE WHEN {first} = {last} THEN {of_day} WHEN {table}counted IS NOT NULL THEN {together} END"


def _tree(table: str, part: str, day: str, low: int, high: int) -> str:
    """What belongs to the run that a day lies in, one of those from `low` to `high`."""
    if low == high:
        return f"{table}{part}_{low}"
    middle = (low + high + 1) // 2
    after, before = _tree(table, part, day, middle, high), _tree(table, part, day, low, middle - 1)
    return f"CASE WHEN {day} > {table}last_{middle - 1} THEN {after} ELSE {before} END"
