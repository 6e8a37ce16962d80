"""The reference to browse: every public name has an anchor, no private one shows, and nothing is warned of."""

from __future__ import annotations

import importlib
import inspect
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support import reference

import csto_membership as csto

pytest.importorskip("sphinx")
pytest.importorskip("furo")

pytestmark = pytest.mark.slow

#: The names that the interface promises, besides those of the rooms and of the front door.
PROMISED = """
History: members_on was_member status timeline was_member_throughout was_member_at_some_time days_as_member both_members
size changes next_change previous_change panel dyads bound_by instruments_in_force conflicts compare check supposing
without under resolved according_to as_published_by institution counting strict record reading resolution states sources
instruments coverage edition
Verdict: YES NO UNDETERMINED otherwise
Members: date certain possible undetermined fewest most as_dict
State: alpha2 alpha3 cow name names
StateSet: codes as_dict
Status: NONE SIGNATORY ASSOCIATE PARTNER OBSERVER MEMBER SUSPENDED FROZEN FORMER
Finding: state date verdict statuses status evidence caveats decided_by as_dict
Spell: first_day last_day statuses verdict as_dict
Timeline: on as_dict
Change: state date act acts before after as_dict
Changes: to_dicts
Conflict: id events attestations claims matters as_dict
Conflicts: to_dicts
Checked: undetermined unreadable faults as_dict
ImpreciseDate: parse earliest latest text
Registry: members_on memberships_of was_member status both_members check of bundled from_files from_tables
readers: read_spells read_cow_state_year read_cow_igo_year read_atop read_acts read_status_table read_wikidata Table
readers.Table: from_frame
frames: annotate spells_frame wide_frame panel_frame dyads_frame annotate_file
plots: timeline size compare together
sql: script write_script
strategies: states imprecise_dates records histories days
"""


class Page(HTMLParser):
    """What a page has: its anchors, where it leads, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.words: list[str] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.inside = tag
        self.anchors.add(told.get("id") or "")
        self.links.add(told.get("href") or told.get("src") or "")

    def handle_data(self, data: str) -> None:
        if self.inside not in ("script", "style"):
            self.words.append(data)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    out = tmp_path_factory.mktemp("reference")
    assert reference.build(out) == ""
    return {path.name: Page(path.read_text(encoding="utf-8")) for path in out.glob("*.html")}


def promised() -> set[str]:
    names = set()
    for line in re.sub(r"\n(?!\w+(?:\.\w+)?:)", " ", PROMISED.strip()).splitlines():
        head, members = line.split(":")
        if head == head.lower() and head not in csto._rooms():
            continue
        names |= {f"csto_membership.{head}.{member}" for member in members.split()}
    return names


def test_every_public_name_has_an_anchor_of_its_own(site: dict[str, Page]) -> None:
    anchors = set().union(*(page.anchors for page in site.values()))
    wanted = reference.anchors() | promised()
    assert {f"csto_membership.{name}" for name in csto._HOME_OF} < wanted
    assert {f"csto_membership.{room}" for room in csto._rooms()} < wanted
    of_modules = {f"module-csto_membership.{room}" for room in csto._rooms()}
    wanted = (wanted - {f"csto_membership.{room}" for room in csto._rooms()}) | of_modules
    assert sorted(wanted - anchors) == []


def test_an_anchor_stands_once(site: dict[str, Page]) -> None:
    pages = [page.anchors for page in site.values()]
    public = {anchor for page in pages for anchor in page if anchor.startswith("csto_membership.")}
    assert [anchor for anchor in public if sum(anchor in page for page in pages) > 1] == []


def test_the_first_page_leads_to_every_other_one_and_has_the_words_of_the_field(site: dict[str, Page]) -> None:
    first = site["index.html"]
    told = " ".join(first.words)
    for page in reference.pages():
        assert f"{page.file}.html" in first.links
    for name in csto._HOME_OF:
        assert any(link.endswith(f"#csto_membership.{name}") for link in first.links)
    assert {"claim", "attestation", "reading", "spell", "institution"} <= {word for word, _ in reference.words()}
    assert all(meaning.split("`")[0] in told for _, meaning in reference.words())


def test_every_link_leads_somewhere(site: dict[str, Page]) -> None:
    for page in site.values():
        for link in page.links:
            file, _, anchor = link.partition("#")
            if file.endswith(".html") and file in site:
                assert not anchor or anchor in site[file].anchors, link
            assert not file.startswith("http://")


def test_no_private_name_shows_and_nothing_of_how_values_are_made(site: dict[str, Page]) -> None:
    marks = r"csto_membership\._|(?<![\w./-])_[a-z]\w+|attr_dict|NOTHING|<factory>|Alias for field|ForwardRef"
    shown = {name: re.findall(rf".{{0,40}}(?:{marks}).{{0,20}}", " ".join(page.words)) for name, page in site.items()}
    assert {name: found for name, found in shown.items() if found} == {}


def test_a_signature_has_the_short_names_of_types(site: dict[str, Page]) -> None:
    told = " ".join("".join(site["records-and-histories.html"].words).split())
    told = told.replace("( ", "(").replace(", )", ")")
    assert "was_member(state: StateLike, date: DateLike) → Verdict" in told
    assert "members_on(date: DateLike) → Members" in told


def test_a_warning_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "page_text", lambda page: f"{page.title}\n===\n\n.. nonsense::\n")
    # What one build sets up is gone with it: the second one warns of no more than the first.
    warnings = [reference.build(tmp_path / "out").splitlines() for _ in range(2)]
    assert "nonsense" in warnings[0][0]
    assert len(warnings[1]) == len(warnings[0])
    assert not (tmp_path / "out").exists()


def examples(*docstrings: str | None) -> str:
    """The lines of docstrings that are executed."""
    lines = (line.strip() for text in docstrings for line in (text or "").splitlines())
    return "\n".join(line for line in lines if line.startswith((">>>", "...")))


def test_every_public_function_and_every_question_of_a_history_has_an_example() -> None:
    without = []
    for page in reference.pages():
        module = importlib.import_module(page.module)
        for name in page.names:
            value = getattr(module, name)
            if inspect.isroutine(value) and f"{name}(" not in examples(value.__doc__, module.__doc__):
                without.append(f"{page.module}.{name}")
    for name, value in inspect.getmembers(csto.History):
        if inspect.isfunction(value) and not name.startswith("_") and f".{name}(" not in examples(value.__doc__):
            without.append(f"History.{name}")
    assert without == []


def test_every_example_is_executed_with_the_tests() -> None:
    settings = tomllib.loads((reference.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    assert {"csto_membership", "README.md"} <= set(settings["testpaths"])
    assert {"--doctest-modules", "--doctest-glob=README.md"} <= set(settings["addopts"])
    marks = ("+SKIP", "doctest: +ELLIPSIS +SKIP", "__test__")
    for path in Path(csto.__file__).parent.rglob("*.py"):
        assert not any(mark in path.read_text(encoding="utf-8") for mark in marks), path
