"""Wikidata: statements of membership with ranks, qualifiers and references, from documents and from dumps."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from support.asking import DAY, around, places
from support.entities import JULIAN, NO, SOME, document, dump, entity, reference, snak, statement, time, written

from csto_membership import (
    ArgumentError,
    DateError,
    History,
    Rank,
    RecordError,
    State,
    Status,
    UnknownNameError,
    Verdict,
)
from csto_membership.readers import Table, read_wikidata

YES, NO_, OPEN = Verdict.YES, Verdict.NO, Verdict.UNDETERMINED


def uzbekistan(folder: Path, *statements: dict[str, Any], **options: Any) -> History:
    """The history of the organisation Q1 by statements on Uzbekistan."""
    return read_wikidata(written(folder, entity("Q265", "UZB", *statements)), **options).history("Q1")


def refused(folder: Path, *statements: dict[str, Any]) -> tuple[str, ...]:
    """The faults of statements on Uzbekistan, each as one line without its file."""
    with pytest.raises(RecordError) as caught:
        uzbekistan(folder, *statements)
    return tuple(str(fault).split(": ", 1)[1] for fault in caught.value.faults)


# --- Days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_day", "on_the_day"), [("in", YES), ("shared", YES), ("out", NO_), (None, OPEN)], ids=str
)
def test_no_property_says_whether_an_end_is_the_last_day_in(tmp_path: Path, last_day: Any, on_the_day: Verdict) -> None:
    history = uzbekistan(tmp_path, statement(P580="1992-05-15", P582="1999-04-20"), last_day=last_day)
    assert around(history, "UZB", "1992-05-15") == [NO_, YES, YES]
    assert around(history, "UZB", "1999-04-20") == [YES, on_the_day, NO_]
    assert history.status("UZB", "2000-01-01").statuses == {Status.FORMER}


def test_another_meaning_of_a_last_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="last_day"):
        uzbekistan(tmp_path, statement(), last_day="inside")


def test_an_end_that_is_not_told_is_never_still_open(tmp_path: Path) -> None:
    told: Any = {"P580": "1992-05-15"}
    assert around(uzbekistan(tmp_path, statement(**told)), "UZB", "1992-05-15") == [NO_, YES, OPEN]
    assert around(uzbekistan(tmp_path, statement(**told, P582=SOME)), "UZB", "1992-05-15") == [NO_, YES, OPEN]
    still = uzbekistan(tmp_path, statement(**told, P582=NO))
    assert around(still, "UZB", "1992-05-15") == [NO_, YES, YES]
    assert still.was_member("UZB", "2020-01-01") is YES
    not_told = uzbekistan(tmp_path, statement(**told)).status("UZB", "2020-01-01")
    assert not_told.statuses == {Status.MEMBER, Status.FORMER}
    assert "no end is told" in str(not_told)


def test_a_start_that_is_not_told_or_unknown_is_some_day_before_the_end(tmp_path: Path) -> None:
    starts: list[Any] = [{}, {"P580": SOME}]
    for qualifiers in starts:
        history = uzbekistan(tmp_path, statement(**qualifiers, P582="1999-04-20"), last_day="in")
        assert around(history, "UZB", "1999-04-20") == [OPEN, YES, NO_]
        assert history.was_member("UZB", "1950-01-01") is OPEN
    ever = uzbekistan(tmp_path, statement(P580=NO, P582="1999-04-20"), last_day="in")
    assert ever.was_member("UZB", "1950-01-01") is YES
    nothing = uzbekistan(tmp_path, statement())
    assert nothing.was_member("UZB", "1999-01-01") is OPEN


def test_the_start_and_the_end_lie_between_their_bounds(tmp_path: Path) -> None:
    bounds: Any = {"P1319": "1993-03-01", "P8555": "1993-06", "P8554": "1999-02-10", "P1326": "1999-03-05"}
    days_too: list[Any] = [{}, {"P580": "1993", "P582": "1999"}, {"P580": SOME, "P582": SOME}]
    for told in days_too:
        history = uzbekistan(tmp_path, statement(**told, **bounds), last_day="out")
        assert around(history, "UZB", "1993-03-01") == [NO_, OPEN, OPEN]
        assert around(history, "UZB", "1993-06-30") == [OPEN, YES, YES]
        assert around(history, "UZB", "1999-02-10") == [YES, OPEN, OPEN]
        assert around(history, "UZB", "1999-03-05") == [OPEN, NO_, NO_]
    latest_end = uzbekistan(tmp_path, statement(P580="1993-01-01", P12506="1999-03-05"), last_day="out")
    assert around(latest_end, "UZB", "1999-03-05") == [OPEN, NO_, NO_]
    not_before = uzbekistan(tmp_path, statement(P580="1993-01-01", P8554="1999-02-10"), last_day="out")
    assert around(not_before, "UZB", "1999-02-10") == [YES, OPEN, OPEN]
    assert not_before.was_member("UZB", "2500-01-01") is OPEN


@pytest.mark.parametrize("last_day", ["in", "out", None], ids=str)
def test_at_a_point_in_time_it_was_a_member(tmp_path: Path, last_day: Any) -> None:
    history = uzbekistan(tmp_path, statement(P585="2005-03-01"), last_day=last_day)
    assert around(history, "UZB", "2005-03-01") == [OPEN, YES, OPEN]
    year = uzbekistan(tmp_path, statement(P580="2001-01-01", P585="2005"), last_day=last_day)
    assert around(year, "UZB", "2005-01-01") == [YES, YES, OPEN]


def test_a_year_and_a_month_are_one_unknown_day(tmp_path: Path) -> None:
    history = uzbekistan(tmp_path, statement(P580="1992", P582="1999-04"), last_day="in")
    assert around(history, "UZB", "1992-01-01") == [NO_, OPEN, OPEN]
    assert around(history, "UZB", "1992-12-31") == [OPEN, YES, YES]
    assert around(history, "UZB", "1999-04-01") == [YES, YES, OPEN]
    assert around(history, "UZB", "1999-04-30") == [OPEN, OPEN, NO_]


@pytest.mark.parametrize(
    ("year", "precision", "first", "last"),
    [
        ("1990", 8, "1990-01-01", "1999-12-31"),
        ("1994", 8, "1990-01-01", "1999-12-31"),
        ("2000", 8, "2000-01-01", "2009-12-31"),
        # Wikidata shows 1900 as the 19th century, and many who enter it mean the 1900s.
        ("1900", 7, "1801-01-01", "1999-12-31"),
        ("1901", 7, "1900-01-01", "2000-12-31"),
        ("1850", 7, "1800-01-01", "1900-12-31"),
        ("2000", 7, "1901-01-01", "2099-12-31"),
    ],
)
def test_a_decade_and_a_century_have_their_widest_run(
    tmp_path: Path, year: str, precision: int, first: str, last: str
) -> None:
    history = uzbekistan(tmp_path, statement(P580=time(year, precision), P582=NO))
    assert around(history, "UZB", first) == [NO_, OPEN, OPEN]
    assert around(history, "UZB", last) == [OPEN, YES, YES]
    finding = history.status("UZB", last)
    assert any("approximate" in caveat for caveat in finding.caveats)
    assert "P580 is a" in history.record.events[0].claims[0].note


@pytest.mark.parametrize(
    ("circumstances", "mark"),
    [("Q5727902", "~"), ("Q18122778", "?"), (["Q5727902", "Q18122778"], "%"), (SOME, "?"), (NO, "")],
    ids=str,
)
@pytest.mark.parametrize("by", ["P1480", "P5102"])
def test_sourcing_circumstances_mark_the_dates(tmp_path: Path, circumstances: Any, mark: str, by: str) -> None:
    history = uzbekistan(tmp_path, statement(P580="1992-05-15", P582="1999", **{by: circumstances}), last_day="out")
    start, end = (event.claims[0].date for event in history.record.events)
    assert (start and start.edtf, end and end.edtf) == (f"1992-05-15{mark}", f"1999{mark}")
    assert around(history, "UZB", "1992-05-15") == [NO_, YES, YES]


def test_all_that_qualifiers_say_besides_days_stands_in_the_note(tmp_path: Path) -> None:
    cause = statement(P580="1992-05-15", P582="1999", P1534="Q7", P518="Q8", P1264=SOME)
    exit_, also = entity("Q7", label="end of a term"), entity("Q9", "FRA", statement("Q2"))
    history = read_wikidata(written(tmp_path, entity("Q265", "UZB", cause), exit_, also)).history("Q1")
    note = history.record.events[0].claims[0].note
    assert note == "end cause: end of a term (Q7); P518: Q8; P1264: unknown"


def test_a_member_in_a_role_may_be_an_observer(tmp_path: Path) -> None:
    history = uzbekistan(tmp_path, statement(P580="1992-05-15", P582="1999-04-20", P3831="Q5"), last_day="in")
    assert around(history, "UZB", "1992-05-15") == [NO_, OPEN, OPEN]
    assert around(history, "UZB", "1999-04-20") == [OPEN, OPEN, NO_]
    assert Status.OBSERVER in history.status("UZB", "1995-01-01").statuses


# --- Which statements are about one membership -----------------------------------------------------------------------


def test_two_memberships_stand_one_after_the_other(tmp_path: Path) -> None:
    first, second = statement(P580="1992-05-15", P582="1999-04-20"), statement(P580="2006-06-23", P582="2012-06-28")
    for statements in ((first, second), (second, first), (second, first, statement())):
        history = uzbekistan(tmp_path, *statements, last_day="out")
        assert around(history, "UZB", "1999-04-20") == [YES, NO_, NO_]
        assert around(history, "UZB", "2006-06-23") == [NO_, YES, YES]
        assert around(history, "UZB", "2012-06-28") == [YES, NO_, NO_]


@pytest.mark.parametrize("last_day", ["in", "out", "shared", None], ids=str)
def test_where_one_ends_on_the_day_on_which_the_next_begins_there_is_no_gap(tmp_path: Path, last_day: Any) -> None:
    one, next_ = statement(P580="1992-05-15", P582="1999-04-20"), statement(P580="1999-04-20", P582="2012-06-28")
    history = uzbekistan(tmp_path, next_, one, last_day=last_day)
    assert around(history, "UZB", "1999-04-20") == [YES, YES, YES]
    assert history.was_member_throughout("UZB", "1992-05-15", "2012-06-27") is YES


def test_statements_on_one_membership_that_differ_are_rivals(tmp_path: Path) -> None:
    one, other = statement(P580="1993-09-09", P582="1999-04-20"), statement(P580="1993-12-09", P582="1999-04-20")
    history = uzbekistan(tmp_path, one, other, last_day="in")
    assert around(history, "UZB", "1993-09-09") == [NO_, OPEN, OPEN]
    assert around(history, "UZB", "1993-12-09") == [OPEN, YES, YES]
    assert around(history, "UZB", "1999-04-20") == [YES, YES, NO_]
    # An end that only one of them tells is told; the other says nothing of it.
    history = uzbekistan(tmp_path, statement(P580="1993-09-09"), statement(P580="1993-12-09", P582="1999-04-20"))
    assert history.was_member("UZB", "1999-04-19") is YES
    assert history.was_member("UZB", "2000-01-01") is NO_
    # A statement that is in force still contradicts one that has ended.
    history = uzbekistan(tmp_path, statement(P580="1993-09-09", P582=NO), statement(P580="1993-09-09", P582="1999"))
    assert history.was_member("UZB", "2000-01-01") is OPEN


def test_rank_decides_between_rivals_and_every_counts_all(tmp_path: Path) -> None:
    one = statement(P580="1993-09-09", P582="1999-04-20")
    better = statement(P580="1993-12-09", P582="1999-04-20", rank="preferred")
    history = uzbekistan(tmp_path, one, better, last_day="in")
    assert around(history, "UZB", "1993-12-09") == [NO_, YES, YES]
    assert history.resolved("every").was_member("UZB", "1993-10-01") is OPEN
    assert {claim.rank for claim in history.record.events[0].claims} == {Rank.NORMAL, Rank.PREFERRED}
    wrong = statement(P580="1993-12-09", P582="1999-04-20", rank="deprecated", P2241="Q41755623")
    history = uzbekistan(tmp_path, wrong, one, last_day="in")
    assert around(history, "UZB", "1993-09-09") == [NO_, YES, YES]
    (deprecated,) = [one for one in history.record.events[0].claims if one.rank is Rank.DEPRECATED]
    assert deprecated.note == "reason for the deprecated rank: Q41755623"


def test_a_better_statement_without_an_end_leaves_the_end_open(tmp_path: Path) -> None:
    normal, better = statement(P580="1993", P582="1999"), statement(P580="1993-12-09", rank="preferred")
    history = uzbekistan(tmp_path, normal, better)
    assert around(history, "UZB", "1993-12-09") == [NO_, YES, OPEN]
    assert history.was_member("UZB", "2005-01-01") is OPEN


def test_what_wikidata_deprecates_did_not_happen(tmp_path: Path) -> None:
    history = uzbekistan(tmp_path, statement(P580="1992-05-15", P582="1999-04-20", rank="deprecated"))
    assert history.was_member("UZB", "1995-01-01") is NO_
    assert history.resolved("every").was_member("UZB", "1995-01-01") is OPEN
    beside = uzbekistan(
        tmp_path,
        statement(P580="1992-05-15", P582="1999-04-20", rank="deprecated"),
        statement(P580="2006-06-23", P582=NO),
    )
    assert [beside.was_member("UZB", day) for day in ("1995-01-01", "2006-06-22", "2006-06-23")] == [NO_, NO_, YES]


def test_a_less_precise_statement_makes_nothing_less_certain(tmp_path: Path) -> None:
    exact = statement(P580="1992-05-15", P582="1999-04-20")
    alone = uzbekistan(tmp_path, exact, last_day="in").timeline("UZB")
    for vague in (statement(), statement(P580="1992"), statement(P582="1999"), statement(P580="1992", P582="1999")):
        assert uzbekistan(tmp_path, vague, exact, last_day="in").timeline("UZB") == alone


def test_several_values_of_one_qualifier_are_rivals(tmp_path: Path) -> None:
    history = uzbekistan(tmp_path, statement(P580=["1993-09-09", "1993-12-09"], P582="1999-04-20"), last_day="in")
    assert around(history, "UZB", "1993-09-09") == [NO_, OPEN, OPEN]
    assert around(history, "UZB", "1993-12-09") == [OPEN, YES, YES]
    assert "P580 has 2 values, which are taken for rivals" in history.record.events[0].claims[0].note


# --- Sources ---------------------------------------------------------------------------------------------------------


def test_references_are_sources(tmp_path: Path) -> None:
    book = reference(P248="Q50", P577="2010-05-01", P813="2020-02-02", P304="12", P1476="The book")
    page = reference(P854="https://www.odkb-csto.org/members?x=1", P813="2021-03-04")
    again = reference(P854="https://www.odkb-csto.org/members?x=1", P813="2023-03-04")
    imported = reference(P143="Q206855", P4656="https://ru.wikipedia.org/w/index.php?oldid=1")
    cited = statement(P580="1992-05-15", P582="1999-04-20", references=[book, page, imported])
    bare = statement(P580="2006-06-23", P582=NO, references=[again, {"snaks": {}}])
    none = statement(P580="1950", P582="1951")
    path = written(tmp_path, entity("Q265", "UZB", cited, bare, none), entity("Q50", label="A book of treaties"))
    record = read_wikidata(path).record("Q1")
    by_start = {event.id: [claim.source.rpartition("-")[0] for claim in event.claims] for event in record.events}
    assert by_start["UZB start 1"] == [""]
    assert by_start["UZB start 2"] == ["Q50", "odkb-csto.org", "ru.wikipedia.org"]
    assert by_start["UZB start 3"] == ["odkb-csto.org"]
    sources = {source.id.rpartition("-")[0]: source for source in record.sources}
    assert sources["Q50"].title == "The book; A book of treaties (Q50)"
    assert (str(sources["Q50"].published), str(sources["Q50"].consulted)) == ("2010-05-01", "2020-02-02")
    assert sources["odkb-csto.org"].url == "https://www.odkb-csto.org/members?x=1"
    # What was read twice was there when it was read last.
    assert str(sources["odkb-csto.org"].consulted) == "2023-03-04"
    assert sources["ru.wikipedia.org"].note == "as Wikidata cites it; imported from Q206855"
    start = next(event for event in record.events if event.id == "UZB start 2")
    assert start.claims[0].locator.startswith("page 12, statement Q0$STATEMENT-")
    assert record.source("wikidata").title == "Wikidata"


def test_what_was_published_before_it_was_read_is_kept(tmp_path: Path) -> None:
    wrong = statement(P580="1992", P582=NO, references=[reference(P248="Q50", P577="2022", P813="2021-03-04")])
    (fault,) = refused(tmp_path, wrong)
    assert fault.startswith("Q265.claims.P463[0].references[0].snaks.P577: it was published after it was read")
    table = read_wikidata(written(tmp_path, entity("Q265", "UZB", wrong)), bad_rows="skip")
    (source,) = table.record("Q1").sources
    assert (source.published, str(source.consulted)) == (None, "2021-03-04")
    assert table.history("Q1").was_member("UZB", "1992-12-31") is YES


# --- States and organisations ----------------------------------------------------------------------------------------


def test_states_are_told_by_codes_and_labels_and_by_what_they_are(tmp_path: Path) -> None:
    told = statement(P580="1992-05-15", P582=NO)
    path = written(
        tmp_path,
        entity("Q265", "UZB", told, label="Something else"),
        entity("Q717", label="Venezuela", instance_of=["Q3624078"], claims_=None) | {"claims": {}},
        entity("Q36704", "", told, label="Yugoslavia", instance_of=["Q3024240"]),
        entity("Q142", "", told, label="France"),
        entity("Q1428", "", told, label="Georgia", instance_of=["Q35657"]),
        entity("Q42", "", told, label="Jordan", instance_of=["Q5"]),
        entity("Q1", label="A league"),
    )
    table = read_wikidata(path)
    assert [state.id for state in table.states_of("Q1")] == ["FRA", "UZB", "YUG"]
    assert table.ignored == ("no states: Georgia (Q1428), Jordan (Q42)",)
    assert table.names == {"Q1": "A league"}
    assert table.record("Q1").name == "A league"
    assert table.history("Q1").was_member("GEO", "1995-01-01") is OPEN


def test_a_label_as_short_as_a_code_is_no_code(tmp_path: Path) -> None:
    path = written(tmp_path, entity("Q9", "", statement(P580="1992"), label="Mu", instance_of=["Q6256"]))
    with pytest.raises(RecordError, match="the state is not known"):
        read_wikidata(path)


def test_a_state_of_your_own_is_told_by_its_id_or_name(tmp_path: Path) -> None:
    told = statement(P580="1992-05-15", P582=NO)
    path = written(tmp_path, entity("Q9", "", told, label="Atlantis", instance_of=["Q6256"]))
    with pytest.raises(RecordError, match="the state is not known") as caught:
        read_wikidata(path)
    assert places(caught) == ["Q9"]
    for own in (State("Q9", "The sunken one"), State("ATL", "Atlantis")):
        history = read_wikidata(path, states=[own]).history("Q1")
        assert history.was_member(own.id, "1995-01-01") is YES
    table = read_wikidata(
        written(tmp_path, entity("Q9", "", told, label="Atlantis"), entity("Q265", "UZB", told)), bad_rows="skip"
    )
    members = table.history("Q1").members_on("1995-01-01")
    assert members.certain.codes == ("UZB",)
    assert (members.fewest, members.most) == (1, 2)
    assert any("skipped: Q9" in caveat for caveat in members.caveats)


def test_states_of_your_own_whose_codes_meet_are_a_fault(tmp_path: Path) -> None:
    one = statement(P580="1992-05-15", P582=NO)
    path = written(tmp_path, entity("Q8", "", one, label="Lemuria"), entity("Q9", "", one, label="Atlantis"))
    own = [State("LEM", "Lemuria", alpha2="X1"), State("ATL", "Atlantis", alpha2="X1")]
    with pytest.raises(RecordError, match="one name leads to several states"):
        read_wikidata(path, states=own)
    table = read_wikidata(path, states=own, bad_rows="skip")
    assert (table.organisations, len(table.faults)) == ((), 1)


def test_many_statements_on_one_state_are_rivals(tmp_path: Path) -> None:
    many = [statement(P580=str(year), P582=str(year)) for year in range(1900, 1960)]
    history = uzbekistan(tmp_path, *many)
    assert history.was_member("UZB", "1930-06-01") is OPEN
    assert [history.was_member("UZB", day) for day in ("1899-12-31", "1961-01-02")] == [NO_, NO_]


def test_organisations_are_chosen_and_named_by_their_ids(tmp_path: Path) -> None:
    path = written(tmp_path, entity("Q265", "UZB", statement("Q1", P580="1992", P582=NO), statement("Q2", P580="1993")))
    assert read_wikidata(path).organisations == ("Q1", "Q2")
    assert read_wikidata(path, "Q2").organisations == ("Q2",)
    assert read_wikidata(path, {"Q1": "league"}).history("league").was_member("UZB", "1995-01-01") is YES
    with pytest.raises(UnknownNameError) as caught:
        read_wikidata(path, "Q3")
    assert caught.value.known == ("Q1", "Q2")
    for wrong in ({"Q1": ""}, 7, {"Q1": "a\nb"}):
        with pytest.raises(ArgumentError, match="organisation"):
            read_wikidata(path, wrong)  # type: ignore[arg-type]


def test_members_of_nothing_or_of_something_unknown_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, entity("Q265", "UZB", statement(SOME), statement(NO), statement("Q1", P580="1992")))
    assert read_wikidata(path).ignored == ("members of no known organisation: Q265",)


def test_the_coverage_ends_when_the_entity_was_last_changed(tmp_path: Path) -> None:
    told = statement(P580="1992-05-15", P582=NO)
    path = written(tmp_path, entity("Q265", "UZB", told, modified="2024-03-01T10:11:12Z"))
    covers = read_wikidata(path).record("Q1").coverage
    assert (covers.first, covers.last, covers.states) == (None, dt.date(2024, 3, 1), "listed")
    finding = read_wikidata(path).history("Q1").status("UZB", "2024-03-02")
    assert finding.verdict is YES
    assert any("2024-03-01" in caveat for caveat in finding.caveats)
    assert read_wikidata(path, as_of="2020-01-01").record("Q1").coverage.last == dt.date(2020, 1, 1)
    assert read_wikidata(path).history("Q1").strict().was_member("UZB", "2024-03-02") is OPEN
    with pytest.raises(DateError):
        read_wikidata(path, as_of="2020")
    unchanged = uzbekistan(tmp_path, statement(P580="1992-05-15", P582="1999-04-20"), last_day="out")
    assert unchanged.coverage.last == dt.date(1999, 4, 20)


# --- Files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["document", "dump", "lines", "one", "list", "pretty", "gz", "bz2"])
def test_documents_and_dumps_say_the_same(tmp_path: Path, form: str) -> None:
    states = [
        entity("Q265", "UZB", statement(P580="1992-05-15", P582=NO), label="Uzbekistan"),
        entity("Q212", "UKR", statement(P580="1993", P582="1995-06-01"), label="Ukraine"),
        entity("Q50", label="no member of anything"),
    ]
    text = {
        "document": document(*states),
        "dump": dump(*states),
        "lines": "\n".join(map(json.dumps, states)) + "\n",
        "one": json.dumps(states[0], indent=2),
        "list": json.dumps(states),
        "pretty": json.dumps(states, indent=2),
        "gz": dump(*states),
        "bz2": dump(*states),
    }[form]
    packs: Any = {"gz": gzip.compress, "bz2": bz2.compress}
    path = tmp_path / f"entities.{form if form in ('gz', 'bz2') else 'json'}"
    path.write_bytes(packs.get(form, bytes)(text.encode()))
    history = read_wikidata(path).history("Q1")
    assert around(history, "UZB", "1992-05-15") == [NO_, YES, YES]
    if form != "one":
        assert around(history, "UKR", "1993-12-31") == [OPEN, YES, YES]


def test_faults_of_a_dump_have_their_line(tmp_path: Path) -> None:
    good = entity("Q265", "UZB", statement(P580="1992", P582=NO))
    bad = entity("Q212", "UKR", statement(P580=time("1992", 5)))
    path = written(tmp_path, good, bad, form=dump)
    with pytest.raises(RecordError) as caught:
        read_wikidata(path)
    assert places(caught) == ["line 3, Q212.claims.P463[0].qualifiers.P580[0]"]
    assert caught.value.faults[0].file == str(path)
    path.write_text(dump(good)[:-3] + ',\n{"type":"item","id":"Q1","claims":{"P463": [}\n]\n', encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_wikidata(path)
    assert places(caught) == ["line 3"]
    table = read_wikidata(path, bad_rows="skip")
    assert table.history("Q1").size("1992-12-31") == (1, 2)
    assert table.record("Q1").coverage.missing == "skipped: line 3"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is not JSON"),
        (b"nothing", "it is not JSON"),
        (b"7", "it holds no entities"),
        (b'{"entities": 7}', "it holds no entities"),
        (b'{"entities": {"Q1": 7}}', "an entity is needed"),
        (b'{"entities": {"Q1": {"id": 7}}}', "the entity has no id"),
        (b'{"entities": {"Q1": {"id": "Q1", "missing": ""}}}', "no such entity"),
        (b'{"entities": {"Q1": {"id": "Q1", "id": "Q2"}}}', "a key is given twice"),
        (b'\xff{"entities": {}}', "it is not UTF-8"),
        (b"[" * 100_000, "too deep"),
        (b'{"entities": {"Q1": {"id": "Q1", "n": ' + b"9" * 5000 + b"}}}", "too many digits"),
    ],
)
def test_what_is_no_file_of_entities_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "entities.json"
    path.write_bytes(content)
    for bad_rows in ("raise", "skip"):
        if said not in ("an entity is needed", "the entity has no id", "no such entity") or bad_rows == "raise":
            with pytest.raises(RecordError, match=said):
                read_wikidata(path, bad_rows=bad_rows)
        else:
            assert read_wikidata(path, bad_rows="skip").organisations == ()


def test_what_is_packed_badly_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(dump(entity("Q265", "UZB", statement(P580="1992"))).encode() * 50)
    path = tmp_path / "entities.json.gz"
    for content in (b"not packed", whole[: len(whole) // 2]):
        path.write_bytes(content)
        for bad_rows in ("raise", "skip"):
            with pytest.raises(RecordError, match="it cannot be unpacked"):
                read_wikidata(path, bad_rows=bad_rows)
    with pytest.raises(OSError, match=r"missing\.json"):
        read_wikidata(tmp_path / "missing.json")


# --- Faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (time("1920-05-28", calendar=JULIAN), "the date is of the Julian calendar, which is not read"),
        (time("1920", calendar=JULIAN), "the date is of the Julian calendar, which is not read"),
        (time("1920", calendar="http://www.wikidata.org/entity/Q1"), "the calendar is not the Gregorian one"),
        (time("1920", calendar=None), "the calendar is not the Gregorian one"),  # type: ignore[arg-type]
        (time("1000", 6), "its precision is none from a century (7) to a day (11)"),
        (time("1920-05-28", 12), "its precision is none from a century (7) to a day (11)"),
        (time("1920", True), "its precision is none from a century (7) to a day (11)"),
        (time("1920", 11), "precision 11 needs a month"),
        (time("1920", 10), "precision 10 needs a month"),
        (time("1920-02", 11), "there is no such day"),
        (time("1921-02-29"), "there is no such day"),
        (time("1920", time="-0044-03-15T00:00:00Z"), "years run from 0001 to 9999"),
        (time("1920", time="+10000-00-00T00:00:00Z"), "years run from 0001 to 9999"),
        (time("1920", time="1920"), "it is no point in time"),
        (time("1920", time="+1920-00-00T00:00:00Z\n"), "it is no point in time"),
        (time("1920", time=1920), "a point in time is needed"),
        (time("1920", before=1), "its 'before' is not 0"),
        (time("1920", timezone=60), "its 'timezone' is not 0"),
        ("Q5", "a point in time is needed"),
        ("some text", "a point in time is needed"),
    ],
    ids=str,
)
@pytest.mark.parametrize("property_id", ["P580", "P582", "P1319", "P585"])
def test_a_date_that_cannot_be_read_is_a_fault(tmp_path: Path, value: Any, said: str, property_id: str) -> None:
    (fault,) = refused(tmp_path, statement(**{property_id: value}))
    assert fault.startswith(f"Q265.claims.P463[0].qualifiers.{property_id}[0]: {said}")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    faults = refused(
        tmp_path,
        statement(P580="1999-04-20", P582="1992-05-15"),
        statement(P580=time("1920", calendar=JULIAN)),
        statement(P580="1992", P1319="1993"),
        statement(rank="splendid"),
        {"mainsnak": {"snaktype": "value"}},
        statement("not an item"),
        {},
    )
    said = [fault.partition(": ")[2].partition(" (found")[0].partition(";")[0] for fault in faults]
    assert said == [
        "it names no organisation",
        "it names no organisation",
        "it names no organisation",
        "it ends before it begins",
        "the date is of the Julian calendar, which is not read",
        "the date lies outside its own bounds",
        "there is no such rank",
    ]


def test_of_a_state_with_a_skipped_statement_nothing_is_firm(tmp_path: Path) -> None:
    states = (
        entity("Q265", "UZB", statement(P580="1992", P582=NO), statement(P580=time("1920", calendar=JULIAN))),
        entity("Q212", "UKR", statement(P580="1992", P582=NO)),
        entity("Q184", "BLR", statement("Q2", P580="1992", P582=NO), {"mainsnak": {"snaktype": "value"}}),
    )
    table = read_wikidata(written(tmp_path, *states), bad_rows="skip")
    history = table.history("Q1")
    assert [len(table.faults), *map(str, table.organisations)] == [2, "Q1", "Q2"]
    assert {history.was_member("UZB", f"{year}-01-01") for year in range(1900, 2030, 10)} == {OPEN}
    assert history.was_member("UKR", "2000-01-01") is YES
    assert "skipped" in str(history.status("UZB", "2000-01-01"))
    assert any("skipped" in caveat for caveat in history.members_on("2000-01-01").caveats)
    assert table.history("Q2").was_member("BLR", "2000-01-01") is OPEN
    with pytest.raises(ArgumentError, match="bad_rows"):
        read_wikidata(written(tmp_path, *states), bad_rows="drop")  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", [None, 7, "text", [], {}, [7], {"P580": 7}, {"P580": {}}, {"P580": [None]}], ids=str)
def test_odd_structures_are_read_or_told_and_never_crash(tmp_path: Path, odd: Any) -> None:
    for place in ("qualifiers", "references", "mainsnak", "rank", "id"):
        one = {**statement(P580="1992"), place: odd}
        path = written(tmp_path, entity("Q265", "UZB", one), entity("Q212", "UKR", statement(P580="1992", P582=NO)))
        table = read_wikidata(path, bad_rows="skip")
        assert table.history("Q1").was_member("UKR", "1992-12-31") is YES
    for place in ("labels", "claims", "modified", "id"):
        path = written(tmp_path, {**entity("Q265", "UZB", statement(P580="1992")), "id": "Q265", "type": "item"})
        whole = json.loads(path.read_text(encoding="utf-8"))
        whole["entities"]["Q265"][place] = odd
        path.write_text(json.dumps(whole), encoding="utf-8")
        assert isinstance(read_wikidata(path, bad_rows="skip"), Table)


def test_nothing_from_the_file_forges_a_line(tmp_path: Path) -> None:
    evil = "x\nFORGED: yes\x1b[2J\u202e"
    one = statement(P580="1992", P518=evil, references=[reference(P854=f"https://a.org/{evil}", P1476=evil)])
    one["id"] = evil
    path = written(tmp_path, entity("Q265", "UZB", one, statement(P580=evil), label=evil), entity("Q1", label=evil))
    with pytest.raises(RecordError) as caught:
        read_wikidata(path)
    table = read_wikidata(path, bad_rows="skip")
    for text in (str(caught.value), str(table.history("Q1").status("UZB", "1992-12-31")), repr(table)):
        assert not any(line.lstrip().startswith("FORGED") for line in text.splitlines())
        assert "\x1b" not in text
        assert "\u202e" not in text


# --- Laws ------------------------------------------------------------------------------------------------------------

FIRST = dt.date(2000, 1, 1)
DAYS = [FIRST + number * DAY for number in range(-2, 40)]


def days() -> st.SearchStrategy[dt.date]:
    return st.integers(0, 30).map(lambda number: FIRST + number * DAY)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


@st.composite
def told(draw: st.DrawFn) -> dict[str, Any]:
    """Qualifiers of one statement: days, bounds, unknown and no values."""
    drawn = {
        "P580": draw(maybe(st.one_of(days().map(str), st.sampled_from([SOME, NO])))),
        "P1319": draw(maybe(days().map(str))),
        "P8555": draw(maybe(days().map(str))),
        "P582": draw(maybe(st.one_of(days().map(str), st.sampled_from([SOME, NO])))),
        "P8554": draw(maybe(days().map(str))),
        "P1326": draw(maybe(days().map(str))),
    }
    return {key: value for key, value in drawn.items() if value is not None}


def memberships(qualifiers: dict[str, Any], last_day: str | None) -> list[tuple[dt.date, dt.date]]:
    """Every first day inside and first day outside that qualifiers allow, from a small world of days."""
    early, late = FIRST - 4 * DAY, FIRST + 45 * DAY
    world = [early + number * DAY for number in range((late - early).days + 1)]

    def allowed(value: Any, low: str, high: str, never: dt.date) -> list[dt.date]:
        if value is NO:
            return [never]
        kept = [day for day in world if value is None or value is SOME or str(day) == value]
        kept = [day for day in kept if low not in qualifiers or str(day) >= qualifiers[low]]
        return [day for day in kept if high not in qualifiers or str(day) <= qualifiers[high]]

    starts = allowed(qualifiers.get("P580"), "P1319", "P8555", early)
    ends = allowed(qualifiers.get("P582"), "P8554", "P1326", late)
    if "P582" not in qualifiers and "P1326" not in qualifiers:
        ends.append(late)
    outs = {
        end if end == late else end + lag * DAY
        for end in ends
        for lag in {"in": [1], "out": [0], None: [0, 1]}[last_day]
    }
    return [(start, out) for start in starts for out in outs if start < out]


@pytest.mark.law
@given(told(), st.sampled_from(["in", "out", None]))
@example({"P580": "2000-01-01", "P582": "2000-01-01"}, "in")
@example({"P580": "2000-01-01", "P582": "2000-01-02"}, "out")
@example({"P8554": "2000-01-10"}, None)
@example({"P580": NO, "P582": NO}, None)
@example({"P8555": "2000-01-02", "P582": "2000-01-01"}, "in")
def test_one_statement_says_what_all_of_its_memberships_say(
    tmp_path_factory: pytest.TempPathFactory, qualifiers: dict[str, Any], last_day: Any
) -> None:
    worlds = memberships(qualifiers, last_day)
    assume(worlds)
    try:
        history = uzbekistan(tmp_path_factory.mktemp("w"), statement(**qualifiers), last_day=last_day)
    except RecordError:
        # Bounds that no day keeps, or an end before the start: the worlds have been clipped to a day or two.
        assume(False)
    for day in DAYS:
        inside = {start <= day < out for start, out in worlds}
        expected = {frozenset({True}): YES, frozenset({False}): NO_}.get(frozenset(inside), OPEN)
        assert history.was_member("UZB", day) is expected, (day, history.timeline("UZB"))


@pytest.mark.law
@given(
    st.lists(st.tuples(told(), st.sampled_from(["normal", "preferred", "deprecated"])), max_size=4),
    st.randoms(use_true_random=False),
    st.sampled_from(["in", "out", "shared", None]),
)
@example(
    [({"P582": SOME}, "normal"), ({"P8555": "2000-01-01"}, "normal"), ({"P582": "2000-01-01"}, "normal")],
    Random(0),  # noqa: S311 - it only shuffles
    "in",
)
def test_any_statements_make_a_record_and_doubled_ones_the_same(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[dict[str, Any], str]], random: Any, last_day: Any
) -> None:
    folder = tmp_path_factory.mktemp("w")
    statements = [statement(rank=rank, **qualifiers) for qualifiers, rank in drawn]
    table = read_wikidata(written(folder, entity("Q265", "UZB", *statements)), last_day=last_day, bad_rows="skip")
    assume(table.organisations)
    timeline = table.history("Q1").timeline("UZB")
    doubled = [*statements, *({**one, "id": "again"} for one in statements)]
    random.shuffle(doubled)
    again = read_wikidata(written(folder, entity("Q265", "UZB", *doubled)), last_day=last_day, bad_rows="skip")
    assert again.history("Q1").timeline("UZB") == timeline
    table.history("Q1").resolved("every").timeline("UZB")


@pytest.mark.law
@given(st.lists(told(), min_size=2, max_size=3), st.sampled_from(["in", "out", None]))
@example([{"P1326": "2000-01-02"}, {"P8555": "2000-01-01", "P582": NO}], "in")
@example([{"P582": "2000-01-02"}, {"P8555": "2000-01-01", "P8554": "2000-01-03"}], "in")
@example(
    [{"P1319": "2000-01-01"}, {"P1319": "2000-01-01", "P1326": "2000-01-01"}, {"P580": NO, "P8554": "2000-01-01"}], "in"
)
@example([{"P582": "2000-01-01"}, {"P1319": "2000-01-03"}, {"P8555": "2000-01-01", "P582": NO}], "in")
@example(
    [
        {"P8555": "2000-01-01", "P582": "2000-01-02"},
        {"P8555": "2000-01-01", "P582": NO},
        {"P1319": "2000-01-01", "P8554": "2000-01-02", "P1326": "2000-01-02"},
    ],
    "in",
)
@example(
    [
        {"P582": "2000-01-02"},
        {"P8555": "2000-01-01", "P582": SOME},
        {"P580": "2000-01-03", "P8554": "2000-01-01"},
    ],
    "in",
)
@example(
    [
        {"P580": "2000-01-05", "P582": "2000-01-10"},
        {"P580": "2000-01-03", "P582": "2000-01-20"},
        {"P580": "2000-01-15", "P582": "2000-01-25"},
    ],
    "out",
)
def test_no_answer_is_firm_against_what_one_of_equal_statements_says(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, Any]], last_day: Any
) -> None:
    folder = tmp_path_factory.mktemp("w")
    try:
        alone = [uzbekistan(folder, statement(**one), last_day=last_day) for one in drawn]
        history = uzbekistan(folder, *(statement(**one) for one in drawn), last_day=last_day)
    except RecordError:
        assume(False)
    for day in DAYS:
        said = [one.was_member("UZB", day) for one in alone]
        verdict = history.was_member("UZB", day)
        assert not (verdict is NO_ and YES in said), (day, history.timeline("UZB"))
        assert not (verdict is YES and set(said) == {NO_}), (day, history.timeline("UZB"))


def test_a_snak_may_have_the_number_of_an_item_alone(tmp_path: Path) -> None:
    one = statement(P580="1992", P582=NO)
    one["mainsnak"]["datavalue"]["value"] = {"entity-type": "item", "numeric-id": 1}
    assert uzbekistan(tmp_path, one).was_member("UZB", "1995-01-01") is YES
    assert snak("P463", "Q1")["datavalue"]["value"]["numeric-id"] == 1
