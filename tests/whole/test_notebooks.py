"""What notebooks show of every answer: a sentence, strips, the evidence; nothing that is taken away, nothing unescaped."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from support.notebooks import strips, taken_away, tree, words

import csto_membership as csto
from csto_membership import CSTO, CitedClaim, Finding, Ground, History, Registry, Spell, Verdict
from csto_membership._values.listing import Listing, Stream

LEGAL = CSTO.under("legal")
HISTORIES = {
    "csto": CSTO,
    "legal": LEGAL,
    "every": CSTO.resolved("every").strict(),
    "cow": CSTO.according_to("cow-igo-3"),
    "then": CSTO.as_published_by("2006-07-01"),
    "supposed": CSTO.supposing("geo-signature", "1993-09-09").without("uzb-notice"),
    "cis": csto.history("cis"),
    "sco": csto.history("sco").under("legal"),
    "eaeu": csto.history("eaeu"),
}
DATES = ("2006", "2007-06-01", "2012-10-01", "1850", "2300-01-01", "[2020..]", "1999-04-20")
#: Whatever has not to be read as HTML, in each text of a record.
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;]]>\x1b[2J\u202e<!--"


@cache
def answers(name: str) -> dict[str, Any]:
    """Every kind of answer that a history gives."""
    history = HISTORIES[name]
    return dict(_answers(history, history.states.codes[:3] + history.states.codes[-2:]))


def _answers(history: History, states: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    yield "history", history
    yield "panel", history.panel(first="2006", last="2007")
    yield "dyads", history.dyads("month", "any", first="2006", last="2006", directed=True)
    listings: dict[str, Listing[Any]] = {
        "sources": history.sources,
        "instruments": history.instruments,
        "conflicts": history.conflicts(),
        "changes": history.changes(None, None),
        "differences": history.compare(history.under("legal").resolved("every")),
        "timelines": history.timelines(),
        "sizes": history.sizes(),
        "together": history.both_members(states[0], states[-1]),
    }
    for kind, listing in listings.items():
        yield kind, listing
        shown = ((f"{kind} {number}", value) for number, value in enumerate(listing[:40]) if kind != "sizes")
        yield from ((name.replace("together", "spell"), value) for name, value in shown)
    yield from ((f"timeline {state}", history.timeline(state)) for state in (*states, "France", "UZB"))
    for date in DATES:
        yield f"members {date}", history.members_on(date)
        for state in states:
            finding = history.status(state, date)
            yield f"finding {state} {date}", finding
            yield from ((f"claim {state} {date} {n}", cited) for n, cited in enumerate(finding.cited[:2]))
    yield "in force", history.instruments_in_force("1999-04-20")
    for instrument in history.instruments[:3]:
        yield f"bound by {instrument.id}", history.bound_by(instrument, "2007-01-01")


def html_of(value: Any) -> str:
    html = value._repr_html_()
    assert isinstance(html, str)
    return html


@pytest.mark.parametrize("name", HISTORIES)
def test_every_answer_is_well_formed_and_nothing_of_it_is_taken_away(name: str) -> None:
    for question, value in answers(name).items():
        html = html_of(value)
        assert taken_away(html) == [], question
        assert len(html) < 60_000, question


@pytest.mark.parametrize("name", HISTORIES)
def test_every_answer_names_its_organisation_and_its_view(name: str) -> None:
    history = HISTORIES[name]
    view = f"{history.record.id}, {history.view.label}"
    told = ("history", "panel", "dyads", "timeline", "members", "finding", "conflicts", "differences", "bound", "sizes")
    for question, value in answers(name).items():
        text = words(html_of(value))
        if question.split()[0] in told or question in ("changes", "sources", "timelines", "together"):
            assert view in text, question
        elif question in ("instruments", "in force"):
            assert f"({history.record.id})" in text, question


def test_a_caption_tells_views_apart() -> None:
    views = [
        *(CSTO, LEGAL, CSTO.resolved("every"), CSTO.strict(), CSTO.according_to("cow-igo-3")),
        *(CSTO.as_published_by("2010-01-01"), CSTO.counting("member", "suspended"), CSTO.institution("csto")),
        *(CSTO.without("uzb-notice"), CSTO.supposing("geo-signature", "1993-09-09")),
        CSTO.according_to(*[source.id for source in CSTO.sources[:100]]),
    ]
    captions = {words(html_of(view)).split("(")[1].split(")")[0] for view in views}
    assert len(captions) == len(views)
    assert max(map(len, captions)) < 100
    for view in views:
        assert view.view.caption.startswith(view.view.label)
        assert view.view.caption in words(html_of(view.timeline("UZ")))


# --- Without styles, in words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HISTORIES)
def test_words_alone_say_everything_of_a_finding(name: str) -> None:
    for question, value in answers(name).items():
        if not isinstance(value, Finding):
            continue
        text = words(html_of(value))
        assert value.state.name in text
        assert ("undetermined" in text.split("(")[0]) is (value.verdict is Verdict.UNDETERMINED), question
        for cited in value.cited:
            assert f"({cited.source.id})" in text
            if isinstance(cited, CitedClaim):
                assert (
                    f"{cited.claim.act}{f' {cited.claim.date}' if cited.claim.date else ''}, {cited.claim.rank}" in text
                )
        for ground in value.evidence:
            assert not isinstance(ground, Ground) or ground.event.id in text
        for told in (*value.caveats, *value.decided_by):
            assert " ".join(told.split()) in text
        for claim in value.contested_by[:50]:
            assert f"({claim.source.id})" in text
            assert claim.call in text
        assert f"{len(value.contested_by)} claim" in text or not value.contested_by


def test_words_alone_say_everything_of_members_and_timelines() -> None:
    for history in HISTORIES.values():
        for date in DATES:
            members = history.members_on(date)
            rows = [[words_of(cell) for cell in row][:3] for row in tree(html_of(members)).iter("tr")][1:]
            expected = [[one.id, one.name, "yes"] for one in members.certain]
            expected += [[one.id, one.name, "undetermined"] for one in members.undetermined]
            assert rows == sorted(expected)
        for timeline in history.timelines():
            rows = [[words_of(cell) for cell in row] for row in tree(html_of(timeline)).iter("tr")][1:]
            assert [row[0] for row in rows] == [str(spell.first_day or "..") for spell in timeline]
            assert [row[1] for row in rows] == [str(spell.last_day or "..") for spell in timeline]
            assert [row[3] for row in rows] == [str(spell.verdict) for spell in timeline]


def words_of(element: Any) -> str:
    return "".join(element.itertext())


def test_the_sentence_comes_first() -> None:
    html = html_of(csto.status("UZ", "2012-10-01"))
    assert words(html).startswith("Uzbekistan was suspended on 1 October 2012: not a member (csto, declared)")
    assert words(html_of(csto.members_on("2007-01-01"))).startswith("7 members on 1 January 2007 (csto, declared)")
    assert words(html_of(csto.members_on("2006"))).startswith("6 to 7 members on one unknown day of 2006 (csto")
    assert words(html_of(csto.timeline("GE"))).startswith(
        "Georgia was a member from 9 December 1993 to 20 April 1999 ("
    )
    bound = CSTO.bound_by("sochi-2013", "2020-01-01")
    assert words(html_of(bound)).startswith("6 states bound by sochi-2013 on 1 January 2020 (csto, declared)")
    assert str(bound).startswith("2020-01-01: 6 states bound by sochi-2013 (declared)")
    [change] = CSTO.changes("2012", "2012")
    assert words(html_of(change)).startswith(
        "Uzbekistan: from member to suspended on 28 June 2012 (notice_of_suspension) event uzb-notice"
    )


# --- Folded, linked, marked ------------------------------------------------------------------------------------------


def folds(html: str) -> dict[str, bool]:
    """The titles of what is folded, and whether it is open."""
    found = {}
    for details in tree(html).iter("details"):
        title = details.find("summary")
        assert title is not None
        found[words_of(title)] = details.get("open") == "open"
    return found


@pytest.mark.parametrize("name", HISTORIES)
def test_evidence_is_folded_unless_the_answer_is_undetermined(name: str) -> None:
    for value in answers(name).values():
        if isinstance(value, Finding):
            opened = value.verdict is Verdict.UNDETERMINED
            for title, unfolded in folds(html_of(value)).items():
                if title.startswith("rests on") or title.endswith("would decide it"):
                    assert unfolded is opened
                elif "against" in title:
                    assert not unfolded
                else:
                    assert unfolded is (opened or len(value.caveats) <= 3)


def test_the_counts_are_in_the_titles() -> None:
    finding = LEGAL.status("UZ", "2007-06-01")
    number = sum(len(ground.claims) for ground in finding.evidence if isinstance(ground, Ground))
    assert list(folds(html_of(finding))) == [
        f"rests on {number} claims",
        "1 point would decide it",
        f"{len(finding.contested_by)} claims against: if one were right the answer would be another",
        f"{len(finding.caveats)} caveats",
    ]


def test_what_stands_against_an_answer_is_in_the_order_of_nearness() -> None:
    moved = 0
    for value in [one for name in HISTORIES for one in answers(name).values() if isinstance(one, Finding)]:
        day = csto.ImpreciseDate.parse(str(value.date)).earliest
        told = [claim.claim.date.earliest for claim in value.contested_by if claim.claim.date]
        if not day or not all(told) or len(told) != len(value.contested_by):
            continue
        against = [
            words_of(item).split()[1].rstrip(",")
            for details in tree(html_of(value)).iter("details")
            if "against" in words_of(details)[:30]
            for item in details.iter("li")
        ]
        shown = [csto.ImpreciseDate.parse(one).earliest for one in against]
        nearest = sorted(((one for one in told if one)), key=lambda one: abs((day - one).days))
        assert [one and abs((day - one).days) for one in shown] == [abs((day - one).days) for one in nearest]
        moved += [one for one in told if one] != nearest
    assert moved > 5


def test_sources_are_linked_to_their_addresses() -> None:
    html = html_of(csto.status("UZ", "2012-10-01"))
    links = {link.get("href"): words_of(link) for link in tree(html).iter("a")}
    cited = {one.source.url: one.source.title for one in csto.status("UZ", "2012-10-01").cited}
    assert links == cited
    table = {link.get("href") for link in tree(html_of(CSTO.sources)).iter("a")}
    assert table == {source.url for source in CSTO.sources[:50] if source.url}


def test_the_day_that_is_asked_about_is_on_the_strip() -> None:
    for date in DATES:
        for history in (CSTO, LEGAL):
            finding = history.status("UZ", date)
            [strip] = strips(html_of(finding))
            day = csto.ImpreciseDate.parse(date)
            assert [bar.title for bar in strip.bars] == list(map(str, history.timeline("UZ")))
            within = [str(spell) for spell in history.timeline("UZ").within(day)]
            assert strip.beyond == ({"1850": "◀", "2300-01-01": "▶"}.get(date, ""))
            assert {bar.title for bar in strip.marked()} == (set() if strip.beyond else {within[0], within[-1]})
            members = history.members_on(date)
            assert len(strips(html_of(members))) == len(members.possible)
    for other, state in zip(strips(html_of(CSTO.members_on("2007-01-01"))), CSTO.members_on("2007-01-01"), strict=True):
        assert [bar.title for bar in other.bars] == list(map(str, CSTO.timeline(state)))


def test_a_history_has_a_strip_a_state_in_order_of_entry() -> None:
    for history in HISTORIES.values():
        shown = strips(html_of(history))
        lines = history.timelines()
        assert len(shown) == len(lines)
        related = [
            min((spell.first_day or dt.date.min for spell in line if spell.statuses != {"none"}), default=dt.date.max)
            for line in lines
        ]
        order = sorted(zip(related, (line.state.name for line in lines), lines, strict=True), key=lambda row: row[:2])
        for strip, (_, _, line) in zip(shown, order, strict=True):
            # What begins long after the days that are vouched for is on no strip.
            last = line.scope.last or dt.date.max
            seen = [str(spell) for spell in line if not spell.first_day or spell.first_day.year <= last.year]
            assert len(line) > 20 or [bar.title for bar in strip.bars] == seen


def test_a_very_large_organisation_is_shown_in_part_and_told_as_a_whole() -> None:
    states = tuple(csto.State(f"S{number:03}", f"State {number:03}") for number in range(120))
    events = [csto.Event(f"in-{one.id}", (one.id,), [csto.Claim("s", "accession", "2000-01-05")]) for one in states]
    record = csto.Record("league", states=states, sources=(csto.Source("s"),), events=tuple(events))
    history = History(record)
    for value, most in ((history.members_on("2001-01-01"), 50), (history, 60)):
        html = html_of(value)
        assert len(strips(html)) == most
        assert all(one.name in words(html) for one in states)
        assert taken_away(html) == []


# --- Hostile texts ---------------------------------------------------------------------------------------------------


def record_of(text: str, url: str, folder: Path) -> History:
    claims = [
        {"source": one, "act": "accession", "date": date, "locator": text, "note": text, "rank": rank}
        for one, date, rank in (
            ("a", "2000-01-05", "normal"),
            ("b", "2000-01-09", "normal"),
            ("c", "2001", "deprecated"),
        )
    ]
    document = {
        "organisation": {
            "id": "league",
            "name": text,
            "note": text,
            "edition": text,
            "covers": {"first": "1999-01-01", "last": "2002-01-01"},
        },
        "state": [{"id": "XXA", "name": text.replace("\x1b", "")}, {"id": "UZB"}],
        "source": [{"id": one, "title": text, "publisher": text, "note": text, "url": url} for one in "abc"],
        "instrument": [{"id": "i", "kind": text, "title": text, "signed": "1999", "place": text, "note": text}],
        "event": [{"id": "in", "states": ["XXA", "UZB"], "claims": claims, "note": text, "conflict": "C1"}],
        "attestation": [
            {
                "source": "b",
                "states": ["XXA"],
                "status": "member",
                "on": "1999-01-01",
                "locator": text,
                "conflict": "C1",
            }
        ],
        "note": [{"text": text, "sources": ["a"], "conflict": "C1"}],
    }
    path = folder / "league.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return csto.load(path)


def all_of(history: History) -> list[Any]:
    found = [value for _, value in _answers(history, ("XXA", "UZB"))]
    found += [history.status("XXA", "2000-01-07"), history.according_to("b").status("XXA", "1999-01-01")]
    registry = Registry.of(history, CSTO)
    found += [registry, registry.memberships_of("XXA", "2000-01-07"), registry.status("league", "XXA", "2000-01-07")]
    found += [history.robustness("panel", first="2000", last="2001"), history.robustness("panel", first="2000").rows()]
    return found


def shape(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (element.tag, tuple(element.attrib)) for element in tree(html).iter() if element.tag not in ("samp", "span")
    ]


def test_texts_of_records_are_texts_and_nothing_else(tmp_path: Path) -> None:
    evil, good = (
        all_of(record_of(text, url, tmp_path))
        for text, url in ((EVIL, "javascript:alert(1)"), ("good", "not an address"))
    )
    spelt = EVIL.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
    told = 0
    for one, other in zip(evil, good, strict=True):
        html = html_of(one)
        assert taken_away(html) == []
        assert shape(html) == shape(html_of(other))
        assert not list(tree(html).iter("a"))
        assert not [letter for letter in html if letter in "\x1b\u202e"]
        told += words(html).count(" ".join(spelt.split()))
    assert told > 100


def test_an_address_of_the_web_leads_there(tmp_path: Path) -> None:
    history = record_of("title", "https://example.org/?a=1&b=2", tmp_path)
    for value in (history.status("XXA", "2000-01-07"), history.sources, history.sources[0], history.conflicts()[0]):
        assert {link.get("href") for link in tree(html_of(value)).iter("a")} == {"https://example.org/?a=1&b=2"}


# --- Streams ---------------------------------------------------------------------------------------------------------


def test_a_panel_shows_its_first_rows_and_is_an_iterator_all_the_same() -> None:
    rows = CSTO.panel(first="2005", last="2012")
    every = list(CSTO.panel(first="2005", last="2012"))
    assert isinstance(rows, Iterator)
    assert iter(rows) is rows
    assert next(rows) == every[0]
    for shown in (repr(rows), words(html_of(rows))):
        assert shown.startswith("panel by year (last day), 2005-01-01 to 2012-12-31, 9 states")
        assert "and more" in shown
    assert [row.find("td") is not None for row in tree(html_of(rows)).iter("tr")] == [False, *[True] * 10]
    assert list(rows) == every[1:]
    assert list(rows) == []
    assert next(rows, None) is None
    assert list(tree(html_of(rows)).iter("tr"))
    head = repr(rows).splitlines()[1].split()
    assert head[:3] == ["state", "cow", "year"]
    short = CSTO.panel(first="2005", last="2005", states=["UZB"])
    assert "and more" not in repr(short)
    assert len(repr(short).splitlines()) == 3


def test_dyads_show_themselves_too() -> None:
    rows = CSTO.dyads("month", "any", first="2006", last="2006", states=["UZ", "RU"], directed=True)
    assert repr(rows).startswith("directed dyads by month (any day), 2006-01-01 to 2006-12-31, pairs of 2 states\n")
    assert len(list(rows)) == 24
    assert "(csto, declared)" in words(html_of(rows))
    assert "by day (all days)" in repr(CSTO.dyads("day", "all", first="2006", last="2006"))


def test_a_stream_makes_no_more_rows_than_are_taken_or_shown() -> None:
    made: list[int] = []

    def rows() -> Iterator[Any]:
        for row in CSTO.panel("day"):
            made.append(1)
            yield row

    stream: Stream[Any] = Stream(rows, ("state", "period"), "rows")
    assert not made
    list(islice(stream, 3))
    assert len(made) == 3
    repr(stream)
    assert len(made) == 3 + 11
    html_of(stream)
    assert len(made) == 3 + 22
    assert next(stream).state == list(islice(CSTO.panel("day"), 4))[3].state
    empty: Stream[Any] = Stream(lambda: iter(()), ("state",), "no rows")
    assert repr(empty) == "no rows"
    assert words(html_of(empty)) == "no rows"


# --- Registries ------------------------------------------------------------------------------------------------------


def test_registries_and_memberships_show_themselves(tmp_path: Path) -> None:
    registry = Registry.bundled()
    text = words(html_of(registry))
    assert all(id in text for id in registry.organisations)
    assert "legal" in text
    for date in ("2006", "2021-01-01", "1850-01-01"):
        memberships = registry.memberships_of("UZ", date)
        html = html_of(memberships)
        assert taken_away(html) == []
        assert all(id in words(html) for id in registry.organisations)
        shown = strips(html)
        assert len(shown) == len(memberships.possible)
        for strip, id in zip(shown, memberships.possible, strict=True):
            assert [bar.title for bar in strip.bars] == list(map(str, registry.history(id).timeline("UZ")))
        # Without the registry at hand there are no strips, and the answer is the same.
        for again in (pickle.loads(pickle.dumps(memberships)), copy.deepcopy(memberships)):  # noqa: S301
            assert again == memberships
            assert not strips(html_of(again))
            assert all(id in words(html_of(again)) for id in registry.organisations)
    registry.prepare(tmp_path / "all.jsonl")
    prepared = Registry.from_prepared(tmp_path / "all.jsonl")
    values = [prepared, prepared.memberships_of("UZ", "2006"), prepared.status("csto", "UZ", "2006")]
    for value in (*values, prepared.members_on("csto", "2006")):
        assert taken_away(html_of(value)) == []
    assert len(strips(html_of(values[1]))) == 5
    assert "(csto, declared)" in words(html_of(values[2]))


@pytest.mark.parametrize("name", HISTORIES)
def test_prepared_lines_have_the_strips_of_the_record(name: str, tmp_path: Path) -> None:
    history = HISTORIES[name]
    id = history.record.id
    Registry.of(history).prepare(tmp_path / "one.jsonl")
    prepared = Registry.from_prepared(tmp_path / "one.jsonl")
    for date in DATES:
        answers = [(prepared.status(id, state, date), history.status(state, date)) for state in history.states.codes]
        answers += [(prepared.status(id, "Japan", date), history.status("Japan", date))]
        pairs = [*answers, (prepared.members_on(id, date), history.members_on(date))]
        for value, live in pairs:
            shown = strips(html_of(value))
            assert shown == strips(html_of(live))
            assert shown or isinstance(live, csto.Members)
            again = pickle.loads(pickle.dumps(value))  # noqa: S301
            assert strips(html_of(again)) == shown


def test_a_state_is_no_more_than_one_row_of_timelines() -> None:
    timelines = CSTO.timelines()
    assert timelines == tuple(map(CSTO.timeline, CSTO.states))
    assert [[bar.title for bar in strip.bars] for strip in strips(html_of(timelines))] == [
        list(map(str, timeline)) for timeline in timelines
    ]


def test_a_strip_is_that_of_the_state_whatever_its_record_calls_it() -> None:
    claims = [csto.Claim("s", "accession", "2000-01-05")]
    record = csto.Record(
        "north",
        states=(csto.State("NKO", "North", cow=731),),
        sources=(csto.Source("s"),),
        events=(csto.Event("in", ("NKO",), claims),),
    )
    members = Registry.of(record, CSTO).members_on("north", "2001-01-01")
    [strip] = strips(html_of(members))
    assert [bar.title for bar in strip.bars] == [".. to 2000-01-04: none", "2000-01-05 to ..: member"]


def test_answers_of_the_front_door_look_like_those_of_the_record() -> None:
    for date in ("2007-01-01", "2012-10-01", "2006", "1850-01-01"):
        assert html_of(csto.members_on(date)) == html_of(CSTO.members_on(date))
        for state in ("UZ", "Belarus", "Germany"):
            assert html_of(csto.status(state, date)) == html_of(CSTO.status(state, date))
    for answer in (csto.status("UZ", "2007-01-01"), csto.members_on("2007-01-01")):
        assert html_of(pickle.loads(pickle.dumps(answer))) == html_of(answer)  # noqa: S301


def test_a_finding_and_members_are_equal_whatever_they_show_themselves_by() -> None:
    finding, members = CSTO.status("UZ", "2007-01-01"), CSTO.members_on("2007-01-01")
    for value in (finding, members, CSTO.timeline("UZ")):
        again = pickle.loads(pickle.dumps(value))  # noqa: S301
        assert again == value
        assert html_of(again) == html_of(value)
    assert members == csto.Members(
        *(members.date, members.certain, members.possible, members.fewest, members.most, "csto", "declared")
    )
    assert Spell(None, None, frozenset({csto.Status.NONE}), Verdict.NO) in CSTO.timeline("France")
