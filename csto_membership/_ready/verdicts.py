"""
What a fresh process answers at once: whether a state was a member of the CST/CSTO on an exact day, as declared.

`data/made/csto.txt` holds the verdicts of `CSTO` by day, and the spellings of each state. `python tests/support/made.py`
writes it, and tests hold it to be what `CSTO` answers. Whatever else is asked goes to `CSTO` itself.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

from csto_membership._values.data_files import data_file
from csto_membership._values.days import exact_day
from csto_membership._values.verdict import Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from csto_membership._history import History
    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import StateLike

    #: The days on which the verdict on a state changes, and the verdicts before, between and after them.
    Line: TypeAlias = tuple[tuple[dt.date, ...], tuple[Verdict, ...]]

#: How many spellings are remembered besides those in the file.
_MOST_SPELLINGS = 10_000


def was_member(state: StateLike, date: DateLike) -> Verdict:
    """Whether the state was a member of the CST/CSTO on the day, as declared: what `CSTO.was_member` answers."""
    day = date if type(date) is dt.date else exact_day(date)
    if day is None:
        return _csto().was_member(state, date)
    try:
        starts, verdicts = _lines[state]
    except (KeyError, TypeError):
        starts, verdicts = _line(state)
    return verdicts[bisect_right(starts, day)]


def _line(state: StateLike) -> Line:
    line = _lines.get(state.casefold()) if isinstance(state, str) else None
    if line is None:
        history = _csto()
        starts, answers = history.answers(state)
        line = starts, tuple(map(Verdict, answers))
        if not history.record.index.leads_alike(state):
            return line
    if len(_lines) < _most:
        _lines[state] = line
    return line


def _csto() -> History:
    from csto_membership._load import history

    return history("csto")


def _read(text: str) -> dict[object, Line]:
    """The verdicts by the spellings of states, in small letters, from lines of a course of verdicts and the spellings."""
    lines: dict[object, Line] = {}
    courses: dict[str, Line] = {}
    for row in text.rstrip("\n").split("\n")[1:]:
        course, *spellings = row.split("\t")
        if (line := courses.get(course)) is None:
            before, *steps = course.split(" ")
            verdicts = (_VERDICTS[word] for word in (before, *steps[1::2]))
            line = courses[course] = tuple(map(dt.date.fromisoformat, steps[::2])), tuple(verdicts)
        lines.update(dict.fromkeys(spellings, line))
    return lines


_VERDICTS = {str(verdict): verdict for verdict in Verdict}
_lines = _read(data_file("made/csto.txt").decode())
_most = len(_lines) + _MOST_SPELLINGS
