"""What the answers of a history or a registry are: of which record, which edition of it, seen in which way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csto_membership._history import History
from csto_membership.registry._prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csto_membership.frames._lines import Answering


class About(NamedTuple):
    """What the answers about one organisation are: its id and name, the edition of its record, the view, and all in one."""

    organisation: str
    name: str
    edition: str
    view: str
    citation: str


def about(history: Answering) -> Iterator[About]:
    """What the answers of a history are, or those of each organisation of a registry."""
    if isinstance(history, History):
        yield _about(history.record.id, history.record.name, history.edition, str(history.view))
        return
    for entry in history.entries:
        if isinstance(entry, Prepared):
            yield _about(entry.id, entry.name, entry.edition, entry.reading)
        else:
            one = history.history(entry.id)
            yield _about(entry.id, entry.name, one.edition, str(one.view))


def _about(id: str, name: str, edition: str, view: str) -> About:
    record = [f"{name} ({id})" if name else id, *([f"edition {edition}"] if edition else []), f"view: {view}"]
    return About(id, name, edition, view, f"{', '.join(record)}. In: csto_membership")
