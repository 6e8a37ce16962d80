"""Lines side by side, in arrays: the days and masks of all their runs, one after the other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from attrs import Factory, field, frozen

from csto_membership.frames._lines import LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csto_membership.frames._columns import Numbers
    from csto_membership.frames._lines import Line


@frozen(eq=False)
class Flat:
    """
    Some lines. The runs of line `n` are those from `firsts[n]` to before `firsts[n + 1]`, the last of which is the end.

    `days` are the ordinals of the first days of runs, 0 for the first run of each line; None for a line has one run, of
    the mask 0, which is that of nothing.
    """

    firsts: Numbers
    days: Numbers
    masks: Numbers
    #: For each line the mask of what counts as membership.
    counted: Numbers
    lengths: Numbers = field(init=False, default=Factory(lambda self: np.diff(self.firsts), takes_self=True))

    @classmethod
    def of(cls, lines: Sequence[Line | None]) -> Flat:
        """The arrays of lines."""
        masks = [line.masks if line else (0,) for line in lines]
        lengths = np.fromiter(map(len, masks), np.int32, len(lines))
        firsts = np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)])
        days = np.zeros(firsts[-1], np.int32)
        later = np.ones(len(days), bool)
        later[firsts[:-1]] = False
        days[later] = np.fromiter(chain.from_iterable(line.starts for line in lines if line), np.int32)
        flat = np.fromiter(chain.from_iterable(masks), np.int16, len(days))
        counted = np.fromiter((line.counted if line else 0 for line in lines), np.int16, len(lines))
        return cls(firsts, days, flat, counted)

    @property
    def steps(self) -> int:
        """The number of changes of the line that has most."""
        return int(self.lengths.max(initial=1)) - 1

    def run(self, step: int) -> Numbers:
        """For each line the place of one of its runs, by its number; of the last one where it has no more."""
        return self.firsts[:-1] + np.minimum(self.lengths - 1, step)

    def change(self, step: int) -> Numbers:
        """For each line the first day of a run but the first; one after the calendar where it has no more."""
        return np.where(step + 1 < self.lengths, self.days[self.run(step + 1)], np.int32(LAST_DAY + 1))
