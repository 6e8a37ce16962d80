"""
The form is not made for one treaty: small records of other organisations, asked on both sides of each boundary.

These records are for the test and are not shipped. Their one source is "test": the days are well known, and written
imprecisely where they are not.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from support.asking import days_around

import csto_membership as csto
from csto_membership import DECLARED, LEGAL, Effect, History, Status, Verdict
from csto_membership._files.read import record_of
from csto_membership._files.write import document_of
from csto_membership._load import dump

DAY = dt.timedelta(1)
YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED

HEAD = """
[organisation]
id = "{id}"
[[source]]
id = "test"
title = "Made for a test; not checked"
"""


def one(name: str, states: str, act: str, date: str, more: str = "") -> str:
    """An event with one claim."""
    listed = ", ".join(f'"{state}"' for state in states.split())
    claim = f'{{ source = "test", act = "{act}", date = "{date}"{more} }}'
    return f'[[event]]\nid = "{name}"\nstates = [{listed}]\nclaims = [{claim}]\n'


ARAB_LEAGUE = (
    """
[[state]]
id = "SYR"
name = "Syria"
names = ["Syrian Arab Republic"]
[[state]]
id = "EGY"
name = "Egypt"
"""
    + one("pact-signed", "EGY SYR", "signature", "1945-03-22")
    + one("pact-in-force", "EGY SYR", "entry_into_force", "1945-05-11")
    + one("syr-suspended", "SYR", "suspension", "[2011-11-12..2011-11-16]")
    + one("syr-readmitted", "SYR", "return", "2023-05-07")
    + one("egy-suspended", "EGY", "suspension", "1979-03-31")
    + one("egy-readmitted", "EGY", "return", "1989-05")
)

ICC = (
    """
[[state]]
id = "GMB"
name = "The Gambia"
[[state]]
id = "BDI"
name = "Burundi"
"""
    + one("gmb-signed", "GMB", "signature", "1998-12")
    + one("gmb-ratified", "GMB", "ratification", "2002-06-28")
    + one("gmb-force", "GMB", "entry_into_force", "2002-09-01")
    + one("gmb-notice", "GMB", "notice_of_withdrawal", "2016-11-10")
    + one("gmb-revocation", "GMB", "revocation", "2017-02-10")
    + one("bdi-signed", "BDI", "signature", "1999-01")
    + one("bdi-force", "BDI", "entry_into_force", "2004-12-01")
    + one("bdi-notice", "BDI", "notice_of_withdrawal", "2016-10-27")
    + one("bdi-withdrawal", "BDI", "withdrawal", "2017-10-27")
)

UNESCO = (
    """
[[state]]
id = "USA"
name = "United States"
"""
    + one("first", "USA", "admission", "1946-11-04")
    + one("first-notice", "USA", "notice_of_withdrawal", "1983-12")
    + one("first-withdrawal", "USA", "withdrawal", "1984-12-31")
    + one("second", "USA", "admission", "2003-10-01")
    + one("second-notice", "USA", "notice_of_withdrawal", "2017-10-12")
    + one("second-withdrawal", "USA", "withdrawal", "2018-12-31")
    + one("third", "USA", "admission", "[2023-06-30..2023-07-10]")
)

# A suspension from the councils alone leaves a member a member; so does its end.
COMMONWEALTH = (
    """
[[state]]
id = "FJI"
name = "Fiji"
"""
    + one("independence", "FJI", "admission", "1970-10-10")
    + one("lapse", "FJI", "lapse", "[1987-10-07..1987-10-15]")
    + one("back", "FJI", "admission", "1997-10-01")
    + one("councils", "FJI", "suspension_from_organs", "2000-06")
    + one("councils-again", "FJI", "return", "2001-12")
    + one("councils-once-more", "FJI", "suspension_from_organs", "2006-12-08")
    + one("suspension", "FJI", "suspension", "2009-09-01")
    + one("partly-lifted", "FJI", "return", "2014-03-14")
    + one("wholly-lifted", "FJI", "return", "2014-09-26")
)

# An extinction is dated on the last day of the state.
UNITED_NATIONS = (
    """
[[state]]
id = "cow:315"
name = "Czechoslovakia"
cow = 315
names = ["Czech and Slovak Federative Republic"]
[[state]]
id = "CZE"
name = "Czechia"
names = ["Czech Republic"]
[[state]]
id = "SVK"
name = "Slovakia"
[[state]]
id = "SRB"
name = "Serbia"
cow = 345
names = ["Federal Republic of Yugoslavia", "Serbia and Montenegro"]
[[state]]
id = "MNE"
name = "Montenegro"
"""
    + one("founding", "cow:315", "admission", "1945-10-24")
    + one("dissolution", "cow:315", "extinction", "1992-12-31")
    + one("czech-and-slovak", "CZE SVK", "admission", "1993-01-19")
    + one("yugoslavia", "SRB", "admission", "2000-11-01")
    + one("montenegro", "MNE", "admission", "2006-06-28")
)

AFRICAN_UNION = (
    """
[[institution]]
id = "oau"
names = [{ name = "Organisation of African Unity", from = "1963-05-25" }]
exists = { declared = "1963-05-25", legal = "1963-09-13" }
[[institution]]
id = "au"
names = [{ name = "African Union", from = "2002-07-09" }]
exists = { declared = "2002-07-09" }
[[state]]
id = "EGY"
name = "Egypt"
[[state]]
id = "MAR"
name = "Morocco"
[[state]]
id = "SSD"
name = "South Sudan"
"""
    + one("charter-signed", "EGY MAR", "signature", "1963-05-25")
    + one("charter-in-force", "EGY MAR", "entry_into_force", "1963-09-13")
    + one("mar-notice", "MAR", "notice_of_withdrawal", "1984-11-12")
    + one("mar-withdrawal", "MAR", "withdrawal", "1985-11")
    + one("ssd", "SSD", "admission", "[2011-07-27..2011-08-15]")
    + one("mar-again", "MAR", "admission", "[2017-01-30..2017-01-31]")
)

# Who applies provisionally is a signatory in law, like one who does not; a reading of one's own tells them apart.
ENERGY_CHARTER = (
    """
[[state]]
id = "RUS"
[[state]]
id = "NOR"
name = "Norway"
[[state]]
id = "KAZ"
"""
    + one("signed", "RUS NOR KAZ", "signature", "1994-12-17")
    + one("applied", "RUS KAZ", "provisional_application", "1994-12-17")
    + one("kaz-in-force", "KAZ", "entry_into_force", "1998-04-16")
    + one("rus-applied-no-more", "RUS", "end_of_provisional_application", "2009-10-18")
    + one("rus-no-party", "RUS", "withdrawal", "2009-10-18")
)

TEXTS = {
    "arab-league": ARAB_LEAGUE,
    "icc": ICC,
    "unesco": UNESCO,
    "commonwealth": COMMONWEALTH,
    "un": UNITED_NATIONS,
    "african-union": AFRICAN_UNION,
    "energy-charter": ENERGY_CHARTER,
}


def seen(id: str) -> History:
    return History(record_of(tomllib.loads(HEAD.format(id=id) + TEXTS[id])))


def statuses_around(history: History, state: str, day: str) -> str:
    """The possible statuses on the day before, the day, and the day after."""
    days = [history.status(state, date).statuses for date in days_around(day)]
    return " ".join("|".join(status.value for status in Status if status in found) for found in days)


#: Record, state, day; statuses around the day under `declared`, and under `legal` where they differ.
BOUNDARIES = [
    # A suspension lifted after years. The Council decided on one day, to begin on another.
    ("arab-league", "Syria", "1945-03-22", "none member member", "none signatory signatory"),
    ("arab-league", "Syria", "1945-05-11", "member member member", "signatory member member"),
    ("arab-league", "Syria", "2011-11-12", "member member|suspended member|suspended", ""),
    ("arab-league", "Syria", "2011-11-16", "member|suspended suspended suspended", ""),
    ("arab-league", "Syria", "2023-05-07", "suspended member member", ""),
    ("arab-league", "Egypt", "1979-03-31", "member suspended suspended", ""),
    ("arab-league", "Egypt", "1989-05-01", "suspended member|suspended member|suspended", ""),
    ("arab-league", "Egypt", "1989-05-31", "member|suspended member member", ""),
    # A notice of withdrawal, revoked in time; and another that was not.
    ("icc", "The Gambia", "2002-06-28", "member member member", "signatory signatory signatory"),
    ("icc", "The Gambia", "2002-09-01", "member member member", "signatory member member"),
    ("icc", "The Gambia", "2016-11-10", "member member member", ""),
    ("icc", "The Gambia", "2017-02-10", "member member member", ""),
    ("icc", "The Gambia", "2017-11-10", "member member member", ""),
    ("icc", "Burundi", "2016-10-27", "member member member", ""),
    ("icc", "Burundi", "2017-10-27", "member former former", ""),
    # In, out, in, out, in. A withdrawal takes effect on its day.
    ("unesco", "USA", "1946-11-04", "none member member", ""),
    ("unesco", "USA", "1984-12-31", "member former former", ""),
    ("unesco", "USA", "2003-10-01", "former member member", ""),
    ("unesco", "USA", "2017-10-12", "member member member", ""),
    ("unesco", "USA", "2018-12-31", "member former former", ""),
    ("unesco", "USA", "2023-06-30", "former member|former member|former", ""),
    ("unesco", "USA", "2023-07-10", "member|former member member", ""),
    # A lapse, a return, a suspension from the councils and one from membership.
    ("commonwealth", "Fiji", "1970-10-10", "none member member", ""),
    ("commonwealth", "Fiji", "1987-10-07", "member member|former member|former", ""),
    ("commonwealth", "Fiji", "1987-10-15", "member|former former former", ""),
    ("commonwealth", "Fiji", "1997-10-01", "former member member", ""),
    ("commonwealth", "Fiji", "2006-12-08", "member member member", ""),
    ("commonwealth", "Fiji", "2009-09-01", "member suspended suspended", ""),
    ("commonwealth", "Fiji", "2014-03-14", "suspended member member", ""),
    ("commonwealth", "Fiji", "2014-09-26", "member member member", ""),
    # A state that ends, and its successors, who are nothing until they are admitted; one that goes on under new names.
    ("un", "Czechoslovakia", "1945-10-24", "none member member", ""),
    ("un", "Czechoslovakia", "1992-12-31", "member member former", ""),
    ("un", "Czechoslovakia", "1993-01-01", "member former former", ""),
    ("un", "Czechia", "1993-01-01", "none none none", ""),
    ("un", "Czech Republic", "1993-01-19", "none member member", ""),
    ("un", "Slovakia", "1993-01-19", "none member member", ""),
    ("un", "Serbia and Montenegro", "2000-11-01", "none member member", ""),
    ("un", "Serbia", "2006-06-03", "member member member", ""),
    ("un", "Montenegro", "2006-06-03", "none none none", ""),
    ("un", "Montenegro", "2006-06-28", "none member member", ""),
    # One line of two institutions.
    ("african-union", "Morocco", "1963-05-25", "none member member", "none none none"),
    ("african-union", "Morocco", "1963-09-13", "member member member", "none member member"),
    ("african-union", "Morocco", "1984-11-12", "member member member", ""),
    ("african-union", "Morocco", "1985-11-01", "member member|former member|former", ""),
    ("african-union", "Morocco", "1985-11-30", "member|former former former", ""),
    ("african-union", "Morocco", "2002-07-09", "former former former", ""),
    ("african-union", "Morocco", "2017-01-31", "member|former member member", ""),
    ("african-union", "Egypt", "2002-07-09", "member member member", ""),
    ("african-union", "South Sudan", "2011-08-15", "none|member member member", ""),
    # Provisional application, ended by one who never became a party.
    ("energy-charter", "Russia", "1994-12-17", "none member member", "none signatory signatory"),
    ("energy-charter", "Russia", "2009-10-18", "member former former", "signatory former former"),
    ("energy-charter", "Norway", "2009-10-18", "member member member", "signatory signatory signatory"),
    ("energy-charter", "Kazakhstan", "1998-04-16", "member member member", "signatory member member"),
]  # fmt: skip


@pytest.mark.parametrize(("id", "state", "day", "declared", "legal"), BOUNDARIES)
def test_the_status_on_both_sides_of_a_boundary(id: str, state: str, day: str, declared: str, legal: str) -> None:
    assert statuses_around(seen(id), state, day) == declared
    assert statuses_around(seen(id).under("legal"), state, day) == (legal or declared)


@pytest.mark.parametrize("id", TEXTS)
@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_each_record_is_written_and_read_again(tmp_path: Path, id: str, suffix: str) -> None:
    history = seen(id)
    dump(history, tmp_path / f"record{suffix}")
    again = csto.load(tmp_path / f"record{suffix}")
    assert again == history
    assert document_of(again.record) == document_of(history.record)
    for state in history.states:
        assert again.timeline(state.name) == history.timeline(state)


def test_whether_a_suspended_state_is_a_member_is_left_to_the_user() -> None:
    league = seen("arab-league")
    assert league.was_member("Syria", "2015-01-01") is NO
    assert league.counting("member", "suspended").was_member("Syria", "2015-01-01") is YES
    assert league.was_member("Syria", "2011-11-14") is OPEN
    assert league.counting("member", "suspended").was_member("Syria", "2011-11-14") is YES
    first, last = "2011-11-01", "2023-05-31"
    whole = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days + 1
    least, most = league.days_as_member("Syria", first, last)
    assert (least, most) == (11 + 25, 11 + 4 + 25)
    assert league.counting("member", "suspended").days_as_member("Syria", first, last) == (whole, whole)


@pytest.mark.parametrize("reading", ["declared", "legal", "participating"])
def test_a_revoked_notice_never_put_anyone_out(reading: str) -> None:
    court = seen("icc").under(reading)
    assert court.was_member_throughout("The Gambia", "2002-09-01", "2024-12-31") is YES
    assert court.was_member_throughout("Burundi", "2004-12-01", "2017-10-26") is YES
    assert court.was_member_throughout("Burundi", "2004-12-01", "2017-10-27") is NO
    assert court.was_member_at_some_time("Burundi", "2017-10-27", None) is NO


def test_who_takes_a_notice_at_its_word_says_so_in_a_reading() -> None:
    at_once = LEGAL.but(
        "at once",
        Effect("notice_of_withdrawal", ["member"], "frozen"),
        Effect("revocation", ["frozen"], "member"),
    )
    court = seen("icc").under(at_once)
    assert statuses_around(court, "The Gambia", "2016-11-10") == "member frozen frozen"
    assert statuses_around(court, "The Gambia", "2017-02-10") == "frozen member member"
    assert statuses_around(court, "Burundi", "2017-10-27") == "frozen former former"


def test_leaving_and_rejoining_more_than_once_gives_as_many_spells() -> None:
    spells = [(spell.first_day, spell.verdict) for spell in seen("unesco").timeline("USA")]
    assert spells == [
        (None, NO),
        (dt.date(1946, 11, 4), YES),
        (dt.date(1984, 12, 31), NO),
        (dt.date(2003, 10, 1), YES),
        (dt.date(2018, 12, 31), NO),
        (dt.date(2023, 6, 30), OPEN),
        (dt.date(2023, 7, 10), YES),
    ]
    assert seen("unesco").was_member_throughout("USA", "2003-10-01", "2018-12-30") is YES
    assert seen("unesco").was_member_at_some_time("USA", "1984-12-31", "2003-09-30") is NO


def test_a_suspension_from_the_councils_moves_nothing_but_in_a_reading_of_ones_own() -> None:
    fiji = seen("commonwealth")
    assert fiji.was_member_throughout("Fiji", "1997-10-01", "2009-08-31") is YES
    assert fiji.was_member_throughout("Fiji", "1997-10-01", "2009-09-01") is NO
    assert fiji.counting("member", "suspended").was_member_throughout("Fiji", "1997-10-01", None) is YES
    strict = fiji.under(DECLARED.but("strict", Effect("suspension_from_organs", ["member"], "frozen")))
    assert statuses_around(strict, "Fiji", "2000-06-01") == "member member|frozen member|frozen"
    assert statuses_around(strict, "Fiji", "2001-12-31") == "member|frozen member member"
    assert statuses_around(strict, "Fiji", "2006-12-08") == "member frozen frozen"
    assert statuses_around(strict, "Fiji", "2009-09-01") == "frozen suspended suspended"


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("1992-12-31", ["cow:315"]),
        ("1993-01-01", []),
        ("1993-01-18", []),
        ("1993-01-19", ["CZE", "SVK"]),
        ("2006-06-27", ["CZE", "SRB", "SVK"]),
        ("2006-06-28", ["CZE", "MNE", "SRB", "SVK"]),
    ],
)
def test_when_a_state_ends_its_seat_is_empty_until_others_are_admitted(day: str, members: list[str]) -> None:
    for reading in ("declared", "legal"):
        found = seen("un").under(reading).members_on(day)
        assert found.certain.as_dict() == members
        assert not found.undetermined


def test_an_organisation_that_takes_the_place_of_another_carries_its_members_over() -> None:
    line = seen("african-union")
    union = line.institution("au")
    assert statuses_around(union, "Egypt", "2002-07-09") == "none member member"
    assert statuses_around(union, "Morocco", "2002-07-09") == "none none none"
    assert statuses_around(union, "Morocco", "2017-01-31") == "none|member member member"
    assert statuses_around(union, "South Sudan", "2011-08-15") == "none|member member member"
    assert statuses_around(line.institution("oau"), "Morocco", "2002-07-09") == "former former former"
    assert line.institution("oau").members_on("2002-07-08").certain.as_dict() == ["EGY"]
    assert [told.name for told in line.institutions] == ["Organisation of African Unity", "African Union"]


def test_an_organisation_that_ends_can_be_a_record_of_its_own() -> None:
    old = (
        '[[state]]\nid = "EGY"\nname = "Egypt"\n[[state]]\nid = "MAR"\nname = "Morocco"\n'
        + one("founded", "EGY MAR", "admission", "1963-05-25")
        + one("mar-withdrawal", "MAR", "withdrawal", "1985-11")
        + one("replaced", "EGY MAR", "expiry", "2002-07-08")
    )
    new = '[[state]]\nid = "EGY"\nname = "Egypt"\n' + one("taken-over", "EGY", "succession", "2002-07-09")
    registry = csto.Registry.of(
        record_of(tomllib.loads(HEAD.format(id="oau") + old)), record_of(tomllib.loads(HEAD.format(id="au") + new))
    )
    assert registry.memberships_of("Egypt", "2002-07-08").certain == ("oau",)
    assert registry.memberships_of("Egypt", "2002-07-09").certain == ("au",)
    assert statuses_around(registry.history("oau"), "Morocco", "2002-07-08") == "former former former"


def test_who_counts_provisional_application_says_so_in_a_reading() -> None:
    charter = seen("energy-charter").under("legal")
    assert charter.members_on("2009-10-17").certain.as_dict() == ["KAZ"]
    applied = LEGAL.but(
        "applied",
        Effect("provisional_application", ["signatory"], "associate"),
        Effect("end_of_provisional_application", ["associate"], "signatory"),
        Effect("entry_into_force", ["signatory", "associate"], "member"),
    )
    charter = charter.under(applied).counting("member", "associate")
    assert charter.members_on("1994-12-16").certain.as_dict() == []
    assert charter.members_on("1994-12-17").certain.as_dict() == ["KAZ", "RUS"]
    assert charter.members_on("2009-10-17").certain.as_dict() == ["KAZ", "RUS"]
    assert charter.members_on("2009-10-18").certain.as_dict() == ["KAZ"]
    assert statuses_around(charter, "Kazakhstan", "1998-04-16") == "associate member member"
