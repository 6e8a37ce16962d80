"""The slow way to see a record by a day of publication: each choice of the open sources for itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

from csto_membership import History
from csto_membership._evidence.publication import Selection
from csto_membership._evidence.resolution import claims_behind
from csto_membership._view.case import Case, cases_of
from csto_membership._view.derivation import Derivation
from csto_membership._view.voices import Speakers


def choices(derivation: Derivation) -> Iterator[Selection]:
    """Every choice of the open sources of a view."""
    selection, record = derivation.selection, derivation.record
    doubtful = sorted(selection.open)
    for some in chain.from_iterable(combinations(doubtful, size) for size in range(len(doubtful) + 1)):
        sources = selection.certain.union(some)
        yield Selection(sources, frozenset(), whole=len(sources) == len(record.sources))


def by_choice(history: History) -> Derivation:
    """A derivation of the same view that has a case for each choice."""
    derivation = Derivation(history.record, history.view)
    for state in history.record.states:
        cases: dict[object, Case] = {}
        for selection in choices(derivation):
            for case in cases_of(Speakers(history.record, history.view, selection), state.id):
                claims = tuple(claims_behind(given) for _, given in case.events)
                cases.setdefault((case.chain, claims, case.attested, case.unattested), case)
        derivation.basis._cases[state.id] = tuple(cases.values())
    return derivation
