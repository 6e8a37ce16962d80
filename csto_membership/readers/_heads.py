"""
Which row of a depositary's table is its header, and what that says of each column beside the others.

What the words of one header mean is read in `_headers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csto_membership._values.cells import visible
from csto_membership._values.wording import together
from csto_membership.readers._dated import is_empty, is_number, may_tell, tidy
from csto_membership.readers._grids import Grid, Line
from csto_membership.readers._headers import (
    Column,
    column_of,
    ends_in_act,
    is_participant,
    is_treaty,
    plain,
    tells_treaty,
)
from csto_membership.readers._sheet import column_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from csto_membership.exceptions import RecordError
    from csto_membership.readers._sheet import Sheet


#: How columns are to be named.
KNOWN = 'name it as "Signature", "Ratification, Accession(a), Succession(d)" or the like'
#: What has no more letters is a mark.
_LONGEST_MARK = 2
#: So many of the treaties that a table is about are named.
_MOST_NAMED = 3


class Head(NamedTuple):
    """Where the participants stand, and what the other columns tell: None for no act."""

    participant: int
    columns: tuple[Column | None, ...]
    titles: tuple[str, ...]


def renamed(row: Sequence[str], rename: Mapping[str, str]) -> list[str]:
    """A header with the names that the caller has for columns in place of theirs."""
    return [rename.get(column_name(cell), cell) for cell in map(tidy, row)]


def words_of(titles: Sequence[str]) -> list[str]:
    """The words of a header without footnotes, case, and empty cells at its end, as headers are compared."""
    words = [plain(title).casefold() for title in titles]
    while words and not words[-1]:
        words.pop()
    return words


def is_head(rename: Mapping[str, str], row: Sequence[str]) -> bool:
    """Whether a row is a header: it has participants, and a column that tells an act on the treaty."""
    titles = renamed(row, rename)
    found = [column for title in titles if not is_participant(title) and (column := column_of(title))]
    return any(map(is_participant, titles)) and any(column.acts and not column.amends for column in found)


def head_of(sheet: Sheet, grid: Grid, rename: Mapping[str, str]) -> Head:
    """The header of a table. Raises `RecordError` where it has none that tells acts."""
    if grid.head is None or not is_head(rename, grid.rows[grid.head].cells):
        raise _no_head(sheet, grid, rename)
    titles = renamed(grid.rows[grid.head].cells, rename)
    at = next(number for number, title in enumerate(titles) if is_participant(title))
    columns = [column_of(title) if number != at else None for number, title in enumerate(titles)]
    _mark_amendments(columns, grid.rows[grid.head + 1 :])
    head = Head(at, tuple(columns), tuple(titles))
    for number, title in enumerate(titles):
        if columns[number] is None and tells_treaty(title) and (several := _treaties(head, number, grid))[1:]:
            problem = f"column {number + 1} ({visible(title)!r}) names several: {together([repr(one) for one in several[:_MOST_NAMED]])}"
            raise sheet.refusal(grid.rows[grid.head].number, problem, "give the rows of one treaty alone")
    return head


def _no_head(sheet: Sheet, grid: Grid, rename: Mapping[str, str]) -> RecordError:
    """The error for a table without a header that tells acts, with what its first row lacks."""
    filled = [row for row in grid.rows if any(map(tidy, row.cells))] or [Line(1, [])]
    titles, *below = (renamed(row.cells, rename) for row in filled[:2])
    missing = "no column tells an act" if any(map(is_participant, titles)) else "no row is a header"
    remedy = f'a header has "Participant" and columns of acts: {KNOWN}'
    if any((column := column_of(title)) and column.acts for title in (below or [[]])[0]):
        remedy = f"a header over two rows is not read: write it as one; {remedy}"
    elif any(map(ends_in_act, titles)):
        remedy = f'the act stands first in a header, as in "Signature of the Convention"; {remedy}'
    return sheet.refusal(filled[0].number, missing, remedy, ", ".join(titles)[:80] or None)


def _treaties(head: Head, number: int, grid: Grid) -> list[str]:
    """What a column calls the treaties that rows are about; dates, and acts, are none."""
    assert grid.head is not None, "a table without a header is refused"
    named: dict[str, str] = {}
    for row in grid.rows[grid.head + 1 :]:
        cells = [tidy(cell) for cell in row.cells]
        if (
            len(cells) > max(number, head.participant)
            and cells[head.participant]
            and _is_treaty(cells[number], head.titles[number])
        ):
            named.setdefault(cells[number].casefold(), cells[number])
    named.pop(head.titles[number].casefold(), None)
    return list(named.values())


def _is_treaty(cell: str, title: str) -> bool:
    """Whether what stands below a title such as "Treaty" may be one, and no date, no act and no mark of one."""
    if is_empty(cell) or (title.casefold().startswith("instrument") and cell.isalpha() and len(cell) <= _LONGEST_MARK):
        return False
    return is_treaty(cell) or is_number(cell) or not (may_tell(cell) or column_of(cell))


def _mark_amendments(columns: list[Column | None], rows: Iterable[Line]) -> None:
    """
    Mark the columns that are about something else than the treaty, since the same act on it has a column before them.

    Two columns may tell of one act in two ways ("Ratification", "Accession"): then no row has both.
    """
    filled = [
        {number for number, cell in enumerate(row.cells[: len(columns)]) if not is_empty(tidy(cell))} for row in rows
    ]
    of_treaty: dict[str, list[int]] = {}
    for number, column in enumerate(columns):
        if column is None or column.amends:
            continue
        roles = {"consent" if meaning.binds else str(meaning) for meaning in column.meanings if meaning.acts}
        before = sorted({other for role in roles for other in of_treaty.get(role, ())})
        titles = [other.title for at in before if (other := columns[at])]
        # "Ratification of the Protocol" beside "Ratification".
        named = column.names and any(
            other.names != column.names and other.acts & column.acts for at in before if (other := columns[at])
        )
        if named or column.title in titles or any(number in row and not row.isdisjoint(before) for row in filled):
            columns[number] = column._replace(amends=f"{column.title} (column {number + 1})")
            continue
        for role in roles:
            of_treaty.setdefault(role, []).append(number)
