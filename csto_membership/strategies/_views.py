"""Random ways to see a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from csto_membership._evidence.resolution import Resolution, precedence
from csto_membership._history import History
from csto_membership._values.acts import Act, Status
from csto_membership._values.period import period_of
from csto_membership._values.readings import READINGS, Effect, Reading
from csto_membership.strategies._documents import one_in

if TYPE_CHECKING:
    import datetime as dt

    from csto_membership._evidence.record import Record


@st.composite
def views(draw: st.DrawFn, record: Record) -> History:
    """A record as it stands, or in any way that a history can be seen."""
    seen = History(record).under(draw(readings())).resolved(draw(resolutions([one.id for one in record.sources])))
    ids = [source.id for source in record.sources]
    if draw(one_in(3)):
        seen = seen.according_to(*draw(st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids), unique=True)))
    if draw(one_in(3)):
        seen = seen.as_published_by(draw(_days_of_publication(seen)))
    ids = [institution.id for institution in record.institutions]
    if draw(one_in(3)) and ids:
        seen = seen.institution(draw(st.sampled_from(ids)))
    if draw(one_in(4)):
        seen = seen.counting(*draw(st.sets(st.sampled_from(Status), min_size=1)))
    return seen.strict() if draw(one_in(4)) else seen


def readings() -> st.SearchStrategy[Reading]:
    """The three readings, and users' own: one of the three, of which a few acts have another effect, or none."""
    bundled = st.sampled_from(tuple(READINGS.values()))
    acts = st.sampled_from([act for act in Act if act not in (Act.STATUS, Act.DENIAL)])
    before = st.frozensets(st.sampled_from(Status), min_size=1)
    effects = st.lists(st.builds(Effect, acts, before, st.sampled_from(Status)), max_size=3)
    own = st.builds(
        lambda reading, changed, silent: reading.but("own", *changed, without=silent),
        bundled,
        effects,
        st.lists(acts, max_size=2),
    )
    return bundled | own


def resolutions(sources: list[str]) -> st.SearchStrategy[Resolution]:
    """All policies."""
    named = st.sampled_from(("preferred", "every", "majority")).map(Resolution)
    order = st.lists(st.sampled_from(sources), min_size=1, max_size=len(sources), unique=True)
    return named | order.map(lambda listed: precedence(*listed))


@st.composite
def _days_of_publication(draw: st.DrawFn, seen: History) -> dt.date:
    """A day by which one of the sources may have been published; often one on which that is just so."""
    published = seen._derivation.publications.by_source  # noqa: SLF001 - a room of the same house
    used = [published[source.id] for source in seen.sources]
    first = min(bounds.first for bounds in used)
    ends = sorted({day for bounds in used for day in bounds if day >= first})
    return draw(st.sampled_from(ends) | st.dates(first, period_of(first, None).last))
