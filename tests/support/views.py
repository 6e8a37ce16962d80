"""Random views of random records: in the words of the oracle, and as histories of the library; and what to ask about."""

from __future__ import annotations

from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from support import documents

from csto_membership import History, Status
from csto_membership._files.read import record_of

READINGS = ("declared", "legal", "participating")
#: Days to ask about, exact and imprecise.
DATES = st.sampled_from(
    [
        *map(str, documents.DAYS),
        "2000-01",
        "2000",
        "1999?",
        "[2000-01-04..2000-01-06]",
        "[..2000-01-03]",
        "[2000-01-09~..]",
    ]
)

#: Statuses that count as membership.
COUNTED = st.sets(st.sampled_from([status.value for status in Status]), min_size=1).map(frozenset)


@st.composite
def views(draw: st.DrawFn, document: Any) -> dict[str, Any]:
    """A view of a document, by the arguments that the oracle and `asking.history` share."""
    return {
        "reading": draw(documents.readings()),
        "resolution": draw(documents.resolutions(document)),
        "sources": draw(st.none() | documents.selections(document)),
        "institution": draw(documents.institutions(document)),
    }


@st.composite
def named_views(draw: st.DrawFn, document: Any, *, selections: bool) -> dict[str, Any]:
    """A view of a document under a reading that has a name, of all sources or of some."""
    view: dict[str, Any] = {
        "reading": draw(st.sampled_from(READINGS)),
        "resolution": draw(documents.resolutions(document)),
        "institution": draw(documents.institutions(document)),
    }
    if selections:
        view["sources"] = draw(documents.selections(document))
        if view["reading"] == "legal":
            # whether a signatory was bound without the sources saying so is open for each day in the oracle, and not in the engine
            view["reading"] = "declared"
    return view


@st.composite
def viewed_documents(draw: st.DrawFn, *, institution: bool = True) -> tuple[Any, dict[str, Any]]:
    """A random document and a view of it, both noted."""
    document = draw(documents.rich())
    view = draw(views(document))
    if not institution:
        view["institution"] = None
    note(f"{documents.to_toml(document)}\n{view}")
    return document, view


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A random record under a random view, also one that counts other statuses or is strict."""
    document = draw(documents.rich())
    history = History(record_of(document)).under(draw(st.sampled_from(READINGS)))
    history = history.resolved(draw(st.sampled_from(["preferred", "every", "majority"])))
    if draw(st.booleans()):
        history = history.according_to(*draw(documents.selections(document)))
    if institution := draw(documents.institutions(document)):
        history = history.institution(institution)
    if draw(st.booleans()):
        history = history.counting(*draw(st.lists(st.sampled_from(Status), min_size=1)))
    return history.strict() if draw(st.booleans()) else history
