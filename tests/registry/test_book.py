"""One identity for each state across records: by number, by id and by lives, and never two taken for one."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.records import lives

import csto_membership as csto
from csto_membership import Act, Claim, Event, History, Record, RecordError, Registry, Source, State
from csto_membership._files.known_states import identity_of
from csto_membership._values.lives import DatedName, Predecessor
from csto_membership._values.world import world


def test_a_number_used_again_is_no_identity() -> None:
    # The project's Korea is 730, until 1905-11-17.
    before = State("JOS", "Joseon", cow=730, lifespans=lives(("1392", "1905-11-17")))
    touching = State("NEW", "New Korea", cow=730, lifespans=lives(("1905-11-17", None)))
    after = State("NEW", "New Korea", cow=730, lifespans=lives(("1905-11-18", None)))
    unknown = State("NEW", "New Korea", cow=730)
    assert identity_of(before) == identity_of(touching) == identity_of(unknown) == "cow:730"
    assert identity_of(after) == "NEW"
    registry = Registry.of(Record("a", states=[before]), Record("b", states=[after]))
    assert {state.id for state in registry.states} == {"cow:730", "NEW"}
    assert Registry.of(Record("a", states=[before]), Record("b", states=[touching])).states.codes == ("cow:730",)
    # The number is the id of the one and a mere name of the other: the id decides.
    assert registry.memberships_of("COW:730", "1900-01-01").state == State("cow:730", "Korea")
    assert registry.memberships_of("New Korea", "1900-01-01").state == after


def test_an_id_used_again_is_refused() -> None:
    one, other = (State("KNG", "Congo", lifespans=lives(run)) for run in (("1960", "1971"), ("1997", None)))
    with pytest.raises(RecordError) as caught:
        Registry.of(Record("a", states=[one]), Record("b", states=[State("KNG", "Congo")]), Record("c", states=[other]))
    assert [(fault.place, fault.value) for fault in caught.value.faults] == [("state 'KNG'", "Congo (KNG)")]
    with pytest.raises(RecordError, match=r"Armenia \(ARM\), First Republic \(ARM\)"):
        Registry.of(Record("a", states=[State("ARM", "First Republic", lifespans=lives(("1918", "1920")))]))
    together = Registry.of(Record("a", states=[one]), Record("b", states=[State("KNG", "Kongo")]))
    (state,) = together.states
    assert (state.names, state.lifespans) == (("Kongo",), one.lifespans)


def member(organisation: str, state: State, first: str) -> Record:
    claim = Claim("s", Act.ADMISSION, first)
    return Record(organisation, states=[state], sources=[Source("s")], events=(Event("e", (state.id,), (claim,)),))


def before(*ids: str) -> tuple[Predecessor, ...]:
    return tuple(Predecessor(id, citation="x") for id in ids)


SOVIET = State("SUN", "Soviet Union", alpha3="SUN", cow=365, lifespans=lives(("1922-12-30", "1991-12-26")))

YUGOSLAVIA = State("YUG", "Yugoslavia", cow=345, lifespans=lives(("1918-12-01", "1992-04-27")))

UNION = State("SCG", "Serbia and Montenegro", cow=345, lifespans=lives(("2003-02-04", "2006-06-04")))


def test_a_predecessor_is_not_its_successor_though_they_share_a_number() -> None:
    registry = Registry.of(csto.CSTO, member("wto", SOVIET, "1955-05-14"), member("x", YUGOSLAVIA, "1945-10-24"))
    assert {"RUS", "SUN", "YUG"} <= set(registry.states.codes)
    assert registry.memberships_of("Russia", "2000-01-01").certain == ("csto",)
    assert registry.memberships_of("Soviet Union", "1960-01-01").certain == ("wto",)
    assert registry.memberships_of("Soviet Union", "2000-01-01").undetermined == ("wto",)
    assert registry.memberships_of("cow:365", "2000-01-01").state.id == "RUS"
    # The project counts both as one, so whoever asks for Russia may mean the Soviet Union.
    assert registry.was_member("wto", "Russia", "1960-01-01") is csto.Verdict.UNDETERMINED
    assert registry.was_member("wto", "Russia", "1955-05-13") is csto.Verdict.NO


def test_two_predecessors_of_one_number_are_two_states() -> None:
    registry = Registry.of(member("a", YUGOSLAVIA, "1945-10-24"), member("b", UNION, "2003-02-04"))
    assert registry.states.codes == ("SCG", "YUG")
    # What one record says of a predecessor holds for all: the successor keeps the number.
    tanganyika = State("TGK", "Tanganyika", cow=510)
    tanzania = State("TZA", "Tanzania", cow=510, predecessors=before("TGK"))
    plain = State("cow:510", "Tanzania", cow=510)
    for states in itertools.permutations([tanganyika, tanzania, plain]):
        registry = Registry.of(*(member(f"o{n}", state, "1962") for n, state in enumerate(states)))
        assert registry.states.codes == ("TGK", "TZA")
        assert len(registry.memberships_of("TZA", "2000-01-01").certain) == 2
        assert len(registry.memberships_of("TGK", "2000-01-01").certain) == 1


def test_an_id_without_a_number_is_the_state_of_that_id_with_one() -> None:
    without, with_number = State("UNI", "Czechoslovakia"), State("UNI", "Czechoslovakia", cow=9315)
    registry = Registry.of(member("a", without, "1945"), member("b", with_number, "1946"))
    assert registry.states.codes == ("cow:9315",)
    for name in ("UNI", "cow:9315", "Czechoslovakia", without, with_number, State("UNI", "x"), *registry.states):
        assert registry.memberships_of(name, "1950-01-01").certain == ("a", "b")
    # With two of that id it may be either, or a third.
    other = State("UNI", "Elsewhere", cow=9001)
    registry = Registry.of(member("a", without, "1945"), member("b", with_number, "1946"), member("c", other, "1947"))
    assert set(registry.states.codes) == {"UNI", "cow:9315", "cow:9001"}
    with pytest.raises(csto.UnknownStateError) as caught:
        registry.memberships_of("UNI", "1950-01-01")
    assert set(caught.value.nearest) == {"UNI", "cow:9315", "cow:9001"}


@pytest.mark.parametrize(
    "states",
    [
        [State("ARM", "Atlantis", cow=1)],
        [State("ARM", "Atlantis", alpha3="ATL")],
        [State("cow:2", "Republic of Texas", cow=2, lifespans=lives(("1700", "1750")))],
        [State("TAN", "Tanganyika", lifespans=lives(("1961", "1964"))), State("TAN", "Tanzania", lifespans=lives(("1964", None)))],
        [State("cow:345", "Old Serbia", lifespans=lives(("1700", "1750")))],
        [State("XX", "One", alpha3="XXA"), State("XX", "Two", alpha3="XXB")],
        [State("XX", "One"), State("XX", "Two", predecessors=before("XXA")), State("XX", "Three", alpha3="XXA")],
    ],
)  # fmt: skip
def test_an_id_of_two_states_is_refused(states: list[State]) -> None:
    with pytest.raises(RecordError) as caught:
        Registry.of(*(member(f"o{n}", state, "1990") for n, state in enumerate(states)))
    (fault,) = caught.value.faults
    assert fault.place == f"state {states[0].id!r}"
    assert states[-1].name in str(fault.value)
    assert fault.remedy


def test_answers_of_different_organisations_are_of_shared_states() -> None:
    north, south = State("LEV", "Northern Levant", cow=9678), State("LEV", "Levant", cow=9679)
    registry = Registry.of(member("a", north, "1945"), member("b", south, "1991"))
    a, b = (registry.members_on(id, "1996-01-01") for id in ("a", "b"))
    assert (a.certain.codes, b.certain.codes) == (("cow:9678",), ("cow:9679",))
    assert not a.certain & b.certain
    assert registry.status("a", "Northern Levant", "1996-01-01").state != registry.status("b", "Levant", "1996").state
    assert registry.was_member("a", north, dt.date(1996, 1, 1)) is csto.Verdict.YES
    assert registry.was_member("a", south, dt.date(1996, 1, 1)) is csto.Verdict.NO


def test_a_successor_may_have_the_codes_of_its_predecessor_in_one_record() -> None:
    first = State("CSK", "Czechoslovakia", alpha2="CS", lifespans=lives(("1918", "1992-12-31")))
    later = State("SCG", "Serbia and Montenegro", alpha2="CS", lifespans=lives(("2003-02-04", "2006-06-04")))
    history = History(Record("un", states=[first, later]))
    assert history.was_member("SCG", "2004-01-01") is csto.Verdict.NO
    with pytest.raises(csto.UnknownStateError) as caught:
        history.was_member("CS", "2004-01-01")
    assert caught.value.nearest == ("CSK", "SCG")
    History(Record("un", states=[YUGOSLAVIA, State("SRB", "Serbia", cow=345, predecessors=before("YUG"))]))
    with pytest.raises(RecordError, match="one name leads to several states"):
        Record("un", states=[first, evolve(later, lifespans=())])


def test_two_states_of_one_organisation_are_never_one() -> None:
    germany, empire = State("DEU", "Germany", alpha3="DEU", cow=255), State("GER", "German Empire")
    both = Record("a", states=[germany, empire])
    with pytest.raises(RecordError) as caught:
        Registry.of(both, member("b", State("GER", "Germany", cow=255), "1992"))
    assert "German Empire (GER)" in str(caught.value.faults[0].value)
    with pytest.raises(RecordError):
        Registry.of(Record("a", states=[State("cow:705", "Foo"), State("KAZ", "Bar")]))
    assert Registry.of(both).states.codes == ("DEU", "GER")


def test_who_contradicts_nobody_keeps_the_number() -> None:
    plain, russia = State("X", "X", cow=365), State("RUS", "Russia", alpha3="RUS", cow=365)
    registry = Registry.of(member("a", plain, "1992"), member("c", russia, "1992"))
    assert registry.memberships_of("RUS", "2000-01-01").certain == ("a", "c")
    other = State("X", "Y", alpha3="XYZ")
    registry = Registry.of(member("a", plain, "1992"), member("b", other, "1992"), member("c", russia, "1992"))
    assert registry.memberships_of("RUS", "2000-01-01").certain == ("a", "c")
    assert registry.memberships_of(other, "2000-01-01").certain == ("b",)


def test_ids_of_one_record_differ_by_more_than_case() -> None:
    with pytest.raises(RecordError, match="the id is given 2 times"):
        Record("x", states=[State("old", "One"), State("OLD", "Two", predecessors=before("old"))])


KINDS = st.builds(
    State,
    st.sampled_from(("AAA", "BBB", "cow:9001", "UZB", "OURS")),
    st.sampled_from(("One", "Two", "Uzbekistan")),
    alpha2=st.sampled_from((None, None, "UZ")),
    alpha3=st.sampled_from((None, None, "AAA", "CCC", "UZB")),
    cow=st.sampled_from((None, 9001, 9002)),
    names=st.sampled_from(((), ("AAA",), ("Old",))),
    lifespans=st.sampled_from(((), lives(("1900", "1950")), lives(("1950", None)), lives(("1900", None)))),
    predecessors=st.sampled_from(((), (), before("AAA"))),
)


@pytest.mark.parametrize(
    "state",
    [
        State("OURS", "Our name", alpha2="UZ"),
        State("OURS", "Our name", alpha3="UZB"),
        State("OURS", "Our name", cow=704),
        State("uzbekistan", "Uzbekistan"),
    ],
)
def test_a_state_under_an_id_of_its_own_is_the_one_whose_code_it_has(state: State, tmp_path: Path) -> None:
    registry = Registry.of(member("ours", state, "1999-01-01"), csto.CSTO)
    registry.prepare(tmp_path / "all.jsonl")
    for one in (registry, Registry.from_prepared(tmp_path / "all.jsonl")):
        for name in ("UZB", "UZ", "Uzbekistan", "cow:704", state.id, world()["UZB"]):
            assert str(one.was_member("ours", name, "2007-01-01")) == "yes"
            told = one.memberships_of(name, "2007-01-01")
            assert (told.certain, told.unlisted) == (("ours", "csto"), ())
        assert one.members_on("ours", "2007-01-01").certain.codes == ("UZB",)
        assert one.check(["ours", "csto"], "UZB", "2007-01-01") == [True, True]


@pytest.mark.law
@given(st.lists(KINDS, min_size=1, max_size=4))
def test_a_registry_takes_no_two_for_one_and_a_prepared_file_keeps_to_that(folder: Path, kinds: list[State]) -> None:
    try:
        records = [member(f"o{n}", state, f"{1901 + n}") for n, state in enumerate(kinds)]
        registry = Registry.of(*records)
    except RecordError:
        return
    registry.prepare(folder / "all.jsonl")
    prepared = Registry.from_prepared(folder / "all.jsonl")
    who = [registry.members_on(f"o{n}", "1960-01-01").possible.codes[0] for n in range(len(kinds))]
    assert [prepared.members_on(f"o{n}", "1960-01-01").possible.codes[0] for n in range(len(kinds))] == who
    for (one, a), (other, b) in itertools.combinations(zip(kinds, who, strict=True), 2):
        told_apart = (
            (one.cow and other.cow and one.cow != other.cow)
            or (one.alpha3 and other.alpha3 and one.alpha3 != other.alpha3)
            or (one.lifespans == lives(("1900", "1950")) and other.lifespans == lives(("1950", None)))
            or (other.lifespans == lives(("1900", "1950")) and one.lifespans == lives(("1950", None)))
            or (one.predecessors and "AAA" in (other.id, other.alpha3))
            or (other.predecessors and "AAA" in (one.id, one.alpha3))
        )
        assert not (told_apart and a == b), (one, other)
    # However many of them were prepared before, and whether by a name or by value.
    forms = [registry, prepared]
    for n in range(1, len(records)):
        try:
            Registry.of(*records[:n]).prepare(folder / "first.jsonl")
        except RecordError:  # what comes later may tell two apart
            continue
        forms.append(Registry.of(Registry.from_prepared(folder / "first.jsonl"), *records[n:]))
    for name in dict.fromkeys([*(alias for state in kinds for alias in state.aliases), *registry.states]):
        found: list[object] = []
        for form in forms:
            try:
                found.append(form.memberships_of(name, "1960-01-01"))
            except csto.UnknownStateError as error:
                found.append(str(error))
        assert all(told == found[0] for told in found), name
    for shared in registry.states:
        assert shared in registry.states
        assert registry.memberships_of(shared, "1960-01-01").state is shared
    for n, state in enumerate(kinds):
        assert registry.was_member(f"o{n}", state, "1960-01-01") is not csto.Verdict.NO


def test_a_prepared_file_keeps_who_is_who(tmp_path: Path) -> None:
    late = State(
        "NEW",
        "New Korea",
        cow=730,
        dated_names=(DatedName("Realm", "1910", "1920", "x"),),
        lifespans=lives(("[1905-11-18..]", "2000")),
        predecessors=(Predecessor("cow:730", citation="x"),),
    )
    registry = Registry.of(Record("a", states=[late]))
    registry.prepare(tmp_path / "all.jsonl")
    (again,) = Registry.from_prepared(tmp_path / "all.jsonl").states
    assert again.as_dict() == late.as_dict()
    assert identity_of(again) == "NEW"


@pytest.mark.law
@given(st.lists(st.lists(KINDS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_a_registry_answers_of_each_state_as_its_history_does(pools: list[list[State]]) -> None:
    histories = []
    try:
        for number, states in enumerate(pools):
            events = [
                Event(f"e{n}", (state.id,), (Claim("s", Act.ADMISSION, f"{1910 + 10 * n}"),))
                for n, state in enumerate(states)
            ]
            record = Record(f"o{number}", states=states, sources=[Source("s")], events=tuple(events))
            histories.append(History(record))
        registry = Registry.of(*histories)
    except RecordError:
        return
    for history in histories:
        id = history.record.id
        for state in history.record.states:
            for day in ("1905-01-01", "1915-01-01", "1925-01-01", "1935-01-01"):
                assert registry.was_member(id, state, day) is history.was_member(state, day)
                assert registry.was_member(id, state, dt.date.fromisoformat(day)) is history.was_member(state, day)
        assert len(registry.members_on(id, "1999-01-01").possible) == len(history.record.states)
