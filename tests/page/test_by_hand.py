"""A page by mouse, by keyboard, by touch, by its address, on paper, and as a screen reader has it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from csto_membership import CSTO, History, Record, history
from csto_membership.page import write
from csto_membership.readers import read_spells

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Opened = Callable[..., Any]

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
UNDETERMINED = "#day=2007-06-01&reading=legal&state=UZB"


def text(page: Any, id: str) -> str:
    return str(page.locator(f"#{id}").inner_text())


def wait_for(page: Any, id: str, words: str) -> None:
    """Wait until an element says some words; what waits by code of its own is refused by the policy of the page."""
    page.locator(f"#{id}", has_text=words).wait_for(state="attached")


def page_of_table(folder: Path, *rows: str) -> Path:
    """The page of a table of spells."""
    table = folder / "spells.csv"
    table.write_text("\n".join(["organisation,state,status,first_day,last_day", *rows, ""]), encoding="utf-8")
    written = folder / "table.html"
    write(read_spells(table).history("A"), written, known=[])
    return written


def settled(page: Any) -> str:
    """The part of the address that keeps what is chosen, once it is kept."""
    page.wait_for_timeout(250)
    return str(page.evaluate("location.hash"))


def test_it_opens_on_the_last_day_of_the_coverage_with_one_sentence(opened: Opened) -> None:
    page = opened("csto.html")
    assert text(page, "sentence") == "On 20 January 2026: 6 members"
    assert text(page, "name") == "Collective Security Treaty and Collective Security Treaty Organization"
    assert page.locator("main").is_visible()


def test_steps_go_from_change_to_change_and_say_what_changes(opened: Opened) -> None:
    page = opened("csto.html")
    page.click("#previous")
    assert text(page, "sentence") == "On 28 June 2012: 6 members"
    assert "Uzbekistan: notice of suspension, from member to suspended" in text(page, "changed")
    page.click("#previous")
    assert text(page, "sentence") == "On 23 June 2006: 7 members"
    page.click("#next")
    assert page.get_attribute("#next", "aria-disabled") == "true"
    page.click("#next", force=True)
    assert text(page, "sentence") == "On 28 June 2012: 6 members"
    page.fill("#day", "2000-01-01")
    assert text(page, "changed") == "Nothing changes between 21 April 1999 and 23 June 2006."


def test_after_the_evidence_that_was_known_nothing_changes_but_by_an_act(opened: Opened, tmp_path: Path) -> None:
    page = opened("csto.html")
    page.select_option("#known", label="published by 31 December 2012")
    page.fill("#day", "2012-12-31")
    assert text(page, "changed") == "Nothing changes after 28 June 2012."
    assert page.locator("#next b").inner_text() == "none"
    # An end of the organisation that was not known yet is a change.
    path = tmp_path / "caco.html"
    write(history("caco"), path, known=["1994-12-31"])
    page = opened(path)
    page.select_option("#known", index=1)
    page.fill("#day", "1995-01-01")
    assert page.locator("#next b").inner_text() == "31 December 2006"


def test_where_nothing_changes_it_says_for_how_long(opened: Opened, tmp_path: Path) -> None:
    def on(page: Any, day: str) -> str:
        page.fill("#day", day)
        return text(page, "changed")

    page = opened(page_of_table(tmp_path, "A,Kenya,member,1990-01-01,1999-12-31"))
    assert on(page, "1989-12-31") == "Nothing changes until 1 January 1990."
    assert on(page, "1990-01-01") == "What changes: Kenya: status, from none to member."
    assert on(page, "1990-01-02") == "Nothing changes between 1 January 1990 and 1 January 2000."
    assert on(page, "1999-12-31") == "Nothing changes between 1 January 1990 and 1 January 2000."
    assert on(page, "2000-01-02") == "Nothing changes after 1 January 2000."
    write(History(Record("void")), tmp_path / "void.html")
    assert on(opened(tmp_path / "void.html"), "1990-01-01") == "Nothing changes on any day."


def test_a_change_that_may_not_happen_is_told_apart_from_one_that_does(opened: Opened) -> None:
    def told(open_: bool, day: str) -> list[str]:
        changes = CSTO.resolved("every").changes(day, day)
        may = [one for one in changes if (one.certain and one.date.is_exact) is not open_]
        return [f"{one.state.name}: {' or '.join(act.value.replace('_', ' ') for act in one.acts)}" for one in may]

    page = opened("csto.html", "#resolved=every")
    for change in CSTO.resolved("every").changes(None, None):
        for day in {str(end) for end in (change.date.earliest, change.date.latest) if end}:
            page.fill("#day", day)
            does, _, may = text(page, "changed").partition("What may change: ")
            for words in told(False, day):
                assert words in does
            for words in told(True, day):
                assert words in may
            assert "perhaps not at all" not in does


def test_the_first_change_is_the_end_of_going_back(opened: Opened) -> None:
    page = opened("csto.html", "#day=1992-05-15")
    assert text(page, "previous").splitlines()[-1] == "none"
    page.click("#previous", force=True)
    assert text(page, "sentence") == "On 15 May 1992: 6 members"


def test_any_day_can_be_asked_for_also_far_outside(opened: Opened) -> None:
    page = opened("csto.html")
    for day, sentence in (
        ("1066-10-14", "On 14 October 1066: no members"),
        ("2999-12-31", "On 31 December 2999: 6 members"),
    ):
        page.fill("#day", day)
        assert text(page, "sentence") == sentence
        assert CSTO.members_on(day).caveats[0] in text(page, "notes")


def test_the_slider_goes_by_days_and_by_changes(opened: Opened) -> None:
    page = opened("csto.html", "#day=2006-06-22")
    page.focus("#slider")
    page.keyboard.press("ArrowRight")
    assert text(page, "sentence") == "On 23 June 2006: 7 members"
    assert page.get_attribute("#slider", "aria-valuetext") == "23 June 2006"
    page.keyboard.press("PageUp")
    assert text(page, "sentence") == "On 28 June 2012: 6 members"
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowLeft")
    assert text(page, "sentence") == "On 22 June 2006: 6 members"


def test_the_mark_of_the_day_stands_under_the_thumb_of_the_slider(opened: Opened) -> None:
    page = opened("csto.html", "#day=1999-04-21", reduced_motion="reduce")
    tick = page.locator("#size .tick").bounding_box()
    strip = page.locator("#size").bounding_box()
    share = (tick["x"] + tick["width"] / 2 - strip["x"]) / strip["width"]
    value, most = (float(page.locator("#slider").evaluate(f"one => one.{part}")) for part in ("value", "max"))
    assert abs(share - value / most) < 0.01


def test_a_switch_says_what_it_moves_and_what_it_does_not(opened: Opened) -> None:
    page = opened("csto.html", "#day=2012-10-01")
    page.select_option("#reading", label="legal")
    assert text(page, "sentence") == "On 1 October 2012: 7 members"
    moved = text(page, "moved")
    assert "On 1 October 2012 it moves Uzbekistan: member, before suspended." in moved
    assert "On other days it moves" in moved
    assert page.locator("#strips > li.moved .name").all_inner_texts() == ["Uzbekistan"]
    page.select_option("#reading", label="participating")
    page.select_option("#reading", label="declared")
    assert (
        text(page, "moved") == "Reading declared. On 1 October 2012 it moves nothing. On other days it moves Armenia."
    )
    page.select_option("#known", label="published by 31 December 2012")
    assert text(page, "moved").startswith("What was known: published by 31 December 2012.")
    page.click("#previous")
    assert text(page, "moved") == ""


def test_a_state_is_explained_with_its_claims_and_sources(opened: Opened) -> None:
    page = opened("csto.html", "#day=2012-10-01")
    row = page.locator("#strips > li", has_text="Uzbekistan")
    row.locator("button.state").click()
    assert row.locator("button.state").get_attribute("aria-expanded") == "true"
    why = row.locator(".why")
    assert why.locator(".sentence").inner_text() == "Uzbekistan was suspended on 1 October 2012: not a member"
    found = CSTO.status("UZB", "2012-10-01")
    for cited in found.cited:
        assert cited.source.title in why.inner_text()
    link = why.locator("a").first
    assert link.get_attribute("href") == found.cited[0].source.url
    assert link.get_attribute("rel") == "noopener noreferrer"
    # It follows the day, and its own days can be gone to.
    page.click("#previous")
    page.click("#previous")
    assert "was a member on 23 June 2006" in why.inner_text()
    why.get_by_role("button", name="1999-04-21 to 2006-06-22").click()
    assert text(page, "sentence") == "On 21 April 1999: 6 members"
    assert "no longer belonged" in why.inner_text()
    row.locator("button.state").click()
    assert not why.is_visible()


def test_what_is_undetermined_says_what_would_decide_it(opened: Opened) -> None:
    page = opened("csto.html", UNDETERMINED)
    assert text(page, "sentence") == "On 1 June 2007: 6 members, 1 undetermined"
    assert "Undetermined: Uzbekistan" in text(page, "undetermined")
    why = page.locator("#strips > li.open .why")
    assert "It would be decided by" in why.inner_text()
    assert page.locator("#strips > li.open .mark").inner_text() == "?"
    page.select_option("#known", label="published by 31 December 2012")
    assert "What speaks against the answer is told where all sources are used" in why.inner_text()


@pytest.mark.parametrize(("at", "day"), [(0.2, "2000"), (0.8, "2020")])
def test_a_place_on_a_strip_is_gone_to_and_explained(opened: Opened, at: float, day: str) -> None:
    page = opened("csto.html")
    strip = page.locator("#strips > li", has_text="Georgia").locator(".strip")
    box = strip.bounding_box()
    strip.click(position={"x": box["width"] * at, "y": 8})
    assert abs(int(re.findall(r"\d{4}", text(page, "sentence"))[0]) - int(day)) <= 3
    assert "Georgia" in page.locator("#strips > li.open .why .sentence").inner_text()


def test_a_click_on_a_spell_stays_in_the_spell(opened: Opened) -> None:
    page = opened("csto.html")
    row = page.locator("#strips > li", has_text="Uzbekistan")
    pieces = row.locator(".piece")
    for at, spell in enumerate(CSTO.timeline("UZB").spells):
        if pieces.nth(at).bounding_box()["height"]:
            pieces.nth(at).click(force=True)
            day = page.input_value("#day")
            assert str(spell.first_day or "") <= day <= str(spell.last_day or "9999")


def test_an_act_leads_to_its_day(opened: Opened) -> None:
    page = opened("csto.html")
    table = page.locator("#acts")
    assert table.locator("thead th").all_inner_texts() == [
        "state",
        "signature",
        "force",
        "notice",
        "withdrawal",
        "other",
    ]
    table.get_by_role("button", name="2012-06-28 (notice of suspension)").click()
    assert text(page, "sentence") == "On 28 June 2012: 6 members"
    # An expiry takes effect on the day after.
    table.get_by_role("button", name="1999-04-20 (expiry, inferred)").first.click()
    assert text(page, "sentence") == "On 21 April 1999: 6 members"


def test_all_of_it_goes_by_keyboard(opened: Opened) -> None:
    page = opened("csto.html", "#day=2012-10-01")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert reached[0] == "previous"
    order = [
        id for id in ("previous", "day", "next", "reading", "resolution", "known", "slider", "state") if id in reached
    ]
    assert order == list(dict.fromkeys(reached))[: len(order)]
    page.focus("#previous")
    page.keyboard.press("Enter")
    assert text(page, "sentence") == "On 28 June 2012: 6 members"
    page.locator(".state").nth(5).focus()
    page.keyboard.press("Space")
    assert "Uzbekistan was suspended" in page.locator(".why .sentence").inner_text()
    assert page.evaluate("document.activeElement.className") == "state"


def test_the_address_keeps_what_is_seen(opened: Opened) -> None:
    page = opened("csto.html", UNDETERMINED)
    assert settled(page) == UNDETERMINED
    shown = text(page, "sentence")
    page.select_option("#resolution", label="every")
    page.click("#next")
    address = settled(page)
    again = opened("csto.html", address)
    assert text(again, "sentence") == text(page, "sentence") != shown
    assert again.locator("#strips > li.open .name").inner_text() == "Uzbekistan"
    # An address that is typed in, or followed inside the page, is seen at once.
    page.evaluate("location.hash = '#day=1999-04-20'")
    wait_for(page, "sentence", "On 20 April 1999")
    assert page.locator("#strips > li.open").count() == 0


@pytest.mark.parametrize(
    "address", ["#day=2007-13-45&reading=none&state=XXX", "#day=<b>", "#%E0%A4%A", "#known=1066-10-14&in=nato"]
)
def test_an_address_of_nothing_opens_as_at_first(opened: Opened, address: str) -> None:
    assert text(opened("csto.html", address), "sentence") == "On 20 January 2026: 6 members"


def test_a_citation_and_python_are_copied_and_python_gives_the_same_answer(opened: Opened) -> None:
    page = opened("csto.html", UNDETERMINED, permissions=["clipboard-read", "clipboard-write"])
    page.click("#cite")
    wait_for(page, "taken", "copied")
    cited = page.evaluate("navigator.clipboard.readText()")
    assert cited == text(page, "copied")
    for part in (
        "On 1 June 2007: 6 members, 1 undetermined",
        "Seen as: legal, preferred",
        "edition 2026.11",
        "Sources:",
    ):
        assert part in cited
    for one in CSTO.under("legal").status("UZB", "2007-06-01").cited:
        assert one.source.title in cited
    page.select_option("#known", label="published by 31 December 2012")
    page.click("#python")
    wait_for(page, "taken", "Python")
    code = page.evaluate("navigator.clipboard.readText()")
    assert code == text(page, "copied")
    printed: list[Any] = []
    exec(code, {"print": printed.append})  # noqa: S102 - what the page gives to run is run
    seen = CSTO.as_published_by("2012-12-31").under("legal")
    assert printed == [seen.members_on("2007-06-01"), seen.status("UZB", "2007-06-01")]


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.fill("#day", "2001-01-01"),
        lambda page: page.click("#previous"),
        lambda page: page.select_option("#resolution", label="majority"),
        lambda page: page.locator(".state").first.click(),
        lambda page: page.evaluate("location.hash = '#day=1999-04-20'"),
    ],
    ids=["day", "step", "view", "state", "address"],
)
def test_what_was_copied_goes_when_something_else_is_shown(opened: Opened, change: Callable[[Any], None]) -> None:
    page = opened("csto.html", UNDETERMINED, permissions=["clipboard-read", "clipboard-write"])
    page.click("#cite")
    wait_for(page, "taken", "Citation copied.")
    change(page)
    page.locator("#copied").wait_for(state="hidden")
    assert text(page, "taken") == ""


def test_where_a_page_may_not_copy_the_text_is_marked(opened: Opened) -> None:
    page = opened("csto.html", "#day=2007-01-01")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.click("#python")
    wait_for(page, "taken", "marked")
    assert 'history.members_on("2007-01-01")' in page.evaluate("getSelection().toString()")


def test_several_organisations_can_be_chosen_on_the_same_day(opened: Opened) -> None:
    page = opened("two.html", "#day=2014-12-31")
    assert text(page, "sentence").startswith("On 31 December 2014: 5 members")
    page.select_option("#organisation", index=1)
    assert text(page, "name") == history("eaeu").record.name
    assert page.input_value("#day") == "2014-12-31"
    assert settled(page) == "#in=eaeu&day=2014-12-31"
    page.fill("#day", "2015-01-02")
    assert text(page, "sentence") == f"On 2 January 2015: {len(history('eaeu').members_on('2015-01-02'))} members"
    assert not opened("csto.html").locator("#organisations").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_nothing_stands_in_the_way_of_anybody(opened: Opened, scheme: str, options: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened("csto.html", UNDETERMINED, color_scheme=scheme, reduced_motion="reduce", **options)
    page.locator("details > summary").evaluate_all("all => all.forEach((one) => one.parentElement.open = true)")
    page.select_option("#resolution", label="every")
    page.evaluate("document.getElementById('copied').hidden = false")
    # The page allows no script but its own: what examines it comes by another door.
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 500, 1280])
def test_no_width_makes_the_page_slide_sideways(opened: Opened, width: int) -> None:
    page = opened("csto.html", UNDETERMINED, viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#slider").bounding_box()["width"] > width * 0.3


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_status_beside_a_long_name_keeps_its_words_whole(opened: Opened, tmp_path: Path, width: int) -> None:
    names = ["Democratic Republic of the Congo", "Saint Vincent and the Grenadines", "Peru"]
    page = opened(
        page_of_table(tmp_path, *(f"A,{name},member,1990,1999" for name in names)),
        "#day=1995-01-01",
        viewport={"width": width, "height": 740},
    )
    for one in page.locator(".state .status").all():
        lines = one.evaluate("one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)")
        assert lines == pytest.approx(1, abs=0.2)
    # Where there is room, it stands beside the name.
    name, status = (page.locator(f"li:has-text('Peru') .{part}").bounding_box() for part in ("name", "status"))
    assert (status["y"] < name["y"] + name["height"]) is (width < 640)


def test_what_is_touched_is_large_enough(opened: Opened) -> None:
    page = opened("csto.html", UNDETERMINED, **PHONE)
    for one in page.locator("button:visible, select:visible, input[type=date]").all():
        assert one.bounding_box()["height"] >= 44


def test_motion_stops_where_it_is_not_wanted(opened: Opened) -> None:
    moving = "getComputedStyle(document.querySelector('.tick')).transitionDuration"
    assert opened("csto.html", reduced_motion="reduce").evaluate(moving) == "0s"
    assert opened("csto.html", reduced_motion="no-preference").evaluate(moving) != "0s"


def test_what_changes_is_told_to_who_does_not_see_it(opened: Opened) -> None:
    page = opened("csto.html", UNDETERMINED)
    for id in ("sentence", "moved", "taken"):
        assert page.locator(f"#{id}").get_attribute("role") == "status"
    assert page.get_by_role("status").filter(has_text="On 1 June 2007").count() == 1
    assert (
        page.get_by_role("button", name="Uzbekistan undetermined: member or former").get_attribute("aria-expanded")
        == "true"
    )


def test_no_state_is_told_by_colour_alone(opened: Opened) -> None:
    page = opened("csto.html", UNDETERMINED)
    forms = page.evaluate(
        """() => Object.fromEntries(['member', 'undetermined', 'other', 'former', 'none'].map((look) => {
          const piece = document.createElement('span');
          piece.className = `piece ${look}`;
          document.querySelector('#strips .strip').append(piece);
          const { height, backgroundImage } = getComputedStyle(piece);
          return [look, `${height} ${backgroundImage === 'none'}`];
        }))"""
    )
    assert len(set(forms.values())) == len(forms)
    assert "undetermined" in page.locator(".state[data-verdict=undetermined] .status").inner_text()


def colours(page: Any, state: str, piece: int) -> dict[Any, float]:
    """The colours of a piece of a strip as they are seen on the screen, and how much of it each has."""
    drawn = page.locator("#strips > li", has_text=state).locator(".piece").nth(piece)
    image = Image.open(BytesIO(drawn.screenshot())).convert("RGB")
    found: Any = image.getcolors(100_000)
    return {colour: number / (image.width * image.height) for number, colour in found}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_strips_are_seen_as_they_are_meant(opened: Opened, scheme: str) -> None:
    page = opened("csto.html", "#day=1992-01-01&reading=legal", color_scheme=scheme, reduced_motion="reduce")
    blue, amber = (63, 134, 198), (204, 138, 26)
    # The third spell of Armenia is membership, the fifth of Uzbekistan undetermined, and hatched.
    assert colours(page, "Armenia", 2)[blue] > 0.8
    assert 0.1 < colours(page, "Uzbekistan", 4)[amber] < 0.8


def test_paper_has_the_answers_and_no_controls(opened: Opened) -> None:
    page = opened("csto.html", UNDETERMINED)
    page.emulate_media(media="print")
    assert page.locator("#sentence").is_visible()
    assert page.locator("#acts").is_visible()
    assert page.locator("#strips > li.open .why").is_visible()
    for hidden in ("#controls", ".take", "#slider"):
        assert not page.locator(hidden).is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_paper_says_under_which_view_it_answers(opened: Opened) -> None:
    page = opened("csto.html", "#day=2012-10-01&reading=legal&resolved=every&known=2012-12-31")
    assert not page.locator("#seen").is_visible()
    page.emulate_media(media="print")
    assert text(page, "seen") == "Seen as: legal, every, published by 31 December 2012."
    page.emulate_media(media="screen")
    page.click("#cite")
    assert "Seen as: legal, every, published by 31 December 2012." in text(page, "copied")
    page.select_option("#reading", label="declared")
    page.emulate_media(media="print")
    assert text(page, "seen") == "Seen as: declared, every, published by 31 December 2012."


def test_without_its_script_it_still_says_who_is_a_member(opened: Opened) -> None:
    page = opened("csto.html", java_script_enabled=False)
    assert "On 20 January 2026: 6 members" in page.locator(".opening").inner_text()


def test_the_organisations_of_a_table_go_by_the_command(tmp_path: Path, opened: Opened) -> None:
    from csto_membership.cli import main

    (tmp_path / "spells.csv").write_text(
        "organisation,state,status,first_day,last_day\nA,Kenya,member,1990-01-01,1999-12-31\nB,Peru,member,1980-01-01,\n",
        encoding="utf-8",
    )
    command = ["page", str(tmp_path / "table.html"), "--records", str(tmp_path / "spells.csv")]
    assert main(command) == 0
    page = opened(tmp_path / "table.html", "#day=1995-01-01")
    assert text(page, "sentence") == "On 1 January 1995: 1 member"
    assert text(page, "members") == "Kenya"
    assert "of others it says nothing" in text(page, "notes")
    page.select_option("#organisation", index=1)
    assert text(page, "members") == "Peru"
