"""What a page carries: everything once, nothing to load, and not much of it."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from typing import Any

import pytest
from attrs import evolve

from csto_membership import CSTO, Act, History, Record, Registry, Status, history, page
from csto_membership.exceptions import ArgumentError, DateError, UnknownNameError


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="told">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def small() -> str:
    return page.html(history("union-state"))


@pytest.mark.slow
def test_the_page_of_the_bundled_record_is_small_and_offers_what_was_known() -> None:
    text = page.html(CSTO)
    assert len(text.encode()) < 300_000
    (told,) = data_of(text)["organisations"]
    days = [id for id, _, _ in told["known"]]
    assert days[0] == ""
    assert len(days) > 5
    assert days[1:] == sorted(days[1:], reverse=True)
    assert len(told["views"]) == 3 * 3 * len(days)
    # Each day offered is one on which an answer is another than a year before, and the latest differs from the whole.
    whole = [CSTO.under(name).timelines() for name in ("declared", "legal", "participating")]
    latest = CSTO.as_published_by(days[1])
    assert whole != [latest.under(name).timelines() for name in ("declared", "legal", "participating")]


@pytest.mark.parametrize(
    "part", ["texts", "sources", "claims", "grounds", "attested", "kinds", "lists", "findings", "runs"]
)
def test_nothing_is_written_twice(small: str, part: str) -> None:
    (told,) = data_of(small)["organisations"]
    written = [json.dumps(one) for one in told[part]]
    assert len(written) == len(set(written))


def test_the_days_that_a_page_shows_end_with_the_evidence() -> None:
    # Of a page that was read on a later day it is open of which day it speaks.
    known = CSTO.as_published_by("2012-12-31")
    assert str(known.timeline("AF").spells[-1]) == "2026-11-26 to ..: none"
    for days in ([], ["2012-12-31"]):
        (told,) = data_of(page.html(CSTO, known=days))["organisations"]
        assert (told["last"], told["day"]) == ("2026-01-20", "2026-01-20")
    assert [told["days"][view[6]] for view in told["views"]] == ["2026-01-20"] * 9 + ["2012-12-31"] * 9


def test_views_that_say_the_same_point_to_the_same_answers() -> None:
    (told,) = data_of(page.html(history("union-state"), known=["2020-01-01", "2020-01-02"]))["organisations"]
    # Both days of January, of which nothing was published: all but what limits the answers is the same.
    one, other = told["views"][9:18], told["views"][18:27]
    assert [view[0] for view in one] == [view[0] for view in other]
    assert [view[2] for view in one] == [view[2] for view in other]


def test_a_browser_may_run_this_script_and_nothing_else(small: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', small)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for tag, rule in (('<script type="module">', "script-src"), ("<style>", "style-src")):
        content = small.split(tag)[1].split("</s", maxsplit=1)[0]
        digest = base64.b64encode(sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert "unsafe" not in policy


def test_the_page_names_no_address_outside_of_its_sources(small: str) -> None:
    (told,) = data_of(small)["organisations"]
    outside = re.sub(r'(?s) id="told">.*?</script>', "", small)
    assert "union-state" not in outside
    assert not re.findall(r"https?://|\bsrc=|\bhref=|url\(|@import|\beval\b|innerHTML|insertAdjacentHTML", outside)
    assert all(url.startswith("http") for _, _, url, *_ in told["sources"] if url)


def test_the_script_knows_no_status_and_no_act(small: str) -> None:
    script = small.split('<script type="module">')[1]
    # The names of looks and of answers are its own; what they are for, the library has said.
    own = {"member", "former", "none", "status", "return"}
    words = {word.value for word in (*Status, *Act)} - own
    assert not {word for word in words if re.search(rf"\b{word}\b", script)}


def test_python_for_a_record_of_ones_own_says_where_its_history_is_from() -> None:
    own = History(evolve(history("union-state").record, id="mine"))
    (told,) = data_of(page.html(own, known=[]))["organisations"]
    assert (told["python"], told["bundled"]) == ("history", False)


def test_a_page_opens_under_the_view_of_its_history_and_says_the_rest() -> None:
    (told,) = data_of(page.html(history("union-state").under("legal").resolved("every").strict(), known=[]))[
        "organisations"
    ]
    readings, resolutions, known = (told[part] for part in ("readings", "resolutions", "known"))
    assert [readings[told["chosen"][0]][0], resolutions[told["chosen"][1]][0]] == ["legal", "every"]
    assert known == [["", "all sources", ""]]
    assert told["seen"] == "strict"
    assert told["python"] == "csto.history('union-state').strict()"


def test_what_cannot_be_chosen_is_said_part_by_part() -> None:
    seen = CSTO.counting("member", "suspended").institution("csto").strict()
    (told,) = data_of(page.html(seen, known=[]))["organisations"]
    assert told["seen"] == "institution csto, counting member and suspended, strict"
    (told,) = data_of(page.html(CSTO.without("geo-signature"), known=[]))["organisations"]
    assert told["seen"] == "without event geo-signature"


def test_an_own_reading_can_be_chosen_besides_those_that_there_are() -> None:
    own = CSTO.reading.but("declared", without=["freeze"])
    (told,) = data_of(page.html(history("union-state").under(own.but("mine")), known=[]))["organisations"]
    assert [id for id, _, _ in told["readings"]] == ["mine (own)", "declared", "legal", "participating"]


def test_a_choice_of_sources_and_of_publications_stays_chosen() -> None:
    seen = history("guam").as_published_by("2005-01-01")
    (told,) = data_of(page.html(seen))["organisations"]
    assert told["known"][0] == ["", "published by 1 January 2005", ".as_published_by('2005-01-01')"]
    assert all(id < "2005" for id, _, _ in told["known"][1:])


def test_what_cannot_be_shown_is_refused(tmp_path: Any) -> None:
    with pytest.raises(ArgumentError, match="never stored"):
        page.html(CSTO.supposing("geo-signature", "1993-09-09"))
    with pytest.raises(ArgumentError, match="needs an organisation"):
        page.html(Registry.of())
    with pytest.raises(DateError, match="One exact day"):
        page.html(history("union-state"), known=["2012"])
    Registry.of(history("union-state")).prepare(tmp_path / "prepared.jsonl")
    with pytest.raises(UnknownNameError, match="prepared"):
        page.html(Registry.from_prepared(tmp_path / "prepared.jsonl"))


def test_a_record_of_nothing_has_a_page() -> None:
    (told,) = data_of(page.html(History(Record("void"))))["organisations"]
    assert (told["states"], told["opening"]) == ([], "On 1 January 2000: no members")


def test_a_page_replaces_an_old_one_or_leaves_it(tmp_path: Any) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")
    with pytest.raises(DateError):
        page.write(history("union-state"), path, known=["2012"])
    assert path.read_text() == "old"
    page.write(history("union-state"), path, known=[])
    assert path.read_text("utf-8").startswith("<!doctype html>")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_days_of_what_was_known_are_one_or_a_column() -> None:
    union = history("union-state")
    both = page.html(union, known=["2020-01-01", "2020-01-02"])
    assert page.html(union, known=(day for day in ("2020-01-01", "2020-01-02"))) == both
    assert page.html(union, known="2020-01-01") == page.html(union, known=["2020-01-01"])
    wrong: tuple[Any, ...] = (None, "year", 2020, [None])
    for known in wrong:
        with pytest.raises(DateError):
            page.html(union, known=known)
