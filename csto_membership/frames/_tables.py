"""The lines, panels and pairs of a history as frames, for joins, SQL and regressions of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from csto_membership._history import History
from csto_membership._values.runs import Runs, day_before
from csto_membership.frames._lines import answering, lines_of, lines_told
from csto_membership.frames._making import DAY, NUMBER, TEXT, TRUTH, WHOLE, made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import StateLike
    from csto_membership.frames._lines import Answer, Answerable, Answering, Line

_STATUS = {"statuses": TEXT, "status": TEXT, "member": TRUTH}
_SPELLS = {
    "organisation": TEXT,
    "state": TEXT,
    "cow": NUMBER,
    "name": TEXT,
    "first_day": DAY,
    "last_day": DAY,
    **_STATUS,
}
_PERIOD = {"year": WHOLE, "period": TEXT, "first_day": DAY, "last_day": DAY}
_DAYS = {"days_least": WHOLE, "days_most": WHOLE}
_PAIR = {"state_a": TEXT, "cow_a": NUMBER, "state_b": TEXT, "cow_b": NUMBER}
_PANEL = {"organisation": TEXT, "state": TEXT, "cow": NUMBER, **_PERIOD, **_STATUS, **_DAYS}
_DYADS = {"organisation": TEXT, **_PAIR, **_PERIOD, "member": TRUTH, **_DAYS}


def spells_frame(
    history: Answerable = None,
    backend: object = "pandas",
    *,
    states: Iterable[StateLike] | StateLike | None = None,
) -> Any:
    """
    The spells of a history (by default `CSTO`) or of a registry as a frame: one row for each, by organisation and state.

    Spells cover every day once: `first_day` is null for since ever, `last_day` null for open, both days are in. `statuses`
    are the possible ones, joined by "|", `status` the only one, null where there are several; `member` is a nullable
    truth. What the history supposes or leaves out is named in one more column, `what_if`. `states` are any of the
    world, or "world" for all; by default those that the records name.
    `backend` is "pandas", "polars", "pyarrow", "duckdb", "dask" or "pyspark", or the module of that name; a connection of
    DuckDB or a session of Spark on which the frame is to be, else it is on the default connection and in the active
    session. Raises `ArgumentError` for another back end and for what is no history or registry, `UnknownStateError`,
    and `MissingExtraError` where the back end is not installed.

    >>> spells_frame(backend="polars", states="Georgia").select("first_day", "last_day", "status", "member").rows()[1]
    (datetime.date(1993, 12, 9), datetime.date(1999, 4, 20), 'member', True)
    """
    asked = answering(history)
    rows = (
        (
            *(line.organisation, line.state.id, line.state.cow, line.state.name),
            *(first, day_before(end), told.status, _only(told), told.member),
        )
        for line in _lines(asked, states)
        for first, end, told in _runs(line)
    )
    return _frame(asked, _SPELLS, rows, backend)


def wide_frame(
    history: Answerable = None,
    backend: object = "pandas",
    *,
    states: Iterable[StateLike] | StateLike | None = None,
) -> Any:
    """
    The spells as one row for each organisation and state: to be joined once, by equality, and without doubling a row.

    `status_0` and `member_0` hold before `first_day_1`, `status_1` and `member_1` from that day on, and so forth; what a
    state has no more of is null. The rest is as in `spells_frame`. Raises what `spells_frame` raises.

    >>> frame = wide_frame(backend="polars", states="Georgia")
    >>> frame.select("state", "status_0", "first_day_1", "status_1", "first_day_2", "status_2").row(0)
    ('GEO', 'none', datetime.date(1993, 12, 9), 'member', datetime.date(1999, 4, 21), 'former')
    """
    asked = answering(history)
    lines = list(_lines(asked, states))
    steps = max((len(line.starts) for line in lines), default=0)
    kinds = {"organisation": TEXT, "state": TEXT, "cow": NUMBER, "name": TEXT, "status_0": TEXT, "member_0": TRUTH}
    for step in range(1, steps + 1):
        kinds |= {f"first_day_{step}": DAY, f"status_{step}": TEXT, f"member_{step}": TRUTH}
    rows = []
    for line in lines:
        row: list[Any] = [line.organisation, line.state.id, line.state.cow, line.state.name]
        for first, _, told in _runs(line):
            row += [told.status, told.member] if first is None else [first, told.status, told.member]
        rows.append([*row, *(None,) * (len(kinds) - len(row))])
    return _frame(asked, kinds, rows, backend)


def panel_frame(
    history: Answerable = None,
    freq: Literal["year", "month", "day"] = "year",
    rule: Literal["first", "last", "any", "all"] = "last",
    first: DateLike | None = None,
    last: DateLike | None = None,
    states: Iterable[StateLike] | StateLike | None = None,
    backend: object = "pandas",
) -> Any:
    """
    The rows of `History.panel` as a frame, with `organisation` before them; of a registry those of each organisation.

    `year` is a whole number, the days are days, `member` is a nullable truth. `backend` as in `spells_frame`. Raises what
    that and `History.panel` raise, and `UnknownNameError` for a registry of prepared lines, which have no histories.

    >>> panel_frame(None, "year", "last", "2005", "2006", "UZB", backend="polars").select("year", "member").rows()
    [(2005, False), (2006, True)]
    """
    asked = answering(history)
    rows = (
        (one.record.id, *(getattr(row, column) for column in list(_PANEL)[1:]))
        for one in _histories(asked)
        for row in one.panel(freq, rule, first, last, states)
    )
    return _frame(asked, _PANEL, rows, backend)


def dyads_frame(
    history: Answerable = None,
    freq: Literal["year", "month", "day"] = "year",
    rule: Literal["first", "last", "any", "all"] = "last",
    first: DateLike | None = None,
    last: DateLike | None = None,
    states: Iterable[StateLike] | StateLike | None = None,
    *,
    directed: bool = False,
    backend: object = "pandas",
) -> Any:
    """
    The rows of `History.dyads` as a frame, with `organisation` before them; otherwise as `panel_frame`.

    Raises what `panel_frame` raises.

    >>> frame = dyads_frame(None, "year", "any", "1999", "1999", ["UZB", "Georgia"], backend="polars")
    >>> frame.select("cow_a", "cow_b", "year", "member", "days_most").rows()
    [(372, 704, 1999, True, 110)]
    """
    asked = answering(history)
    rows = (
        (one.record.id, *(getattr(row, column) for column in list(_DYADS)[1:]))
        for one in _histories(asked)
        for row in one.dyads(freq, rule, first, last, states, directed=directed)
    )
    return _frame(asked, _DYADS, rows, backend)


def _lines(history: Answering, states: Iterable[StateLike] | StateLike | None) -> Iterator[Line]:
    lines = lines_of(history)
    if states is not None:
        yield from lines_told(lines, states)
        return
    wanted = list(lines.states(None))
    for organisation in lines.organisations:
        yield from (lines.line(organisation, state) for state in wanted if lines.names(organisation, state))


def _runs(line: Line) -> Iterator[tuple[Any, Any, Answer]]:
    return iter(Runs(line.days, tuple(map(line.answer, line.masks))))


def _only(told: Answer) -> str | None:
    return None if told.status is None or "|" in told.status else told.status


def _histories(history: Answering) -> Iterator[History]:
    if isinstance(history, History):
        yield history
    else:
        yield from map(history.history, history.organisations)


def _frame(history: Answering, kinds: Mapping[str, str], rows: Iterable[Sequence[Any]], backend: object) -> Any:
    """The frame of rows that begin with an organisation; what is supposed or left out is named in one more column."""
    columns: list[list[Any]] = [[] for _ in kinds]
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    lines = lines_of(history)
    what_ifs = {organisation: lines.what_if(organisation) or None for organisation in lines.organisations}
    if any(what_ifs.values()):
        kinds = {**kinds, "what_if": TEXT}
        columns.append([what_ifs[organisation] for organisation in columns[0]])
    return made(kinds, columns, backend)
