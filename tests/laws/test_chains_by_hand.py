"""The heart alone, on chains of events written by hand: what their worlds are can be told without an oracle."""

from __future__ import annotations

import pytest
from attrs import evolve
from support.chains import FIRST, READINGS, Chosen, Told, acts_on

from csto_membership import Act, Effect, Reading, Status
from csto_membership._evidence.resolution import Alternative
from csto_membership._values.period import EVER_AFTER, EVER_BEFORE, Days
from csto_membership._worlds.counting import Counted, counted
from csto_membership._worlds.grounds import Grounds, grounds_of
from csto_membership._worlds.masks import mask_of, spans_of, statuses_of
from csto_membership._worlds.moves import Chain, Edges
from csto_membership._worlds.worlds import Walk, walk


def chain_of(*events: tuple[str, int, int]) -> Walk:
    """The walk of a whole record in which each act falls on one of the days between two, counted from the first."""
    given = tuple(
        (Alternative(Act(act), frozenset(), Days(FIRST + first, FIRST + last)),) for act, first, last in events
    )
    return Told(given, "declared", is_selection=False, in_force=()).walk


def counts(one: Walk, first: int, last: int, *statuses: Status, since: int | None = None) -> tuple[int, int] | None:
    """The least and the most days on which one of the statuses shows, from one day to another."""
    period = Counted(Days(FIRST + first, FIRST + last), mask_of(statuses))
    return counted(one, period, None if since is None else FIRST + since)


def test_the_days_of_several_stays_are_added_up() -> None:
    stays = chain_of(("signature", 0, 0), ("withdrawal", 1, 3), ("accession", 3, 5), ("withdrawal", 6, 6))
    assert counts(stays, 0, 9, Status.MEMBER) == (1 + 1, 3 + 3)
    assert counts(stays, 2, 9, Status.MEMBER) == (1, 1 + 3)
    assert counts(stays, 0, 4, Status.MEMBER) == (1, 3 + 2)
    assert counts(stays, 0, 9, Status.FORMER) == (4 + 0, 4 + 4)
    assert counts(stays, -2, 9, Status.NONE) == (2, 2)
    assert counts(stays, 6, 6, Status.MEMBER) == (0, 0)
    assert counts(stays, 5, 5, Status.MEMBER) == (1, 1)


def test_an_event_with_another_alternative_goes_on_by_the_last_choice_that_tells_it_as_by_the_first() -> None:
    """Of two choices that tell the first event and one that does not, one alone leads on to the second."""
    sooner, later, other, out = acts_on(("accession", 0), ("accession", 1), ("accession", 2), ("withdrawal", 3))
    told = Told(((*sooner, *later), out), "declared", is_selection=True, in_force=())
    for goes_on, way in enumerate((sooner, later, ())):
        steps = ({0: (0,)}, {0: (1,)}, {0: (2,)}), ({goes_on: (0,)},)
        one = Chosen(evolve(told.walk.chain, untold=frozenset({0}), choices=steps), told.law)
        assert list(one.through()) == [[way, out]]
        replaced = walk(one.chain.replacing({0: other}, one.chain.edges), one.law)
        assert replaced.course() == one.course([[other if way else (), out]])


@pytest.mark.parametrize("shift", [0, 1])
def test_who_comes_and_goes_on_some_days_may_be_former_from_the_second_on(shift: int) -> None:
    seen = chain_of(("signature", shift, shift + 3), ("withdrawal", shift, shift + 3))
    for since in (0, shift):
        assert counts(seen, shift, shift + 4, Status.FORMER, since=since) == (0, 4)
        assert counts(seen, shift, shift, Status.FORMER, since=since) == (0, 0)
        assert counts(seen, shift, shift + 1, Status.FORMER, since=since) == (0, 1)
    # A membership of one day counts for an institution if it exists on that day, and not if it begins on the next.
    gone = chain_of(("signature", shift, shift), ("withdrawal", shift + 1, shift + 1))
    assert counts(gone, shift + 1, shift + 3, Status.FORMER, since=shift) == (3, 3)
    assert counts(gone, shift + 1, shift + 3, Status.FORMER, since=shift + 1) == (0, 0)
    assert counts(gone, shift + 1, shift + 3, Status.NONE, since=shift + 1) == (3, 3)


def test_other_statuses_may_count_from_a_day_on() -> None:
    seen = chain_of(("signature", 1, 5), ("withdrawal", 7, 7))
    period = Counted(Days(FIRST, FIRST + 9), mask_of([Status.MEMBER]), ((FIRST + 3, mask_of([Status.NONE])),))
    # Members until day 2, and none from day 3 on: 2 and no day, no day and 2, or on day 3 neither.
    assert counted(seen, period) == (0, 2)
    later = ((FIRST + 3, mask_of([Status.NONE])), (FIRST + 8, mask_of([Status.FORMER])))
    assert counted(seen, Counted(Days(FIRST, FIRST + 9), mask_of([Status.MEMBER]), later)) == (2, 4)


def test_an_event_settles_the_status_from_its_own_day_to_the_day_before_the_next() -> None:
    def on(one: Walk, first: int, last: int) -> Grounds:
        return grounds_of(one, Days(FIRST + first, FIRST + last))

    exact = chain_of(("signature", 2, 2), ("prolongation", 3, 3), ("withdrawal", 4, 4))
    settled: dict[int, tuple[int, ...]] = {1: (), 2: (0,), 3: (0,), 4: (2,), 5: (2,)}
    for day, settling in settled.items():
        assert on(exact, day, day) == Grounds(settling)
    # On the days of a run some may be before it, and some after.
    assert on(exact, 2, 3) == Grounds((0,))
    assert on(exact, 1, 2) == Grounds((0,), (0,))
    assert on(exact, 3, 4) == on(exact, 2, 5) == Grounds((0, 2), (2,))
    open_days = chain_of(("signature", 2, 4), ("withdrawal", 4, 5))
    grounds = {
        1: Grounds(),
        2: Grounds((0,), (0,)),
        3: Grounds((0,), (0,)),
        4: Grounds((0, 1), (1,)),
        5: Grounds((1,)),
    }
    for day, expected in grounds.items():
        assert on(open_days, day, day) == expected
    assert on(open_days, 1, 1).pending == ()
    assert on(open_days, 1, 2).pending == (0,)


def test_an_act_that_no_world_has_settles_nothing_and_may_settle_nothing() -> None:
    def told(*ways: tuple[str, int]) -> tuple[Alternative, ...]:
        return tuple(Alternative(Act(act), frozenset(), Days(FIRST + day, FIRST + day)) for act, day in ways)

    # The withdrawal would be too early for the signature, or too late for what came after.
    either = told(("prolongation", 3), ("prolongation", 4), ("withdrawal", 1), ("withdrawal", 5))
    for last, may_settle in ((4, False), (5, True)):
        chain = Told((told(("signature", 2)), either, told(("prolongation", last))), "declared", False, ())
        for day, settling, pending in ((2, (0,), ()), (3, (0,), (1,)), (4, (0,), (1,) if last > 4 else ())):
            found = grounds_of(chain.walk, Days(FIRST + day, FIRST + day))
            assert found == Grounds(settling, pending if may_settle else ()), (last, day)


def test_a_force_of_which_nobody_speaks_rests_on_the_last_event_that_the_world_has() -> None:
    one = Told(acts_on(("ratification", 0), ("denial", 0)), "legal", is_selection=False, in_force=(FIRST, FIRST))
    assert grounds_of(one.walk, Days(FIRST + 3, FIRST + 3)) == Grounds((0,), silent=True)


def test_a_force_that_follows_from_a_deposit_acts_on_signatories_only() -> None:
    def after(*acts: str, derived: bool) -> set[Status]:
        last = frozenset({len(acts) - 1})
        events = acts_on(*((act, day) for day, act in enumerate(acts)))
        chain = Chain(events, in_force=(FIRST,) * len(acts), forces=last, derived=last if derived else frozenset())
        course = walk(chain, READINGS["legal"]).course()
        assert course
        return set(statuses_of(course.on(FIRST + len(acts))))

    for derived in (False, True):
        assert after("ratification", "entry_into_force", derived=derived) == {Status.MEMBER}
    for acts, before in ((("ratification", "withdrawal"), Status.FORMER), (("prolongation",), Status.NONE)):
        assert after(*acts, "entry_into_force", derived=True) == {before}
        assert after(*acts, "entry_into_force", derived=False) == {Status.MEMBER}


def test_a_force_that_is_denied_made_no_member_before_even_if_the_stay_was_over_by_then() -> None:
    for denied, expected in (
        (frozenset({2}), {Status.SIGNATORY}),
        (frozenset[int](), {Status.SIGNATORY, Status.MEMBER}),
    ):
        events = acts_on(("ratification", 0), ("withdrawal", 3), ("denial", 0))
        course = walk(Chain(events, in_force=(FIRST,) * 3, forces=denied), READINGS["legal"]).course()
        assert course
        for day in (1, 2):
            assert statuses_of(course.on(FIRST + day)) == expected
        assert statuses_of(course.on(FIRST + 3)) == {Status.FORMER}


def test_who_waits_for_a_force_that_is_denied_waits_in_vain() -> None:
    events = acts_on(("ratification", 0), ("denial", 0), ("prolongation", 3))
    for denied, expected in (
        (frozenset({1}), {Status.SIGNATORY}),
        (frozenset[int](), {Status.SIGNATORY, Status.MEMBER}),
    ):
        course = walk(Chain(events, in_force=(FIRST,) * 3, forces=denied), READINGS["legal"]).course()
        assert course
        assert [statuses_of(course.on(FIRST + day)) for day in (1, 3, 9)] == [expected] * 3


def test_who_was_suspended_is_made_a_member_by_no_force_of_which_nobody_speaks() -> None:
    events = acts_on(("ratification", 0), ("suspension", 2))
    one = walk(Chain(events, in_force=(FIRST,) * 2), READINGS["legal"])
    both = Counted(Days(FIRST + 2, FIRST + 5), mask_of([Status.SUSPENDED]), ((FIRST + 4, mask_of([Status.MEMBER])),))
    # Suspended on two days, or a member on the two after them, in different worlds.
    assert counted(one, both) == (0, 2)


def test_a_signatory_that_is_suspended_waits_for_no_force_any_more() -> None:
    own = READINGS["legal"].but("own", Effect("suspension", ["signatory", "member"], "suspended"))
    events = acts_on(("ratification", 0), ("suspension", 2), ("entry_into_force", 4))
    course = walk(Chain(events, in_force=(FIRST,) * 3, forces=frozenset({2})), own).course()
    assert course
    assert statuses_of(course.on(FIRST + 3)) == {Status.SUSPENDED}


@pytest.mark.parametrize(("act", "passes"), [("accession", True), ("prolongation", True), ("denial", False)])
def test_what_has_no_effect_passes_over_an_event_that_may_have_had_one_and_a_denial_does_not(
    act: str, passes: bool
) -> None:
    declared = READINGS["declared"]
    own = Reading("own", tuple(effect for effect in declared.effects if effect.act is not Act.ACCESSION))
    chain = Chain(acts_on((act, 1), ("signature", 3)), Edges.SELECTION, effective=frozenset({0, 1}))
    course = walk(chain, own).course()
    assert course
    assert statuses_of(course.on(FIRST + 2)) == (frozenset(Status) if passes else {Status.NONE})


def test_a_chain_is_known_by_what_is_told_and_means_how_the_choice_goes_on_as_well() -> None:
    chain = chain_of(("signature", 0, 0)).chain
    other, same = (evolve(chain, choices=(({0: (to,)},),)) for to in (0, 0))
    assert (chain, hash(chain)) == (other, hash(other))
    assert chain.meaning != other.meaning == same.meaning


def test_a_course_and_its_spans_are_the_same() -> None:
    course = Told(acts_on(("signature", 0)), "declared", is_selection=False, in_force=(FIRST,)).walk.course()
    assert course
    assert [(span.first, span.end) for span in spans_of(course)] == [(EVER_BEFORE, FIRST), (FIRST, EVER_AFTER)]
