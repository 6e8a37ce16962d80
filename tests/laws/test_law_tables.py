"""Laws 15 and 16: what a table of spells says does not hang on how its rows are written, nor on those that were lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from support import rows as table
from support.rows import ALWAYS, DAYS, LAST, OPEN_END, SOME_FIRST, SOME_LAST, Row, between, exact

from csto_membership import History, RecordError, Verdict
from csto_membership.readers import read_spells

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

pytestmark = pytest.mark.law

MEMBER, OBSERVER = frozenset({"member"}), frozenset({"observer"})
HEAD = "organisation,state,status,first_day,last_day\n"


def history(rows: list[str], *, last_day: str = "in", bad_rows: str = "raise") -> History:
    with TemporaryDirectory() as folder:
        path = Path(folder, "spells.csv")
        path.write_text(HEAD + "".join(f"league,ARM,{row}\n" for row in rows))
        return read_spells(path, last_day=last_day, bad_rows=bad_rows).history("league")  # type: ignore[arg-type]


def statuses(seen: History) -> dict[int, set[str]]:
    line = seen.timeline("ARM")
    return {number: {status.value for status in line.on(table.day(number)).statuses} for number in DAYS}


def of(rows: list[Row]) -> dict[int, set[str]]:
    return statuses(history([row.cells for row in rows]))


@st.composite
def bounds(draw: st.DrawFn, *, exactly: bool) -> tuple[table.Bound, table.Bound]:
    first = draw(st.integers(1, LAST - 3))
    last = draw(st.integers(first, LAST - 2))
    if exactly:
        return exact(first), draw(st.sampled_from([exact(last), exact(last), OPEN_END]))
    start = draw(st.sampled_from([exact(first), between(first, min(first + 2, last)), ALWAYS, SOME_FIRST]))
    end = draw(st.sampled_from([exact(last), between(max(last - 2, first), last), OPEN_END, SOME_LAST]))
    return start, end


def rows(*, exactly: bool, most: int) -> st.SearchStrategy[list[Row]]:
    row = st.builds(
        lambda ends, statuses: Row(ends[0], ends[1], statuses),
        bounds(exactly=exactly),
        st.sampled_from([MEMBER, MEMBER, OBSERVER, frozenset({"none"}), table.ANY, MEMBER | OBSERVER]),
    )
    return st.lists(row, min_size=1, max_size=most)


@given(rows(exactly=True, most=5))
@example([Row(exact(1), exact(3)), Row(exact(1), OPEN_END), Row(exact(5), exact(9))])
@example([Row(exact(1), exact(7), MEMBER | OBSERVER), Row(exact(8), exact(8)), Row(exact(8), exact(8), OBSERVER)])
@example([Row(exact(1), exact(1)), Row(exact(1), exact(3)), Row(exact(1), exact(2), frozenset({"none"}))])
@example([Row(exact(1), exact(6)), Row(exact(3), exact(4), OBSERVER), Row(exact(6), exact(8), OBSERVER)])
def test_rows_on_exact_days_say_what_a_vote_over_their_readings_says(told: list[Row]) -> None:
    assert of(told) == table.vote(told)


@given(rows(exactly=False, most=1), rows(exactly=True, most=1))
@example([Row(SOME_FIRST, OPEN_END)], [Row(exact(3), exact(5))])
@example([Row(between(1, 3), between(1, 3))], [Row(exact(3), exact(3))])
@example([Row(SOME_FIRST, OPEN_END)], [Row(exact(1), exact(1), frozenset({"none"}))])
@example([Row(between(1, 3), between(3, 5))], [Row(exact(4), exact(8), OBSERVER)])
def test_a_row_on_unknown_days_beside_one_on_exact_days_says_what_a_vote_says(one: list[Row], other: list[Row]) -> None:
    voted = table.vote([*one, *other])
    assume(voted)
    assert of([*one, *other]) == voted


@given(rows(exactly=False, most=3))
@example([Row(between(1, 3), between(1, 3)), Row(between(2, 3), exact(3))])
@example([Row(between(1, 2), between(1, 2)), Row(between(1, 2), between(1, 2), OBSERVER)])
@example([Row(exact(1), exact(1)), Row(exact(1), exact(3)), Row(exact(2), between(2, 3))])
@example([Row(exact(1), exact(1)), Row(exact(1), between(8, 10)), Row(between(7, 9), exact(9))])
def test_rows_on_unknown_days_never_say_more_than_a_vote(told: list[Row]) -> None:
    found, voted = of(told), table.vote(told)
    assert all(statuses <= found[number] for number, statuses in voted.items())


@given(rows(exactly=False, most=4), st.randoms(), st.data())
def test_rows_in_another_order_or_doubled_give_the_same_answers(
    told: list[Row], chance: object, data: st.DataObject
) -> None:
    again = [*told, *data.draw(st.lists(st.sampled_from(told), max_size=3))]
    chance.shuffle(again)  # type: ignore[attr-defined]
    assert of(again) == of(told)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[list[Row], Row, int, str]:
    """Rows of which no two tell of one spell, and a day on which one of them certainly goes on."""
    told = draw(rows(exactly=False, most=3))
    first, last = draw(st.integers(1, 3)), draw(st.integers(7, LAST - 2))
    start = draw(st.sampled_from([exact(first), between(first - 1, first), ALWAYS]))
    end = draw(st.sampled_from([exact(last), between(last, last + 1), OPEN_END]))
    row = Row(start, end, draw(st.sampled_from([MEMBER, OBSERVER])))
    cut = draw(st.integers(4, 6))
    others = [one for one in told if not {cut, cut + 1, *start.days} & set(one.first.days)]
    return others, row, cut, draw(st.sampled_from(["in", "out", "shared"]))


@given(cuts())
def test_rows_cut_into_touching_ones_give_the_same_answers(cut_row: tuple[list[Row], Row, int, str]) -> None:
    others, row, cut, ends = cut_row

    def last_cell(one: Row) -> str:
        if ends != "out" or one.last in (OPEN_END, SOME_LAST):
            return one.last.text
        return between(min(one.last.days) + 1, max(one.last.days) + 1).text

    cut_rows = [
        f"{row.status},{row.first.text},{table.day(cut + 1 if ends == 'out' else cut)}",
        f"{row.status},{table.day(cut if ends == 'shared' else cut + 1)},{last_cell(row)}",
    ]
    rest = [f"{one.status},{one.first.text},{last_cell(one)}" for one in others]
    assert statuses(history([*cut_rows, *rest], last_day=ends)) == of([row, *others])


@st.composite
def lost_rows(draw: st.DrawFn) -> tuple[str, list[Row]]:
    """A row that cannot be read, and some of the rows that it may have been."""
    status, first, last = draw(st.sampled_from([MEMBER, OBSERVER])), draw(st.integers(1, LAST - 3)), LAST - 2
    wrong = draw(st.sampled_from(["status", "first", "last"]))
    readings = {
        "status": [Row(exact(first), exact(last), one) for one in (MEMBER, OBSERVER, MEMBER | OBSERVER)],
        "first": [Row(exact(one), exact(last), status) for one in range(last + 1)],
        "last": [Row(exact(first), exact(one), status) for one in range(first, LAST + 1)],
    }[wrong]
    name = "king" if wrong == "status" else "".join(status)
    days = ["soon" if wrong == "first" else str(table.day(first)), "late" if wrong == "last" else str(table.day(last))]
    return f"{name},{days[0]},{days[1]}", readings


@given(rows(exactly=True, most=4), lost_rows())
def test_no_answer_is_firm_that_a_reading_of_a_skipped_row_could_change(
    told: list[Row], lost: tuple[str, list[Row]]
) -> None:
    seen = history([*(row.cells for row in told), lost[0]], bad_rows="skip")
    for reading in lost[1]:
        other = history([row.cells for row in (*told, reading)])
        for number in DAYS:
            firm = seen.was_member("ARM", table.day(number))
            if firm is not Verdict.UNDETERMINED:
                assert firm is other.was_member("ARM", table.day(number))
    day = dt.date(2000, 1, 5)
    assert "short" in " ".join(seen.members_on(day).caveats)


@given(rows(exactly=False, most=4), st.sampled_from(["in", "out", "shared"]))
def test_rows_and_frames_say_what_their_file_says(told: list[Row], last_day: str) -> None:
    def cell(bound: table.Bound) -> object:
        # An exact day as a day, an empty cell as a missing value.
        return (
            dt.date.fromisoformat(bound.text) if len(bound.days) == 1 and bound.text[:1] == "2" else bound.text or None
        )

    spells = [
        {
            "organisation": "league",
            "state": "ARM",
            "status": row.statuses if row.statuses != table.ANY else "unknown",
            "first_day": cell(row.first),
            "last_day": cell(row.last),
        }
        for row in told
    ]
    as_texts = [
        {key: str(value) if isinstance(value, dt.date) else value for key, value in row.items()} for row in spells
    ]
    polars = [{**row, "status": told[number].status} for number, row in enumerate(as_texts)]
    try:
        expected = statuses(history([row.cells for row in told], last_day=last_day))
    except RecordError:
        assume(False)
    for frame in (spells, pd.DataFrame(spells), pl.DataFrame(polars)):
        read = read_spells(frame, last_day=last_day).history("league")  # type: ignore[arg-type]
        assert statuses(read) == expected
