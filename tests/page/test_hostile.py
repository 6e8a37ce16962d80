"""Whatever a record says is shown, and nothing of it runs, leads astray or hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import History, page
from csto_membership._files.read import record_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RUN = "window.injected = true"
EVIL = [
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror='{RUN}'>",
    f'"><svg onload="{RUN}">',
    f"<!--<script>{RUN}",
    f"\u2028{RUN}\u2029//",
    "{{script}} {{data}} ${" + RUN + "} `'\"\\",
    "]]>&lt;script&gt;&amp;",
    "\u202egnol\x1b[2J\x00",
    "x" * 100_000,
]
LINKS = [
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f'https://example.org/" onmouseover="{RUN}',
    "//example.org/x",
    "file:///etc/passwd",
    " https://example.org/space",
    "https://example.org/fine?a=1&b=2",
]


def hostile(evil: str) -> History:
    sources = [
        {"id": f"s{at}", "title": evil, "publisher": evil, "url": url, "published": "2000", "note": evil}
        for at, url in enumerate(LINKS)
    ]
    claims = [
        {"source": f"s{at}", "act": "signature", "date": "1999-01-01", "locator": evil, "note": evil}
        for at in range(len(LINKS))
    ]
    return History(
        record_of({
            "organisation": {"id": "evil", "name": evil, "edition": evil},
            "source": sources,
            # A name that steers or hides is refused where a record is read.
            "state": [{"id": "XXA", "name": "X" if "\x00" in evil else evil, "names": []}],
            "event": [{"id": "in", "states": ["XXA"], "claims": claims}],
        })
    )  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("evil", EVIL, ids=lambda evil: repr(evil[:12]))
def test_a_hostile_record_is_shown_and_runs_nothing(evil: str, opened: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "evil.html"
    page.write(hostile(evil), path, known=["2001-01-01"])
    shown = opened(path, "#day=2000-01-01&state=XXA", permissions=["clipboard-read", "clipboard-write"])
    assert shown.locator("#sentence").inner_text() == "On 1 January 2000: 1 member"
    for id in ("#previous", "#cite", "#python"):
        shown.click(id)
    shown.locator("#taken", has_text="Python").wait_for(state="attached")
    shown.select_option("#known", index=1)
    assert shown.evaluate("window.injected") is None
    assert shown.evaluate("document.scripts.length") == 2
    assert shown.locator("main img, main svg, main iframe, main script").count() == 0
    links = {link.get_attribute("href") for link in shown.locator(".why a").all()}
    assert links == {"https://example.org/fine?a=1&b=2"}
    assert shown.evaluate("document.documentElement.scrollWidth") <= 1280
    # The name is there as it is written, with what would steer spelt out, or cut where it is endless.
    name = shown.locator(".state .name").inner_text()
    assert len(name) < 600
    assert not set(name) & set("\u202e\x1b\x00\u2028\u2029")


@pytest.mark.parametrize("evil", EVIL, ids=lambda evil: repr(evil[:12]))
def test_no_text_of_a_record_is_markup_in_the_file(evil: str) -> None:
    text = page.html(hostile(evil), known=[])
    assert text.count("<script") == 2
    assert text.count("</script") == 2
    assert text.count("<!--") == 0
    assert "\u2028" not in text
    assert "\x00" not in text
    assert len(text) < 120_000
