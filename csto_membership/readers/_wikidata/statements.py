"""What one "member of" statement of Wikidata says: of which organisation, since when, until when, and by which rank."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import frozen

from csto_membership._evidence.claims import Rank
from csto_membership._values.acts import Status
from csto_membership._values.dates import ImpreciseDate
from csto_membership.readers._stays import UNKNOWN
from csto_membership.readers._wikidata.entities import UnreadError
from csto_membership.readers._wikidata.references import Cited, References, item_of, texts_of
from csto_membership.readers._wikidata.times import date_of, wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


MEMBER_OF = "P463"
_START, _END, _AT = "P580", "P582", "P585"
#: Between which days the start and the end lie: earliest date and latest start; earliest end, latest date, latest end.
_START_FROM, _START_BY = ("P1319",), ("P8555",)
_END_FROM, _END_BY = ("P8554",), ("P1326", "P12506")
_CAUSE, _WHY_DEPRECATED, _WHY_PREFERRED, _DISPUTED_BY = "P1534", "P2241", "P7452", "P1310"
#: Sourcing circumstances, and the nature of a statement: that it is doubtful, or about.
_CIRCUMSTANCES = ("P1480", "P5102")
#: What a member is to the organisation, or it to the member: an observer, say.
_ROLES = ("P2868", "P3831")
_WORDS = {
    _CAUSE: "end cause",
    "P1480": "sourcing circumstances",
    "P5102": "nature of the statement",
    _WHY_DEPRECATED: "reason for the deprecated rank",
    _WHY_PREFERRED: "reason for the preferred rank",
    _DISPUTED_BY: "disputed by",
    "P2868": "role of the state",
    "P3831": "role of the organisation",
    _AT: "point in time",
}
_DATED = {_START, _END, _AT, *_START_FROM, *_START_BY, *_END_FROM, *_END_BY}
#: Circa, near, approximately, estimate: the days are about right. Everything else makes them uncertain.
_ABOUT = frozenset({"Q5727902", "Q21818619", "Q60070514", "Q37113960"})
MEMBER = frozenset({Status.MEMBER})
#: What somebody in an unnamed role may be.
_SOME_ROLE = frozenset({Status.SIGNATORY, Status.ASSOCIATE, Status.PARTNER, Status.OBSERVER, Status.MEMBER})
#: A membership since ever.
EVER = ImpreciseDate(None, dt.date.min)


@frozen
class Statement:
    """
    A statement as it can be read.

    `starts` are the days on which it may begin, rivals if there are several; none where nothing is told. `ends` are the
    days of its end as Wikidata has them, None among them for "it has no end". `ended` says whether an end is told of.
    """

    place: str
    rank: Rank
    statuses: frozenset[Status]
    starts: tuple[ImpreciseDate, ...]
    ends: tuple[ImpreciseDate | None, ...]
    ended: bool
    cited: tuple[Cited, ...]
    locator: str
    note: str

    @property
    def bare(self) -> bool:
        """Whether it tells no days at all."""
        return not self.starts and not self.ends

    @property
    def complete(self) -> bool:
        """Whether it tells by when it began, and by when it ended or that it did not."""
        return bool(self.starts and self.ends) and all(end is None or end.latest for end in self.ends)


class Snaks(NamedTuple):
    """The qualifiers of a statement, and where they stand."""

    given: Mapping[str, Any]
    place: str

    def of(self, property_id: str) -> list[Any]:
        """The snaks of a property."""
        found = self.given.get(property_id, [])
        return found if isinstance(found, list) else [found]


def organisation_of(statement: object) -> str:
    """
    The id of the organisation of a statement; "" where it says that there is none, or that nobody knows which.

    Raises `UnreadError` for what is no statement.
    """
    snak = statement.get("mainsnak") if isinstance(statement, dict) else None
    kind = snak.get("snaktype") if isinstance(snak, dict) else None
    if kind in ("somevalue", "novalue"):
        return ""
    if kind != "value" or not (item := item_of(snak)):
        raise UnreadError("it names no organisation", kind, "its main snak has an item as its value")
    return item


def read_statement(
    statement: Mapping[str, Any], place: str, last_day: str | None, references: References, labels: Mapping[str, str]
) -> Statement:
    """The statement as it can be read. Raises `UnreadError`, with the place as its note, for what cannot be."""
    given = statement.get("qualifiers")
    snaks = Snaks(given if isinstance(given, dict) else {}, f"{place}.qualifiers")
    said = {one: texts_of(snaks.given[one], labels) for one in snaks.given}
    mark = _mark(snaks)
    starts, ends = (tuple(_told(snaks, one, mark)) for one in (_START, _END))
    start_by, end_from = _bound(snaks, _START_BY, "latest"), _bound(snaks, _END_FROM, "earliest")
    for date in _told(snaks, _AT, ""):
        # It was a member then: it had begun, and was not over.
        if date and date.latest:
            start_by = min(start_by or date.latest, date.latest)
        if date and date.earliest and date.earliest < dt.date.max:
            # On that day it was still inside, whatever an end day is.
            last = date.earliest + dt.timedelta(last_day not in ("in", "shared"))
            end_from = max(end_from or last, last)
    end_by = _bound(snaks, _END_BY, "latest")
    within = _within(starts, _bound(snaks, _START_FROM, "earliest"), start_by, mark, snaks)
    until = _within(ends, end_from, end_by, mark, snaks)
    _check_order(within, until)
    return Statement(
        place,
        _rank(statement),
        _SOME_ROLE if any(one in said for one in _ROLES) else MEMBER,
        tuple(_not_after(EVER if date is None else date, until) for date in within),
        tuple(date and _not_before(date, within) for date in until),
        bool(ends or end_by),
        tuple(references.cited(statement.get("references"), place)),
        _locator(statement),
        _note(said, snaks),
    )


def _rank(statement: Mapping[str, Any]) -> Rank:
    try:
        return Rank(statement.get("rank", "normal"))
    except ValueError:
        known = ", ".join(Rank)
        raise UnreadError("there is no such rank", statement.get("rank"), f"known are {known}") from None


def _locator(statement: Mapping[str, Any]) -> str:
    id = statement.get("id")
    return f"statement {' '.join(id.split())}" if isinstance(id, str) and id.strip() else ""


def _mark(snaks: Snaks) -> str:
    """The mark of the dates that the circumstances of a statement give: uncertain, approximate, or both."""
    items = [item_of(snak) for one in _CIRCUMSTANCES for snak in snaks.of(one) if _kind(snak) != "novalue"]
    about = any(item in _ABOUT for item in items)
    doubtful = any(item not in _ABOUT for item in items) or bool(snaks.of(_DISPUTED_BY))
    return "%" if about and doubtful else "~" if about else "?" if doubtful else ""


def _kind(snak: object) -> object:
    return snak.get("snaktype") if isinstance(snak, dict) else None


def _told(snaks: Snaks, property_id: str, mark: str) -> Iterable[ImpreciseDate | None]:
    """The dates of a property, each once: unknown ones for an unknown value, None for that there is none."""
    told: dict[object, ImpreciseDate | None] = {}
    for number, snak in enumerate(snaks.of(property_id)):
        date = _date(snak, f"{snaks.place}.{property_id}[{number}]")
        told.setdefault(date and date.edtf, _marked(date, mark) if date else None)
    return told.values()


def _date(snak: object, place: str) -> ImpreciseDate | None:
    kind = _kind(snak)
    if kind == "somevalue":
        return UNKNOWN
    if kind == "novalue":
        return None
    data = _datavalue(snak)
    try:
        return date_of(data.get("value") if kind == "value" and isinstance(data, dict) else None)
    except UnreadError as error:
        error.add_note(place)
        raise


def _marked(date: ImpreciseDate, mark: str) -> ImpreciseDate:
    """The date with a mark besides its own."""
    marks = {*date.qualifier, *mark}
    both = "%" if "%" in marks or marks >= {"?", "~"} else "".join(marks)
    return ImpreciseDate(date.earliest, date.latest, both) if both != date.qualifier else date


def _bound(snaks: Snaks, properties: Iterable[str], side: str) -> dt.date | None:
    """The bound that properties give: of several values the widest."""
    dates = [date for one in properties for date in _told(snaks, one, "")]
    days = [getattr(date, side) for date in dates if date is not None]
    known = [day for day in days if day]
    return (min(known) if side == "earliest" else max(known)) if known else None


def _within(
    told: tuple[ImpreciseDate | None, ...], first: dt.date | None, last: dt.date | None, mark: str, snaks: Snaks
) -> tuple[ImpreciseDate | None, ...]:
    """The dates between two bounds; the bounds alone where no date is told."""
    if first is None and last is None:
        return told
    narrowed: list[ImpreciseDate | None] = []
    for date in told or (UNKNOWN,):
        if date is None:
            narrowed.append(None)
            continue
        earliest = max((day for day in (date.earliest, first) if day), default=None)
        latest = min((day for day in (date.latest, last) if day), default=None)
        if earliest and latest and earliest > latest:
            bounds = f"{date}, earliest {first or '..'}, latest {last or '..'}"
            error = UnreadError("the date lies outside its own bounds", bounds, "correct one of them")
            error.add_note(snaks.place)
            raise error
        narrowed.append(_marked(ImpreciseDate(earliest, latest, date.qualifier), mark))
    return tuple(narrowed)


def _note(said: Mapping[str, list[str]], snaks: Snaks) -> str:
    """What the qualifiers say besides days, and of days what a date cannot hold."""
    notes = [f"{_WORDS.get(one, one)}: {', '.join(texts)}" for one, texts in said.items() if one not in _DATED]
    for one in sorted(_DATED & set(snaks.given)):
        wides = [wide(data.get("value")) for snak in snaks.of(one) if isinstance(data := _datavalue(snak), dict)]
        notes += [f"{one} is {text}" for text in dict.fromkeys(filter(None, wides))]
        if one != _AT and len(said[one]) > 1:
            notes.append(f"{one} has {len(said[one])} values, which are taken for rivals")
    if _AT in said:
        notes.append(f"{_WORDS[_AT]}: {', '.join(said[_AT])}")
    return "; ".join(notes)


def _datavalue(snak: object) -> object:
    return snak.get("datavalue") if isinstance(snak, dict) else None


def _check_order(starts: Sequence[ImpreciseDate | None], ends: Sequence[ImpreciseDate | None]) -> None:
    """Refuse a statement that ends before it begins, whichever of its dates are right."""
    first, last = _first(starts), _last(ends)
    if first and last and last < first:
        raise UnreadError("it ends before it begins", f"{first} to {last}", "exchange the two days")


def _first(starts: Sequence[ImpreciseDate | None]) -> dt.date | None:
    """The earliest day of the start, None where that is unknown."""
    days = [start.earliest if start else None for start in starts]
    return None if None in days else min((day for day in days if day), default=None)


def _last(ends: Sequence[ImpreciseDate | None]) -> dt.date | None:
    """The latest day of the end, None where that is unknown."""
    days = [end.latest if end else None for end in ends]
    return None if None in days else max((day for day in days if day), default=None)


def _not_after(start: ImpreciseDate, ends: Sequence[ImpreciseDate | None]) -> ImpreciseDate:
    """The start, and not after the end."""
    last = _last(ends)
    if last is None or (start.latest and start.latest <= last) or (start.earliest and start.earliest > last):
        return start
    return ImpreciseDate(start.earliest, last, start.qualifier)


def _not_before(end: ImpreciseDate, starts: Sequence[ImpreciseDate | None]) -> ImpreciseDate:
    """The end, and not before the start."""
    first = _first(starts)
    if first is None or (end.earliest and end.earliest >= first) or (end.latest and end.latest < first):
        return end
    return ImpreciseDate(first, end.latest, end.qualifier)
