"""Every state of the world has one identity, is found by the names that lists and people write, and is read when it is asked for."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import made, state_table, world_names

import csto_membership as csto
from csto_membership import State, UnknownStateError
from csto_membership._files.known_states import numbers_by_short_name
from csto_membership._files.structure import structured
from csto_membership._values.index import StateIndex
from csto_membership._values.names import name_key
from csto_membership._values.world import world

INDEX = StateIndex(())
ISO = list(csv.DictReader(Path(state_table.__file__).with_name("iso-3166-1.csv").read_text("utf-8").splitlines()))
NAMES = sorted({name for state in world().values() for name in (state.name, *state.names)})
TOLD = {
    "United Nations": world_names.UNITED_NATIONS,
    "World Bank": world_names.WORLD_BANK,
    "other forms": world_names.OTHERS,
    "alpha-2": {row["alpha2"]: row["alpha3"] for row in ISO},
    "alpha-3": {row["alpha3"]: row["alpha3"] for row in ISO},
}


def unknown(value: object) -> UnknownStateError:
    with pytest.raises(UnknownStateError) as caught:
        INDEX.find(value)  # type: ignore[arg-type]
    return caught.value


# --- the table ----------------------------------------------------------------------------------------------------------


def test_the_table_that_is_read_is_made_from_the_one_that_people_edit() -> None:
    assert state_table.TABLE.read_text(encoding="utf-8") == state_table.rendered(), made.REMEDY


def test_the_table_gives_what_reading_it_as_a_record_gives() -> None:
    curated = tomllib.loads(state_table.CURATED.read_text(encoding="utf-8"))["state"]
    assert len(curated) == len(world()) == 289
    for entry in curated:
        state, faults = structured(entry, State, entry["id"])
        assert not faults
        assert state.as_dict() == world()[entry["id"]].as_dict()
        assert state.dated_names == world()[entry["id"]].dated_names
    csto.Record("all", states=tuple(world().values()))


def test_no_two_states_share_a_name_or_code_but_a_former_code_that_was_given_anew() -> None:
    holders: dict[str, set[str]] = {}
    for state in world().values():
        for alias in state.aliases:
            holders.setdefault(name_key(alias), set()).add(state.id)
    assert {key: ids for key, ids in holders.items() if len(ids) > 1} == {name_key("CS"): {"CSK", "SCG"}}
    with pytest.raises(UnknownStateError, match=r"several states have this name or code; .* 'CSK' or 'SCG'"):
        csto.was_member("CS", "2007-01-01")
    assert [csto.CSTO.status(id, "2007-01-01").state.alpha2 for id in ("CSK", "SCG")] == ["CS", "CS"]
    assert "" not in holders
    numeric = Counter(state.numeric for state in world().values() if state.numeric)
    assert max(numeric.values()) == 1


def test_every_predecessor_is_a_state_of_the_table_and_says_who_names_it() -> None:
    for state in world().values():
        for before in state.predecessors:
            assert before.citation
            assert state in world().successors(before.id)
    # Nobody whose list is used here states that they succeeded it.
    assert not any(world()[id].predecessors for id in ("EST", "LVA", "LTU"))


@pytest.mark.parametrize("title", TOLD)
def test_every_name_and_code_of_the_lists_leads_to_its_state(title: str) -> None:
    wrong = {name: id for name, id in TOLD[title].items() if INDEX.find(name).id != id}
    print(f"{title}: {len(TOLD[title]) - len(wrong)} of {len(TOLD[title])}")
    assert not wrong


def test_every_code_of_three_digits_and_every_number_is_that_of_its_state() -> None:
    assert {row["numeric"]: row["alpha3"] for row in ISO} == {
        row["numeric"]: state.id for row in ISO if (state := world().with_numeric(row["numeric"]))
    }
    for column, number in numbers_by_short_name().items():
        assert INDEX.find(f"cow:{number}").cow == INDEX.find(column).cow == number


def test_a_user_of_the_bundled_record_does_not_read_the_world() -> None:
    code = (
        "from csto_membership import CSTO; CSTO.was_member('UZ', '2009-03-01')\n"
        "from csto_membership._values.world import world\n"
        "assert len(world()._states) == 12 and '_entries' not in vars(world())\n"
        "CSTO.was_member('France', '2009-03-01'); assert len(world()._states) == 13"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- forms of names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("The Gambia", "Gambia"),
        ("the former Yugoslav Republic of Macedonia", "North Macedonia"),
        ("Sudan (the)", "Sudan"),
        ("Korea (the Republic of)", "Korea, Republic of"),
        ("Uzbekistan[a]", "Uzbekistan"),
        ("Uzbekistan [12] *", "Uzbekistan"),
        ("Kosovo\u00b9\u00b2", "Kosovo"),
        ("\ufeffUzbe\u200bkistan", "Uzbekistan"),
        ("U.S.A.", "USA"),
        ("St. Lucia", "Saint Lucia"),
        ("Antigua & Barbuda", "Antigua and Barbuda"),
        ("Timor\u2013Leste", "Timor Leste"),
    ],
)
def test_forms_of_one_name_lead_to_one_state(one: str, same: str) -> None:
    assert INDEX.find(one) is INDEX.find(same)


@pytest.mark.parametrize("text", ["the", "(the)", "*", "[a]", ".", "&", "-", "\u200b", "cow:", "cow:7.04", "70.4"])
def test_what_the_rules_leave_of_a_mark_is_no_name(text: str) -> None:
    assert unknown(text).nearest == ()


# --- hints ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("704", ("cow:704", "VNM")),  # Uzbekistan's number, Viet Nam's code
        (704, ("cow:704", "VNM")),
        ("704.0", ("cow:704", "VNM")),
        (704.0, ("cow:704", "VNM")),
        (860, ("cow:860", "UZB")),
        ("004", ("AFG",)),
        ("cow:704.0", ("cow:704",)),
        ("COW704", ("cow:704",)),
        ("cow 704", ("cow:704",)),
        ("cow:9999", ()),
        ("UNK", ()),
        ("ZZZ", ()),
        ("UZX", ()),
        ("Republic of", ()),
        ("Republic of Foo", ()),
        ("Democratic Republic of the", ()),
        ("Foo Islands", ()),
        ("Nigera", ("Niger", "Nigeria")),
        ("Uzbekstan", ("Uzbekistan",)),
        ("Rep. of Uzbekstan", ()),
        ("Republic of Uzbekstan", ("Uzbekistan",)),
        ("Kirgisistan", ("Kyrgyzstan",)),
    ],
)
def test_a_hint_names_what_was_meant_or_nothing(value: object, meant: tuple[str, ...]) -> None:
    assert unknown(value).nearest == meant


@pytest.mark.law
@given(st.data())
def test_a_hint_for_a_name_with_one_slip_is_never_only_wrong(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in NAMES if len(name) >= 6]))
    place = data.draw(st.integers(0, len(name) - 2))
    slipped = data.draw(
        st.sampled_from(
            [
                name[:place] + name[place + 1 :],
                name[: place + 1] + name[place:],
                name[:place] + name[place + 1] + name[place] + name[place + 2 :],
            ]
        )
    )
    nearest: tuple[str, ...] = ()
    try:
        INDEX.find(slipped)
    except UnknownStateError as error:
        nearest = error.nearest
    assert not nearest or INDEX.find(name).name in nearest, slipped


def test_what_was_meant_is_looked_for_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def meant_by(key: str, _: object) -> tuple[str, ...]:
        asked.append(key)
        return ()

    monkeypatch.setattr("csto_membership._values.index.meant_by", meant_by)
    error = unknown("Uzbekstan")
    assert asked == []
    assert str(error) == "unknown state 'Uzbekstan'"
    assert (error.nearest, asked) == ((), ["uzbekstan"])


# --- states of one's own --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "own",
    [
        State("UZB", "Uzbekia"),
        State("cow:704", "Uzbekia"),
        State("X", "Uzbekia", cow=704),
        State("X", "Uzbekia", alpha3="UZB"),
        State("X", "Uzbekia", alpha2="UZ"),
        State("UZ", "Uzbekistan"),
    ],
)
def test_a_state_of_ones_own_has_its_names_and_those_of_the_library(own: State) -> None:
    index = StateIndex([own])
    for name in (own.name, own.id, "UZB", "uz", "cow:704", "Узбекистан", "Uzbek SSR", world()["UZB"]):
        assert index.find(name) is own
    assert index.find("Kazakhstan") is world()["KAZ"]
    assert index.own(own.id) is own
    assert index.own("KAZ") is None


def test_a_state_that_shares_only_a_name_is_not_taken_for_the_other() -> None:
    index = StateIndex([State("US-GA", "Georgia", names=("Peach State",))])
    assert index.find("Georgia").id == "US-GA"
    for name in ("GEO", "cow:372", "Грузия"):
        with pytest.raises(UnknownStateError) as caught:
            index.find(name)
        assert caught.value.nearest == ("US-GA",)
    # One with codes of its own is known to be another.
    other = StateIndex([State("GA1", "Georgia", alpha3="GAX")])
    assert (other.find("Georgia").id, other.find("GEO").id) == ("GA1", "GEO")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Benin (Dahomey)", ("Benin",)),
        ("DR Congo (Zaire)", ("Democratic Republic of the Congo",)),
        ("Kingdom of eSwatini (Swaziland)", ("Eswatini",)),
        ("Türkiye (Republic of)", ("Türkiye",)),
        ("Samoa (American)", ("American Samoa",)),
        ("Ghana / Gold Coast", ("Ghana",)),
        ("Serbia (Yugoslavia)", ("Serbia", "Yugoslavia")),
        ("Benin (nowhere)", ()),
        ("nowhere (Benin)", ()),
        ("Benin (Dahomey) (Togo)", ()),
        ("(Benin)(", ()),
        pytest.param(f"Benin{' ' * 1_000_000}(Dahomey)", ("Benin",), id="blanks inside"),
        pytest.param(f"Benin{' ' * 1_000_000}(Dahomey", (), id="blanks inside, and no end"),
    ],
)
def test_a_name_with_another_behind_it_leads_to_those_whom_both_mean(name: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(UnknownStateError) as caught:
        StateIndex(()).find(name)
    assert caught.value.nearest == meant
