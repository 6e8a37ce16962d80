"""Random days and imprecise dates: near one another, so that they collide, and now and then of an awkward kind."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from hypothesis import strategies as st

from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import Period

#: Days that have tripped somebody: leap days and those of years that have none, ends of years, ends of the calendar.
AWKWARD_DAYS = (
    dt.date(2000, 2, 29),
    dt.date(1900, 2, 28),
    dt.date(2100, 3, 1),
    dt.date(1999, 12, 31),
    dt.date(1582, 10, 15),
    dt.date.min,
    dt.date.max,
)
_QUALIFIERS = ("?", "~", "%")


def shift(day: dt.date, days: int) -> dt.date:
    """The day so many days later, or the end of the calendar."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), dt.date.max.toordinal()))


class Span(NamedTuple):
    """The days from a first to a last one, both included, in which something is drawn."""

    first: dt.date = dt.date.min
    last: dt.date = dt.date.max

    def shifted(self, day: dt.date, days: int) -> dt.date:
        """The day so many days later, or the end of the span that would be passed."""
        return min(max(shift(day, days), self.first), self.last)

    def within(self, day: dt.date) -> dt.date:
        """The day, or the end of the span that it has passed."""
        return self.shifted(day, 0)

    @property
    def awkward(self) -> list[dt.date]:
        """Its own ends, and the awkward days that it has."""
        return list(dict.fromkeys([self.first, self.last, *(day for day in AWKWARD_DAYS if day in self)]))

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.first <= day <= self.last

    @property
    def is_short(self) -> bool:
        """Whether its days are so few that any two of them are near each other."""
        return len(Period(*self)) <= _FEW_DAYS


_FEW_DAYS = 31


@st.composite
def spans(draw: st.DrawFn, whole: Span) -> Span:
    """A span of days, weeks or years in a long one; a short one as it is."""
    if whole.is_short:
        return whole
    length = draw(st.sampled_from((12, 12, 12, 400, 7000)))
    first = whole.shifted(draw(exact_days(whole)), -draw(st.integers(0, length)))
    return Span(first, whole.shifted(first, length))


def exact_days(span: Span) -> st.SearchStrategy[dt.date]:
    """Days of a span."""
    anywhere = st.dates(span.first, span.last)
    return anywhere if span.is_short else anywhere | st.sampled_from(span.awkward)


@st.composite
def ranged_dates(draw: st.DrawFn, span: Span, near: dt.date) -> str:
    """An exact day or a range of days, close to a given day: often the same, touching or overlapping."""
    first = span.shifted(near, draw(st.integers(-2, 3)))
    last = span.shifted(first, draw(st.sampled_from((0, 0, 0, 1, 1, 2, 3, 5))))
    return first.isoformat() if first == last else f"[{first}..{last}]"


@st.composite
def any_dates(draw: st.DrawFn, span: Span, near: dt.date) -> str:
    """A date of any kind as a text: mostly exact or ranged, now and then open or awkward."""
    kind = draw(st.sampled_from(("ranged",) * 6 + ("since", "until", "awkward")))
    if kind == "since":
        return f"[{span.shifted(near, draw(st.integers(-2, 2)))}..]"
    if kind == "until":
        return f"[..{span.shifted(near, draw(st.integers(-1, 3)))}]"
    if kind == "awkward":
        return draw(_awkward_dates(span, near))
    return draw(ranged_dates(span, near))


@st.composite
def _awkward_dates(draw: st.DrawFn, span: Span, near: dt.date) -> str:
    """Months and years that reach beyond the span, masks, qualifiers, ranges of one day, and the ends of the span."""
    year, month = f"{near.year:04}", f"{near.year:04}-{near.month:02}"
    eve = shift(span.first, -1)
    qualifier = draw(st.sampled_from(_QUALIFIERS))
    return draw(
        st.sampled_from(
            (
                month,
                f"{month}-XX",
                f"{eve.year:04}-{eve.month:02}",
                year,
                f"{month}{qualifier}",
                f"{near}{qualifier}",
                eve.isoformat(),
                f"[{eve}..{span.first}]",
                f"[{near}..{near}]",
                f"[..{span.first}]",
                f"[{span.last}..]",
                span.first.isoformat(),
                span.last.isoformat(),
            )
        )
    )


@st.composite
def texts_of_dates(draw: st.DrawFn, span: Span) -> str:
    """Dates of a span in EDTF; none reaches out of it but where its end is open."""
    near = draw(exact_days(span))
    kind = draw(st.sampled_from(("exact", "near", "awkward", "digits")))
    text = near.isoformat()
    if kind == "near":
        text = draw(any_dates(span, near))
    elif kind == "awkward":
        text = draw(_awkward_dates(span, near))
    elif kind == "digits":
        known = draw(st.integers(2, 4))
        text = text[:known] + "X" * (4 - known) + draw(st.sampled_from(("", "", *_QUALIFIERS)))
    return text if _fits(text, span) else near.isoformat()


def _fits(text: str, span: Span) -> bool:
    """Whether a text is a date, the known ends of which lie in a span; no year is 0000, as "00XX" might be."""
    if text.startswith(("00XX", "000X")):
        return False
    date = ImpreciseDate.parse(text)
    return all(end is None or end in span for end in (date.earliest, date.latest))
