"""What is made from the curated data is what they give, and a fresh process answers by it without reading them."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import made, made_answers

import csto_membership as csto
from csto_membership import CSTO
from csto_membership._files.made import made_record
from csto_membership._ready.answers import _made
from csto_membership._ready.verdicts import _read
from csto_membership._values.world import world

ROOT = Path(__file__).parents[2]
EVERY = pytest.mark.parametrize("organisation", csto.organisations())
STATES = sorted({*CSTO.states, *map(CSTO.record.index.find, world())})
SPELLINGS = sorted({alias for state in STATES for alias in state.aliases})
MIDNIGHT = dt.datetime(2009, 1, 1)  # noqa: DTZ001
TURNS = sorted({day for state in STATES for day in CSTO.timeline(state).starts})
DAYS = [day + dt.timedelta(by) for day in TURNS for by in (-1, 0, 1)] + [dt.date.min, dt.date(2007, 1, 1), dt.date.max]


def text_of(name: str) -> str:
    return (made.DATA / "made" / name).read_text(encoding="utf-8")


# --- Made, and not edited --------------------------------------------------------------------------------------------


@EVERY
def test_the_form_in_which_a_record_loads_is_made_from_the_curated_file(organisation: str) -> None:
    assert text_of(f"{organisation}.json") == made.rendered(made.curated(organisation)), made.REMEDY


def test_the_verdicts_that_are_ready_are_made_from_the_curated_file() -> None:
    assert text_of("csto.txt") == made.verdicts(csto.History(made.curated("csto"))), made.REMEDY


@pytest.mark.slow
def test_the_answers_that_are_ready_are_made_from_the_curated_file() -> None:
    assert text_of("csto-answers.json") == made_answers.rendered(csto.History(made.curated("csto"))), made.REMEDY


def test_nothing_else_is_among_them() -> None:
    names = [*(f"{organisation}.json" for organisation in csto.organisations()), "csto.txt", "csto-answers.json"]
    assert sorted(path.name for path in (made.DATA / "made").iterdir()) == sorted(names)


@EVERY
def test_the_record_that_loads_is_the_curated_one_in_every_field(organisation: str) -> None:
    loaded, curated = made_record(organisation), made.curated(organisation)
    assert made.same(loaded, curated)
    assert loaded == curated == csto.history(organisation).record
    assert hash(loaded) == hash(curated)
    assert [loaded.events_of(state.id) for state in loaded.states] == [
        curated.events_of(state.id) for state in curated.states
    ]
    assert loaded.copies() == curated.copies()


def test_sameness_sees_fields_that_play_no_part_in_equality() -> None:
    one, other = csto.ImpreciseDate.parse("1999"), csto.ImpreciseDate.parse("1999-XX")
    assert one == other
    assert not made.same(one, other)
    assert made.same((one, 1), (one, 1))
    assert not made.same((one, 1), (other, 1))
    assert not made.same((one,), (one, one))
    assert not made.same(True, 1)


# --- The fast road against the slow one ------------------------------------------------------------------------------


def test_every_spelling_is_answered_as_by_the_history_on_both_sides_of_every_turn() -> None:
    slow = csto.History(made.curated("csto"))
    assert len(SPELLINGS) > 2000
    for spelling in SPELLINGS:
        for day in DAYS:
            for form, date in ((spelling, day), (spelling.upper(), day.isoformat())):
                assert answer(csto.was_member, form, date) == answer(slow.was_member, form, day), (form, date)


def test_every_spelling_is_known_at_once() -> None:
    """Else the long way would be taken, which loads the record, and this module would test it against itself."""
    ready = _read(text_of("csto.txt"))
    for spelling in SPELLINGS:
        if spelling.casefold() not in ready:
            with pytest.raises(csto.UnknownStateError, match="several states"):
                CSTO.was_member(spelling, "2007-01-01")


@given(st.one_of(st.sampled_from(SPELLINGS), st.text(max_size=12)), st.data())
def test_whatever_is_asked_is_answered_as_by_the_history(name: str, data: st.DataObject) -> None:
    forms: tuple[Any, ...] = (name, name.lower(), name.title(), name.swapcase(), f" {name} ", f"the {name}", name[1:])
    state = data.draw(st.sampled_from(forms))
    day = data.draw(st.one_of(st.sampled_from(DAYS), st.dates()))
    moment = dt.datetime.combine(day, dt.time(data.draw(st.sampled_from((0, 12)))))
    texts = (f"{day:%Y%m%d}", f"{day:%G-W%V-%u}", day.isoformat()[:7], f"{day:%d} {day:%B} {day:%Y}", f"{day}?")
    date = data.draw(st.sampled_from((day, day.isoformat(), moment, *texts, csto.ImpreciseDate.on(day), None, "")))
    assert answer(csto.was_member, state, date) == answer(CSTO.was_member, state, date)


@given(st.sampled_from(SPELLINGS), st.one_of(st.sampled_from(DAYS), st.dates(dt.date(1985, 1, 1)), st.dates()))
def test_members_and_findings_are_those_of_the_history(name: str, day: dt.date) -> None:
    for state in (name, *CSTO.states):
        found, finding = answer(csto.status, state, day), answer(CSTO.status, state, day)
        assert found == finding
        assert str(found) == str(finding)
    members, slow = csto.members_on(day.isoformat()), CSTO.members_on(day)
    assert members == slow
    assert (str(members), members.as_dict()) == (str(slow), slow.as_dict())


def test_every_day_of_a_change_has_its_answer_at_once() -> None:
    for key in ("members", *CSTO.states.codes):
        assert all(_made(key, day) for day in DAYS if dt.date(1992, 5, 15) <= day), key
    for day in DAYS:
        assert csto.members_on(day) == CSTO.members_on(day)
        for state in CSTO.states:
            assert csto.status(state, day).as_dict() == CSTO.status(state, day).as_dict()


@pytest.mark.parametrize("date", ["2006", "2006-06", None, "", "soon", MIDNIGHT, MIDNIGHT + dt.timedelta(hours=12)])
def test_members_and_findings_of_other_dates_are_those_of_the_history(date: Any) -> None:
    for state in ("UZ", "France", "Atlantis", None):
        assert answer(csto.status, state, date) == answer(CSTO.status, state, date)
    assert answer(lambda _, date: csto.members_on(date), "", date) == answer(
        lambda _, date: CSTO.members_on(date), "", date
    )


@pytest.mark.parametrize(
    "state", [None, 704, ["UZB"], float("nan"), b"UZB", csto.State("UZB", "Uzbekia"), *CSTO.states]
)
def test_what_is_no_text_is_answered_as_by_the_history(state: Any) -> None:
    for date in (dt.date(2007, 1, 1), "2007-01-01", "2007"):
        for _ in range(2):
            assert answer(csto.was_member, state, date) == answer(CSTO.was_member, state, date)


def answer(ask: Any, state: Any, date: Any) -> Any:
    """The verdict, or the error that is raised."""
    try:
        return ask(state, date)
    except csto.MembershipError as error:
        return type(error), str(error)


# --- A fresh process -------------------------------------------------------------------------------------------------

HEAVY = ("cattrs", "tomllib", "difflib", "csto_membership._evidence.faults", "csto_membership._values.date_texts")
LOADED = """
import json, sys
before = set(sys.modules)
import csto_membership as csto
{act}
print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
"""


def modules_of(act: str) -> set[str]:
    """What a fresh process has imported after an act."""
    done = subprocess.run([sys.executable, "-c", LOADED.format(act=act)], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr))


@pytest.mark.parametrize("state", ["'UZ'", "'Узбекистан'", "'france'"])
@pytest.mark.parametrize("date", ["'2009-03-01'", "datetime.date(2009, 3, 1)", "datetime.datetime(2009, 3, 1)"])
def test_the_first_answer_on_an_exact_day_needs_neither_attrs_nor_the_record(state: str, date: str) -> None:
    modules = modules_of(f"import datetime; csto.was_member({state}, {date})")
    assert not modules & {"attr", "attrs", "typing", "re", "json", "csto_membership._history", *HEAVY}


ENGINE = ("csto_membership._history", "csto_membership._view.derivation", "csto_membership._worlds.worlds")


@pytest.mark.parametrize(
    "act",
    [
        "csto.members_on('2009-03-01')",
        "print(csto.status('UZ', '2012-10-01'))",
        "csto.organisations()",
        "from csto_membership.cli import main; main(['members', '2009-03-01'])",
        "from csto_membership.cli import main; main(['status', 'UZ', '2012-10-01', '--json'])",
    ],
)
def test_the_first_members_and_finding_of_an_exact_day_derive_nothing(act: str) -> None:
    assert not modules_of(act) & {*ENGINE, *HEAVY}


@pytest.mark.parametrize(
    "act",
    [
        "csto.members_on('2006')",
        "print(csto.status('UZ', '2006'))",
        "csto.CSTO.under('legal').check(['UZ', 'RU'], ['2009-03-01', '2013-01-01'])",
        "csto.history('cis').timeline('Georgia')",
        "csto.conflicts(); csto.changes('1999-01-01', '2012-12-31'); csto.CSTO.compare(csto.CSTO.under('legal'))",
        "from csto_membership.cli import main; main(['members', '2009-03-01'])",
        "from csto_membership.cli import main; main(['status', 'UZ', '2012-10-01', '--reading', 'legal'])",
    ],
)
def test_bundled_records_are_neither_parsed_nor_checked_at_start(act: str) -> None:
    assert not modules_of(act) & set(HEAVY)


def test_a_registry_of_bundled_records_needs_no_reader_of_files() -> None:
    act = "csto.Registry.of(csto.CSTO, csto.history('cis')).memberships_of('UZ', '2009-03-01')"
    assert not modules_of(act) & set(HEAVY[:2])


def test_files_of_users_are_parsed_and_checked(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('[organisation]\nid = "x"\n', encoding="utf-8")
    assert set(HEAVY[:2]) < modules_of(f"csto.load({str(tmp_path / 'x.toml')!r})")


def test_a_wheel_has_all_that_is_made(tmp_path: Path) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel")
    (built,) = wheel.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(built) as archive:
        names = set(archive.namelist())
        for path in (made.DATA / "made").iterdir():
            assert archive.read(f"csto_membership/data/made/{path.name}") == path.read_bytes()
    package = {f"csto_membership/{path.relative_to(made.DATA.parent)}" for path in made.DATA.parent.rglob("*.py")}
    assert package < names
    # It answers from the archive as it stands, which is how some programs ship their parts.
    code = f"import sys; sys.path.insert(0, {built!r}); import csto_membership as c; print(c.__file__, {ASK})"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split() == [str(Path(built) / "csto_membership" / "__init__.py"), "yes", "suspended", "8"]


ASK = "c.was_member('UZ', '2009-03-01'), c.status('UZ', '2012-10-01').status, c.members_on('2009-03-01').fewest + 1"
