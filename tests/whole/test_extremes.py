"""The ends of the calendar, records of a size that nobody writes by hand, and many threads that ask first."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from support.asking import history

import csto_membership as csto
from csto_membership import CSTO, DateError, History, Record, Source, Status, Verdict
from csto_membership.registry import Registry

ROOT = Path(__file__).parents[2]
DAY = dt.timedelta(1)
MIN, MAX = dt.date.min, dt.date.max
#: Of the processor, far above what is needed and far below what growth with the square would take.
SECONDS = 60


# --- Very old and very far days --------------------------------------------------------------------------------------


def ever(*claims: dict[str, Any], covers: dict[str, str] | None = None) -> dict[str, Any]:
    """A record of one state with an event for each claim."""
    return {
        "organisation": {"id": "ever", "covers": covers or {}},
        "institution": [{"id": "treaty", "exists": {"declared": "0001-01-01"}}],
        "state": [{"id": "ARM"}],
        "source": [{"id": "s"}],
        "event": [
            {"id": f"e{number}", "states": ["ARM"], "claims": [{"source": "s", **claim}]}
            for number, claim in enumerate(claims)
        ],
    }


@pytest.mark.parametrize("day", [MIN, MIN + DAY, MAX - DAY, MAX, "0001", "9999", "[..0001-01-01]", "[9999-12-31..]"])
def test_every_question_is_answered_at_the_ends_of_the_calendar(day: Any) -> None:
    for seen in (CSTO, CSTO.under("legal").strict(), CSTO.institution("csto"), CSTO.according_to("asia-plus-2017")):
        members = seen.members_on(day)
        assert members.certain <= members.possible
        assert str(members)
        for state in ("UZ", "SRB", "Soviet Union"):
            finding = seen.status(state, day)
            assert finding.verdict is seen.was_member(state, day)
            assert str(finding)
        assert seen.size(day) == (members.fewest, members.most)
        assert isinstance(day, str) or seen.instruments_in_force(day) is not None
        for change in (seen.next_change(day), seen.previous_change(day)):
            assert change is None or str(change)


def test_periods_run_from_the_first_day_to_the_last() -> None:
    whole = (MAX - MIN).days + 1
    least, most = CSTO.days_as_member("Belarus", MIN, MAX)
    assert 0 < least <= most < whole
    assert CSTO.was_member_throughout("Belarus", MIN, MAX) is Verdict.NO
    assert CSTO.was_member_at_some_time("Belarus", MIN, MAX) is Verdict.YES
    assert [row.member for row in CSTO.panel("year", "last", "9998-01-01", MAX, "BLR")] == [True, True]
    assert [row.member for row in CSTO.panel("day", "all", MIN, MIN + DAY, "BLR")] == [False, False]


def test_acts_on_the_first_and_the_last_day_change_what_lies_on_their_sides() -> None:
    seen = history(ever({"act": "accession", "date": "0001-01-01"}, {"act": "withdrawal", "date": "9999-12-31"}))
    assert [seen.status("ARM", day).status for day in (MIN, MIN + DAY, MAX - DAY, MAX)] == [
        *(Status.MEMBER, Status.MEMBER, Status.MEMBER, Status.FORMER),
    ]
    assert seen.days_as_member("ARM", MIN, MAX) == ((MAX - MIN).days, (MAX - MIN).days)
    assert [change.date.edtf for change in seen.changes(None, None)] == ["0001-01-01", "9999-12-31"]


def test_an_expiry_on_the_last_day_of_the_calendar_is_never_seen() -> None:
    seen = history(ever({"act": "accession", "date": "9999-12-30"}, {"act": "expiry", "date": "9999-12-31"}))
    assert [seen.was_member("ARM", day) for day in (MAX - 2 * DAY, MAX - DAY, MAX)] == [
        *(Verdict.NO, Verdict.YES, Verdict.YES),
    ]
    assert str(seen.timeline("ARM"))
    assert [act.date.edtf for act in seen.acts("ARM")] == ["9999-12-30", "9999-12-31"]
    assert [change.date.edtf for change in seen.changes(None, None)] == ["9999-12-30"]
    assert seen.changes("1950", "1950") == ()
    assert seen.next_change("9999-12-30") is None
    assert seen.previous_change("9999-12-30") is None


def test_the_day_after_the_last_day_of_the_calendar_is_asked_for_in_vain() -> None:
    with pytest.raises(csto.RecordError, match="a later day is needed, and years run from 0001 to 9999"):
        history(ever({"act": "accession", "date": "2000"}, {"act": "withdrawal", "last_day": "9999-12-31"}))


def test_a_record_of_the_ends_of_the_calendar_is_written_and_read(tmp_path: Path) -> None:
    covers = {"first": "0001-01-01", "last": "9999-12-31", "before": "unknown", "after": "unknown"}
    claims = {"act": "accession", "date": "[0001-01-01..9999-12-31]"}, {"act": "withdrawal", "date": "[9999-12-31..]"}
    seen = history(ever(*claims, covers=covers))
    csto.dump(seen, tmp_path / "ever.toml")
    again = csto.load(tmp_path / "ever.toml")
    assert again == seen
    Registry.of(again).prepare(tmp_path / "ever.jsonl")
    prepared = Registry.from_prepared(tmp_path / "ever.jsonl")
    for day in (MIN, dt.date(2000, 1, 1), MAX):
        assert prepared.was_member("ever", "ARM", day) is seen.was_member("ARM", day) is Verdict.UNDETERMINED


def test_a_term_that_would_end_after_the_calendar_ends_with_it() -> None:
    document = ever({"act": "accession", "date": "9999-12-30"})
    treaty = {"id": "treaty", "kind": "treaty", "title": "T", "in_force": "9999-12-30", "term": "P5D"}
    seen = history({**document, "instrument": [treaty]})
    (term,) = seen.instruments[0].terms(MAX)
    assert (term.first_day, term.last_day) == (MAX - DAY, MAX)
    assert [len(seen.instruments_in_force(day)) for day in (MAX - 2 * DAY, MAX - DAY, MAX)] == [0, 1, 1]


def test_a_coverage_up_to_the_last_day_has_no_day_after_it() -> None:
    claim = {"act": "accession", "date": "9999-12-31"}
    seen = history(ever(claim, covers={"first": "0001-01-01", "last": "9999-12-31"}))
    assert isinstance(seen.remarks, tuple)
    assert [change.date.edtf for change in seen.changes(None, None)] == ["9999-12-31"]
    assert [seen.was_member("ARM", day) for day in (MAX - DAY, MAX)] == [Verdict.NO, Verdict.YES]


def test_days_beyond_the_calendar_are_refused() -> None:
    for text in ("0000-12-31", "10000-01-01", "-0001-01-01"):
        with pytest.raises(DateError):
            CSTO.was_member("UZ", text)


# --- Huge but valid records ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_record_of_twenty_thousand_events_of_one_state_answers(tmp_path: Path) -> None:
    first, number = dt.date(1900, 1, 1), 20_000
    dates = [str(first + n * DAY) if n % 3 else f"[{first + n * DAY}..{first + (n + 1) * DAY}]" for n in range(number)]
    document = ever(*({"act": ("accession", "withdrawal")[n % 2], "date": date} for n, date in enumerate(dates)))
    start = time.process_time()
    limit = sys.getrecursionlimit()
    # Nothing calls itself for each event: a hundred frames and the depth of the tests are enough.
    sys.setrecursionlimit(_depth() + 150)
    try:
        seen = history(document)
        last = first + (number + 1) * DAY
        assert seen.was_member("ARM", first - DAY) is Verdict.NO
        assert seen.was_member("ARM", first) is Verdict.UNDETERMINED
        assert seen.was_member("ARM", first + 2 * DAY) is Verdict.YES
        assert seen.was_member("ARM", last) is Verdict.NO
        assert len(seen.changes(None, None)) == number
        assert 0 < seen.days_as_member("ARM", first, last)[0] < number
        assert seen.under("legal").was_member("ARM", last) is Verdict.NO
        assert str(seen.status("ARM", last))
        assert seen.conflicts() == ()
        csto.dump(seen, tmp_path / "huge.toml")
        assert csto.load(tmp_path / "huge.toml").timeline("ARM") == seen.timeline("ARM")
    finally:
        sys.setrecursionlimit(limit)
    assert time.process_time() - start < SECONDS


def test_sources_that_copy_one_another_in_a_long_chain_answer() -> None:
    number = 1500
    sources = [Source("s0"), *(Source(f"s{n}", copies=(f"s{n - 1}",)) for n in range(1, number))]
    claims = tuple(csto.Claim(source.id, "accession", f"2000-01-{1 + n % 2:02}") for n, source in enumerate(sources))
    record = Record("chain", states=(CSTO.record.index.find("AM"),), sources=tuple(sources), events=(csto.Event("e", ("ARM",), claims),))  # fmt: skip
    start = time.process_time()
    seen = History(record).resolved("majority")
    # Of each day one source is the first to say it.
    assert seen.was_member("AM", "2000-01-01") is Verdict.UNDETERMINED
    assert seen.was_member("AM", "2000-01-02") is Verdict.YES
    assert time.process_time() - start < SECONDS


def _depth() -> int:
    frame, depth = sys._getframe(), 0
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    return depth


# --- Threads ---------------------------------------------------------------------------------------------------------

FIRST_USE = """
import json, sys, threading
sys.setswitchinterval(1e-6)
import csto_membership as csto

QUESTIONS = [
    lambda: csto.was_member("Uzbekistan", "2009-03-01"),
    lambda: csto.members_on("2007-01-01").certain.codes,
    lambda: str(csto.status("UZ", "2012-10-01")),
    lambda: csto.check(["UZ", "GE"], "2000-01-01"),
    lambda: repr(csto.timeline("Armenia")),
    lambda: len(csto.changes(None, None)),
    lambda: repr(csto.CSTO.under("legal").was_member("Tajikistan", "1993-01-01")),
    lambda: csto.history("cis").members_on("1994-01-01").certain.codes,
    lambda: len(csto.conflicts()),
    lambda: csto.readers.__name__,
    lambda: csto.ImpreciseDate.parse("April 1999").edtf,
    lambda: csto.was_member("Atlantis", "2000-01-01"),
]


def answer(question):
    try:
        return repr(question())
    except csto.MembershipError as error:
        return repr(str(error))


def ask(number):
    barrier.wait()
    mine = QUESTIONS[number % len(QUESTIONS):] + QUESTIONS[: number % len(QUESTIONS)]
    found[number] = sorted(map(answer, mine))
    doors[number] = csto.CSTO


number = 24
barrier, found, doors = threading.Barrier(number), [None] * number, [None] * number
threads = [threading.Thread(target=ask, args=(n,)) for n in range(number)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
alone = sorted(map(answer, QUESTIONS))
print(json.dumps([all(one == alone for one in found), len(set(doors)), len(alone)]))
"""


def test_many_threads_that_ask_first_get_what_one_gets() -> None:
    """The bundled record, the tables of states and the rooms are all opened at once, in a fresh process."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_USE], env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    same, doors, questions = json.loads(done.stdout)
    assert same
    assert (doors, questions) == (1, 12)
