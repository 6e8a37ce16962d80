"""Relations of DuckDB: the answers are a query on the relation, which DuckDB runs when it comes to it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from duckdb import CatalogException

from csto_membership.exceptions import ArgumentError
from csto_membership.frames._names import Dialect, letters
from csto_membership.frames._roads import Road
from csto_membership.frames._small import small_table
from csto_membership.frames._sql import Dates, dates_of_text, in_calendar, plan_of

if TYPE_CHECKING:
    from csto_membership.frames._question import Question

#: Types without a zone.
_TIMES = frozenset({"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"})
#: A name is taken by a relation that is not run yet: each query gets one of its own.
_queries = count()


def _column(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


#: Marks that vanish where names are compared, and what strip_accents takes off although it does not vanish there.
_ACCENTS = r"[\x{0300}-\x{0344}\x{0346}-\x{034e}\x{0350}-\x{036f}]"
_OTHER_MARKS = r"[\p{M}\x{1f80}-\x{1fff}]"


def _letters(value: str) -> str:
    others = f"regexp_matches(regexp_replace({value}, {_text(_ACCENTS)}, '', 'g'), {_text(_OTHER_MARKS)})"
    bare = f"translate(lower({value}), {_text(letters().marks)}, '')"
    return f"CASE WHEN {others} THEN {bare} ELSE strip_accents(lower({value})) END"


_DIALECT = Dialect(
    text=_text,
    replaced=lambda value, pattern, other: f"regexp_replace({value}, {_text(pattern)}, {_text(other)}, 'g')",
    matches=lambda value, pattern: f"regexp_matches({value}, {_text(pattern)})",
    item=lambda items, number: f"([{', '.join(map(_text, items))}])[{number}]",
    letters=_letters,
)


def _is_text(kind: str) -> bool:
    return kind == "VARCHAR" or kind.startswith("ENUM")


def _texts(column: str, kind: str) -> str:
    """The texts of a column of a type, whatever a collation takes for equal; null of a type that is none of texts."""
    return f'(CAST({column if _is_text(kind) else "NULL"} AS VARCHAR) COLLATE "binary")'


def _dates(column: str, kind: str) -> Dates:
    """The dates of a column of a type; none of a type that is none of dates, of times without a zone or of texts."""
    if _is_text(kind):
        return dates_of_text(_texts(column, kind), _DIALECT)
    if kind == "DATE":
        day = in_calendar(column)
    elif kind in _TIMES:
        day = in_calendar(f"CASE WHEN {column} = date_trunc('day', {column}) THEN CAST({column} AS DATE) END")
    else:
        day = "CAST(NULL AS DATE)"
    return Dates(day, day)


def _planned(relation: Any, question: Question) -> Any:
    # By their places: two columns may have one name.
    given = {f"given_{place}": name for place, name in enumerate(relation.columns)}
    places = {name: place for place, name in given.items()}
    kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
    date = _dates(places[question.date], kinds[question.date])
    plan = plan_of(question, _DIALECT, lambda name: _texts(places[name], kinds[name]), date)
    query = f"csto_rows_{next(_queries)}"
    inner = ", ".join(f"{expression} AS {name}" for name, expression in plan.dates.items())
    source = f"(SELECT *, {inner} FROM {query} AS given({', '.join(given)}))"  # noqa: S608 - names and texts are quoted
    for number, join in enumerate(plan.joins):
        source += f" LEFT JOIN csto_small_{number} ON {join.on} = {join.of_frame}"
    kept = ", ".join(f"{place} AS {_column(name)}" for place, name in given.items())
    masks = ", ".join(f"{expression} AS {name}" for name, expression in plan.masks.items())
    added = ", ".join(f"{expression} AS {_column(name)}" for name, expression in plan.answers.items())
    sql = f"SELECT {kept}, {added} FROM (SELECT {', '.join(given)}, {masks} FROM {source})"  # noqa: S608 - the same
    return _queried(relation, query, sql, *(small_table(join.table) for join in plan.joins))


def _queried(
    relation: Any,
    name: str,
    sql: str,
    csto_small_0: object,  # noqa: ARG001 - DuckDB finds tables by the names of variables
    csto_small_1: object,  # noqa: ARG001 - the same
    csto_small_2: object = None,  # noqa: ARG001 - the same
    csto_small_3: object = None,  # noqa: ARG001 - the same
    csto_small_4: object = None,  # noqa: ARG001 - the same
    csto_small_5: object = None,  # noqa: ARG001 - the same
) -> Any:
    """A query on a relation, which has a name in it, and on small tables: on the connection that the relation is of."""
    try:
        return relation.query(name, sql)
    except CatalogException as error:
        if "csto_small_" not in str(error):
            raise
        reason = "its connection looks up no variables of Python, where annotate has its tables; annotate fetched rows"
        settings = ["python_enable_replacements = true", "enable_external_access = true"]
        raise ArgumentError("frame", "a relation of DuckDB", reason, settings) from None


ROAD = Road(lambda relation: list(relation.columns), planned=_planned)
