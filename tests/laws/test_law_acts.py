"""Laws 15 and 16 for tables of acts: the order of rows says nothing, and a lost row leaves nothing firm that it could change."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from csto_membership import Coverage, History, Record, RecordError, Verdict, strategies
from csto_membership.readers import read_acts, read_status_table
from csto_membership.writers import act_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.law

BASE = dt.date(2000, 1, 1)
LAST = 9
DAYS = range(-1, LAST + 3)
READINGS = ("declared", "legal", "participating")
#: Rows may begin anything and end anything: the table has some acts only.
SOME = Coverage(acts="some", states="listed")

Row = dict[str, str]


def day(number: int) -> dt.date:
    return BASE + dt.timedelta(number)


ACTS = (
    *("signature", "accession", "ratification", "entry_into_force", "succession"),
    *("withdrawal", "suspension", "return", "notice_of_withdrawal"),
)


@st.composite
def dates(draw: st.DrawFn) -> str:
    first = draw(st.integers(0, LAST))
    last = min(LAST, first + draw(st.sampled_from([0, 0, 0, 1, 3])))
    return str(day(first)) if first == last else f"[{day(first)}..{day(last)}]"


def rows(most: int) -> st.SearchStrategy[list[Row]]:
    row = st.fixed_dictionaries(
        {
            "organisation": st.just("league"),
            "state": st.just("ARM"),
            "act": st.sampled_from(ACTS),
            "date": dates(),
            "source": st.sampled_from(["a", "b", "c"]),
            "rank": st.sampled_from(["", "", "", "preferred", "deprecated"]),
        }
    )
    return st.lists(row, min_size=1, max_size=most)


def history(told: list[Row], **options: Any) -> History:
    return read_acts(told, covers=SOME, **options).history("league")


def verdicts(seen: History) -> dict[tuple[str, int], Verdict]:
    return {(reading, n): seen.under(reading).was_member("ARM", day(n)) for reading in READINGS for n in DAYS}


@given(rows(5), st.randoms(), st.data())
def test_rows_in_another_order_or_doubled_give_the_same_answers(
    told: list[Row], chance: Any, data: st.DataObject
) -> None:
    again = [*told, *data.draw(st.lists(st.sampled_from(told), max_size=3))]
    chance.shuffle(again)
    one, other = history(told), history(again)
    for reading in READINGS:
        for n in DAYS:
            assert (
                one.under(reading).status("ARM", day(n)).statuses == other.under(reading).status("ARM", day(n)).statuses
            )


@given(rows(6))
def test_every_table_has_a_world_under_every_resolution(told: list[Row]) -> None:
    seen = history(told)
    for policy in ("preferred", "every"):
        caveats = seen.resolved(policy).status("ARM", day(0)).caveats
        assert not any("no conclusion" in caveat for caveat in caveats)


@given(strategies.records(rich=False))
def test_acts_written_as_rows_read_back_with_the_same_answers(record: Record) -> None:
    written = History(record)
    told = list(act_rows(written))
    read = read_acts(told, covers=record.coverage, states=record.states).history(record.id)
    for state in read.states:
        for reading in READINGS:
            for policy in ("preferred", "every"):
                views = [one.under(reading).resolved(policy).timeline(state) for one in (read, written)]
                assert views[0] == views[1], (reading, policy)


@st.composite
def lost_rows(draw: st.DrawFn) -> tuple[Row, list[Row]]:
    """A row that cannot be read, and the rows that it may have been."""
    (row,) = draw(rows(1))
    wrong = draw(st.sampled_from(["act", "date", "rank"]))
    readings = {
        "act": [{**row, "act": act} for act in ACTS],
        "date": [{**row, "date": str(day(n))} for n in range(LAST + 1)],
        "rank": [{**row, "rank": rank} for rank in ("preferred", "normal", "deprecated")],
    }[wrong]
    return {**row, wrong: "soon"}, readings


@given(rows(4), lost_rows())
@example(
    [{"organisation": "league", "state": "ARM", "act": "accession", "date": "2000-01-01", "source": "a", "rank": ""}],
    (
        {"organisation": "league", "state": "ARM", "act": "soon", "date": "2000-01-06", "source": "b", "rank": ""},
        [
            {
                "organisation": "league",
                "state": "ARM",
                "act": "accession",
                "date": "2000-01-06",
                "source": "b",
                "rank": "",
            }
        ],
    ),
)
def test_no_answer_is_firm_that_a_reading_of_a_skipped_row_could_change(
    told: list[Row], lost: tuple[Row, list[Row]]
) -> None:
    firm = {
        at: verdict
        for at, verdict in verdicts(history([*told, lost[0]], bad_rows="skip")).items()
        if verdict is not Verdict.UNDETERMINED
    }
    for reading in lost[1]:
        read = verdicts(history([*told, reading]))
        assert {at: read[at] for at in firm} == firm
    seen = history([*told, lost[0]], bad_rows="skip")
    assert "short" in " ".join(seen.members_on(day(3)).caveats)


WHOLE = Coverage(states="listed")


def row(act: str, number: int) -> Row:
    return {"organisation": "league", "state": "ARM", "act": act, "date": str(day(number)), "source": "a", "rank": ""}


def begun(row: Row, told: list[Row]) -> Iterator[History]:
    """The readings of a table with a row, as it stands or with a row more that began what it presupposes."""
    for more in ([], *([{**row, "act": "accession", "date": str(day(n)), "rank": ""}] for n in range(-1, LAST + 1))):
        try:
            yield read_acts([*more, *told, row], covers=WHOLE).history("league")
        except RecordError:
            continue
        if not more:
            return


@given(rows(3), lost_rows())
@example(
    [],
    (
        {
            "organisation": "league",
            "state": "ARM",
            "act": "withdrawal",
            "date": "2000-01-05",
            "source": "",
            "rank": "x",
        },
        [
            {
                "organisation": "league",
                "state": "ARM",
                "act": "withdrawal",
                "date": "2000-01-05",
                "source": "",
                "rank": "",
            }
        ],
    ),
)
@example([row("withdrawal", 0), row("signature", 1)], (row("soon", 1), [row("signature", 1)]))
def test_nor_is_one_before_a_skipped_row_that_presupposes_a_relation(
    told: list[Row], lost: tuple[Row, list[Row]]
) -> None:
    seen = verdicts(read_acts([*told, lost[0]], covers=WHOLE, bad_rows="skip").history("league"))
    firm = {at: verdict for at, verdict in seen.items() if verdict is not Verdict.UNDETERMINED}
    for reading in lost[1]:
        for history in begun(reading, told):
            read = verdicts(history)
            assert {at: read[at] for at in firm} == firm


@given(rows(4), st.integers(0, 3))
@example(
    [
        {"organisation": "league", "state": "ARM", "act": "withdrawal", "date": "2000-01-09", "source": "", "rank": ""},
        {
            "organisation": "league",
            "state": "ARM",
            "act": "withdrawal",
            "date": "[2000-01-03..2000-01-10]",
            "source": "a",
            "rank": "deprecated",
        },
    ],
    0,
)
def test_the_order_of_skipped_rows_says_nothing(told: list[Row], turn: int) -> None:
    again = [*told[turn:], *told[:turn]][::-1]
    one, other = (
        verdicts(read_acts(these, covers=WHOLE, bad_rows="skip").history("league")) for these in (told, again)
    )
    assert one == other


#: What a column of a status table tells.
COLUMNS = {
    "signature": "Signature",
    "accession": "Accession",
    "entry_into_force": "Entry into force",
    "withdrawal": "Withdrawal",
}


@st.composite
def stays(draw: st.DrawFn) -> list[list[tuple[str, int]]]:
    """The acts of one state, stay by stay: each but the last has an end, on whose day the next may begin."""
    told, at = [], 0
    for last in reversed(range(draw(st.integers(1, 4)))):
        acts = [act for act in COLUMNS if act in ("accession", "withdrawal") or draw(st.booleans())]
        stay = []
        for act in acts if last or draw(st.booleans()) else acts[:-1]:
            at += draw(st.integers(act == "withdrawal", 3))
            stay.append((act, at))
        told.append(stay)
    return told


@given(stays(), st.data())
def test_stays_in_rows_of_a_status_table_are_answered_as_their_acts(
    told: list[list[tuple[str, int]]], data: st.DataObject
) -> None:
    parts = []
    for stay in told:
        # The acts of a stay may stand in two rows.
        cut = data.draw(st.integers(0, len(stay)))
        parts += [part for part in (stay[:cut], stay[cut:]) if part]
    parts = data.draw(st.permutations([*parts, *data.draw(st.lists(st.sampled_from(parts), max_size=2))]))
    rows = [
        {"Participant": "Armenia", **dict.fromkeys(COLUMNS.values(), "")}
        | {COLUMNS[act]: str(day(number)) for act, number in part}
        for part in parts
    ]
    acts = [row(act, number) for stay in told for act, number in stay]
    one = read_status_table(rows, "league", as_of="2010-01-01").history("league")
    other = read_acts(acts, as_of="2010-01-01").history("league")
    for reading in READINGS:
        mine, theirs = (seen.under(reading).timeline("ARM") for seen in (one, other))
        assert mine == theirs


STATES = ("Armenia", "Czechia", "Togo")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(STATES),
            st.sampled_from(["", "3 May 1999", "[3 May 1999]"]),
            st.sampled_from(["", "4 Jun 2001", "9 Feb 2003 a", "22 Feb 1999 d", "[9 Feb 2003 a]", "4 Jun 2001 s"]),
            st.sampled_from(["", "", "1 Jan 2002", "[1 Jan 2005]"]),
            st.sampled_from(["", "", "1 Jan 2002", "[1 Jan 2005]"]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.randoms(),
)
def test_a_status_table_says_the_same_in_any_order(told: list[tuple[str, ...]], chance: Any) -> None:
    head = (
        *("Participant", "Signature", "Ratification, Accession(a), Succession(d), Definitive signature(s)"),
        *("Denunciation", "Withdrawal"),
    )

    def treaty(these: list[tuple[str, ...]]) -> History:
        given_rows = [dict(zip(head, row, strict=True)) for row in these]
        return read_status_table(
            given_rows, "treaty", "2000-01-01", "P90D", as_of="2010-01-01", bad_rows="skip"
        ).history("treaty")

    again = [*told, *told]
    chance.shuffle(again)
    one, other = treaty(told), treaty(again)
    for state in STATES:
        for reading in READINGS:
            mine, theirs = one.under(reading).timeline(state), other.under(reading).timeline(state)
            assert [(spell.first_day, spell.statuses) for spell in mine] == [
                (spell.first_day, spell.statuses) for spell in theirs
            ]
