"""
Strategies of hypothesis, which the extra `testing` brings: random records, views and days, to test your own code with.

What is drawn is always valid, lies close together, so that dates collide, and has what has tripped somebody: leap days,
the ends of the calendar, states that are no more, names in several scripts, sources that copy.

>>> from hypothesis import given, settings, strategies as st
>>> from csto_membership import strategies
>>> @settings(max_examples=20, deadline=None)
... @given(st.data())
... def members_are_counted_by_their_certain_and_possible_ones(data):
...     history = data.draw(strategies.histories())
...     members = history.members_on(data.draw(strategies.days(history)))
...     assert len(members.certain) <= members.fewest <= members.most <= len(members.possible)
>>> members_are_counted_by_their_certain_and_possible_ones()
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING

from csto_membership._files.read import record_of
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.index import StateIndex
from csto_membership._values.names import name_key
from csto_membership._values.world import world
from csto_membership.exceptions import ArgumentError, MissingExtraError

# Each strategy imports hypothesis when it is asked for: help and completion open the room without it.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hypothesis import strategies as st

    from csto_membership._evidence.record import Record
    from csto_membership._history import History
    from csto_membership._values.states import State, StateLike
    from csto_membership.strategies._dates import Span

__all__ = ["days", "histories", "imprecise_dates", "records", "states"]


def states(*, former: bool = True) -> st.SearchStrategy[State]:
    """
    States of the world, as the library knows them; without `former`, those that have a life with an open end alone.

    Half of them are awkward: no more, without a code of ISO 3166-1, with names in other scripts, or of a name or code
    that another state has as well. What a state may be called are its `aliases`.
    Raises `MissingExtraError` without hypothesis, as all strategies do.

    >>> from hypothesis import find
    >>> from csto_membership.strategies import states
    >>> find(states(), lambda state: "Россия" in state.aliases)
    <State RUS Russia>
    >>> find(states(), lambda state: state.alpha3 is None and "Baden" in state.aliases)
    <State cow:267 Baden>
    """
    with _hypothesis():
        from hypothesis import strategies as st
    table = world()
    drawn = [state for state in table.values() if former or not _is_former(state)]
    awkward = [state for state in drawn if _is_awkward(state)]
    return st.sampled_from(drawn) | st.sampled_from(awkward)


def _is_former(state: State) -> bool:
    return bool(state.lifespans) and all(life.last for life in state.lifespans)


def _is_awkward(state: State) -> bool:
    names = state.aliases
    shared = any(len(world().holders(key)) > 1 for key in map(name_key, names))
    return _is_former(state) or state.alpha3 is None or shared or not all(map(str.isascii, names))


def imprecise_dates(first: dt.date = dt.date.min, last: dt.date = dt.date.max) -> st.SearchStrategy[ImpreciseDate]:
    """
    Imprecise dates of every form, the known ends of which lie between two days: days, months, years, decades, ranges.

    Some are open at an end, and some have a qualifier. `text` is EDTF, not always in its shortest form.
    Raises `ArgumentError` for a last day before the first.

    >>> import datetime as dt
    >>> from hypothesis import find
    >>> from csto_membership.strategies import imprecise_dates
    >>> find(imprecise_dates(), lambda date: date.earliest is None).latest is None
    False
    >>> date = find(imprecise_dates(dt.date(1990, 1, 1), dt.date(1999, 12, 31)), lambda date: date.text == "199X")
    >>> date.earliest, date.latest
    (datetime.date(1990, 1, 1), datetime.date(1999, 12, 31))
    """
    with _hypothesis():
        from csto_membership.strategies._dates import texts_of_dates
    return texts_of_dates(_span(first, last)).map(ImpreciseDate.parse)


def records(
    first: dt.date = dt.date.min,
    last: dt.date = dt.date.max,
    *,
    among: Iterable[StateLike] | None = None,
    rich: bool = True,
) -> st.SearchStrategy[Record]:
    """
    Records, all of whose days lie between two days, or close to them.

    A record tells of one state to three of the world, or of those in `among`, has at most four events a state or so, and
    two sources to four, which may contradict and copy each other. A rich one has everything that can change an answer:
    open dates, ranks, denials, institutions that end, coverage, attestations, instruments in force; one that is not
    `rich` has exact and ranged dates with ranks, for laws of the core.
    Each is valid by the way in which it is made: none is drawn in vain.
    Raises `ArgumentError` for a last day before the first and for no state at all, `UnknownStateError` for what
    names none.

    >>> from hypothesis import find
    >>> from csto_membership.strategies import records
    >>> record = find(records(among=["Armenia", "UZ"], rich=False), lambda record: len(record.states) == 2)
    >>> [state.id for state in record.states], len(record.sources)
    (['ARM', 'UZB'], 2)
    """
    with _hypothesis():
        from csto_membership.strategies._dates import spans
        from csto_membership.strategies._documents import documents
    named = _named(among)
    return spans(_span(first, last)).flatmap(lambda span: documents(span, named, rich=rich)).map(record_of)


def histories(of: st.SearchStrategy[Record] | None = None) -> st.SearchStrategy[History]:
    """
    Records (by default those of `records`) under any view: readings, users' own too, policies, sources, publication
    dates, institutions, and what counts as membership.

    The simplest is a record as it stands. Raises `MissingExtraError`.

    >>> from hypothesis import given, settings, strategies as st
    >>> from csto_membership.strategies import days, histories, records
    >>> @settings(max_examples=10, deadline=None)
    ... @given(histories(records(among=["Armenia", "UZ"])), st.data())
    ... def a_certain_member_was_a_member(history, data):
    ...     day = data.draw(days(history))
    ...     assert all(history.was_member(state, day) for state in history.members_on(day).certain)
    >>> a_certain_member_was_a_member()
    """
    with _hypothesis():
        from csto_membership.strategies._views import views
    return (records() if of is None else of).flatmap(views)


def days(history: History) -> st.SearchStrategy[dt.date]:
    """
    Days to ask a history about: mostly those on which something begins or ends, the days before, and the days after.

    These are the days on which an answer changes, and the bounds of every date in the record, of its coverage, its
    institutions, the lives of its states and the publication of its sources. Others lie between them, or anywhere.
    Raises `MissingExtraError`.

    >>> from hypothesis import find
    >>> from csto_membership import CSTO
    >>> from csto_membership.strategies import days
    >>> find(days(CSTO), lambda day: CSTO.was_member("Uzbekistan", day) == True)
    datetime.date(1992, 5, 15)
    """
    with _hypothesis():
        from hypothesis import strategies as st

        from csto_membership.strategies._boundaries import around, changes_of, days_told
        from csto_membership.strategies._dates import shift
    told, changed = days_told(history), changes_of(history)
    anywhere = st.dates()
    if not told:
        return anywhere
    bounds = around([*told, *changed])
    drawn = {
        "change": st.sampled_from(around(changed or told)),
        "told": st.sampled_from(bounds),
        "between": st.dates(shift(bounds[0], -400), shift(bounds[-1], 400)),
        "anywhere": anywhere,
    }
    # Of eight days four are those of changes, and the last is any.
    return st.sampled_from(("change",) * 4 + ("told",) * 2 + ("between", "anywhere")).flatmap(drawn.__getitem__)


@contextmanager
def _hypothesis() -> Iterator[None]:
    """Where hypothesis is not installed the error names the extra that brings it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "hypothesis":
            raise
        raise MissingExtraError("hypothesis", "testing") from None


def _span(first: dt.date, last: dt.date) -> Span:
    from csto_membership.strategies._dates import Span

    if first > last:
        raise ArgumentError("last", last, f"it is before the first day, {first}")
    return Span(first, last)


def _named(among: Iterable[StateLike] | None) -> st.SearchStrategy[list[str]]:
    """The ids of one state to three."""
    from hypothesis import strategies as st

    if among is None:
        return st.lists(states().map(lambda state: state.id), min_size=1, max_size=3, unique=True)
    index = StateIndex(())
    ids = list(dict.fromkeys(index.find(state).id for state in among))
    if not ids:
        raise ArgumentError("among", ids, "a record tells of at least one state")
    return st.lists(st.sampled_from(ids), min_size=1, max_size=min(3, len(ids)), unique=True)
