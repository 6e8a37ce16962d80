"""What an event can leave whatever is chosen of its open sources, held against all choices of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, combinations, permutations
from typing import Any, NamedTuple
from unittest.mock import patch

from hypothesis import event, example, given
from hypothesis import strategies as st

from csto_membership import Act, precedence
from csto_membership._evidence import votes
from csto_membership._evidence.claims import Claim, Rank
from csto_membership._evidence.resolution import Alternative, Resolution, alternatives
from csto_membership._evidence.tellings import OpenEvent, Tally
from csto_membership._evidence.votes import open_event
from csto_membership._values.dates import ImpreciseDate
from csto_membership._values.period import EVER_AFTER, Days

IDS = "abcdef"
#: Days so few that claims lie inside one another more often than not.
DATES = [
    *(f"2000-01-0{day}" for day in range(1, 5)),
    *(f"[2000-01-0{first}..2000-01-0{last}]" for first in range(1, 4) for last in range(first + 1, 5)),
    "2000-01",
    "[2000-01-02..]",
    "[..2000-01-03]",
]
#: Acts to choose from: the fewer, the more claims are rivals on the day alone.
ACTS = [
    [Act.ACCESSION],
    [Act.ACCESSION, Act.WITHDRAWAL],
    [Act.ACCESSION, Act.ACCESSION, Act.WITHDRAWAL, Act.PROLONGATION, Act.DENIAL],
]
EFFECTIVE = {Act.ACCESSION, Act.WITHDRAWAL}
#: Days before and after which an event is looked for.
AROUND = [None, *(ImpreciseDate.parse(f"2000-01-0{day}") for day in range(1, 6))]


class Asked(NamedTuple):
    claims: tuple[Claim, ...]
    taken: frozenset[str]
    free: frozenset[str]
    resolution: Resolution
    copies: dict[str, frozenset[str]]

    def open_event(self, **more: Any) -> OpenEvent:
        return open_event(self.claims, self.free, Tally(self.resolution, self.copies), **more)

    def by_choice(self) -> Iterator[tuple[frozenset[str], tuple[Alternative, ...]]]:
        """Every choice of the free sources, with what it leaves."""
        for chosen in chain.from_iterable(combinations(sorted(self.free), size) for size in range(len(self.free) + 1)):
            claims = [claim for claim in self.claims if claim.source in self.taken.union(chosen)]
            yield frozenset(chosen), alternatives(claims, self.resolution, self.copies) if claims else ()


@st.composite
def claims_of(draw: st.DrawFn, source: str, acts: list[Act], ranks: list[Rank]) -> Claim:
    act = draw(st.sampled_from(acts))
    date = None if act is Act.DENIAL else draw(st.sampled_from(DATES))
    return Claim(source, act, date, rank=draw(st.sampled_from(ranks)))


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    told_by = [*ids, *draw(st.just([]) | st.lists(st.sampled_from(ids), max_size=3))]
    acts, ranks = draw(st.sampled_from(ACTS)), draw(st.sampled_from([[Rank.NORMAL], [Rank.NORMAL, *Rank]]))
    claims = tuple(draw(claims_of(source, acts, ranks)) for source in draw(st.permutations(told_by)))
    free = frozenset(draw(st.lists(st.sampled_from(ids), unique=True)))
    listed = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    named = st.sampled_from(["preferred", "every", "majority", "majority"]).map(Resolution)
    copied = {one: draw(st.frozensets(st.sampled_from(ids), max_size=1)) for one in ids} if draw(st.booleans()) else {}
    copies = {one: frozenset(chain(others, *(copied[other] for other in others))) for one, others in copied.items()}
    return Asked(claims, frozenset(ids) - free, free, draw(named | st.just(precedence(*listed))), copies)


def key(one: Alternative) -> tuple[object, ...]:
    return one.act, one.statuses, one.days


def is_effective(given_: Collection[Alternative]) -> bool:
    return any(one.act in EFFECTIVE for one in given_)


def day_by(given_: Collection[Alternative], day: int) -> int | None:
    """The first day, from a day on, on which the event can have happened."""
    days = [max(one.days.first, day) if one.days else day for one in given_ if not one.days or one.days.last >= day]
    return min(days, default=None) if given_ else day


def ways(told: Collection[tuple[bool, tuple[Alternative, ...]]]) -> set[tuple[object, ...]]:
    """What is left, with whether all sources are taken, and whether an act with an effect is left beside it."""
    found = {(key(one), complete, is_effective(given_)) for complete, given_ in told for one in given_}
    found |= {((), complete, False) for complete, given_ in told if not given_}
    return {
        way
        for way in found
        if not any(other != way and other[0] == way[0] and other[1] <= way[1] and other[2] >= way[2] for other in found)
    }


def quiet(told: Collection[tuple[bool, tuple[Alternative, ...]]]) -> set[bool]:
    """Whether the choices that leave no act with an effect pass the event over, or deny it."""
    return {{one.act for one in left} != {Act.DENIAL} for _, left in told if not is_effective(left)}


def told_by_all(*claims: tuple[str, Act, str]) -> Asked:
    """Claims of sources that are all free, of which the most decide."""
    said = tuple(Claim(source, act, ImpreciseDate.parse(date)) for source, act, date in claims)
    return Asked(said, frozenset(), frozenset(claim.source for claim in said), Resolution("majority"), {})


#: One source makes another's claim precise, of another act or of the same.
PRECISE = told_by_all(("a", Act.ACCESSION, "[2000-01-01..2000-01-04]"), ("b", Act.WITHDRAWAL, "2000-01-02"))
THIRD = told_by_all(
    ("a", Act.ACCESSION, "[2000-01-01..2000-01-04]"),
    ("b", Act.ACCESSION, "[2000-01-01..2000-01-03]"),
    ("c", Act.WITHDRAWAL, "2000-01-02"),
)


#: Two free sources together have as many votes as those that are there, and neither alone.
OUTVOTED = told_by_all(
    *((source, Act.ACCESSION, "2000-01-01") for source in "ab"),
    *((source, Act.ACCESSION, "2000-01-02") for source in "cd"),
)._replace(taken=frozenset("ab"), free=frozenset("cd"))
#: One free source has as many votes as the one that is there, and fewer where another free one joins that.
JOINED = told_by_all(
    *((source, Act.ACCESSION, "[2000-01-01..2000-01-04]") for source in "ac"), ("b", Act.WITHDRAWAL, "2000-01-02")
)._replace(taken=frozenset("a"), free=frozenset("bc"))
#: One source says so against three: where none of these is taken it has the most votes, and where one is as many.
OUTNUMBERED = [
    told_by_all(*((source, many, "2000-01-01") for source in "abc"), ("d", one, "2000-01-01"))
    for many, one in permutations((Act.ACCESSION, Act.WITHDRAWAL))
]


@given(asked())
@example(PRECISE)
@example(THIRD)
@example(OUTVOTED)
@example(JOINED)
@example(OUTNUMBERED[0])
@example(OUTNUMBERED[1])
def test_the_tellings_leave_all_that_any_choice_leaves(a: Asked) -> None:
    open_event = a.open_event()
    event(f"{a.resolution.name}, {len(a.free)} free, {len(open_event.tellings(a.taken))} tellings")
    told = [(one.complete, one.alternatives) for one in open_event.tellings(a.taken)]
    every = [(chosen == a.free, left) for chosen, left in a.by_choice()]
    assert {key(one) for _, left in told for one in left} == {key(one) for _, left in every for one in left}
    assert any(not left for _, left in told) == any(not left for _, left in every)
    assert quiet(told) == quiet(every)
    # All sources together may be no choice.
    told_by_some, left_by_some = (
        {key(one) for complete, left in some if not complete for one in left} for some in (told, every)
    )
    assert told_by_some == left_by_some
    one_is_left = all(left for _, left in every) and len({key(one) for _, left in every for one in left}) == 1
    assert open_event.leaves_one(a.taken) is one_is_left


@given(asked())
def test_with_what_is_left_together(a: Asked) -> None:
    told = [(one.complete, one.alternatives) for one in a.open_event(together=True).tellings(a.taken)]
    every = [(chosen == a.free, left) for chosen, left in a.by_choice()]
    assert ways(told) == ways(every)


def test_votes_that_only_add_up_need_not_be_counted() -> None:
    several = told_by_all(
        *(("a", Act.ACCESSION, f"2000-01-0{day}") for day in (1, 2)), ("b", Act.ACCESSION, "2000-01-03")
    )
    copying = PRECISE._replace(copies={"a": frozenset("b")})
    with patch.object(votes, "MOST_COUNTED", 1):
        assert not any(one.open_event().is_bounded for one in (PRECISE, THIRD))
        assert all(one.open_event().is_bounded for one in (several, copying))
        assert PRECISE.open_event(together=True).is_bounded
    assert not any(one.open_event().is_bounded for one in (several, copying))


def test_only_who_copies_or_is_copied_is_counted_apart_from_others_that_say_the_same() -> None:
    """Of four none, one, two, three or all are taken; of the one that copies and of the one that it copies, each or not."""
    asked = told_by_all(*((source, Act.ACCESSION, "2000-01-01") for source in "abmnyz"))
    asked = asked._replace(copies={"m": frozenset("n")})
    for most in (19, 20):
        with patch.object(votes, "MOST_COUNTED", most):
            assert asked.open_event().is_bounded is (most < 5 * 2 * 2)


#: Each source has another day, so that one vote is as good as another.
TIED = told_by_all(*((source, Act.ACCESSION, f"2000-01-0{day}") for day, source in enumerate("abc", 1)))._replace(
    taken=frozenset("a"), free=frozenset("bc"), copies={"b": frozenset("c"), "c": frozenset(), "a": frozenset()}
)
#: Two acts on one day, of which one is told by a copy: the votes do not only add up.
TWO_ACTS = told_by_all(("a", Act.ACCESSION, "2000-01-01"), ("b", Act.WITHDRAWAL, "2000-01-01"))._replace(
    copies={"a": frozenset("b")}
)


@given(asked(), st.sampled_from(AROUND))
@example(THIRD, None)
@example(TWO_ACTS, None)
@example(TIED, None)
def test_beyond_the_votes_that_are_counted_nothing_is_lost_that_a_choice_leaves(
    a: Asked, on: ImpreciseDate | None
) -> None:
    with patch.object(votes, "MOST_COUNTED", 1):
        open_event = a.open_event()
        told = [one.alternatives for one in open_event.tellings(a.taken)]
        day = on.earliest.toordinal() if on and on.earliest else -(10**9)
        days = Days(day, EVER_AFTER)
        latest, avoids = open_event.latest(a.taken, day), open_event.avoids(a.taken, days)
        is_bounded = open_event.is_bounded
    every = [left for _, left in a.by_choice()]
    assert all((claim.act, claim.status) == key(one)[:2] for given_ in told for one in given_ for claim in one.claims)
    kept, left = ({key(one) for given_ in some for one in given_} for some in (told, every))
    assert kept >= left
    assert kept == left or is_bounded
    assert () in told or () not in every
    assert quiet([(False, given_) for given_ in told]) >= quiet([(False, given_) for given_ in every])
    # What may be said at all: each claim as precise as another makes it.
    said = [claim for claim in a.claims if claim.source in a.taken | a.free]
    assert kept <= {(one.act, one.status, other.days_of_effect) for one in said for other in said}
    by_choice = [day_by(given_, day) for given_ in every]
    exact = None if None in by_choice else max(one for one in by_choice if one is not None)
    assert latest is None or (exact is not None and latest >= exact)
    touched = [any(one.days is None or one.days.last >= day for one in given_) for given_ in every if given_]
    assert avoids or False not in touched


#: The better claim may be there or not, and is beside the other where each counts.
RANKED = Asked(
    (
        Claim("a", Act.ACCESSION, ImpreciseDate.parse("2000-01-04")),
        Claim("b", Act.ACCESSION, ImpreciseDate.parse("2000-01-01"), rank=Rank.PREFERRED),
    ),
    frozenset("a"),
    frozenset("b"),
    Resolution("every"),
    {},
)
#: Two claims that are there are made precise by one open source each: together these leave none of the days between.
BOTH_SIDES = told_by_all(
    ("a", Act.ACCESSION, "[2000-01-01..2000-01-04]"),
    ("b", Act.ACCESSION, "[2000-01-03..2000-01-06]"),
    ("c", Act.WITHDRAWAL, "2000-01-01"),
    ("d", Act.WITHDRAWAL, "2000-01-06"),
)._replace(taken=frozenset("ab"), free=frozenset("cd"))
#: Two sources are there of which one goes first; a third is open, and no matter.
FIRSTS = [
    Asked(
        tuple(
            Claim(source, Act.ACCESSION, ImpreciseDate.parse(f"2000-01-0{day}"))
            for source, day in ((first, 1), (second, 4), ("c", 3))
        ),
        frozenset("ab"),
        frozenset("c"),
        precedence(first),
        {},
    )
    for first, second in ("ab", "ba")
]


@given(asked(), st.sampled_from(AROUND), st.sampled_from(AROUND))
@example(FIRSTS[0], AROUND[2], None)
@example(FIRSTS[1], AROUND[2], None)
@example(BOTH_SIDES, AROUND[3], AROUND[4])
@example(RANKED, AROUND[2], None)
@example(RANKED._replace(resolution=Resolution("preferred")), AROUND[2], None)
@example(RANKED._replace(resolution=precedence("b")), AROUND[2], None)
# Whatever else is said, who goes first and is there decides: by the 4th, and by the 1st.
@example(RANKED._replace(resolution=precedence("a")), AROUND[2], None)
@example(RANKED._replace(taken=frozenset("b"), free=frozenset("a"), resolution=precedence("b")), None, AROUND[3])
def test_the_latest_day_by_which_an_event_can_have_happened(
    a: Asked, first: ImpreciseDate | None, last: ImpreciseDate | None
) -> None:
    day = first.earliest.toordinal() if first and first.earliest else -(10**9)
    by_choice = [day_by(left, day) for _, left in a.by_choice()]
    expected = None if None in by_choice else max(one for one in by_choice if one is not None)
    open_event = a.open_event()
    assert open_event.latest(a.taken, day) == expected
    end = last.latest.toordinal() if last and last.latest else EVER_AFTER
    days = Days(day, end)
    touched = [
        any(one.days is None or (one.days.first <= end and one.days.last >= day) for one in left)
        for _, left in a.by_choice()
        if left
    ]
    assert open_event.avoids(a.taken, days) is (False in touched)
