"""
Ten cases of the last eighty years, right in law as well as by declaration: records that use every means of the form.

The days are public and well known, and were not checked against the documents; where accounts differ, or the day is not
so well known, the record has a range. The records are for the test and are not shipped.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from support.asking import days_around, faults_in

from csto_membership import History, Registry, Status, Verdict, dump, load
from csto_membership._files.read import record_of
from csto_membership._questions.remarks import remarks

YES, NO, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


def one(name: str, states: str, act: str, date: str, more: str = "") -> str:
    """An event with one claim; a date such as "last_day 1984-12-31" is the last day inside."""
    key, _, day = date.rpartition(" ")
    listed = ", ".join(f'"{state}"' for state in states.split())
    claim = f'{{ source = "depositary", act = "{act}", {key or "date"} = "{day}" }}'
    return f'[[event]]\nid = "{name}"\nstates = [{listed}]\n{more}claims = [{claim}]\n'


def states(*ids: str) -> str:
    return "".join(f'[[state]]\nid = "{id}"\n' for id in ids)


def head(id: str, more: str = "") -> str:
    source = '[[source]]\nid = "depositary"\ntitle = "The public account; not checked"\n'
    return f'[organisation]\nid = "{id}"\n{more}{source}'


def treaty(in_force: str, force: str = "") -> str:
    rule = f"force = {force}\n" if force else ""
    text = '[[instrument]]\nid = "treaty"\nkind = "treaty"\ntitle = "The founding text"\n'
    return f'{text}in_force = "{in_force}"\n{rule}'


def history_of(text: str) -> History:
    return History(record_of(tomllib.loads(text)))


OF_TREATY = 'instrument = "treaty"\n'

# --- The ten ---------------------------------------------------------------------------------------------------------

# The Pact binds fifteen days after the fourth ratification; accounts count them to one day or the next.
SYRIA = (
    head("arab-league")
    + states("SYR")
    + one("signed", "SYR", "signature", "1945-03-22")
    + one("in-force", "SYR", "entry_into_force", "[1945-05-10..1945-05-11]")
    # Decided on 2011-11-12, to begin on 2011-11-16.
    + one("suspended", "SYR", "suspension", "2011-11-16")
    + one("readmitted", "SYR", "return", "2023-05-07")
)

# The Rome Statute binds a state from the first day of the month after the sixtieth day after its deposit.
ROME = treaty("2002-07-01", '{ of = ["ratification", "accession"], after = { add = "P60D", then = "next_month" } }')
GAMBIA = (
    head("icc", 'reading = "legal"\n')
    + states("GMB")
    + ROME
    + one("signed", "GMB", "signature", "1998-12", OF_TREATY)
    + one("ratified", "GMB", "ratification", "2002-06-28", OF_TREATY)
    + one("notice", "GMB", "notice_of_withdrawal", "2016-11-10")
    + one("revoked", "GMB", "revocation", "2017-02-10")
)
BURUNDI = (
    head("icc", 'reading = "legal"\n')
    + states("BDI")
    + ROME
    + one("signed", "BDI", "signature", "1999-01", OF_TREATY)
    + one("ratified", "BDI", "ratification", "2004-09-21", OF_TREATY)
    + one("notice", "BDI", "notice_of_withdrawal", "2016-10-27")
    + one("withdrawn", "BDI", "withdrawal", "2017-10-27")
)

# Whoever accepts the Constitution of UNESCO belongs from the deposit on, and from 1946-11-04 at the earliest.
# Withdrawals take effect as the year ends.
UNESCO_STAYS = (
    one("first", "USA", "acceptance", "1946-09-30", OF_TREATY)
    + one("first-notice", "USA", "notice_of_withdrawal", "1983-12")
    + one("first-end", "USA", "withdrawal", "last_day 1984-12-31")
    + one("second", "USA", "acceptance", "2003-10-01", OF_TREATY)
    + one("second-notice", "USA", "notice_of_withdrawal", "2017-10-12")
    + one("second-end", "USA", "withdrawal", "last_day 2018-12-31")
    + one("third", "USA", "acceptance", "2023-07-10", OF_TREATY)
)
UNESCO = head("unesco") + states("USA") + treaty("1946-11-04", '{ of = ["acceptance"] }') + UNESCO_STAYS
# The same deposits, and nothing is told of force.
UNESCO_UNTOLD = head("unesco") + states("USA") + treaty("1946-11-04") + UNESCO_STAYS

FIJI = (
    head("commonwealth")
    + states("FJI")
    + one("independence", "FJI", "admission", "1970-10-10")
    + one("republic", "FJI", "lapse", "[1987-10-07..1987-10-15]")
    + one("back", "FJI", "admission", "1997-10-01")
    + one("councils", "FJI", "suspension_from_organs", "2000-06-06")
    + one("councils-again", "FJI", "return", "2001-12")
    + one("councils-once-more", "FJI", "suspension_from_organs", "2006-12-08")
    + one("suspended", "FJI", "suspension", "2009-09-01")
    + one("lifted-in-part", "FJI", "return", "2014-03-14")
    + one("councils-still", "FJI", "suspension_from_organs", "2014-03-14")
    + one("lifted", "FJI", "return", "2014-09-26")
)

# The Charter binds a founder from its deposit, and from 1945-10-24 at the earliest; a successor from its day.
CHARTER = treaty("1945-10-24", '{ of = ["ratification", "succession"] }')
CZECHOSLOVAKIA = (
    head("un")
    + states("CSK", "CZE", "SVK")
    + CHARTER
    + one("signed", "CSK", "signature", "1945-06-26", OF_TREATY)
    + one("ratified", "CSK", "ratification", "1945-10-19", OF_TREATY)
    + one("dissolved", "CSK", "extinction", "last_day 1992-12-31")
    + one("admitted", "CZE SVK", "admission", "1993-01-19")
)

# Whether the seat of 1945 outlived 1992 was disputed until the Federal Republic was admitted anew. The state union is
# its new name, and Serbia goes on with the seat.
YUGOSLAV_SEAT = (
    one("founding", "YUG", "admission", "1945-10-24")
    + one("disputed", "YUG", "lapse", "[1992-04-27..2000-11-01]")
    + one("anew", "YUG", "admission", "2000-11-01")
    + one("renamed", "YUG", "extinction", "last_day 2003-02-03")
    + one("union", "SCG", "succession", "2003-02-04", OF_TREATY)
    + one("dissolved", "SCG", "extinction", "last_day 2006-06-02")
    + one("continued", "SRB", "succession", "2006-06-03", OF_TREATY)
    + one("montenegro", "MNE", "admission", "2006-06-28")
)
SERBIA_AND_MONTENEGRO = head("un") + states("YUG", "SCG", "SRB", "MNE") + CHARTER + YUGOSLAV_SEAT
SERBIA_UNTOLD = head("un") + states("YUG", "SCG", "SRB", "MNE") + treaty("1945-10-24") + YUGOSLAV_SEAT

# The Organisation ends as the Union begins; whoever belongs goes over.
OAU = """
[[institution]]
id = "oau"
names = [{ name = "Organisation of African Unity", from = "1963-05-25" }]
exists = { declared = "1963-05-25", legal = "1963-09-13" }
"""
ENDS = 'ends = { declared = "2002-07-09" }\n'
AU = """
[[institution]]
id = "au"
names = [{ name = "African Union", from = "2002-07-09" }]
exists = { declared = "2002-07-09" }
"""
AFRICAN_EVENTS = (
    one("charter-signed", "EGY", "signature", "1963-05-25")
    + one("charter-in-force", "EGY", "entry_into_force", "1963-09-13")
    + one("mar-signed", "MAR", "signature", "1963-09")
    + one("mar-ratified", "MAR", "ratification", "[1963-10..1964-12]")
    + one("mar-notice", "MAR", "notice_of_withdrawal", "1984-11-12")
    + one("mar-end", "MAR", "withdrawal", "1985-11-12")
)
MOROCCO = (
    head("african-union")
    + OAU
    + AU
    + states("EGY", "MAR")
    + AFRICAN_EVENTS
    # The Assembly admitted it; the deposit is of the day after.
    + one("mar-again", "MAR", "admission", "[2017-01-30..2017-01-31]")
)
OAU_ALONE = head("oau") + OAU + ENDS + states("EGY", "MAR") + AFRICAN_EVENTS

COUNCIL_OF_EUROPE = (
    head("council-of-europe")
    + states("RUS")
    + one("admitted", "RUS", "admission", "1996-02-28")
    + one("vote-in-assembly", "RUS", "suspension_from_organs", "2014-04-10")
    + one("vote-restored", "RUS", "return", "[2019-06-25..2019-06-26]")
    + one("representation", "RUS", "suspension_from_organs", "2022-02-25")
    + one("notice", "RUS", "notice_of_withdrawal", "2022-03-15")
    + one("excluded", "RUS", "exclusion", "2022-03-16")
)

# The Treaty of Lagos was ratified, and when it bound each of them is not told.
SAHEL = (
    head("ecowas")
    + states("MLI", "NER", "BFA")
    + one("signed", "MLI NER BFA", "signature", "1975-05-28")
    + one("ratified", "MLI NER BFA", "ratification", "[1975-05-29..1976-12-31]")
    + one("notice", "MLI NER BFA", "notice_of_withdrawal", "[2024-01-28..2024-01-29]")
    + one("withdrawn", "MLI NER BFA", "withdrawal", "2025-01-29")
)
# A list of suspensions alone, from the organs and taken for suspensions of membership: of what was before the first of
# them it says nothing.
SUSPENSIONS = (
    head("suspensions", 'covers = { acts = "some" }\n')
    + states("MLI", "NER", "BFA")
    + one("mli", "MLI", "suspension", "2020-08-20")
    + one("mli-lifted", "MLI", "return", "2020-10-06")
    + one("mli-again", "MLI", "suspension", "2021-05-30")
    + one("bfa", "BFA", "suspension", "2022-01-28")
)

# --- Three more, for what is signed, what is beside the organisation, and what is to come ------------------------------

# A signed treaty of accession makes nobody a member: the record reads itself as law does.
UNITED_KINGDOM = (
    head("european-communities", 'reading = "legal"\n')
    + states("GBR")
    + one("signed", "GBR", "signature", "1972-01-22")
    + one("ratified", "GBR", "ratification", "1972-10-18")
    + one("in-force", "GBR", "entry_into_force", "1973-01-01")
    + one("left", "GBR", "withdrawal", "last_day 2020-01-31")
)
FINLAND = (
    head("nato", 'reading = "legal"\n')
    + states("FIN", "FRA")
    + one("fra-signed", "FRA", "signature", "1949-04-04")
    + one("fra-in-force", "FRA", "entry_into_force", "1949-08-24")
    # Out of the integrated command, in the Alliance.
    + one("fra-command", "FRA", "freeze", "1966")
    + one("fra-command-again", "FRA", "return", "2009-04")
    + one("fin-protocol", "FIN", "signature", "2022-07-05")
    + one("fin-deposit", "FIN", "accession", "2023-04-04")
    + one("fin-in-force", "FIN", "entry_into_force", "2023-04-04")
)

TEXTS = {
    "syria": SYRIA,
    "gambia": GAMBIA,
    "burundi": BURUNDI,
    "unesco": UNESCO,
    "unesco-untold": UNESCO_UNTOLD,
    "fiji": FIJI,
    "czechoslovakia": CZECHOSLOVAKIA,
    "serbia": SERBIA_AND_MONTENEGRO,
    "serbia-untold": SERBIA_UNTOLD,
    "morocco": MOROCCO,
    "oau": OAU_ALONE,
    "council": COUNCIL_OF_EUROPE,
    "sahel": SAHEL,
    "suspensions": SUSPENSIONS,
    "united-kingdom": UNITED_KINGDOM,
    "finland": FINLAND,
}

#: What a state may be where nothing is known of it.
ANY = "|".join(Status)

#: Record, state, day; statuses around the day under `declared`, and under `legal` where they differ.
BOUNDARIES = [
    ("syria", "Syria", "1945-03-22", "none member member", "none signatory signatory"),
    ("syria", "Syria", "1945-05-10", "member member member", "signatory signatory|member member"),
    ("syria", "Syria", "2011-11-12", "member member member", ""),
    ("syria", "Syria", "2011-11-16", "member suspended suspended", ""),
    ("syria", "Syria", "2023-05-07", "suspended member member", ""),
    ("gambia", "The Gambia", "1998-12-31", "none|member member member", "none|signatory signatory signatory"),
    ("gambia", "The Gambia", "2002-06-28", "member member member", "signatory signatory signatory"),
    ("gambia", "The Gambia", "2002-09-01", "member member member", "signatory member member"),
    ("gambia", "The Gambia", "2016-11-10", "member member member", ""),
    ("gambia", "The Gambia", "2017-02-10", "member member member", ""),
    ("gambia", "The Gambia", "2017-11-10", "member member member", ""),
    ("burundi", "Burundi", "1999-01-31", "none|member member member", "none|signatory signatory signatory"),
    ("burundi", "Burundi", "2004-09-21", "member member member", "signatory signatory signatory"),
    ("burundi", "Burundi", "2004-12-01", "member member member", "signatory member member"),
    ("burundi", "Burundi", "2016-10-27", "member member member", ""),
    ("burundi", "Burundi", "2017-10-27", "member former former", ""),
    # Accepted weeks before there is anything to belong to.
    ("unesco", "USA", "1946-09-30", "none member member", "none signatory signatory"),
    ("unesco", "USA", "1946-11-04", "member member member", "signatory member member"),
    ("unesco", "USA", "1983-12-31", "member member member", ""),
    ("unesco", "USA", "1984-12-31", "member member former", ""),
    ("unesco", "USA", "1985-01-01", "member former former", ""),
    ("unesco", "USA", "2003-10-01", "former member member", ""),
    ("unesco", "USA", "2017-10-12", "member member member", ""),
    ("unesco", "USA", "2018-12-31", "member member former", ""),
    ("unesco", "USA", "2023-07-10", "former member member", ""),
    # Where no force is told, law leaves it open: never a flat no after a consent.
    ("unesco-untold", "USA", "1946-09-30", "none member member", "none signatory signatory"),
    ("unesco-untold", "USA", "1946-11-04", "member member member", "signatory signatory|member signatory|member"),
    ("unesco-untold", "USA", "1984-12-31", "member member former", "signatory|member signatory|member former"),
    ("unesco-untold", "USA", "2003-10-01", "former member member", "former signatory|member signatory|member"),
    ("unesco-untold", "USA", "2018-12-31", "member member former", "signatory|member signatory|member former"),
    ("unesco-untold", "USA", "2023-07-10", "former member member", "former signatory|member signatory|member"),
    ("fiji", "Fiji", "1970-10-10", "none member member", ""),
    ("fiji", "Fiji", "1987-10-07", "member member|former member|former", ""),
    ("fiji", "Fiji", "1987-10-15", "member|former former former", ""),
    ("fiji", "Fiji", "1997-10-01", "former member member", ""),
    ("fiji", "Fiji", "2000-06-06", "member member member", ""),
    ("fiji", "Fiji", "2006-12-08", "member member member", ""),
    ("fiji", "Fiji", "2009-09-01", "member suspended suspended", ""),
    ("fiji", "Fiji", "2014-03-14", "suspended member member", ""),
    ("fiji", "Fiji", "2014-09-26", "member member member", ""),
    ("czechoslovakia", "Czechoslovakia", "1945-06-26", "none member member", "none signatory signatory"),
    ("czechoslovakia", "Czechoslovakia", "1945-10-19", "member member member", "signatory signatory signatory"),
    ("czechoslovakia", "Czechoslovakia", "1945-10-24", "member member member", "signatory member member"),
    ("czechoslovakia", "Czechoslovakia", "1992-12-31", "member member former", ""),
    ("czechoslovakia", "Czechia", "1993-01-01", "none none none", ""),
    ("czechoslovakia", "Slovakia", "1993-01-01", "none none none", ""),
    ("czechoslovakia", "Czechia", "1993-01-19", "none member member", ""),
    ("czechoslovakia", "Slovakia", "1993-01-19", "none member member", ""),
    ("serbia", "Yugoslavia", "1945-10-24", "none member member", ""),
    ("serbia", "Yugoslavia", "1992-04-27", "member member|former member|former", ""),
    ("serbia", "Federal Republic of Yugoslavia", "2000-11-01", "member|former member member", ""),
    ("serbia", "Yugoslavia", "2003-02-04", "member former former", ""),
    ("serbia", "Serbia and Montenegro", "2003-02-04", "none member member", ""),
    ("serbia", "Serbia and Montenegro", "2006-06-03", "member former former", ""),
    ("serbia", "Serbia", "2006-06-03", "none member member", ""),
    ("serbia-untold", "Serbia", "2006-06-03", "none member member", "none signatory|member signatory|member"),
    ("serbia", "Montenegro", "2006-06-03", "none none none", ""),
    ("serbia", "Montenegro", "2006-06-28", "none member member", ""),
    ("morocco", "Egypt", "1963-05-25", "none member member", "none none none"),
    ("morocco", "Egypt", "1963-09-13", "member member member", "none member member"),
    ("morocco", "Morocco", "1963-09-30", "none|member member member", "none|signatory signatory signatory|member"),
    ("morocco", "Morocco", "1964-12-31", "member member member", "signatory|member signatory|member signatory|member"),
    ("morocco", "Morocco", "1984-11-12", "member member member", "signatory|member signatory|member signatory|member"),
    ("morocco", "Morocco", "1985-11-12", "member former former", "signatory|member former former"),
    ("morocco", "Egypt", "2002-07-09", "member member member", ""),
    ("morocco", "Morocco", "2002-07-09", "former former former", ""),
    ("morocco", "Morocco", "2017-01-30", "former member|former member", ""),
    ("oau", "Egypt", "2002-07-09", "member former former", ""),
    ("oau", "Morocco", "2002-07-09", "former former former", ""),
    ("council", "Russia", "1996-02-28", "none member member", ""),
    ("council", "Russia", "2014-04-10", "member member member", ""),
    ("council", "Russia", "2019-06-26", "member member member", ""),
    ("council", "Russia", "2022-02-25", "member member member", ""),
    ("council", "Russia", "2022-03-15", "member member former", ""),
    ("council", "Russia", "2022-03-16", "member former former", ""),
    ("sahel", "Mali", "1975-05-28", "none member member", "none signatory signatory|member"),
    ("sahel", "Niger", "2024-01-28", "member member member", "signatory|member signatory|member signatory|member"),
    ("sahel", "Mali", "2025-01-29", "member former former", "signatory|member former former"),
    ("sahel", "Niger", "2025-01-29", "member former former", "signatory|member former former"),
    ("sahel", "Burkina Faso", "2025-01-29", "member former former", "signatory|member former former"),
    ("suspensions", "Mali", "2020-08-20", f"{ANY} suspended suspended", ""),
    ("suspensions", "Burkina Faso", "2022-01-28", f"{ANY} suspended suspended", ""),
    ("suspensions", "Mali", "2020-10-06", "suspended member member", ""),
    ("suspensions", "Mali", "2021-05-30", "member suspended suspended", ""),
    ("united-kingdom", "GBR", "1972-01-22", "none member member", "none signatory signatory"),
    ("united-kingdom", "GBR", "1972-10-18", "member member member", "signatory signatory signatory"),
    ("united-kingdom", "GBR", "1973-01-01", "member member member", "signatory member member"),
    ("united-kingdom", "GBR", "2020-01-31", "member member former", ""),
    ("finland", "France", "1949-08-24", "member member member", "signatory member member"),
    ("finland", "France", "1966-12-31", "member member member", ""),
    ("finland", "Finland", "2022-07-05", "none member member", "none signatory signatory"),
    ("finland", "Finland", "2023-04-04", "member member member", "signatory member member"),
]  # fmt: skip


def statuses_around(history: History, state: str, day: str) -> str:
    """The possible statuses on the day before, the day, and the day after."""
    days = [history.status(state, date).statuses for date in days_around(day)]
    return " ".join("|".join(status.value for status in Status if status in possible) for possible in days)


def organs(history: History, state: str, day: str) -> list[bool]:
    """Whether a caveat tells of a suspension from organs on the day before, the day, and the day after."""
    days = [history.status(state, date).caveats for date in days_around(day)]
    return [any("from organs" in caveat for caveat in caveats) for caveats in days]


@pytest.mark.parametrize(("id", "state", "day", "declared", "legal"), BOUNDARIES)
def test_the_status_on_both_sides_of_a_boundary(id: str, state: str, day: str, declared: str, legal: str) -> None:
    history = history_of(TEXTS[id])
    assert statuses_around(history.under("declared"), state, day) == declared
    assert statuses_around(history.under("legal"), state, day) == (legal or declared)


@pytest.mark.parametrize("id", TEXTS)
@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_each_record_is_written_and_read_again(tmp_path: Path, id: str, suffix: str) -> None:
    history = history_of(TEXTS[id])
    dump(history, tmp_path / f"record{suffix}")
    assert load(tmp_path / f"record{suffix}") == history


def test_after_a_consent_of_which_no_force_is_told_law_never_says_no() -> None:
    consents = [
        ("unesco-untold", "USA", "2003-10-01", "2018-12-31"),
        ("serbia-untold", "SCG", "2003-02-04", "2006-06-02"),
        ("serbia-untold", "SRB", "2006-06-03", "2025-12-31"),
        ("sahel", "Mali", "1977-01-01", "2025-01-28"),
    ]
    for id, state, first, last in consents:
        history = history_of(TEXTS[id])
        assert history.was_member_throughout(state, first, last) is YES
        assert history.under("legal").was_member_throughout(state, first, last) is OPEN
        assert history.under("legal").was_member_at_some_time(state, first, last) is OPEN
        finding = history.under("legal").status(state, last)
        assert finding.verdict is OPEN
        assert any("when, if at all, it entered into force" in caveat for caveat in finding.caveats)


def test_a_rule_of_force_that_waits_for_nothing_makes_law_and_declaration_one() -> None:
    usa = history_of(UNESCO)
    assert usa.was_member_throughout("USA", "2003-10-01", "2018-12-31") is YES
    assert usa.under("legal").was_member_throughout("USA", "2003-10-01", "2018-12-31") is YES
    assert usa.under("legal").was_member_at_some_time("USA", "1985-01-01", "2003-09-30") is NO
    assert usa.under("legal").was_member_at_some_time("USA", "2019-01-01", "2023-07-09") is NO


def test_a_notice_that_was_revoked_moves_nothing_in_law() -> None:
    court = history_of(GAMBIA)
    assert court.reading.name == "legal"
    assert court.was_member_throughout("The Gambia", "2002-09-01", "2025-12-31") is YES
    assert court.was_member_at_some_time("The Gambia", "1998-12-01", "2002-08-31") is NO
    assert history_of(BURUNDI).was_member_throughout("Burundi", "2004-12-01", "2017-10-26") is YES


def test_a_suspension_from_organs_is_a_caveat_until_it_is_lifted() -> None:
    for reading in ("declared", "legal"):
        fiji = history_of(FIJI).under(reading)
        assert organs(fiji, "Fiji", "2000-06-06") == [False, True, True]
        assert organs(fiji, "Fiji", "2002-01-01") == [False, False, False]
        assert organs(fiji, "Fiji", "2006-12-08") == [False, True, True]
        assert organs(fiji, "Fiji", "2014-03-15") == [True, True, True]
        assert organs(fiji, "Fiji", "2014-09-26") == [True, False, False]
        russia = history_of(COUNCIL_OF_EUROPE).under(reading)
        assert organs(russia, "Russia", "2014-04-10") == [False, True, True]
        assert organs(russia, "Russia", "2022-02-25") == [False, True, True]
        assert organs(russia, "Russia", "2022-03-16") == [True, False, False]
        assert russia.was_member_throughout("Russia", "1996-02-28", "2022-03-15") is YES


@pytest.mark.parametrize("reading", ["declared", "legal"])
@pytest.mark.parametrize(
    ("day", "members"),
    [("1992-12-31", ["CSK"]), ("1993-01-01", []), ("1993-01-18", []), ("1993-01-19", ["CZE", "SVK"])],
)
def test_between_a_state_and_its_successors_the_seat_is_empty(reading: str, day: str, members: list[str]) -> None:
    listed = history_of(CZECHOSLOVAKIA).under(reading).members_on(day)
    assert listed.certain.as_dict() == members
    assert not listed.undetermined


@pytest.mark.parametrize("reading", ["declared", "legal"])
def test_an_institution_that_ends_lets_go_of_all_unless_another_takes_its_place(reading: str) -> None:
    alone, line = history_of(OAU_ALONE).under(reading), history_of(MOROCCO).under(reading)
    assert alone.members_on("2002-07-08").certain.as_dict() == ["EGY"]
    assert alone.members_on("2002-07-09").possible.as_dict() == []
    assert line.members_on("2002-07-09").certain.as_dict() == ["EGY"]
    assert statuses_around(line.institution("au"), "Egypt", "2002-07-09") == "none member member"
    assert statuses_around(line.institution("au"), "Morocco", "2017-01-31") == "none|member member member"


def test_a_list_of_suspensions_vouches_for_nothing_before_the_first_of_them() -> None:
    listed = history_of(SUSPENSIONS)
    for reading in ("declared", "legal"):
        assert listed.under(reading).was_member("Mali", "2015-01-01") is OPEN
        assert listed.under(reading).was_member("Mali", "2020-08-20") is NO
        assert listed.under(reading).counting("member", "suspended").was_member("Mali", "2020-08-20") is YES
        assert listed.under(reading).was_member("Mali", "2020-10-06") is YES
    whole = faults_in(tomllib.loads(SUSPENSIONS.replace('"some"', '"all"')))
    assert [fault.place for fault in whole] == ["event 'mli'", "event 'bfa'"]


def test_a_record_that_reads_itself_as_law_counts_no_signed_treaty_of_accession() -> None:
    for text, state, day in ((UNITED_KINGDOM, "GBR", "1972-06-01"), (FINLAND, "FIN", "2022-08-01")):
        history = history_of(text)
        assert history.was_member(state, day) is NO
        assert history.under("declared").was_member(state, day) is YES
    assert history_of(UNITED_KINGDOM).was_member_throughout("GBR", "1973-01-01", "2020-01-31") is YES


def test_out_of_the_command_and_in_the_alliance() -> None:
    france = history_of(FINLAND)
    assert france.was_member_throughout("France", "1949-08-24", "2025-12-31") is YES
    assert france.under("declared").was_member_throughout("France", "1949-04-04", "2025-12-31") is YES
    assert statuses_around(france.under("participating"), "France", "1980-01-01") == "frozen frozen frozen"
    assert statuses_around(france.under("participating"), "France", "2009-04-30") == "member|frozen member member"


# --- What the form says of records that are odd ----------------------------------------------------------------------

TO_COME = (
    head("unesco", 'covers = { first = "1946-11-04", last = "2025-12-31" }\n')
    + states("USA")
    + one("third", "USA", "admission", "2023-07-10")
    + one("notice", "USA", "notice_of_withdrawal", "2025-07-22")
    + one("end", "USA", "withdrawal", "last_day 2026-12-31")
)


def test_what_is_to_come_is_carried_with_a_caveat_and_remarked() -> None:
    history = history_of(TO_COME)
    assert [str(remark) for remark in remarks(history.record)] == [
        "event 'end': it is to come: the record speaks of no day after 2025-12-31"
    ]
    for reading in ("declared", "legal"):
        view = history.under(reading)
        assert statuses_around(view, "USA", "2026-12-31") == "member member former"
        assert any("end of coverage" in caveat for caveat in view.status("USA", "2027-01-01").caveats)
        assert view.strict().was_member("USA", "2027-01-01") is OPEN


def test_an_end_without_a_beginning_is_a_fault_and_a_second_return_is_remarked() -> None:
    endless = head("unesco") + states("USA") + one("end", "USA", "withdrawal", "last_day 1984-12-31")
    assert [fault.place for fault in faults_in(tomllib.loads(endless))] == ["event 'end'"]
    idle = head("unesco") + states("USA") + one("in", "USA", "admission", "1946-11-04")
    idle += one("again", "USA", "return", "1950-01-01")
    assert [remark.place for remark in remarks(history_of(idle).record)] == ["event 'again'"]


@pytest.mark.parametrize(
    ("word", "meant"), [("exit", "'withdrawal' or 'notice_of_withdrawal'"), ("readmission", "'return' or 'admission'")]
)
def test_other_words_of_the_field_lead_to_the_acts_they_mean(word: str, meant: str) -> None:
    (fault,) = faults_in(tomllib.loads(TO_COME.replace('"notice_of_withdrawal"', f'"{word}"')))
    assert f"did you mean {meant}" in str(fault)


def test_states_that_are_no_more_are_known_by_name() -> None:
    registry = Registry.of(record_of(tomllib.loads(SERBIA_AND_MONTENEGRO)))
    assert registry.memberships_of("Yugoslavia", "1990-01-01").certain == ("un",)
    assert registry.memberships_of("Serbia", "1990-01-01").certain == ()
    assert registry.memberships_of("Serbia and Montenegro", "2005-01-01").certain == ("un",)
