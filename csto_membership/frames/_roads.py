"""Roads: how the rows of one kind of frame are answered. An engine has one, in the module that imports its library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from csto_membership.frames._rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from csto_membership.frames._columns import Column, Told
    from csto_membership.frames._question import Question
    from csto_membership.frames._reading import Met
    from csto_membership.frames._report import Report


@frozen
class Road:
    """
    How the rows of one kind of frame are answered.

    `columns` gives the names of the columns of a frame. `answered` is for eager frames, and gives a frame with its
    answers and their report; `planned` is for lazy ones, whose answers are still to be worked out.
    """

    columns: Callable[[Any], list[Any]]
    answered: Eager | None = None
    planned: Callable[[Any, Question], Any] | None = None


@frozen
class Eager:
    """The road of eager frames: by the columns of a frame to those of the answers, and back into the frame."""

    column: Callable[[Any, str], Column]
    with_columns: Callable[[Any, Mapping[str, Told], str], Any]

    def __call__(self, frame: Any, question: Question, met: Met | None = None) -> tuple[Any, Report]:
        """The frame with its answers, and their report; a part of a frame with what was `met` in others."""
        organisation = None if question.organisation is None else self.column(frame, question.organisation)
        state, date = (self.column(frame, name) for name in (question.state, question.date))
        rows = rows_of(question.lines, organisation, state, date, reasons="why" in question.added, met=met)
        told = {name: rows.told(column) for column, name in question.added.items()}
        return self.with_columns(frame, told, question.state), rows.report
