"""Hints: what was probably meant is named, or both where two are; better none than a wrong one."""

from __future__ import annotations

import datetime as dt
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.screen import Screen

import csto_membership as csto
from csto_membership import Act, Claim, Coverage, Event, Record, Source, State, UnknownNameError, Verdict
from csto_membership._values.acts import _OTHER_WORDS, acts_meant, as_act, as_status
from csto_membership._values.wording import nearest
from csto_membership.exceptions import alike

OTHER_WORDS = {
    "denunciation": {"withdrawal", "notice_of_withdrawal"},
    "exit": {"withdrawal", "notice_of_withdrawal"},
    "resignation": {"withdrawal", "notice_of_withdrawal"},
    "secession": {"withdrawal", "notice_of_withdrawal"},
    "expulsion": {"exclusion"},
    "readmission": {"return", "admission", "accession"},
    "dissolution": {"expiry"},
    "lifting_of_suspension": {"return"},
    "lifting of suspension": {"return"},
    "suspension lifted": {"return"},
    "notification": {"notice_of_withdrawal", "notice_of_suspension"},
    "joining": {"accession", "admission"},
    "entry": {"accession", "admission"},
    "membership": {"accession", "admission"},
    "deposit": {"ratification", "accession"},
    "renewal": {"prolongation"},
    "observer": {"observer_status"},
    "Entry into force": {"entry_into_force"},
    "SIGNATURE": {"signature"},
    "withdrawl": {"withdrawal"},
    "suspention": {"suspension"},
    "ratifcation": {"ratification"},
    "notice_of_withdrawl": {"notice_of_withdrawal"},
    # one letter of five is another, or the first one
    "lapsx": {"lapse"},
    "xapse": set(),
    "laxxe": set(),
    # no more than sixty characters are looked at
    f"{'exit':>60}": {"withdrawal", "notice_of_withdrawal"},
    f"{'exit':>61}": set(),
    # no slips, and no words that we know
    "nonratification": set(),
    "end_of_membership_talks": set(),
    "non_ratification": set(),
    "nothing": set(),
    "inclusion": set(),
    "": set(),
    "5": set(),
}


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_another_word_for_an_act_leads_to_all_that_it_may_mean_and_to_nothing_else(word: str) -> None:
    assert set(acts_meant(word)) == OTHER_WORDS[word]
    with pytest.raises(UnknownNameError) as caught:
        as_act(word)
    assert set(caught.value.meant) == OTHER_WORDS[word]
    assert all(repr(act) in str(caught.value) for act in OTHER_WORDS[word])
    assert ("did you mean" in str(caught.value)) is bool(OTHER_WORDS[word])


@given(st.text("abcdefghijklmnoprstuvw_", max_size=30))
@example("emission")
@example("nonsuspension")
@example("notice_of_exclusion")
def test_a_hint_at_an_act_is_another_word_for_it_or_much_like_it(word: str) -> None:
    known = {other.replace(" ", "_") for other in _OTHER_WORDS}
    for act in acts_meant(word):
        assert as_act(act)
        assert word.strip("_") in known or SequenceMatcher(None, word.strip("_"), act).ratio() >= 0.75


def test_every_other_word_leads_to_acts() -> None:
    for word, acts in _OTHER_WORDS.items():
        assert word not in set(Act)
        assert acts
        assert all(map(as_act, acts))


NAMES = st.text("abcdefgh-_0123456789", max_size=12)


@given(NAMES, st.lists(NAMES, max_size=8))
@example("illegal", ["legal"])
@example("nonmember", ["member"])
@example("eu", ["cis", "csto"])
@example("nato", ["cis", "csto"])
def test_a_hint_is_much_like_the_name_and_never_the_name_with_letters_before_it(name: str, known: list[str]) -> None:
    for hint in (*alike(name, known), *alike(name, known, 3)):
        assert hint in known
        assert SequenceMatcher(None, name.casefold(), hint.casefold()).ratio() >= 0.75
        assert name.casefold() == hint.casefold() or (len(name) >= 4 and not name.casefold().endswith(hint.casefold()))


@pytest.mark.parametrize(("name", "hints"), [("legall", ["legal"]), ("LEGAL", ["legal"]), ("lega", ["legal"])])
def test_a_slip_leads_to_the_name(name: str, hints: list[str]) -> None:
    assert alike(name, ["declared", "legal", "participating"]) == hints
    assert nearest(name, ["declared", "legal"]) == "did you mean 'legal'?"


@pytest.mark.parametrize("word", ["nonmember", "illegal", "unknown", "xx"])
def test_a_status_or_a_reading_with_another_meaning_gets_no_hint(word: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        as_status(word)
    assert caught.value.meant == ()
    with pytest.raises(UnknownNameError) as caught:
        csto.CSTO.under(word)
    assert caught.value.meant == ()


# --- Records ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("id", "meant"), [("CSTO", ("csto",)), ("Cis", ("cis",)), ("nato", ()), ("eu", ()), ("", ())])
def test_a_record_of_another_name_is_unknown_and_the_bundled_ones_are_named(id: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(UnknownNameError) as caught:
        csto.history(id)
    assert caught.value.meant == meant
    assert caught.value.known == csto.organisations()
    assert ", ".join(csto.organisations()) in str(caught.value)


@pytest.mark.parametrize("record", ["nato", "eu", "CSTO"])
def test_the_command_line_names_the_records_that_there_are(capsys: pytest.CaptureFixture[str], record: str) -> None:
    told = Screen(capsys).refuses("members", "2007-01-01", "--record", record)
    assert "no such file" not in told
    assert f"known: {', '.join(csto.organisations())}" in " ".join(told.split())
    assert ("did you mean 'csto'" in told) is (record == "CSTO")


def test_what_looks_like_a_file_is_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(capsys)
    for path in ("nato.toml", f"{tmp_path}/nato"):
        assert f"{path!r}: there is no such file" in screen.refuses("members", "2007-01-01", "--record", path)
    monkeypatch.chdir(tmp_path)
    Path("mine").write_text('[organisation]\nid = "mine"\n', "utf-8")
    assert screen.run("members", "2007-01-01", "--record", "mine")[0] == 0


# --- Orders ----------------------------------------------------------------------------------------------------------


def record_of(*acts: tuple[str, str]) -> Record:
    """A record of one state and one event for each act and date."""
    events = [Event(f"e{number}", ("AAA",), (Claim("s", Act(act), date),)) for number, (act, date) in enumerate(acts)]
    return Record(
        "x",
        coverage=Coverage(dt.date(1990, 1, 1)),
        states=(State("AAA", "A"),),
        sources=(Source("s"),),
        events=tuple(events),
    )


def remedy_of(*acts: tuple[str, str]) -> str:
    with pytest.raises(csto.RecordError) as caught:
        record_of(*acts)
    (fault,) = caught.value.faults
    return fault.remedy


def test_an_impossible_order_names_both_ways_out() -> None:
    remedy = remedy_of(("signature", "1995-01-01"), ("withdrawal", "1994-01-01"))
    assert "'e1' came first" in remedy
    assert "date" in remedy
    assert "expiry" not in remedy


@pytest.mark.parametrize("date", ["2000-06-30", "2000-06", "[2000-06-01..2000-06-30]"])
def test_an_accession_on_the_day_of_an_expiry_is_not_mended_into_one_that_ends_with_it(date: str) -> None:
    remedy = remedy_of(("signature", "1995-01-01"), ("expiry", "2000-06-30"), ("accession", date))
    assert "day after" in remedy
    assert "prolongation" in remedy
    assert "'e1'" in remedy
    assert "'e2'" in remedy


def test_what_the_remedy_says_of_each_way_is_so() -> None:
    def members(*acts: tuple[str, str]) -> list[Verdict]:
        seen = csto.History(record_of(("signature", "1995-01-01"), *acts))
        return [seen.was_member("AAA", day) for day in ("2000-06-30", "2000-07-01", "2000-07-02")]

    yes, no = Verdict.YES, Verdict.NO
    assert members(("prolongation", "2000-06-30")) == [yes, yes, yes]
    assert members(("expiry", "2000-06-30"), ("accession", "2000-07-01")) == [yes, yes, yes]
    assert members(("expiry", "2000-06-30"), ("accession", "2000-07-02")) == [yes, no, yes]
    assert members(("accession", "2000-06-30"), ("expiry", "2000-06-30")) == [yes, no, no]
