"""Questions across organisations, asked of many at once whose lines stand together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csto_membership.registry._memberships import Shared, shared
from csto_membership.registry._prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._values.verdict import Verdict
    from csto_membership.registry._book import Roll
    from csto_membership.registry._entries import Entry
    from csto_membership.registry._lines import Stretches


class Block(NamedTuple):
    """Organisations that have the same states, and of which the lines stand one after the other; or a single one."""

    roll: Roll
    entries: Sequence[Entry]

    def verdicts_on(self, state: str, date: ImpreciseDate) -> list[Verdict]:
        """The verdicts of each on the state that has this id in them, on one unknown day of a date."""
        head, place = self._at(state)
        if head is None or place is None or date.earliest is None or date.earliest != date.latest:
            return [entry.was_member(state, date) for entry in self.entries]
        return head.verdicts_of_rows(place, date.earliest, self._rows(head))

    def shared(self, a: str, b: str) -> Iterator[Shared]:
        """The runs of days on which both of two states with these ids were members, or may have been, by organisation."""
        ids = (entry.id for entry in self.entries)
        return shared(zip(ids, self._stretches(a), self._stretches(b), strict=True))

    def _stretches(self, state: str) -> Iterable[Stretches]:
        head, place = self._at(state)
        if head is None or place is None:
            return (entry.stretches(state) for entry in self.entries)
        return head.stretches_of_rows(place, self._rows(head))

    def _at(self, state: str) -> tuple[Prepared | None, int | None]:
        """The first organisation if the lines stand together, and the place of the state in all of them."""
        head = self.entries[0]
        return (head, head.place(state)) if isinstance(head, Prepared) else (None, None)

    def _rows(self, head: Prepared) -> range:
        return range(head.row, head.row + len(self.entries))


def blocks_of(entries: Iterable[Entry], roll_of: Callable[[Entry], Roll]) -> tuple[Block, ...]:
    """All organisations in their order, in as few blocks as can be."""
    blocks: list[list[Entry]] = []
    for entry in entries:
        if blocks and _follows(blocks[-1][-1], entry):
            blocks[-1].append(entry)
        else:
            blocks.append([entry])
    return tuple(Block(roll_of(block[0]), tuple(block)) for block in blocks)


def _follows(one: Entry, other: Entry) -> bool:
    """Whether the lines of an organisation stand just after those of another."""
    return (
        isinstance(one, Prepared)
        and isinstance(other, Prepared)
        and one.lines is other.lines
        and one.row + 1 == other.row
        and one.counted == other.counted
        and one.apart == other.apart
    )
