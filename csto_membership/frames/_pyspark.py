"""
Frames of PySpark: the answers are broadcast joins and expressions, which the cluster works out where the rows are.

Nothing is collected, no row is shuffled, and no Python runs on the workers, which need nothing of this library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as sf

from csto_membership.frames._names import Dialect, letters
from csto_membership.frames._roads import Road
from csto_membership.frames._small import small_table
from csto_membership.frames._sql import Dates, dates_of_text, in_calendar, plan_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csto_membership.frames._question import Question

#: A timestamp of Spark is shown in the time zone of its session, and its day is the one that is shown.
_TIMES = frozenset({"timestamp", "timestamp_ntz"})


def _column(name: str) -> str:
    return f"`{name.replace('`', '``')}`"


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _letters(value: str) -> str:
    written, plain, marks = letters()
    return f"translate({value}, {_text(written + marks)}, {_text(plain)})"


_DIALECT = Dialect(
    text=_text,
    replaced=lambda value, pattern, other: (
        f"regexp_replace({value}, {_text(pattern)}, {_text(other.replace(chr(92), '$'))})"
    ),
    matches=lambda value, pattern: f"{value} RLIKE {_text(pattern)}",
    item=lambda items, number: f"element_at(array({', '.join(map(_text, items))}), {number})",
    letters=_letters,
)


def _texts(name: str, kind: str) -> str | None:
    """The texts of a column of a type, whatever a collation takes for equal; None of a type that is none of texts."""
    if not kind.startswith(("string", "varchar", "char")):
        return None
    return f"({_column(name)} COLLATE UTF8_BINARY)" if "collate" in kind.casefold() else _column(name)


def _dates(name: str, kind: str) -> Dates:
    """The dates of a column of a type; none of a type that is none of dates, of times or of texts."""
    column = _column(name)
    if texts := _texts(name, kind):
        return dates_of_text(texts, _DIALECT)
    if kind == "date":
        day = in_calendar(column)
    elif kind in _TIMES:
        day = in_calendar(f"CASE WHEN {column} = date_trunc('DAY', {column}) THEN CAST({column} AS DATE) END")
    else:
        day = "CAST(NULL AS DATE)"
    return Dates(day, day)


def _planned(frame: Any, question: Question) -> Any:
    kinds = dict(frame.dtypes)
    dates = _dates(question.date, kinds[question.date])
    plan = plan_of(
        question, _DIALECT, lambda name: _texts(name, kinds[name]) or "CAST(NULL AS STRING)", dates, frame.columns
    )
    # Names that are told apart are quicker to select than helpers are to drop.
    apart = len({name.casefold() for name in frame.columns}) == len(frame.columns)
    kept = [_column(name) for name in frame.columns] if apart else ["*"]
    planned = frame.selectExpr("*", *_named(plan.dates))
    for join in plan.joins:
        small = sf.broadcast(frame.sparkSession.createDataFrame(small_table(join.table)))
        planned = planned.join(small, sf.expr(f"{join.on} = {join.of_frame}"), "left")
    for step in (plan.masks, plan.answers):
        planned = planned.selectExpr(*kept, *_named(step))
    return planned if apart else planned.drop(*plan.helpers)


def _named(expressions: Mapping[str, str]) -> list[str]:
    return [f"{expression} AS {_column(name)}" for name, expression in expressions.items()]


ROAD = Road(lambda frame: list(frame.columns), planned=_planned)
