"""The view: how a record is seen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from attrs import field, frozen

from csto_membership._evidence.resolution import Resolution
from csto_membership._values.acts import Status, in_order
from csto_membership._values.readings import DECLARED, Reading
from csto_membership._values.wording import together

if TYPE_CHECKING:
    from csto_membership._evidence.supposition import Supposition

#: What counts as membership by default.
MEMBER_ONLY = frozenset({Status.MEMBER})

#: So many sources are named in a caption.
_MOST_NAMED = 3


@frozen(cache_hash=True)
class View:
    """
    How a record is seen. `sources` is None where all are used; `institution` is "" for the whole line.

    `supposed` is what is supposed of events, `omitted` says in words what the record was left without.
    """

    reading: Reading = DECLARED
    resolution: Resolution = Resolution("preferred")
    sources: frozenset[str] | None = None
    published_by: dt.date | None = None
    institution: str = ""
    counted: frozenset[Status] = field(default=MEMBER_ONLY)
    strict: bool = False
    omitted: tuple[str, ...] = ()
    supposed: tuple[Supposition, ...] = ()

    @property
    def what_ifs(self) -> tuple[str, ...]:
        """In words whatever is left out or supposed."""
        return (*self.omitted, *map(str, self.supposed))

    @property
    def what_if(self) -> str:
        """What is supposed or left out, "" for nothing: every answer names it."""
        return "; ".join(self.what_ifs)

    @property
    def label(self) -> str:
        """The reading, by which answers name their view, and what is supposed or left out."""
        return ", ".join([self.reading.name, *self.what_ifs])

    @property
    def caption(self) -> str:
        """The label, and in few words whatever else differs from the default: what stands above an answer."""
        return ", ".join([self.label, *self._others(_MOST_NAMED)])

    def __str__(self) -> str:
        """The view in words: the reading, and whatever else differs from the default."""
        return " ".join([self.reading.name, *self.besides])

    @property
    def besides(self) -> tuple[str, ...]:
        """In words whatever differs from the default besides the reading, part by part."""
        return (*self._others(None), *self.what_ifs)

    def _others(self, most: int | None) -> list[str]:
        """What differs from the default besides the label; of many sources their number."""
        parts = []
        if self.resolution.name != "preferred":
            parts.append(str(self.resolution))
        if self.sources is not None:
            many = most is not None and len(self.sources) > most
            named = f"{len(self.sources)} sources" if many else together(sorted(self.sources))
            parts.append(f"according to {named}")
        if self.published_by:
            parts.append(f"as published by {self.published_by}")
        if self.institution:
            parts.append(f"institution {self.institution}")
        if self.counted != MEMBER_ONLY:
            parts.append(f"counting {together(in_order(self.counted))}")
        if self.strict:
            parts.append("strict")
        return parts
