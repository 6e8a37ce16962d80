"""
Pictures of who was a member when, by matplotlib, which the extra `plots` brings: Axes in, Axes out.

Each takes a history, a list of histories, a registry, or spells as a dataframe (`frames.spells_frame`) or as rows
(`writers.spell_rows`), and draws on the Axes that it is given, or on those of a new figure.
What is undetermined is shown as such, and nothing goes on beyond the last day that is told: an open end is an arrow there.
What is told without an end, by a record that vouches for all days or by rows, goes on to the end of the picture.
`describe` says in words what a picture shows, for those who do not see it.

>>> from csto_membership import CSTO, plots
>>> axes = plots.timeline(CSTO.under("legal"), states=["Belarus", "Georgia"])
>>> axes.get_title(loc="left")
'Collective Security Treaty Organization'

Statuses differ by colour, lightness and hatch, so that they can be told apart in grey and by the colour-blind; colours suit
light and dark paper. The frame of a picture is matplotlib's: change titles, limits and fonts on the Axes that come back.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeGuard

from csto_membership.exceptions import ArgumentError, MissingExtraError
from csto_membership.plots._shown.compare import comparison
from csto_membership.plots._shown.region import states_by_organisation
from csto_membership.plots._shown.size import sizes
from csto_membership.plots._shown.timeline import timelines
from csto_membership.plots._shown.together import triangle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.axes import Axes

    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import StateLike
    from csto_membership.plots._shown.told import Drawable

__all__ = ["compare", "describe", "region", "size", "timeline", "together"]


def timeline(
    data: Drawable,
    *,
    states: Iterable[StateLike] | StateLike | None = None,
    first: DateLike | None = None,
    last: DateLike | None = None,
    acts: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw the statuses of states over time: a row a state, in order of entry, under a heading an organisation.

    A bar is a run of days with the same possible statuses; there is none for no relation, and a thin line for a former
    one. What is undetermined has a band for each status that is possible, and a tick at both ends. An open end is an
    arrow at the last day that is told; what may have begun before the first day of its bar is there "by" that day.
    Below a bar stand the acts of a history: filled where they change the status, hollow where they do not, half filled
    where they may; over the days on which an act may have fallen runs a line.

    `states` are any of the world, by default those that have had a relation, or may have had one; of one state in several
    organisations each row is an organisation. `first` and `last` are the days to show, both included: a year or a month
    stands for its first or last day.
    Raises `MissingExtraError` without matplotlib, `ArgumentError` for what cannot be drawn, `UnknownStateError`, and
    `DateError` for days that end before they begin.

    >>> from csto_membership import CSTO
    >>> print(describe(timeline(CSTO, states="Georgia")))
    Collective Security Treaty Organization; declared; 1993-12-09 to 2026-01-20. Georgia: member 1993-12-09 to 1999-04-20, former from 1999-04-21 on.
    """
    shown = timelines(data, states, first, last, acts=acts)
    with _matplotlib():
        from csto_membership.plots._drawn.timeline import draw
    return draw(shown, ax)


def size(
    data: Drawable,
    *,
    first: DateLike | None = None,
    last: DateLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw the number of members over time: a line, or a hatched band between the fewest and the most.

    Of several organisations each has a line of its own. A line ends in an arrow where its number goes on, and in a
    question mark where that of the days after the last that is told is another. Days and errors as in `timeline`.

    >>> from csto_membership import CSTO
    >>> print(describe(size(CSTO.under("legal"), first="2006", last="2008")))
    Number of members: Collective Security Treaty Organization; legal; 2006-01-01 to 2008-12-31. 6 from 2006-01-01, 6 to 7 from 2006-08-16, 7 from 2008-03-28.
    """
    shown = sizes(data, first, last)
    with _matplotlib():
        from csto_membership.plots._drawn.size import draw
    return draw(shown, ax)


def compare(
    one: Drawable,
    other: Drawable,
    *,
    states: Iterable[StateLike] | StateLike | None = None,
    first: DateLike | None = None,
    last: DateLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw two histories of one organisation each against each other: two lanes a state, the days on which they differ filled.

    They differ where their verdicts do, as in `History.compare`, as long as one of the two tells something: strongly where
    a yes stands against a no, faintly where one of the two is undetermined. By default states that never differ are left out. Days and errors as in `timeline`.

    >>> from csto_membership import CSTO
    >>> print(describe(compare(CSTO, CSTO.under("legal"), states="Belarus")))
    Collective Security Treaty Organization; upper lane: declared; lower lane: legal. Belarus: yes against no 1993-12-31 to 1994-04-19.
    """
    shown = comparison(one, other, states, first, last)
    with _matplotlib():
        from csto_membership.plots._drawn.compare import draw
    return draw(shown, ax)


def together(
    data: Drawable,
    *,
    states: Iterable[StateLike] | StateLike | None = None,
    first: DateLike | None = None,
    last: DateLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw a triangle of the days on which two states were members together, with the days of each state on its diagonal.

    Where the evidence leaves room a cell is hatched and has the least and the most days: sound bounds, exact where the
    days of one of the two are. In several organisations a day counts on which both were members of one of them. No day
    counts after the last that is told. By default without states that were never members. Days and errors as in
    `timeline`.

    >>> from csto_membership import CSTO
    >>> print(describe(together(CSTO, states=["Georgia", "Uzbekistan"])))
    Days together as members: Collective Security Treaty Organization; declared; 1992-05-15 to 2026-01-20. Georgia: 1959 days. Uzbekistan: 4729 days, with Georgia 1959.
    """
    shown = triangle(data, states, first, last)
    with _matplotlib():
        from csto_membership.plots._drawn.together import draw
    return draw(shown, ax)


def region(
    data: Drawable,
    date: DateLike,
    *,
    states: Iterable[StateLike] | StateLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """
    Draw what each state was in each organisation on a day, as a table of states by organisations.

    Of an imprecise date it is one unknown day. A star marks organisations of which nothing is told on that day any more,
    and which go on as they were. By default of every state that has a relation on that day to one of the organisations, or
    may have one to an organisation that lists it; those of most memberships stand first.
    Errors as in `timeline`, and `DateError` for what is no date.

    >>> import csto_membership as csto
    >>> print(describe(region([csto.CSTO, csto.history("cis")], "2009-08-18", states=["Georgia", "Moldova"])))
    States by organisation on 2009-08-18; declared. Georgia: former in CSTO, former in CIS. Moldova: member in CIS.
    """
    shown = states_by_organisation(data, date, states)
    with _matplotlib():
        from csto_membership.plots._drawn.region import draw
    return draw(shown, ax)


def describe(picture: Axes | Drawable) -> str:
    """
    What a picture shows, in words: a text in place of it for those who do not see it.

    Of Axes on which this room has drawn; of a history or another of its data, as `timeline` would show it, which needs no
    matplotlib. Raises `ArgumentError` for anything else.

    >>> from csto_membership import CSTO
    >>> describe(CSTO).split(". ")[1]
    'Armenia, Kazakhstan, Kyrgyzstan, Russia and Tajikistan: member from 1992-05-15 on'
    """
    if not _is_axes(picture):
        return timelines(picture).text
    from csto_membership.plots._drawn.canvas import words_on

    texts = words_on(picture)
    if not texts:
        raise ArgumentError("picture", picture, "on these Axes is no picture of csto_membership.plots", __all__)
    return "\n".join(texts)


def _is_axes(value: Any) -> TypeGuard[Axes]:
    # Whoever has Axes has imported their module.
    module = sys.modules.get("matplotlib.axes")
    return module is not None and isinstance(value, module.Axes)


@contextmanager
def _matplotlib() -> Iterator[None]:
    """Where matplotlib is not installed the error names the extra that brings it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise MissingExtraError("matplotlib", "plots") from None
