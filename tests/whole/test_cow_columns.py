"""
The columns of neighbours in Correlates of War IGO v3, read by the library's own reader and held against the records.

A file is written in the form of the data set, with those of its cells that are known here. What is compared is the last
day of each year; where the two differ is known beforehand, and stands in the record.
"""

from __future__ import annotations

import csv
import datetime as dt

import pytest

import csto_membership as csto
from csto_membership import Status
from csto_membership._files.known_states import numbers_by_short_name, state_of
from csto_membership.readers import read_cow_igo_year

#: By organisation and column: the codes by their years. 0 none, 1 full, 2 associate, 3 observer.
CELLS = {
    "CACO": {state: {(2006, 2006): 1} for state in ("kazakhstan", "kyrgyzstan", "tajikistan", "uzbekistan")},
    "CIS": {
        "azerbaijan": {(1991, 2014): 1},
        "georgia": {(1993, 1994): 0, (1995, 2007): 1, (2008, 2014): 0},
        "turkmenistan": {(1991, 2004): 1, (2005, 2014): 2},
        "ukraine": {(1991, 1992): 1, (1993, 2014): 2},
    },
    "EurAsEC": {
        "moldova": {(2003, 2003): 3},
        "ukraine": {(2000, 2002): 3},
        "uzbekistan": {(2005, 2014): 1},
    },
    "SCO": {
        **{state: {(1996, 2000): 1} for state in ("china", "kazakhstan", "kyrgyzstan", "russia", "tajikistan")},
        "uzbekistan": {(2001, 2001): 1},
    },
}
#: By organisation and state: the years at whose end the data set and the record differ, as declared.
DIFFERENT = {
    "CACO": {state: [2006] for state in ("KAZ", "KGZ", "TJK", "UZB")},
    "CIS": {"AZE": [1992], "GEO": [1993, 1994, 2008], "UKR": [*range(1993, 2015)]},
    "EurAsEC": {"UKR": [2000, 2001], "UZB": [2005, *range(2008, 2015)]},
    # The line of the record begins with the Shanghai Five, as the data set does; the organisation is another question.
    "SCO": {},
}
SHOWN = (Status.MEMBER, Status.ASSOCIATE, Status.OBSERVER)


def codes(organisation: str) -> dict[tuple[str, int], int]:
    return {
        (state, year): code
        for state, spans in CELLS[organisation].items()
        for (first, last), code in spans.items()
        for year in range(first, last + 1)
    }


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> csto.Registry:
    """The data set, with an empty cell wherever it is not known here."""
    path = tmp_path_factory.mktemp("cow") / "igo_year_formatv3.csv"
    states = sorted({state for told in CELLS.values() for state in told})
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t")
        rows.writerow(["ioname", "orgname", "year", *states, "sdate"])
        for organisation in CELLS:
            told = codes(organisation)
            for year in sorted({year for _, year in told}):
                cells = [told.get((state, year), -9) for state in states]
                rows.writerow([organisation, organisation, year, *cells, 1990])
    return csto.Registry.of(read_cow_igo_year(path))


def year_ends(organisation: str) -> dict[tuple[str, int], dt.date]:
    numbers = numbers_by_short_name()
    return {(state_of(numbers[s]).id, year): dt.date(year, 12, 31) for s, year in codes(organisation)}


def shown(statuses: frozenset[Status]) -> set[Status | None]:
    """What of the statuses the data set can say: who is none, signatory, suspended or former has no membership there."""
    return {status if status in SHOWN else None for status in statuses}


def differences(columns: csto.Registry, organisation: str, history: csto.History) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for (state, year), day in year_ends(organisation).items():
        theirs = columns.status(organisation, state, day).statuses
        assert len(theirs) == 1, "the last day of a year is what a code speaks of"
        if not shown(theirs) & shown(history.status(state, day).statuses):
            found.setdefault(state, []).append(year)
    return found


def record_of(organisation: str) -> csto.History:
    if organisation.casefold() not in csto.organisations():
        pytest.skip(f"no record of {organisation} is bundled")
    return csto.history(organisation.casefold())


@pytest.mark.parametrize("organisation", CELLS)
def test_the_columns_differ_from_the_records_where_it_is_known(columns: csto.Registry, organisation: str) -> None:
    assert differences(columns, organisation, record_of(organisation)) == DIFFERENT[organisation]


def test_the_column_of_the_organisation_of_2001_begins_five_years_before_it(columns: csto.Registry) -> None:
    early = {state: [*range(1996, 2001)] for state in ("CHN", "KAZ", "KGZ", "RUS", "TJK")}
    assert differences(columns, "SCO", csto.history("sco").institution("sco")) == early


@pytest.mark.parametrize("organisation", CELLS)
def test_what_the_record_attests_of_the_data_set_is_what_its_cells_say(organisation: str) -> None:
    cells = {(state_of(numbers_by_short_name()[s]).id, year): code for (s, year), code in codes(organisation).items()}
    told = [told for told in record_of(organisation).record.attestations if told.source == "cow-igo-3"]
    by_code = {1: Status.MEMBER, 2: Status.ASSOCIATE, 3: Status.OBSERVER}
    for attestation in told:
        for state in attestation.states:
            status = by_code.get(cells[state, attestation.during.last.year])
            assert attestation.status == {status} if status else Status.MEMBER not in attestation.status


@pytest.mark.parametrize("organisation", CELLS)
def test_where_the_data_set_is_wrong_the_record_shows_it_among_its_conflicts(organisation: str) -> None:
    history = record_of(organisation)
    if not any(told.source == "cow-igo-3" for told in history.record.attestations):
        pytest.skip("the record attests nothing of the data set")
    shown_against = {
        (state.id, cited.attestation.during.last.year)
        for conflict in history.conflicts()
        for cited in conflict.attestations
        if cited.source.id == "cow-igo-3"
        for state in cited.against
    }
    assert {(state, year) for state, years in DIFFERENT[organisation].items() for year in years} <= shown_against
