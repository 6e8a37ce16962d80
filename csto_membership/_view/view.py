"""The view: how a record is seen."""

from __future__ import annotations

import datetime as dt

from attrs import field, frozen

from csto_membership._evidence.resolution import Resolution
from csto_membership._values.acts import Status
from csto_membership._values.readings import DECLARED, Reading


@frozen(cache_hash=True)
class View:
    """How a record is seen. `sources` is None where all are used; `institution` is "" for the whole line."""

    reading: Reading = DECLARED
    resolution: Resolution = Resolution("preferred")
    sources: frozenset[str] | None = None
    published_by: dt.date | None = None
    institution: str = ""
    counted: frozenset[Status] = field(default=frozenset({Status.MEMBER}))
    strict: bool = False
