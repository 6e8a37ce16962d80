"""Rows of a table and what they are told: each engine has its road, and all give the same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from csto_membership.exceptions import ArgumentError, UnknownNameError, UnreadableRowsError
from csto_membership.frames._engines import Engine, engine_of
from csto_membership.frames._question import check_columns, question_of
from csto_membership.frames._report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from csto_membership.frames._lines import Answerable
    from csto_membership.frames._roads import Road

Frame = TypeVar("Frame")


_TREATMENTS = ("raise", "null")


def annotate(
    frame: Frame,
    state: str,
    date: str,
    organisation: str | None = None,
    history: Answerable = None,
    columns: Sequence[str] | str = ("member", "status"),
    errors: Literal["raise", "null"] | None = None,
    *,
    rename: Mapping[str, str] | None = None,
    report: Callable[[Report], object] | None = None,
) -> Frame:
    """
    The frame with a column more for each of `columns`: whether the state of a row was a member on its date, and as what.

    `state`, `date` and `organisation` name columns of the frame; `history` is a history under any view (by default
    `CSTO`) or a registry, which needs `organisation` unless it has only one. A frame is one of pandas, Polars (lazy ones
    as well), PyArrow, Dask or PySpark, or a relation of DuckDB, and the same kind comes back: one row for each row, with
    the columns that it had. The frame that was given stays as it is. pandas, Polars, PyArrow and Dask keep the order of
    rows, and pandas its index; on DuckDB and Spark no order is promised.

    - `member` is a nullable truth: null where it is undetermined. `status` is a text, several possible statuses joined
      by "|"; in categories where the states are, but on Dask. `why` is a short text: the days on which the answer is the
      same, with the events it rests on, or what would decide it, or its caveats, and what is supposed or left out.
    - Rows are answered as `was_member` answers them. A state may be given in every form that the library knows, any of
      the world. A date is a date, a midnight without a zone, or a text; DuckDB and Spark read the ISO texts of days
      ("2012-06-28"), months and years, the others every text. An imprecise date is one unknown day of its run.
    - `errors` says what becomes of rows that cannot be read: an unknown state, a missing value, a time of day or a zone,
      an unreadable text. "raise" raises `UnreadableRowsError` with each wrong value once, its count and its first row;
      it is what happens unless something else is said, but not on lazy frames, whose rows nobody has seen yet: there it
      can only be "null", which leaves the answers of such a row null. No row is ever dropped or doubled.
    - `report` is called with a `Report` of the rows; on a lazy frame ask `report(annotated)`.
    - `rename` gives answers other names, as {"member": "csto_member"}.

    Raises `UnknownNameError` for a column that is not there, `ArgumentError` for a column that is there already, for what
    is no frame, for two columns of a name that is asked for (of pandas or PyArrow, of any name), and for arguments that
    do not go together, `MissingExtraError` where a library is missing.

    >>> import polars as pl
    >>> treaties = pl.DataFrame({"country": ["Uzbekistan", "UZ", "France"], "signed": ["2006-06-22", "2006-06-23", "2006"]})
    >>> annotate(treaties, state="country", date="signed", report=print).rows()
    3 rows: 1 yes, 2 no, 0 undetermined, 0 unreadable
    [('Uzbekistan', '2006-06-22', False, 'former'), ('UZ', '2006-06-23', True, 'member'), ('France', '2006', False, 'none')]
    """
    engine, lazy = engine_of(frame)
    question = question_of(
        history,
        state=state,
        date=date,
        organisation=organisation,
        columns=columns,
        rename=rename,
    )
    if errors not in (None, *_TREATMENTS):
        raise ArgumentError("errors", errors, "a row that cannot be read raises, or has null answers", _TREATMENTS)
    if report is not None and not callable(report):
        raise ArgumentError("report", report, "it is called with the report", ["print"])
    road = _road(engine)
    check_columns(question, road.columns(frame), any_case=engine in (Engine.DUCKDB, Engine.PYSPARK))
    annotated: Frame
    if not lazy:
        assert road.answered is not None, "every eager frame has one"
        annotated, told = road.answered(frame, question)
        if told.unreadable and errors != "null":
            raise UnreadableRowsError(told.rows, told.unreadable, told.faults)
        if report is not None:
            report(told)
        return annotated
    if errors == "raise":
        reason = "nobody has seen the rows of a lazy frame yet; leave it out, or collect the frame first"
        raise ArgumentError("errors", errors, reason, ("null",))
    if report is not None:
        reason = "nobody has seen the rows of a lazy frame yet; call report(annotated) for their numbers"
        raise ArgumentError("report", report, reason)
    assert road.planned is not None, "every lazy frame has one"
    annotated = road.planned(frame, question)
    return annotated


def report(frame: object, member: str = "member", status: str = "status") -> Report:
    """
    The report of an annotated frame, counted on its engine: of a lazy one, five numbers come back.

    `member` and `status` name the two columns of answers. Raises `UnknownNameError` where one is not there, and
    `ArgumentError` where `member` has other values than truths: numbers and texts that were read from a file.

    >>> import polars as pl
    >>> rows = pl.LazyFrame({"country": ["UZ", "UZ", "Atlantis"], "signed": ["2006", "2009", "2009"]})
    >>> print(report(annotate(rows, "country", "signed")))
    3 rows: 1 yes, 0 no, 1 undetermined, 1 unreadable
    """
    engine, _ = engine_of(frame)
    known = _road(engine).columns(frame)
    for column in (member, status):
        if column not in known:
            raise UnknownNameError("column", column, list(map(str, known)))
    if engine is Engine.DASK:
        from csto_membership.frames._dask import counts
    else:
        from csto_membership.frames._counts import counts
    counted = counts(frame, member, status)
    if counted is None:
        raise ArgumentError(
            "member", member, "it is no column of truths, as annotate makes it; read it as one", ["boolean"]
        )
    rows, yes, no, read = counted
    return Report(rows, yes, no, read - yes - no, rows - read)


def _road(engine: Engine) -> Road:
    """The road of an engine: the module that imports it."""
    if engine is Engine.PANDAS:
        from csto_membership.frames._pandas import ROAD
    elif engine is Engine.POLARS:
        from csto_membership.frames._polars import ROAD
    elif engine is Engine.PYARROW:
        from csto_membership.frames._pyarrow import ROAD
    elif engine is Engine.DUCKDB:
        from csto_membership.frames._duckdb import ROAD
    elif engine is Engine.DASK:
        from csto_membership.frames._dask import ROAD
    else:
        from csto_membership.frames._pyspark import ROAD
    return ROAD
