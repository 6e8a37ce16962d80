"""What a picture of sizes shows: the fewest and the most members over time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import frozen

from csto_membership._values.runs import joined
from csto_membership._values.verdict import Verdict
from csto_membership._values.wording import number_range
from csto_membership.plots._shown.told import told_of
from csto_membership.plots._shown.window import window_of
from csto_membership.plots._shown.words import names_of, or_untold, subtitle_of

if TYPE_CHECKING:
    from csto_membership._values.dates import DateLike
    from csto_membership._values.runs import Runs
    from csto_membership.plots._shown.told import Drawable, Told
    from csto_membership.plots._shown.window import Window

_DAY = dt.timedelta(1)


@frozen
class Step:
    """The fewest and the most members from `first` to before `end`; without a day where it begins after what is told."""

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
    """
    The steps of one organisation, from the first member on.

    `goes_on` says that the last one is open, and `told` whether anything is told of these days.
    """

    label: str
    heading: str
    steps: tuple[Step, ...]
    goes_on: bool
    told: bool

    @property
    def text(self) -> str:
        """Its steps in words."""
        steps = ", ".join(f"{step.number} from {step.first}" for step in self.steps)
        return (steps and f"{steps} on" if self.goes_on else steps) or or_untold("no members", self.told)


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
    end, numbers = window.told_until(told.last), _numbers(told)
    steps: list[Step] = []
    for first, stop, (fewest, most) in numbers:
        start, until = max(first or window.first, window.first), min(stop or end, end)
        if start < until and (steps or most):
            steps.append(Step(start, until, fewest, most))
    ends_here = told.last is not None and end == told.last + _DAY
    fewest, most = numbers.on(end)
    if ends_here and (fewest, most) != ((steps[-1].fewest, steps[-1].most) if steps else (0, 0)):
        # What follows on the last day that is told is another number: this one does not go on.
        steps.append(Step(end, end, fewest, most))
    unchanged = all(day < end for day in numbers.starts) if told.last is None else ends_here
    goes_on = unchanged and bool(steps) and steps[-1].first < steps[-1].end
    return Course(told.label, told.heading, tuple(steps), goes_on, window.tells(told.last))


def _numbers(told: Told) -> Runs[dt.date, tuple[int, int]]:
    """The fewest and the most members by day."""

    def number(verdicts: tuple[Verdict, ...]) -> tuple[int, int]:
        most = len(verdicts) - verdicts.count(Verdict.NO) + told.unnamed
        return verdicts.count(Verdict.YES), most

    return joined(*(line.verdicts for line in told.lines)).mapped(number)
