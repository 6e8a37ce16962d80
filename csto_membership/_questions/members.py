"""Who was a member on one unknown day of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership._questions.answers import Members, asked_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from csto_membership._evidence.institutions import Coverage
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.states import State
    from csto_membership._values.verdict import Verdict
    from csto_membership._view.lines import Sides
    from csto_membership._view.timeline import Timeline


def members_of(
    date: ImpreciseDate,
    days: Sequence[Sides],
    coverage: Coverage,
    *,
    organisation: str,
    reading: str,
    caveats: Iterable[str],
    others: Verdict,
    bound_by: str = "",
    timelines: Mapping[str, Timeline] | Callable[[], Mapping[str, Timeline]] | None = None,
) -> Members:
    """
    The members on one unknown day of a date, from those of each of its days; more where some may be missing.

    `others` is the answer for every state that is not named.
    """
    certain, possible = days[0]
    if len(days) > 1:
        always: set[State] = set.intersection(*(set(sides.certain) for sides in days))
        ever: set[State] = set.union(*(set(sides.possible) for sides in days))
        certain, possible = certain & always, possible | ever
    return Members(
        date=asked_day(date),
        certain=certain,
        possible=possible,
        fewest=min(len(sides.certain) for sides in days),
        most=max(len(sides.possible) for sides in days) + coverage.unnamed,
        organisation=organisation,
        reading=reading,
        caveats=(*caveats, *([f"the list may be short: {coverage.missing}"] if coverage.missing else [])),
        others=others,
        bound_by=bound_by,
        lines=timelines or {},
    )
