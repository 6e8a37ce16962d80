"""What a page shows is what the library says: under every view, on every day of a change and beside it, by its own controls."""

from __future__ import annotations

import datetime as dt
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import CSTO, History, Verdict, history, page
from csto_membership._values.cells import visible
from csto_membership._values.sentences import day_in_words, what_it_was
from csto_membership._values.strips import look_of, meaning
from csto_membership.readers import read_spells

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

DAY = dt.timedelta(1)
KNOWN = "2012-12-31"
#: Sets each view and each day by the controls and their events, opens one state after another, and gives what is shown.
DRIVE = """
(asked) => {
  const by = (id) => document.getElementById(id);
  const texts = (within, of) => [...within.querySelectorAll(of)].map((one) => one.textContent);
  const set = (id, value, event) => {
    by(id).value = value;
    by(id).dispatchEvent(new Event(event, { bubbles: true }));
  };
  const seen = [];
  for (const { choices, days } of asked) {
    for (const [id, choice] of Object.entries(choices)) set(id, String(choice), "change");
    const rows = [...by("strips").children];
    days.forEach((day, at) => {
      set("day", day, "input");
      const row = rows[at % rows.length];
      if (row.querySelector(".state").getAttribute("aria-expanded") !== "true") row.querySelector(".state").click();
      seen.push({
        sentence: by("sentence").textContent,
        members: by("members").textContent,
        undetermined: by("undetermined").textContent,
        notes: texts(by("notes"), "li"),
        names: texts(by("strips"), ".name"),
        statuses: texts(by("strips"), ".status"),
        verdicts: [...by("strips").querySelectorAll(".state")].map((one) => one.dataset.verdict),
        previous: by("previous").querySelector("b").textContent,
        next: by("next").querySelector("b").textContent,
        state: row.querySelector(".name").textContent,
        why: row.querySelector(".why .sentence").textContent,
        text: row.querySelector(".why").textContent,
        links: [...row.querySelectorAll(".why a")].map((one) => one.getAttribute("href")),
      });
    });
  }
  return seen;
}
"""


def boundaries(seen: History) -> list[dt.date]:
    """The days on which a status changes: once the evidence has ended, by an act."""
    days = {day for timeline in seen.timelines() for day in timeline.starts}
    last = seen.coverage.last or dt.date.max
    ends = {day for change in seen.changes(None, None) for day in (change.date.earliest, change.date.latest)}
    return sorted(day for day in days if day - DAY <= last or day in ends)


def days_of(seen: History) -> list[dt.date]:
    ends = [day for day in (seen.coverage.first, seen.coverage.last, seen.view.published_by) if day]
    # A day for each state from before there was a record: what is said of it names the day.
    early = {dt.date(1991, 6, 1) + number * DAY for number in range(len(seen.states))}
    return sorted({day + step * DAY for day in (*boundaries(seen), *ends) for step in (-1, 0, 1)} | early)


def shown_of(what: str, folder: Path) -> tuple[History, list[str]]:
    """A history, and the days of which the page is to offer what was known."""
    if what == "csto":
        return CSTO, [KNOWN]
    if what == "an end":
        return history("eurasec").strict(), ["2005-01-01"]
    if what == "a later institution":
        return CSTO.institution("csto").counting("member", "suspended"), []
    table = folder / "spells.csv"
    table.write_text(
        "organisation,state,status,first_day,last_day\nclub,Kenya,member,1990,1999-12-31\nclub,Peru,member,1995-03,\n"
        "club,Chad,observer,1996-01-01,2001-05-31\nclub,Atlantis,member,1990-01-01,1991-01-01\n",
        encoding="utf-8",
    )
    return read_spells(table, bad_rows="skip").history("club"), []


@pytest.mark.parametrize("of", ["csto", "an end", "a later institution", "a table"])
def test_every_view_and_every_day_of_a_change_is_as_the_history_says(
    of: str, opened: Callable[..., Any], tmp_path: Path
) -> None:
    first, known = shown_of(of, tmp_path)
    path = Path("csto.html") if of == "csto" else tmp_path / "page.html"
    if of != "csto":
        page.write(first, path, known=known)
    views = {
        (at, reading, resolution): one.under(name).resolved(policy)
        for (at, one), (reading, name), (resolution, policy) in product(
            enumerate((first, *map(first.as_published_by, known))),
            enumerate(("declared", "legal", "participating")),
            enumerate(("preferred", "every", "majority")),
        )
    }
    asked = [
        {
            "choices": dict(zip(("known", "reading", "resolution"), view, strict=True)),
            "days": [day.isoformat() for day in days_of(seen)],
        }
        for view, seen in views.items()
    ]
    shown = iter(opened(path).evaluate(DRIVE, asked))
    for seen in views.values():
        lines = {timeline.state.name: timeline for timeline in seen.timelines()}
        changes = boundaries(seen)
        for day in days_of(seen):
            assert_shown(next(shown), seen, day, lines, changes)
    assert next(shown, None) is None


def assert_shown(shown: Any, seen: History, day: dt.date, lines: Any, changes: list[dt.date]) -> None:
    where = (seen, day)
    members = seen.members_on(day)
    count = f"{members.fewest or 'no'} member{'' if members.fewest == 1 else 's'}"
    if members.fewest != members.most:
        count = count if members.fewest else "no certain member"
        count += f", {members.most - members.fewest} undetermined"
    assert shown["sentence"] == f"On {day_in_words(day)}: {count}", where
    names = set(filter(None, shown["members"].split(", ")))
    assert names == {state.name for state in members.certain}, where
    open_names = shown["undetermined"].removeprefix("Undetermined: ")
    assert set(filter(None, open_names.split(", "))) == {state.name for state in members.undetermined}, where
    assert shown["notes"] == list(members.caveats), where

    assert sorted(shown["names"]) == sorted(lines), where
    for name, status, verdict in zip(shown["names"], shown["statuses"], shown["verdicts"], strict=True):
        spell = lines[name].on(day)
        assert (status, verdict) == (meaning(look_of(spell), spell.statuses), str(spell.verdict)), (where, name)

    before, after = [one for one in changes if one < day], [one for one in changes if one > day]
    assert shown["previous"] == (day_in_words(before[-1]) if before else "none"), where
    assert shown["next"] == (day_in_words(after[0]) if after else "none"), where

    found = seen.status(shown["state"], day)
    assert shown["why"] == what_it_was(found.state.name, found.statuses, found.verdict, day), where
    cited = found.cited
    links = {one.source.url for one in cited if one.source.url}
    contested = found.contested_by if not seen.view.published_by else ()
    assert set(shown["links"]) == links | {one.source.url for one in contested if one.source.url}, where
    for text in (*found.caveats, *found.decided_by, *found.deciding_calls):
        assert visible(text) in shown["text"], (where, text)
    for one in (*cited, *contested):
        assert f"({one.source.id})" in shown["text"], where
    if contested:
        assert f"{len(contested)} claim{'' if len(contested) == 1 else 's'} against" in shown["text"], where
    else:
        assert " against: " not in shown["text"], where
    if found.verdict is Verdict.UNDETERMINED:
        assert "It would be decided by" in shown["text"], where
