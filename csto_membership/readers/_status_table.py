"""
A depositary's status table: a row for each participant, with the days of its acts and the marks that its header declares.

`_grids` finds its rows, `_heads` the header among them, `_headers` reads what the marks mean, and `_dated` what the cells
say; `_united_nations` and `_council` read the rows of each form, and `_parties` keeps what they tell. Which events that
makes is `_deeds`'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Literal

from attrs import evolve

from csto_membership._evidence.claims import Kind, Source
from csto_membership._evidence.instruments import Delay, Force, Instrument
from csto_membership._files.known_states import known_states
from csto_membership._values.acts import CONSENT, Act
from csto_membership._values.dates import optional_date
from csto_membership._values.given import of_kind
from csto_membership._values.readings import as_reading
from csto_membership._values.terms import duration_parts
from csto_membership.exceptions import ArgumentError, DateError
from csto_membership.readers._cells import Cells
from csto_membership.readers._council import chart_in, is_chart, read_chart
from csto_membership.readers._covers import until
from csto_membership.readers._forms import form
from csto_membership.readers._frame import Frame, RowNumber, column_names, frame_of
from csto_membership.readers._grids import Grid, Line, grid_in, text_of
from csto_membership.readers._heads import head_of, is_head
from csto_membership.readers._parties import Parties
from csto_membership.readers._sheet import Sheet, column_name
from csto_membership.readers._united_nations import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csto_membership._evidence.institutions import Coverage
    from csto_membership._values.dates import DateLike
    from csto_membership._values.states import State
    from csto_membership.readers._frame import Tabular
    from csto_membership.readers._parties import Footnotes
    from csto_membership.readers._table import Table


#: The source of what is read from a depositary's status table.
DEPOSITARY = Source("depositary", Kind.PRIMARY, "A depositary's status table")

#: The acts from which force follows, in the order of the vocabulary.
_OF = tuple(act for act in Act if act in CONSENT)


@form("status-table")
def read_status_table(
    path: Tabular,
    organisation: str,
    in_force: DateLike | None = None,
    force_after: str | Mapping[str, str] | Delay | None = None,
    as_of: DateLike | None = None,
    *,
    title: str = "",
    footnotes: Footnotes | None = None,
    covers: Coverage | None = None,
    bad_rows: Literal["raise", "skip"] = "raise",
    source: Source = DEPOSITARY,
    states: Iterable[State] | State = (),
    reading: str = "legal",
    delimiter: str | None = None,
    encoding: str = "utf-8-sig",
    columns: Mapping[str, str] | None = None,
) -> Table:
    r"""
    A depositary's status table of one treaty, as the record of `organisation`: claims of acts, never of statuses.

    Read are the form of the United Nations (a column of participants, and columns of dates) as CSV, as text pasted from a
    page with tabs, or as the page itself (HTML); and the JSON of the treaty office of the Council of Europe, or its rows.

    - A mark after a date means what the header of its own column says: "Acceptance(A), Accession(a), Succession(d)". A date
      without a mark is of the act that has none. An empty cell: it has not. A mark that no header declares, and a cell
      that is no date, are faults. Numbers of footnotes, and cells that run over lines, do no harm.
    - A definitive signature is a signature and an acceptance on its day. Formal confirmation is read as ratification, and
      consent to be bound, participation, simplified procedure and application as acceptance, each with a note.
    - A succession is dated on the deposit of its notification. By law the state may have been bound since it began, as
      lists of states count: under "legal" these days are undetermined.
    - Rows of one participant tell together of its stays: an act of one kind is another one where an end lies between.
    - In brackets, a signature, a consent or all acts of a participant were taken back: by the denunciation or the
      withdrawal that the table or `footnotes` tells, else on an unknown day after them, before it joined again and by
      `as_of`. A denunciation, a withdrawal or a force in brackets may never have come about.
    - `footnotes` are by participant or mark: `{"Burundi": "2017-10-27"}` for a withdrawal, or acts with their days.
    - Columns for amendments are of instruments of their own: their dates are kept as steps, and change nobody's status. So
      are those of a column that is about something else than the treaty, as "Withdrawal of reservation".
    - `in_force` is the day of the treaty's own force. `force_after` is the time from a deposit to the force for a state,
      "P90D", or `{"add": "P60D", "then": "next_month"}` for the first day of the month after: both days then follow, never
      before the treaty's own, and are marked as inferred. Without it the law says signatory or member: undetermined.
    - Histories begin under `reading`, by default "legal": who has signed and not ratified is a signatory, and no member.
    - The table vouches for the states that it lists until `as_of`, the table's own day, or else the last day that it names.
      Later, the last known status is assumed to continue, and the answer says so.
    - Organisations, notes and columns that tell no act on the treaty are left out, and told in `Table.ignored`. What may be
      a date in such a column is a fault; `columns` says which act it is of.
    - The tables of a page that have one header are one. A header of other columns is a fault, as is a state that two tables
      tell of in two ways: they may be of two treaties. A column that names several treaties is refused.
    - Of a state of which a row is skipped, or part of it, nothing is known.

    Raises `RecordError` for a table without a header that tells acts, and for bad rows unless they are skipped,
    `ArgumentError`, `UnknownNameError` and `DateError` for options that cannot be, and OSError where the file cannot be
    opened.

    >>> rows = [
    ...     {"Participant": "Benin", "Signature": "3 May 1999", "Ratification, Accession(a)": "4 Jun 2001"},
    ...     {"Participant": "Togo", "Signature": "3 May 1999", "Ratification, Accession(a)": ""},
    ...     {"Participant": "Palau", "Signature": "", "Ratification, Accession(a)": "9 Feb 2003 a"},
    ... ]
    >>> treaty = read_status_table(rows, "treaty", in_force="2002-01-01", force_after="P90D").history("treaty")
    >>> [str(treaty.was_member(state, "2003-05-09")) for state in ("Benin", "Togo", "Palau")]
    ['yes', 'no', 'no']
    >>> print(treaty.was_member("Palau", "2003-05-10"), treaty.under("declared").was_member("Togo", "1999-05-03"))
    yes yes
    """
    if not isinstance(organisation, str) or not organisation.strip() or not organisation.isprintable():
        raise ArgumentError("organisation", organisation, "an id is one line of text")
    of_kind("source", source, Source)
    last, begun_under = until(as_of, covers), as_reading(reading).name
    treaty = _treaty(organisation, title, in_force, force_after)
    if source == DEPOSITARY and last:
        # A status table is published anew each day.
        source = evolve(source, published=last, consulted=last)
    table = path if is_chart(path) or isinstance(path, (str, PathLike)) else frame_of(path)
    chart = chart_in(table) if isinstance(table, Frame) else table if is_chart(table) else None
    sheet = Sheet([] if is_chart(table) else table, bad_rows, encoding, delimiter)
    cells = Cells(sheet, known_states(states))
    parties = Parties(sheet, organisation, source, footnotes, last)
    text = text_of(sheet, table, encoding) if isinstance(table, (str, PathLike)) else ""
    instruments = [treaty]
    if chart or _JSON.match(text):
        read_chart(chart or text, sheet, cells, parties)
    else:
        rename = {column_name(theirs): ours for ours, theirs in column_names(columns).items()}
        grid = (
            _grid_of(table) if isinstance(table, Frame) else grid_in(text, delimiter, partial(is_head, rename), sheet)
        )
        reader = Reader(sheet, cells, parties, organisation, head_of(sheet, grid, rename), rename)
        instruments += reader.amendments
        reader.read(grid)
    return parties.table(title, covers, instruments, begun_under)


#: How a chart begins that is JSON; a table may begin with a bracket as well.
_JSON = re.compile(r'\s*[\[{]\s*[\[{"\]}]')


def _grid_of(frame: Frame) -> Grid:
    """The rows of a frame, which has its header apart."""
    return Grid([Line(RowNumber(-1), list(frame.columns)), *(Line(*row) for row in frame.rows())], 0)


def _treaty(
    organisation: str, title: str, in_force: DateLike | None, force_after: str | Mapping[str, str] | Delay | None
) -> Instrument:
    """The treaty, with the rule by which it enters into force for each state."""
    force = Force((), retroactive=(Act.SUCCESSION,))
    if force_after is not None:
        force = evolve(force, of=_OF, after=_delay(force_after))
    own = optional_date(in_force)
    return Instrument(organisation, "treaty", title or organisation, in_force=own, force=force)


def _delay(given: object) -> Delay:
    """The time from a deposit to its force: a duration, "next_month" for the first day of the month after, or both."""
    allowed = ['"P90D"', '"next_month"', '"P60D, then next_month"']
    if isinstance(given, Delay):
        return given
    if isinstance(given, str):
        # "P60D, then next_month"
        words = [word for word in re.findall(r"\w+", given) if word != "then"]
        then = "next_month" if words[-1:] == ["next_month"] else ""
        given = {"add": " ".join(words[:-1] if then else words), "then": then}
    parts = dict(given) if isinstance(given, Mapping) else {}
    if not parts or not set(parts) <= {"add", "then"} or not any(parts.values()):
        raise ArgumentError("force_after", given, "it is the time from a deposit to the force for a state", allowed)
    add, then = parts.get("add") or "", parts.get("then") or ""
    if then not in ("", "next_month"):
        raise ArgumentError("force_after", then, "then is the first day of the month after", ["next_month"])
    if add in _AT_ONCE:
        return Delay("", "next_month" if then else "")
    try:
        if add:
            duration_parts(add)
    except (DateError, TypeError) as error:
        raise ArgumentError("force_after", add, getattr(error, "reason", "it is no duration"), allowed) from None
    return Delay(add, "next_month" if then else "")


#: No time at all.
_AT_ONCE = ("P0D", "P0M", "P0Y", "P0W")
