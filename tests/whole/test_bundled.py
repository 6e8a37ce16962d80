"""The bundled records as a whole: which there are, and the registry of all of them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import csto_membership as csto
from csto_membership import Registry, Status

DATA = Path(csto.__file__).parent / "data"
#: Files of the folder that are no records.
OTHERS = {"starter", "states"}
DAYS = st.dates(dt.date(1991, 1, 1), dt.date(2026, 12, 31))


def test_every_record_in_the_folder_is_listed_in_order() -> None:
    assert list(csto.organisations()) == sorted({path.stem for path in DATA.glob("*.toml")} - OTHERS)


def test_the_registry_of_bundled_records_holds_each_under_its_own_view() -> None:
    registry = Registry.bundled()
    assert registry.organisations == csto.organisations()
    for organisation in csto.organisations():
        assert registry.history(organisation) == csto.history(organisation)
    assert {registry.history(organisation).reading.name for organisation in ("csto", "eaeu")} == {"declared", "legal"}


@given(st.data(), DAYS)
def test_a_state_has_the_memberships_that_the_histories_give_it(data: st.DataObject, day: dt.date) -> None:
    registry = Registry.bundled()
    state = data.draw(st.sampled_from(sorted(registry.states.codes)))
    found = registry.memberships_of(state, day)
    histories = {id: csto.history(id) for id in csto.organisations()}
    listing = {id: history for id, history in histories.items() if state in history.states.codes}
    verdicts = {id: history.was_member(state, day) for id, history in listing.items()}
    assert list(found.certain) == [id for id, verdict in verdicts.items() if verdict == True]  # noqa: E712 - the certain
    assert list(found.undetermined) == [id for id, verdict in verdicts.items() if verdict is csto.Verdict.UNDETERMINED]
    assert list(found.unlisted) == [id for id in histories if id not in listing]


@pytest.mark.parametrize("day", ["2014-12-31", "2015-01-01", "2015-01-02"])
def test_a_community_that_ends_for_all_leaves_no_member(day: str) -> None:
    history = csto.history("eurasec")
    ended = day >= "2015-01-01"
    statuses = {history.status(state, day).status for state in history.states}
    assert statuses == ({Status.FORMER} if ended else {Status.MEMBER, Status.OBSERVER, Status.SUSPENDED})
    for reading in ("declared", "legal"):
        assert bool(history.under(reading).members_on(day).possible) is not ended


@pytest.mark.parametrize(
    ("day", "observers"), [("2025-08-31", {"AFG", "MNG"}), ("2025-09-01", set()), ("2025-09-02", set())]
)
def test_a_status_that_is_abolished_is_nobodys_from_its_day_on(day: str, observers: set[str]) -> None:
    for reading in ("declared", "legal"):
        for institution in ("shanghai-five", "sco"):
            history = csto.history("sco").under(reading).institution(institution)
            found = {state.id: history.status(state, day).status for state in history.states}
            assert {state for state, status in found.items() if status is Status.OBSERVER} == observers
            partners = {state for state, status in found.items() if status is Status.PARTNER}
            assert (len(partners), {"AFG", "MNG"} <= partners) == ((14, False) if observers else (17, True))


def test_the_shanghai_five_are_a_line_from_which_the_organisation_begins() -> None:
    history, five = csto.history("sco"), ("CHN", "KAZ", "KGZ", "RUS", "TJK")
    assert history.members_on("2001-06-13").certain.codes == five
    assert history.members_on("2001-06-14").certain.codes == (*five, "UZB")
    organisation = history.institution("sco")
    assert [organisation.size(day) for day in ("2001-06-14", "2001-06-15")] == [(0, 0), (6, 6)]
    assert [organisation.under("legal").size(day) for day in ("2003-09-18", "2003-09-19")] == [(0, 0), (6, 6)]


def test_uzbekistan_is_told_to_leave_one_community_as_it_leaves_the_other() -> None:
    """The letter of 2008 and the note of 2012: suspended as declared, nothing in law before an organ decides."""
    for organisation, day in (("eurasec", dt.date(2008, 10, 20)), ("csto", dt.date(2012, 6, 28))):
        history = csto.history(organisation)
        assert history.status("UZ", day - dt.timedelta(1)).status is Status.MEMBER
        assert history.status("UZ", day).status is Status.SUSPENDED
        assert history.under("legal").status("UZ", day).status is Status.MEMBER
    every = csto.history("eurasec").resolved("every")
    assert every.status("UZ", "2008-10-14").statuses == {Status.MEMBER}
    assert every.status("UZ", "2008-10-15").statuses == {Status.MEMBER, Status.SUSPENDED}
    # By those who say "leaves" it was out; by those who call the note one of withdrawal, nothing had come of it yet.
    assert every.status("UZ", "2008-11-30").statuses == {Status.MEMBER, Status.SUSPENDED, Status.FORMER}


@pytest.mark.parametrize("organisation", csto.organisations())
def test_the_header_of_a_record_lists_its_controversies(organisation: str) -> None:
    text = (DATA / f"{organisation}.toml").read_text(encoding="utf-8")
    header = text[: text.index("[organisation]")]
    listed = set(re.findall(r"^#   ([A-Z][A-Z-]*\d+)  ", header, re.MULTILINE))
    record = csto.history(organisation).record
    told = {event.conflict for event in record.events}
    told |= {claim.conflict for event in record.events for claim in event.claims}
    told |= {instrument.conflict for instrument in record.instruments}
    told |= {attestation.conflict for attestation in record.attestations}
    told |= {step.conflict for step in record.steps} | {note.conflict for note in record.notes}
    assert listed == told - {""}
