"""What a picture of sizes shows: the fewest and the most members over time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from csto_membership._values.runs import joined
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import number_range
from csto_membership.plots._shown.told import told_of
from csto_membership.plots._shown.window import window_of
from csto_membership.plots._shown.words import names_of, subtitle_of

if TYPE_CHECKING:
    from csto_membership._values.dates import DateLike
    from csto_membership.plots._shown.told import Drawable, Told
    from csto_membership.plots._shown.window import Window

_DAY = dt.timedelta(1)


@frozen
class Step:
    """The fewest and the most members from `first` to before `end`."""

    first: dt.date
    end: dt.date
    fewest: int
    most: int

    @property
    def number(self) -> str:
        """The number in words: "6", or "6 to 7"."""
        return number_range(self.fewest, self.most)


@frozen
class Course:
    """The steps of one organisation, from the first member on; `goes_on` says that the last one is open."""

    label: str
    heading: str
    steps: tuple[Step, ...]
    goes_on: bool

    @property
    def text(self) -> str:
        """Its steps in words."""
        return ", ".join(f"{step.number} from {step.first}" for step in self.steps) or "no members"


@frozen
class Sizes:
    """The picture: its title, its days, and a course an organisation."""

    title: str
    subtitle: str
    window: Window
    courses: tuple[Course, ...]

    @property
    def most(self) -> int:
        """The highest number that is shown."""
        return max((step.most for course in self.courses for step in course.steps), default=0)

    @property
    def text(self) -> str:
        """The picture in words."""
        several = len(self.courses) > 1
        courses = [f"{course.heading}: {course.text}." if several else f"{course.text}." for course in self.courses]
        return " ".join([f"{self.title}; {self.subtitle}.", *courses])


def sizes(data: Drawable, first: DateLike | None = None, last: DateLike | None = None) -> Sizes:
    """What the picture shows of histories or rows."""
    told = told_of(data)
    window = window_of(told, [line for one in told for line in one.lines], first, last)
    courses = tuple(_course(one, window) for one in told)
    return Sizes(f"Number of members: {names_of(told)}", subtitle_of(told, window), window, courses)


def _course(told: Told, window: Window) -> Course:
    end = window.told_until(told.last)
    steps: list[Step] = []
    for first, stop, verdicts in joined(*(line.verdicts for line in told.lines)):
        start, until = max(first or window.first, window.first), min(stop or end, end)
        fewest = sum(verdict is Verdict.YES for verdict in verdicts)
        most = sum(verdict is not Verdict.NO for verdict in verdicts) + told.unnamed
        if start >= until or not (steps or most):
            continue
        if steps and (steps[-1].fewest, steps[-1].most) == (fewest, most):
            steps[-1] = evolve(steps[-1], end=until)
        else:
            steps.append(Step(start, until, fewest, most))
    return Course(told.label, told.heading, tuple(steps), goes_on=told.last is None or end == told.last + _DAY)
