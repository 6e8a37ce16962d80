"""Answers in one sentence for people, with which an answer in a notebook begins."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from csto_membership._values.acts import ALL_STATUSES, Status, in_order
from csto_membership._values.date_rules import MONTHS
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import either, together

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A run of days, both included, None for open.
Run = tuple[dt.date | None, dt.date | None]

#: So many runs of days are told one by one.
_MOST_RUNS = 4
#: Statuses that leave out no more than so many are told by what they leave out.
_MOST_LEFT_OUT = 2
_WAS = {
    Status.NONE: "had no status",
    Status.SIGNATORY: "was a signatory",
    Status.ASSOCIATE: "was an associate",
    Status.PARTNER: "was a partner",
    Status.OBSERVER: "was an observer",
    Status.MEMBER: "was a member",
    Status.SUSPENDED: "was suspended",
    Status.FROZEN: "had frozen its participation",
    Status.FORMER: "no longer belonged",
}


def day_in_words(day: dt.date) -> str:
    """A day as people write it: "1 October 2012"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def on_day(date: dt.date | ImpreciseDate) -> str:
    """
    When, in a sentence: on a day, or on one unknown day of several.

    >>> on_day(dt.date(2012, 10, 1)), on_day(ImpreciseDate.parse("2006-06"))
    ('on 1 October 2012', 'on one unknown day of June 2006')
    >>> on_day(ImpreciseDate.parse("until 2000"))
    'on one unknown day until 31 December 2000'
    """
    if not isinstance(date, ImpreciseDate):
        return f"on {day_in_words(date)}"
    first, last = date.earliest, date.latest
    caveat = f" ({date.caveat})" if date.caveat else ""
    if first and date.is_year_or_month:
        is_year = last and last.month != first.month
        return f"on one unknown day of {first.year if is_year else f'{MONTHS[first.month - 1]} {first.year}'}{caveat}"
    run = in_days((first, last)) if first or last else ""
    return f"{run if date.is_exact else f'on one unknown day {run}'.rstrip()}{caveat}"


def in_days(run: Run) -> str:
    """During a run of days, in a sentence: "from 15 May 1992 to 20 April 1999"."""
    first, last = (day and day_in_words(day) for day in run)
    if first and last:
        return f"on {first}" if first == last else f"from {first} to {last}"
    if first:
        return f"from {first} on"
    return f"until {last}" if last else "on every day"


def possible(statuses: frozenset[Status]) -> str:
    """
    Possible statuses as alternatives; those that are nearly all by what they leave out.

    >>> possible(frozenset({Status.MEMBER, Status.FORMER})), possible(ALL_STATUSES - {Status.MEMBER})
    ('member or former', 'anything but member')
    """
    left_out = ALL_STATUSES - statuses
    if len(left_out) > _MOST_LEFT_OUT:
        return either(in_order(statuses))
    return f"anything but {either(in_order(left_out))}" if left_out else "anything"


def _open(statuses: frozenset[Status]) -> str:
    return f"{possible(statuses)} is possible" if statuses == ALL_STATUSES else possible(statuses)


def what_it_was(state: str, statuses: frozenset[Status], verdict: Verdict, date: dt.date | ImpreciseDate) -> str:
    """
    What a state was on a day, and whether that is membership.

    >>> what_it_was("Uzbekistan", frozenset({Status.SUSPENDED}), Verdict.NO, dt.date(2012, 10, 1))
    'Uzbekistan was suspended on 1 October 2012: not a member'
    """
    before, middle, after = around_state_and_day(statuses, verdict)
    return f"{before}{state}{middle}{on_day(date)}{after}"


def around_state_and_day(statuses: frozenset[Status], verdict: Verdict) -> tuple[str, str, str]:
    """
    What stands before the state, between it and the day, and after it in a sentence on what the state was.

    >>> around_state_and_day(frozenset({Status.FORMER}), Verdict.NO)
    ('', ' no longer belonged ', ': not a member')
    """
    if verdict is Verdict.UNDETERMINED:
        return "Whether ", " was a member ", f" is undetermined: {_open(statuses)}"
    left_out = ALL_STATUSES - statuses
    was = either(_WAS[Status(status)] for status in in_order(statuses))
    if len(left_out) <= _MOST_LEFT_OUT:
        was = f"was {possible(statuses)}"
    meaning = _counted_otherwise(statuses, verdict) or ("not a member" if verdict is Verdict.NO else "")
    return "", f" {was} ", f": {meaning}" if meaning else ""


def as_counted(statuses: frozenset[Status], verdict: Verdict) -> str:
    """
    Statuses as alternatives, and what they are counted as where that is not what they are called.

    >>> as_counted(frozenset({Status.SUSPENDED}), Verdict.YES), as_counted(frozenset({Status.SUSPENDED}), Verdict.NO)
    ('suspended, counted as a member', 'suspended')
    """
    return ", ".join(filter(None, (either(in_order(statuses)), _counted_otherwise(statuses, verdict))))


def _counted_otherwise(statuses: frozenset[Status], verdict: Verdict) -> str:
    if verdict is Verdict.YES and statuses != {Status.MEMBER}:
        return "counted as a member"
    return "not counted as a member" if verdict is Verdict.NO and Status.MEMBER in statuses else ""


def when_member(state: str, certain: Iterable[Run], perhaps: Iterable[Run]) -> str:
    """
    When a state was a member, in a sentence.

    >>> when_member("Belarus", [(dt.date(1993, 12, 31), None)], [])
    'Belarus was a member from 31 December 1993 on'
    """
    sure, open_ = (_runs(list(runs)) for runs in (certain, perhaps))
    if not sure:
        return f"{state} was perhaps a member {open_}" if open_ else f"{state} was never a member"
    return f"{state} was a member {sure}{f', and perhaps {open_}' if open_ else ''}"


def _runs(runs: list[Run]) -> str:
    if len(runs) <= _MOST_RUNS:
        return together([in_days(run) for run in runs])
    return f"in {len(runs)} runs of days {in_days((runs[0][0], runs[-1][1]))}"
