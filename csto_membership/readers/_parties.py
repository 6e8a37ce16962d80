"""
What a depositary's table tells of those who take part in a treaty, and the record that it makes.

All rows of a participant tell together of its stays.

- An act of joining in brackets, or in the row of a participant in brackets, was taken back: by the denunciation or the
  withdrawal that the table or a footnote tells, else on some later day, before the state joined again.
- A denunciation takes effect on its day or later, before the state joins again. Where no effect is told, and no
  revocation, it did so on an unknown day.
- Any other act in brackets may never have come about, as a withdrawal that was taken back; unless it belongs to a stay
  that is in brackets itself.
- A participant that is an organisation is left out, and told by its name.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from csto_membership._evidence.claims import Claim, Note, Step
from csto_membership._evidence.instruments import Instrument
from csto_membership._evidence.record import Record
from csto_membership._values.acts import CONSENT, ENDS, Act, as_act
from csto_membership._values.cells import visible
from csto_membership._values.dates import ImpreciseDate, as_imprecise
from csto_membership._values.names import name_key
from csto_membership.exceptions import ArgumentError, DateError, UnknownNameError
from csto_membership.readers._covers import last_day_of, listed
from csto_membership.readers._deeds import Deed, events_of_all
from csto_membership.readers._stays import Lost, lines_text
from csto_membership.readers._table import RecordTable, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from csto_membership._evidence.claims import Source
    from csto_membership._evidence.institutions import Coverage
    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import State
    from csto_membership.readers._cells import Cells
    from csto_membership.readers._sheet import Sheet


#: By a participant, or the mark of a footnote: the day on which it left, or acts with their days.
Footnotes: TypeAlias = "Mapping[str, DateLike | Mapping[str, DateLike]]"

#: What no state is called. Of words that states have as well ("Soviet Union", "West Bank") only what organisations say.
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ations?|agency|association|commission|fund|institute|secretariat|international|interpol|eurocontrol"
    r"|euratom|unesco|nato|united nations|order of malta|(?:european|african|economic|andean|caribbean|development|steel"
    r"|energy) communit(?:y|ies)|(?:european|(?<!south )african|arab maghreb|eurasian|economic|monetary|customs|postal"
    r"|telecommunications?|parliamentary) union|(?:development|investment|central|world) bank|league of|arab league"
    r"|council (?:of|for)|(?:co-?operation|nordic|european) council|(?:seabed|development|basin) authority)\b"
    r"|^(?:the )?(?:union|bank|community) (?:of|for)\b",
    re.IGNORECASE,
)
#: What has the name of a state in its own, and is none.
_NO_STATE = re.compile(r"(?:sovereign )?(?:military )?(?:hospitaller )?order of malta", re.IGNORECASE)
_DAY = dt.timedelta(1)


def is_organisation(name: str, cells: Cells) -> bool:
    """
    Whether a name that is of no state is that of an organisation.

    One with a state in it may be that state's: "USSR (Soviet Union)", "Netherlands (for the European Community)".
    """
    return _ORGANISATION.search(name) is not None and not cells.within(_NO_STATE.sub(" ", name))


class Entry(NamedTuple):
    """
    An act of a participant as a cell tells it, or as follows from one.

    `role` is what the act is to the treaty: a state does each once in a stay. `withdrawn` says that brackets take the act
    back, `doubtful` that it may therefore never have come about. `line` is that of its row.
    """

    act: Act
    date: ImpreciseDate
    locator: str
    role: str
    note: str = ""
    inferred: bool = False
    withdrawn: bool = False
    doubtful: bool = False
    line: int = 0

    @property
    def joins(self) -> bool:
        """Whether a stay begins with the act, or goes on with it to the consent."""
        return self.act.opens or self.act in CONSENT

    @property
    def leaves(self) -> bool:
        """Whether nothing of the same stay comes after the act."""
        return self.act in ENDS or self.act is Act.NOTICE_OF_WITHDRAWAL


class Parties:
    """The participants of one treaty, as the rows of a table tell of them."""

    def __init__(
        self, sheet: Sheet, organisation: str, source: Source, footnotes: Footnotes | None, last: dt.date | None
    ) -> None:
        self._sheet, self._id, self._source, self._last = sheet, organisation, source, last
        self._deeds: Rows[Deed] = Rows()
        self._deeds.read[organisation] = {}
        self._told: dict[str, list[Entry]] = {}
        self._steps: list[Step] = []
        self._notes: list[Note] = []
        self._ignored: list[str] = []
        self._footnotes = _read_footnotes(footnotes)
        self._unused = set(self._footnotes)

    # What rows say

    def add(self, line: int, state: State, name: str, entries: Sequence[Entry], footnotes: Iterable[str]) -> None:
        """Take in the row of a state, with what its footnotes say."""
        told = [*entries, *self._said(state, name, footnotes)]
        self._deeds.name(self._id, state)
        self._told.setdefault(state.id, []).extend(entry._replace(line=line) for entry in told)

    def lose(self, line: int, state: State | None, name: str, cells: Cells) -> None:
        """Keep a row that could not be read, or not all of it."""
        self._deeds.lose(self._id, state, cells.lost(line, name, state))

    def step(self, state: State, date: ImpreciseDate, words: str, locator: str) -> None:
        """Keep what changes no status."""
        self._steps.append(Step((state.id,), self._source.id, date, words, locator))

    def leave_out(self, line: int, text: str, why: str, *, keep: bool = False) -> None:
        """Tell what is no participant, or no state; of a note of the table its text is kept."""
        self._ignored.append(f"{lines_text([line])}: {visible(text[:80])!r} is left out: {why}")
        if keep:
            self._notes.append(Note(f"{lines_text([line])}: {text}", (self._source.id,)))

    def leave_out_column(self, number: int, title: str, why: str) -> None:
        """Tell which column changes no status, and why."""
        self._ignored.append(f"column {number + 1} ({visible(title[:80])!r}) {why}")

    def _said(self, state: State, name: str, marks: Iterable[str]) -> list[Entry]:
        """What the footnotes of a row say, as the caller gives them."""
        found = []
        names = {name_key(text) for text in (name, *state.aliases)}
        for key, acts in self._footnotes.items():
            if key in marks or name_key(key) in names:
                self._unused.discard(key)
                found += [Entry(act, date, f"footnote {key}", act.value.replace("_", " ")) for act, date in acts]
        return found

    # What they make

    def table(
        self, title: str, covers: Coverage | None, instruments: Sequence[Instrument], reading: str
    ) -> RecordTable:
        """The table of the one record. Raises `RecordError` for bad rows unless they are skipped."""
        if self._unused:
            key = min(self._unused)
            raise ArgumentError("footnotes", key, "no participant is called so, and none has this mark")
        sheet, deeds = self._sheet, self._deeds
        for line in sheet.torn:
            deeds.lose("", None, Lost(line))
        for state in deeds.states:
            for entry in _in_full(self._told.get(state.id, ()), self._last):
                deeds.add(self._id, state, self._deed(entry))
        by_state = deeds.read[self._id]
        dates = [deed.claim.date for own in by_state.values() for deed in own]
        dates += [step.date for step in self._steps]
        vouched = covers or listed(self._last or last_day_of(dates))
        states = [state for state in deeds.states if state.id in by_state]
        events = events_of_all(sheet, deeds, self._id, states, vouched, self._source)
        faults = sheet.finish()
        record = Record(
            self._id,
            title,
            coverage=deeds.coverage(vouched, self._id),
            states=tuple(states),
            sources=(self._source,),
            instruments=tuple(instruments),
            events=tuple(events),
            steps=tuple(self._steps),
            notes=tuple(self._notes),
            reading=reading,
        )
        return RecordTable({self._id: record}, faults=faults, ignored=tuple(self._ignored))

    def _deed(self, entry: Entry) -> Deed:
        claim = Claim(self._source.id, entry.act, entry.date, entry.locator, inferred=entry.inferred, note=entry.note)
        role = f"{entry.role}{' taken back' if entry.withdrawn else ''}"
        return Deed(claim, entry.line, self._source.id, instrument=self._id, role=role, doubtful=entry.doubtful)


#: Acts that begin a stay where no other has.
_BEGINNING = frozenset({Act.PROVISIONAL_APPLICATION, Act.ENTRY_INTO_FORCE, Act.RETURN})


def _in_full(told: Iterable[Entry], last: dt.date | None) -> Iterator[Entry]:
    """What all rows tell of a state, stay by stay, and the ends that follow from it."""
    stays: list[tuple[Entry | None, list[Entry]]] = [(None, [])]
    for entry in sorted(
        told, key=lambda entry: (entry.date.earliest or dt.date.min, not entry.joins, not entry.withdrawn)
    ):
        joined, rest = stays[-1]
        over = joined is None or any(one.leaves for one in rest)
        if entry.joins or (over and entry.act in _BEGINNING):
            stays.append((entry, []))
        else:
            # In a stay that is in brackets itself they say no more than that.
            doubtful = entry.withdrawn and joined is not None and not joined.withdrawn
            rest.append(entry._replace(withdrawn=False, doubtful=doubtful))
    bound = False
    for (joined, rest), (after, _) in zip_longest(stays, stays[1:], fillvalue=(None, [])):
        yield from (*([joined] if joined else []), *rest, *_end(joined, rest, after, last, bound=bound))
        over = any(one.leaves for one in rest)
        bound = not over and (bound or bool(joined and joined.act in CONSENT and not joined.withdrawn))


def _end(
    joined: Entry | None, rest: Sequence[Entry], after: Entry | None, last: dt.date | None, *, bound: bool
) -> Iterator[Entry]:
    """
    The withdrawal that follows from a notice, or from brackets, where no end of a stay is told.

    `bound` says that the state had consented before, which no brackets take back.
    """
    notices: list[Entry] = []
    for entry in rest:
        if entry.act in ENDS:
            return
        if entry.act is Act.NOTICE_OF_WITHDRAWAL:
            notices.append(entry)
        elif entry.act is Act.REVOCATION:
            notices.clear()
    by = last if joined and joined.withdrawn else None
    if notices:
        first = notices[0]
        note = "the denunciation took effect on its day or later: the table does not tell when"
        date = _some_day(first.date.earliest, 0, after, by)
        yield _withdrawal(first, date, note, doubtful=any(notice.doubtful for notice in notices))
    elif joined and joined.withdrawn and not (after and after.withdrawn):
        note = "in brackets: taken back on a day that the table does not tell"
        # One row has the brackets and another has not: was it taken back at all?
        rival = after is not None and after.line != joined.line and after.date == joined.date
        since = max((entry.date.earliest for entry in (joined, *rest) if entry.date.earliest), default=None)
        date = _some_day(since, 1, None if rival else after, by)
        yield _withdrawal(joined, date, note, doubtful=rival or bound)


def _withdrawal(following: Entry, date: ImpreciseDate, note: str, *, doubtful: bool) -> Entry:
    return Entry(
        *(Act.WITHDRAWAL, date, following.locator, "withdrawal", note),
        inferred=True,
        doubtful=doubtful,
        line=following.line,
    )


def _some_day(since: dt.date | None, days: int, after: Entry | None, last: dt.date | None) -> ImpreciseDate:
    """Some day so many days after another, before the next act, and by the day of the table; that other day for none."""
    ends = [last] if last else []
    if after and after.date.earliest:
        ends.append(max(after.date.earliest, dt.date.min + _DAY) - _DAY)
    latest = min(ends, default=None if since else dt.date.max)
    if since is None:
        return ImpreciseDate(None, latest)
    earliest = since + dt.timedelta(min(days, (dt.date.max - since).days))
    return ImpreciseDate.on(since) if latest and latest < earliest else ImpreciseDate(earliest, latest)


def _read_footnotes(footnotes: Any) -> dict[str, list[tuple[Act, ImpreciseDate]]]:
    """The acts that footnotes tell of, by their key."""
    if footnotes is None:
        return {}
    form = 'by a participant or a mark, the day of withdrawal, or acts with days: {"3": {"withdrawal": "2017-10-27"}}'
    if not hasattr(footnotes, "items"):
        raise ArgumentError("footnotes", footnotes, form)
    read: dict[str, list[tuple[Act, ImpreciseDate]]] = {}
    for key, said in footnotes.items():
        acts = said if hasattr(said, "items") else {Act.WITHDRAWAL: said}
        try:
            read[str(key)] = [(as_act(act), as_imprecise(date)) for act, date in acts.items()]
        except (DateError, UnknownNameError) as error:
            raise ArgumentError("footnotes", said, str(error)) from None
    return read
