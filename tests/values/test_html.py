"""What notebooks show: well-formed tables, with every text escaped."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import csto_membership as csto
from csto_membership._values.html import listed, table


def texts(html: str) -> list[str]:
    """All texts of a piece of HTML, which must be well-formed."""
    return [text for text in ET.fromstring(f"<div>{html}</div>").itertext() if text.strip()]  # noqa: S314 - our own


def test_members_a_finding_and_a_timeline_have_a_table() -> None:
    members = texts(csto.members_on("2006")._repr_html_())
    assert "Uzbekistan" in members
    assert members[members.index("Uzbekistan") + 1] == "undetermined"
    finding = texts(csto.status("UZ", "2012-06-25")._repr_html_())
    assert any("asia-plus-2006-06-26" in text for text in finding)
    assert any("caci-2012-08-08" in text for text in finding)
    timeline = texts(csto.CSTO.timeline("UZ")._repr_html_())
    assert "1999-04-20" in timeline
    assert "1999-04-21" in timeline


def test_an_attested_finding_shows_what_attests_it() -> None:
    finding = csto.CSTO.according_to("asia-plus-2021").status("RU", "2021-07-07")
    assert any("asia-plus-2021" in text for text in texts(finding._repr_html_()))


def test_every_text_is_escaped_and_an_empty_list_is_nothing() -> None:
    assert texts(table("<a>", ["&"], [["<script>", 1]])) == ["<a>", "&", "<script>", "1"]
    assert listed("nothing", []) == ""
