"""What the records of GUAM, Central Asia, the Turkic states, the Union State and the Council of Europe say beyond the facts."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import Status, Verdict

DATA = Path(csto.__file__).parent / "data"
HERE = ["caco", "council-of-europe", "guam", "ots", "union-state"]
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("organisation", HERE)
def test_the_controversies_that_the_header_lists_are_those_of_the_record(organisation: str) -> None:
    text = (DATA / f"{organisation}.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    tables = [
        entry for table in ("event", "attestation", "step", "note", "instrument") for entry in found.get(table, [])
    ]
    tables += [claim for event in found["event"] for claim in event["claims"]]
    header = re.findall(r"^#   (C\d+) ", text, re.MULTILINE)
    assert header == sorted(set(header))
    assert {entry["conflict"] for entry in tables if "conflict" in entry} == set(header)


def test_a_controversy_has_one_meaning_in_all_records() -> None:
    """An id is used in one record only: a registry shows them side by side."""
    used = {
        organisation: {
            conflict.id for conflict in csto.history(organisation).conflicts() if re.fullmatch(r"C\d+", conflict.id)
        }
        for organisation in csto.organisations()
    }
    for one in HERE:
        for other in set(used) - {one}:
            assert not used[one] & used[other], (one, other)


@pytest.mark.parametrize("organisation", HERE)
def test_the_names_of_an_institution_follow_one_another(organisation: str) -> None:
    for institution in csto.history(organisation).institutions:
        assert institution.names
        assert institution.names[0].since
        assert institution.exists.declared.earliest == institution.names[0].since.earliest
        for old, new in pairwise(institution.names):
            assert old.until
            assert new.since
            assert old.until.latest
            assert new.since.earliest
            assert old.until.latest + DAY == new.since.earliest


# --- Uzbekistan in GUUAM: one act under four names -----------------------------------------------------------------------

GUAM = csto.history("guam")
#: What follows of June 2002 if this source is right: declared, and where taking part counts.
NAMES = [
    ("jamestown-2005-2-77", Status.SUSPENDED, Status.SUSPENDED),
    ("civil-ge-2002-07-19", Status.FORMER, Status.FORMER),
    ("itar-tass-2005-05-11", Status.OBSERVER, Status.OBSERVER),
    ("rferl-2005-05-05", Status.MEMBER, Status.FROZEN),
]


@pytest.mark.parametrize(("source", "declared", "participating"), NAMES)
@pytest.mark.parametrize("day", ["2002-12-31", "2004-06-01", "2005-05-02"])
def test_each_name_for_the_act_of_2002_leads_to_its_status(
    source: str, declared: Status, participating: Status, day: str
) -> None:
    heard = GUAM.resolved(csto.precedence(source))
    assert heard.status("UZ", "2001-12-31").status is Status.MEMBER
    assert heard.status("UZ", day).status is declared
    assert heard.under("participating").status("UZ", day).status is participating
    assert heard.status("UZ", "2005-05-05").status is Status.FORMER


@given(st.dates(dt.date(2002, 6, 14), dt.date(2005, 5, 2)))
def test_who_hears_all_claims_of_2002_is_not_told_whether_uzbekistan_was_a_member(day: dt.date) -> None:
    everything = GUAM.resolved("every")
    assert everything.was_member("UZ", day) is Verdict.UNDETERMINED
    told = {Status.MEMBER, Status.SUSPENDED, Status.OBSERVER, Status.FORMER}
    assert everything.status("UZ", day).statuses <= told
    assert GUAM.status("UZ", day).status is Status.SUSPENDED
    assert GUAM.under("legal").status("UZ", day).status is Status.SIGNATORY


def test_a_line_that_an_agency_repeats_moves_nothing() -> None:
    """It has Uzbekistan leave four years after 1999; the claim is kept and deprecated."""
    assert GUAM.status("UZ", "2004-06-01").status is Status.SUSPENDED
    (found,) = (conflict for conflict in GUAM.conflicts() if conflict.id == "C63")
    assert {cited.claim.date.edtf for cited in found.claims if cited.claim.date} >= {"2003", "2005-05-03", "2005-05-05"}


# --- Central Asia: an end without a day ----------------------------------------------------------------------------------

CACO = csto.history("caco")


@given(st.sampled_from(CACO.states.codes), st.dates(dt.date(2005, 10, 6), dt.date(2006, 12, 30)))
def test_between_the_decision_and_the_end_of_the_year_after_nobody_knows(code: str, day: dt.date) -> None:
    finding = CACO.status(code, day)
    assert finding.verdict is Verdict.UNDETERMINED
    assert any("ended on" in caveat for caveat in finding.caveats)
    assert CACO.was_member(code, "2005-10-05") is Verdict.YES
    assert CACO.was_member(code, "2006-12-31") is Verdict.NO


def test_the_yearly_data_set_goes_on_to_a_day_on_which_nobody_belongs() -> None:
    (found,) = (conflict for conflict in CACO.conflicts() if conflict.id == "C72")
    assert {cited.attestation.source for cited in found.attestations} == {"cow-igo-3"}
    assert CACO.members_on("2006-12-31").possible.codes == ()


# --- The Turkic states: an observer that is told both ways ----------------------------------------------------------------

OTS = csto.history("ots")


@given(st.dates(dt.date(2022, 11, 11), dt.date(2025, 10, 9)))
def test_an_observer_whose_admission_is_denied_is_one_by_default_and_perhaps_none(day: dt.date) -> None:
    assert OTS.status("TRNC", day).status is Status.OBSERVER
    assert OTS.resolved("every").status("TRNC", day).statuses == {Status.OBSERVER, Status.NONE}
    assert OTS.resolved("every").was_member("Northern Cyprus", day) is Verdict.NO


def test_lists_of_observers_that_leave_one_out_are_shown() -> None:
    (found,) = (conflict for conflict in OTS.conflicts() if conflict.id == "C83")
    sources = {cited.attestation.source for cited in found.attestations}
    assert sources == {"dailysabah-2023-03-07", "ashgabat-in-2023-10-29"}


def test_a_body_that_no_list_of_states_has_belongs_to_this_record_alone() -> None:
    registry = csto.Registry.of(*map(csto.history, csto.organisations()))
    assert registry.status("ots", "TRNC", "2024-01-01").status is Status.OBSERVER
    assert registry.status("ots", "Cyprus", "2024-01-01").status is Status.NONE
    assert not list(registry.memberships_of("TRNC", "2024-01-01"))


# --- The Council of Europe: twelve states and no word of others ----------------------------------------------------------

COUNCIL = csto.history("council-of-europe")


@pytest.mark.parametrize(
    ("reading", "began"),
    [
        ("declared", dt.date(1949, 5, 5)),
        ("participating", dt.date(1949, 5, 5)),
        ("legal", dt.date(1949, 8, 3)),  # the Statute's entry into force
    ],
)
@given(data=st.data())
def test_of_states_that_it_does_not_name_the_record_says_nothing(
    data: st.DataObject, reading: str, began: dt.date
) -> None:
    state = data.draw(st.sampled_from(["France", "DE", "Estonia", "Kosovo", "Japan"]))
    council = COUNCIL.under(reading)
    assert council.was_member(state, data.draw(st.dates(began, dt.date(2026, 1, 26)))) is Verdict.UNDETERMINED
    assert council.was_member(state, began) is Verdict.UNDETERMINED
    # Nobody was a member of what did not exist.
    assert council.was_member(state, began - dt.timedelta(1)) is Verdict.NO


@pytest.mark.parametrize("day", ["2022-02-25", "2022-03-01", "2022-03-15"])
def test_a_suspension_of_rights_of_representation_leaves_a_member(day: str) -> None:
    finding = COUNCIL.status("Russia", day)
    assert finding.verdict is Verdict.YES
    assert any("suspended from organs" in caveat for caveat in finding.caveats)
    assert not any("suspended from organs" in caveat for caveat in COUNCIL.status("Russia", "2022-02-24").caveats)


@pytest.mark.parametrize(("source", "act"), [("coe-russia", "exclusion"), ("interaffairs-2023-02-19", "withdrawal")])
def test_however_the_end_is_called_it_falls_on_one_day(source: str, act: str) -> None:
    (end,) = (event for event in COUNCIL.record.events if event.id == "rus-end")
    assert {told.act.value for told in end.claims if told.source == source} == {act}
    heard = COUNCIL.resolved(csto.precedence(source))
    for shift, verdict in ((-1, Verdict.YES), (0, Verdict.NO), (1, Verdict.NO)):
        assert heard.was_member("RU", dt.date(2022, 3, 16) + shift * DAY) is verdict


def test_the_yearly_data_set_is_a_year_late_with_azerbaijan() -> None:
    (found,) = (conflict for conflict in COUNCIL.conflicts() if conflict.id == "C103")
    assert [cited.attestation.source for cited in found.attestations] == ["cow-igo-3"]
    assert COUNCIL.was_member("AZ", "2001-12-31") is Verdict.YES
