"""An open end does not outlive a state, and a name that leads to a state which did not exist on the day says who did."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

import csto_membership as csto
from csto_membership import History, Status, Verdict
from csto_membership._files.read import record_of
from csto_membership.readers import read_spells
from csto_membership.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


def pact(*members: tuple[str, str, str | None], states: str = "all", named: tuple[str, ...] = ()) -> History:
    """Members by state, first day and first day out; and states that are only named."""
    events = [
        {"id": f"{state} {act}", "states": [state], "claims": [{"source": "list", "act": act, "date": day}]}
        for state, joined, left in members
        for act, day in (("accession", joined), ("withdrawal", left))
        if day
    ]
    ids = dict.fromkeys([*(state for state, _, _ in members), *named])
    return History(
        record_of(
            {
                "organisation": {"id": "pact", "covers": {"states": states}},
                "state": [{"id": id} for id in ids],
                "source": [{"id": "list"}],
                "event": events,
            }
        )
    )


NATO = (("FRA", "1949-08-24", None), ("cow:260", "1955-05-06", None), ("DEU", "1990-10-03", None))


def test_an_open_end_says_nothing_after_the_last_day_of_the_state_in_any_list() -> None:
    seen = pact(("CSK", "1955-05-14", None))
    assert [seen.was_member("CSK", day) for day in ("1992-12-31", "1993-01-01")] == [YES, OPEN]
    finding = seen.status("Czechoslovakia", "2000-01-01")
    assert finding.statuses == {Status.MEMBER, Status.FORMER}
    assert any("Czechia (CZE) and Slovakia (SVK)" in caveat for caveat in finding.caveats)
    assert any("no claim" in caveat for caveat in finding.caveats)
    assert seen.days_as_member("CSK", "1992-12-01", "1993-01-31") == (31, 62)
    assert seen.members_on("1993-01-01").undetermined.codes == ("CSK",)
    assert not any("no claim" in caveat for caveat in seen.status("CSK", "1992-12-31").caveats)


def test_an_end_that_is_told_stays_as_it_is_told() -> None:
    # The project counts the last day of Czechoslovakia as 1992-12-31; this organisation let it go earlier, or later.
    earlier, later = pact(("CSK", "1955-05-14", "1991-07-01")), pact(("CSK", "1955-05-14", "1993-06-01"))
    assert earlier.was_member("CSK", "2000-01-01") is NO
    assert earlier.status("CSK", "2000-01-01").status is Status.FORMER
    assert [later.was_member("CSK", day) for day in ("1993-05-31", "1993-06-01")] == [YES, NO]


def test_a_state_with_an_open_life_in_some_list_never_lapses() -> None:
    # The project ends Germany in 1945 and begins it again; in ISO 3166-1 it is carried on.
    assert pact(("DEU", "1900-01-01", None)).was_member("DEU", "2020-01-01") is YES
    assert pact(("MCO", "1900-01-01", None)).was_member("MCO", "2020-01-01") is YES  # a life that is open
    assert pact(("PSE", "1976-09-09", None)).was_member("PSE", "2020-01-01") is YES  # in no list of lives


def test_a_day_before_the_first_life_stays_as_told_and_says_so() -> None:
    finding = pact(("BLR", "1945-10-24", None)).status("Belarus", "1950-01-01")
    assert finding.verdict is YES
    assert any("Soviet Union (SUN)" in caveat and "Belarus (BLR)" in caveat for caveat in finding.caveats)
    plain = pact(("LIE", "1945-10-24", None)).status("LIE", "1950-01-01")
    assert plain.verdict is YES
    assert any("no Liechtenstein (LIE) on 1950-01-01" in caveat for caveat in plain.caveats)


@pytest.mark.parametrize("states", ["all", "listed"])
def test_germany_in_1980_is_not_a_flat_no_where_the_record_knows_who_existed_then(states: str) -> None:
    seen = pact(*NATO, states=states)
    finding = seen.status("Germany", "1980-12-31")
    assert finding.verdict is OPEN
    caveats = " ".join(finding.caveats)
    assert "German Federal Republic (cow:260) on 1980-12-31, and not Germany (DEU)" in caveats
    assert finding.decided_by == ("whether German Federal Republic (cow:260) is meant",)
    assert any("may be meant, of which the record says: member" in caveat for caveat in finding.caveats)
    for state, day, verdict in (
        ("Germany", "1955-05-05", NO),
        ("Germany", "1990-10-02", OPEN),
        ("Germany", "1990-10-03", YES),
        ("West Germany", "1980-12-31", YES),
        ("West Germany", "1990-10-03", OPEN),
        ("France", "1980-12-31", YES),
    ):
        assert seen.was_member(state, day) is seen.was_member(state, dt.date.fromisoformat(day)) is verdict, (
            state,
            day,
        )
        assert seen.timeline(state).on(day).verdict is verdict
        assert seen.check(state, day) == [verdict.value]
    # Lists name each state once.
    assert seen.members_on("1980-12-31").possible.codes == ("FRA", "cow:260")
    assert seen.size("1980-12-31") == (2, 2)
    assert seen.days_as_member("DEU", "1990-10-01", "1990-10-04") == (2, 4)
    assert seen.was_member_throughout("DEU", "1990-10-01", "1990-10-04") is OPEN
    assert seen.days_as_member("DEU", "1980-01-01", "1980-12-31") == (0, 366)
    assert seen.days_as_member("DEU", "1990-10-02", "1990-10-02") == (0, 1)
    assert seen.days_as_member("DEU", "1990-10-03", "1990-10-03") == (1, 1)
    prepared = Registry.of(seen)
    assert prepared.was_member("pact", "Germany", "1980-12-31") is OPEN


def test_two_states_that_a_list_counts_as_one_may_be_meant_by_the_name_of_the_other() -> None:
    # The project has the Soviet Union under the number of Russia, 365, and Yugoslavia under that of Serbia, 345.
    seen = pact(("SUN", "1955-05-14", "1991-12-26"), ("RUS", "1991-12-26", None), ("YUG", "1945-10-24", "1992-04-28"))
    for state, day, verdict in (
        ("Russia", "1955-05-13", NO),
        ("Russia", "1955-05-14", OPEN),
        ("Russia", "1991-12-25", OPEN),
        ("Russia", "1991-12-26", YES),
        ("Russia", "1992-08-30", YES),
        ("Soviet Union", "1991-12-25", YES),
        ("Soviet Union", "1991-12-26", NO),
        ("Serbia", "1980-01-01", OPEN),
        ("Ukraine", "1980-01-01", NO),
        ("Croatia", "1992-04-27", NO),
    ):
        assert seen.was_member(state, day) is seen.status(state, day).verdict is verdict, (state, day)
        assert seen.timeline(state).on(day).verdict is verdict
        assert Registry.of(seen).was_member("pact", state, day) is verdict
    finding = seen.status("Russia", "1980-01-01")
    assert finding.decided_by == ("whether Soviet Union (SUN) is meant",)
    assert finding.caveats == (
        "Correlates of War, State System Membership List, v2016 counts Russia (RUS) and Soviet Union (SUN) as one state",
        "Soviet Union (SUN) may be meant, of which the record says: member",
    )
    assert seen.days_as_member("Russia", "1991-12-24", "1991-12-27") == (2, 4)
    # A table by the project's numbers knows the Soviet Union as Russia.
    numbered = pact(("RUS", "1955-05-14", None))
    assert [numbered.was_member("USSR", day) for day in ("1955-05-13", "1955-05-14", "2000-01-01")] == [NO, OPEN, NO]


def test_a_depositary_that_writes_germany_may_mean_the_federal_republic() -> None:
    # ISO 3166 has the Federal Republic before 1990 under the letters of Germany.
    seen = pact(("DEU", "1949-09-07", None))
    for state, day, verdict in (
        ("Germany", "1980-01-01", YES),
        ("West Germany", "1955-05-04", NO),
        ("West Germany", "1955-05-05", OPEN),
        ("cow:260", "1990-10-02", OPEN),
        ("cow:260", "1990-10-03", NO),
        ("East Germany", "1980-01-01", NO),
    ):
        assert seen.was_member(state, day) is seen.status(state, day).verdict is verdict, (state, day)
        assert Registry.of(seen).was_member("pact", state, day) is verdict
    assert "whether Germany (DEU) is meant" in seen.status("West Germany", "1980-01-01").decided_by


def test_a_state_that_no_list_has_on_the_day_is_none_and_the_answer_says_who_was_there() -> None:
    seen = pact(("CSK", "1955-05-14", "1991-07-01"), ("CZE", "1999-03-12", None))
    finding = seen.status("Czechia", "1980-01-01")
    assert finding.status is Status.NONE
    assert any("Czechoslovakia (CSK)" in caveat for caveat in finding.caveats)


def test_a_prepared_file_answers_the_same(tmp_path: Path) -> None:
    registry = Registry.of(pact(*NATO, states="listed"), csto.CSTO)
    registry.prepare(tmp_path / "all.jsonl")
    prepared = Registry.from_prepared(tmp_path / "all.jsonl")
    for organisation in ("pact", "csto"):
        for state in ("Germany", "West Germany", "France", "Chad", "Ukraine", "UZ"):
            for day in ("1950-01-01", "1980-12-31", "1990-10-02", "2007-01-01", "2100-01-01"):
                live, kept = (each.status(organisation, state, day) for each in (registry, prepared))
                assert (live.statuses, live.verdict, live.state) == (kept.statuses, kept.verdict, kept.state)
                live_verdict = registry.was_member(organisation, state, dt.date.fromisoformat(day))
                assert (
                    live_verdict is prepared.was_member(organisation, state, dt.date.fromisoformat(day)) is live.verdict
                )
        for day in ("1980-12-31", "2007-01-01", "2100-01-01"):
            one, other = (each.members_on(organisation, day) for each in (registry, prepared))
            assert one.as_dict() == other.as_dict()


def test_a_table_that_lists_some_says_nothing_of_others(tmp_path: Path) -> None:
    path = tmp_path / "pact.csv"
    path.write_text("organisation,state,status,first_day,last_day\npact,FRA,member,1949-08-24,\n", encoding="utf-8")
    record = read_spells(path, covers=csto.Coverage(states="listed")).record("pact")
    seen = History(record)
    finding = seen.status("Chad", "2000-01-01")
    assert (finding.verdict, len(finding.statuses)) == (OPEN, len(Status))
    assert "the table does not list Chad: not listed is not the same as not a member" in finding.caveats
    assert finding.decided_by == ("a source that speaks of Chad on 2000-01-01",)
    members = seen.members_on("2000-01-01")
    assert members.others is OPEN
    assert any("of others it says nothing" in caveat for caveat in members.caveats)
    assert "France" in members
    with pytest.raises(csto.UndeterminedError, match="Chad"):
        "Chad" in members  # noqa: B015 - the question raises
    with pytest.raises(csto.UnknownStateError):
        "Chadd" in members  # noqa: B015 - the question raises


def test_a_complete_list_says_of_others_any_status_but_its_own() -> None:
    document: dict[str, Any] = {
        "organisation": {"id": "club", "covers": {"states": "listed"}},
        "state": [{"id": "FRA"}],
        "source": [{"id": "list"}],
        "attestation": [
            {"source": "list", "states": ["FRA"], "status": "member", "on": "2000-01-01", "complete": True}
        ],
    }
    seen = History(record_of(document))
    assert [seen.was_member("Chad", day) for day in ("1999-12-31", "2000-01-01", "2000-01-02")] == [OPEN, NO, OPEN]
    (cited,) = seen.status("Chad", "2000-01-01").evidence
    assert "complete list" in str(cited)
    # A record that vouches for all needs no list.
    document["organisation"]["covers"] = {}
    assert History(record_of(document)).status("Chad", "1999-12-31").status is Status.NONE


def test_the_bundled_record_answers_for_every_state_of_the_world_and_says_why() -> None:
    finding = csto.status("Germany", "2007-01-01")
    assert (finding.verdict, finding.status) == (NO, Status.NONE)
    assert "the record vouches for all states and does not name Germany" in finding.caveats
    assert csto.CSTO.check(["USA", "UZB", "Deutschland"], "2007-01-01") == [False, True, False]
    assert csto.CSTO.timeline("Chad").spells[0].statuses == {Status.NONE}
    assert csto.CSTO.both_members("Chad", "Russia") == ()
    assert csto.CSTO.days_as_member("Chad", "2000-01-01", "2000-12-31") == (0, 0)
    assert "Germany" not in csto.members_on("2007-01-01")
    assert csto.CSTO.strict().was_member("Germany", "2100-01-01") is OPEN
    assert csto.CSTO.according_to("cow-igo-3").was_member("Germany", "2007-01-01") is NO
