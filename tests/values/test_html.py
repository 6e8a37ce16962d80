"""The elements of which answers are made in notebooks: well-formed, escaped, and no link but to the web."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.notebooks import taken_away, texts, tree

from csto_membership._values.cells import Link
from csto_membership._values.html import (
    Html,
    card,
    element,
    faint,
    folded,
    headline,
    joined,
    line,
    listed,
    section,
    shown,
    table,
)


@given(st.text(st.characters(), max_size=80))
def test_any_text_is_escaped_and_well_formed(text: str) -> None:
    html = card(
        headline(text, text),
        line(text),
        section(text, [text], unfolded=True),
        folded(text, text),
        table([text], [[text], [Link(text, text)]]),
        element("span", text, title=text),
        joined(text, faint(text)),
    )
    assert taken_away(html) == []
    assert "<script" not in shown(f"<script>{text}")


def test_what_is_html_already_is_not_escaped_again_and_anything_else_is() -> None:
    assert shown(Html("<b>")) == "<b>"
    assert shown("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#x27;"
    assert shown(7) == "7"
    assert shown(None) == "None"
    assert element("p", "<a>", Html("<b>x</b>")) == "<p>&lt;a&gt;<b>x</b></p>"
    assert texts(table(["<a>", "&"], [["<script>", 1]])) == ["<a>", "&", "<script>", "1"]


def test_what_steers_or_hides_is_spelt_out() -> None:
    assert shown("a\x1b[2J\u202egnol\nx") == "a\\x1b[2J\\u202egnol\\nx"
    assert shown("\ufffe\ud800") == "\ufffd\\ud800"
    assert shown("Узбекистан") == "Узбекистан"


def test_a_very_long_text_is_cut() -> None:
    assert len(shown("x" * 10_000)) < 600
    assert shown("x" * 500) == "x" * 500


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://example.org/a?b=c&d=e#f",
            "http://example.org",
            "HTTPS://example.org/%22",
            "https://пример.рф/страница",
        ),
        "https://example.org/(a)",
    ],
)
def test_an_address_of_the_web_is_a_link(url: str) -> None:
    [link] = tree(shown(Link("<title>", url))).iter("a")
    assert link.get("href") == url
    assert link.get("rel") == "noopener"
    assert link.text == "<title>"


@pytest.mark.parametrize(
    "url",
    [
        *("", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,<script>", "//example.org", "/etc/passwd"),
        *("https:", "https://", "file:///etc/passwd", "ftp://example.org", "vbscript:x", " https://example.org"),
        *("https://example.org/\njavascript:alert(1)", "java\nscript:alert(1)", "https://example.org/a b"),
        *('https://example.org/"onmouseover="x', "https://example.org/<script>", "https://example.org/\u2028x"),
        *("blob:https://example.org", "https://example.org/\x00", "see https://example.org"),
    ],
)
def test_any_other_address_is_no_link(url: str) -> None:
    html = shown(Link("title", url))
    assert html == "title"


def test_a_link_is_a_plain_text_elsewhere() -> None:
    link = Link("title", "https://example.org")
    assert link == "title"
    assert f"{link}" == "title"


def test_a_long_word_is_broken_where_it_would_leave_the_card() -> None:
    assert "overflow-wrap:break-word" in card("x" * 300)


def test_a_list_under_a_title_is_folded_or_not_and_nothing_for_no_items() -> None:
    assert section("nothing", []) == ""
    [details] = tree(section("two", ["a", "b"])).iter("details")
    assert details.get("open") is None
    assert [item.text for item in details.iter("li")] == ["a", "b"]
    [unfolded] = tree(section("one", iter(["a"]), unfolded=True)).iter("details")
    assert unfolded.get("open") == "open"
    assert texts(listed(["<a>"])) == ["<a>"]


def test_heads_of_tables_say_what_they_are_the_heads_of() -> None:
    html = table(["a"], [["2012-10-01"], ["x" * 30]])
    [head] = tree(html).iter("th")
    assert head.get("scope") == "col"
    dates, words = tree(html).iter("td")
    assert "nowrap" in dates.get("style", "")
    assert "nowrap" not in words.get("style", "")
