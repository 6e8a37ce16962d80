"""What is asked of a frame: of which columns, by which lines, and under which names the answers are added."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from numbers import Number
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import frozen

from csto_membership._history import History
from csto_membership._values.given import is_missing
from csto_membership.exceptions import ArgumentError, UnknownNameError
from csto_membership.frames._lines import answering, lines_of

if TYPE_CHECKING:
    from csto_membership.frames._lines import Answerable, Answering, Lines

#: A column of answers.
Told: TypeAlias = 'Literal["member", "status", "why"]'
_COLUMNS = ("member", "status", "why")
#: What names a column: a text or, of a frame of pandas, another label; a tuple where columns have several heads.
_NAMES = (str, tuple, Number, dt.date)


class TakenColumnError(ArgumentError):
    """
    A column of answers would have the name of a column that is there already, and stays as it is.

    `column` is that of answers, `name` the one that is taken.
    """

    def __init__(self, column: str, name: str) -> None:
        super().__init__("rename", name, "a column has this name already", ())
        self.column = column
        self.name = name
        self.args = (column, name)

    def __str__(self) -> str:
        return self.told(remedy=f'rename={{"{self.column}": "csto_{self.column}"}}')

    def told(self, *, remedy: str) -> str:
        """The message, with what gives the column of answers another name."""
        return f"there is a column {self.name!r} already, which stays as it is; name the new one: {remedy}"


@frozen
class Question:
    """
    What is asked of a frame.

    `added` are the columns of answers and the names under which they are added, in their order.
    """

    history: Answering
    state: str
    date: str
    organisation: str | None
    added: Mapping[str, str]

    @property
    def lines(self) -> Lines:
        """The lines that answer."""
        return lines_of(self.history)

    @property
    def asked(self) -> list[str]:
        """The columns that the answers rest on, each once."""
        columns = dict.fromkeys((self.organisation, self.state, self.date))
        return [column for column in columns if column is not None]


def question_of(
    history: Answerable,
    *,
    state: str,
    date: str,
    organisation: str | None,
    columns: Sequence[str] | str,
    rename: Mapping[str, str] | None,
) -> Question:
    """
    The question of a caller.

    Raises `UnknownNameError` for a column of answers that there is not, and `ArgumentError` for arguments that do not go
    together.
    """
    asked = answering(history)
    lines = lines_of(asked)
    for argument, column in {"state": state, "date": date, "organisation": organisation}.items():
        if argument != "organisation" or column is not None:
            _check_name(argument, column)
    try:
        wanted = [columns] if isinstance(columns, str) else list(dict.fromkeys(columns))
    except TypeError:
        wanted = []
    if not wanted:
        raise ArgumentError("columns", columns, "at least one column of answers is needed, by its name", _COLUMNS)
    names = {} if rename is None else rename
    if not isinstance(names, Mapping) or not all(isinstance(name, str) for name in names.values()):
        raise ArgumentError(
            "rename", rename, "it maps columns of answers to their names", ['{"member": "csto_member"}']
        )
    for column in (*wanted, *names):
        if column not in _COLUMNS:
            raise UnknownNameError("column of answers", column, _COLUMNS)
    added = {column: names.get(column, column) for column in wanted}
    if organisation is None and len(lines.organisations) != 1:
        reason = "a registry of several organisations needs a column that names them"
        raise ArgumentError("organisation", organisation, reason)
    if organisation is not None and isinstance(asked, History):
        reason = "a history answers for one organisation; a Registry answers for several"
        raise ArgumentError("organisation", organisation, reason)
    return Question(asked, state, date, organisation, added)


def _check_name(argument: str, column: object) -> None:
    """Refuse what can name no column, as a column itself."""
    if not isinstance(column, _NAMES) or is_missing(column):
        raise ArgumentError(argument, column, f"the name of a column is needed, not {type(column).__name__}")


def check_columns(question: Question, known: Sequence[Any], *, any_case: bool) -> None:
    """
    Check a question against the columns of a frame; `any_case` where the engine tells names apart in no case.

    Raises `UnknownNameError` for a column that the frame does not have, `TakenColumnError` for a column of answers that
    it has already, and `ArgumentError` for a name of several columns.
    """

    def compared(name: Any) -> Any:
        return str(name).casefold() if any_case else name

    counts = Counter(map(compared, known))
    for argument in ("organisation", "state", "date"):
        column = getattr(question, argument)
        if column is None:
            continue
        if column not in known:
            raise UnknownNameError("column", column, list(map(str, known)))
        if counts[compared(column)] > 1:
            raise ArgumentError(argument, column, "there are several columns of this name; rename all but one")
    # Under several heads a name alone is that of all columns under the first.
    taken = {compared(name[0] if isinstance(name, tuple) and name else name) for name in known}
    for column, name in question.added.items():
        if compared(name) in taken:
            raise TakenColumnError(column, name)
    if len(set(map(compared, question.added.values()))) < len(question.added):
        raise ArgumentError("rename", dict(question.added), "two columns of answers would have one name")
