"""What the sources of a view leave of each state, which views that differ in days, coverage or counting share."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from attrs import define, field

from csto_membership._view.case import Case, cases_of
from csto_membership._view.voices import Speakers

if TYPE_CHECKING:
    from collections.abc import Callable

    from csto_membership._evidence.publication import Selection
    from csto_membership._evidence.record import Record
    from csto_membership._values.dates import ImpreciseDate
    from csto_membership._view.view import View
    from csto_membership._worlds.masks import Course

#: At most so many are kept of one record.
_MOST_BASES = 32


@define(eq=False)
class Basis:
    """
    The cases of the states of a record, as the sources of a view tell them, and the courses that follow.

    They hang on the reading, the resolution, the sources that are used and what is supposed: not on the day up to which
    publications are used, as long as the sources are the same, nor on what counts. `views` is how many have shared it.
    """

    speakers: Speakers
    views: int = 0
    _cases: dict[str, tuple[Case, ...]] = field(init=False, factory=dict)
    _courses: dict[tuple[str, ImpreciseDate | None], Course] = field(init=False, factory=dict)

    def cases(self, state: str) -> tuple[Case, ...]:
        """The cases of the state of that id, which the record names."""
        if state not in self._cases:
            self._cases[state] = cases_of(self.speakers, state)
        return self._cases[state]

    def course(self, state: str, since: ImpreciseDate | None, follow: Callable[[tuple[Case, ...]], Course]) -> Course:
        """
        The course of the state of that id, in the eyes of an institution since a day (None: of the whole line).

        `follow` makes it of the cases. It leaves none of them behind, and stays itself where several views share it.
        """
        course = self._courses.get((state, since))
        if course is None:
            course = follow(self._cases.get(state) or cases_of(self.speakers, state))
            if self.views > 1:
                self._courses[state, since] = course
        return course


@define(eq=False)
class Bases:
    """The latest bases of the views of one record."""

    _bases: OrderedDict[object, Basis] = field(init=False, factory=OrderedDict)
    _lock: Lock = field(init=False, factory=Lock)

    def of(self, record: Record, view: View, selection: Selection) -> Basis:
        """The basis of a view that uses these sources."""
        meaning = view.reading, view.resolution, view.supposed, selection
        with self._lock:
            basis = self._bases.pop(meaning, None) or Basis(Speakers(record, view, selection))
            basis.views += 1
            self._bases[meaning] = basis
            if len(self._bases) > _MOST_BASES:
                self._bases.popitem(last=False)
        return basis
