"""Prepared files from strangers: every fault has its place, and a failed write leaves the old file."""

from __future__ import annotations

import datetime as dt
import json
from array import array
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.records import SOURCE, event, record_of_members, signed

import csto_membership as csto
from csto_membership import Act, History, Record, RecordError, State, Verdict
from csto_membership._values.world import world
from csto_membership.registry import Registry, _prepared_file
from csto_membership.registry._lines import first_wrong

DAY = dt.timedelta(1)
KOREA = State("PRK", "Korea", cow=731)


def two() -> Registry:
    return Registry.of(csto.CSTO, csto.history("cis"))


def lines_of(tmp_path: Path) -> list[Any]:
    made_of = Registry.of(record_of_members("league", KOREA))
    made_of.prepare(tmp_path / "r.jsonl")
    return [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()]


def sealed(lines: list[Any]) -> bytes:
    """The lines as a file, with the digest of what they say."""
    form, *others = lines
    body = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in others).encode()
    return json.dumps({**form, "digest": f"sha256:{sha256(body).hexdigest()}"}).encode() + b"\n" + body


def faults_of(path: Path, content: bytes) -> list[tuple[str, str]]:
    path.write_bytes(content)
    with pytest.raises(RecordError) as caught:
        Registry.from_prepared(path)
    assert all(fault.file == str(path) for fault in caught.value.faults)
    return [(fault.place, fault.problem) for fault in caught.value.faults]


def faults_in(tmp_path: Path, lines: list[Any]) -> list[tuple[str, str]]:
    return faults_of(tmp_path / "changed.jsonl", sealed(lines))


@pytest.mark.parametrize(
    ("line", "key", "value", "place"),
    [
        (0, "form", "other", "line 1"),
        (0, "version", 3, "line 1"),
        (0, "version", True, "line 1"),
        (1, "statuses", ["none"], "line 2, statuses"),
        (1, "organisations", True, "line 2, organisations"),
        (1, "organisations", 2, "the file"),
        (1, "states", [], "line 2, states"),
        (1, "states", {"PRK": {"id": 1, "name": "K"}}, "line 2, states.PRK.id"),
        (1, "states", {"PRK": {"id": "PRK"}}, "line 2, states.PRK.name"),
        (1, "rosters", {}, "line 2, rosters"),
        (1, "rosters", ["PRK"], "line 2, rosters[0]"),
        (1, "rosters", [[["PRK"]]], "line 2, rosters[0]"),
        (1, "rosters", [["PRK"], ["QQQ"]], "line 2, rosters[1]"),
        (1, "rosters", [["PRK", "PRK"]], "line 2, rosters[0]"),
        (1, "patterns", {}, "line 2, patterns"),
        (1, "patterns", [1], "line 2, patterns[0]"),
        (1, "patterns", [[]], "line 2, patterns[0]"),
        (1, "patterns", [[1, True, 3]], "line 2, patterns[0]"),
        (1, "patterns", [[1, 512, 3]], "line 2, patterns[0]"),
        (1, "patterns", [[1, 0, 3]], "line 2, patterns[0]"),
        (1, "patterns", [[1, 3, 3]], "line 2, patterns[0]"),
        (2, "id", "", "line 3"),
        (2, "id", 5, "line 3"),
        (2, "reading", None, "line 3"),
        (2, "covers", None, "line 3, covers"),
        (2, "covers", {"before": "maybe"}, "line 3, covers.before"),
        (2, "counted", [], "line 3, counted"),
        (2, "counted", 5, "line 3, counted"),
        (2, "counted", ["king"], "line 3, counted"),
        (2, "states", None, "line 3, states"),
        (2, "states", True, "line 3, states"),
        (2, "states", -1, "line 3, states"),
        (2, "states", 1, "line 3, states"),
        (2, "patterns", {}, "line 3, patterns"),
        (2, "patterns", [], "line 3, patterns"),
        (2, "patterns", [0], "line 3, patterns"),
        (2, "patterns", [0, 1, 1], "line 3, patterns"),
        (2, "patterns", [True, 1], "line 3, patterns"),
        (2, "patterns", [0, [1]], "line 3, patterns"),
        (2, "patterns", [0, 2], "line 3, patterns of all others"),
        (2, "patterns", [-1, 1], "line 3, patterns of PRK"),
        (2, "apart", None, "line 3, apart"),
        (2, "apart", [["PRK"]], "line 3, apart"),
        (2, "apart", ["QQQ"], "line 3, apart"),
        (2, "what_if", None, "line 3, what_if"),
        (2, "what_if", "without a source", "line 3, what_if"),
        (2, "what_if", ["without a source", 1], "line 3, what_if"),
        (2, "days", None, "line 3, days"),
        (2, "days", "x", "line 3, days"),
        (2, "days", [], "line 3, days"),
        (2, "days", [730120], "line 3, days"),
        (2, "days", [730120, 732311, 732312], "line 3, days"),
        (2, "days", [730120, 732311.0], "line 3, days"),
        (2, "days", [730120, None], "line 3, days"),
        (2, "days", [730120, 10**30], "line 3, days"),
        (2, "days", [True, 732311], "line 3, days of PRK"),
        (2, "days", [1, 732311], "line 3, days of PRK"),
        (2, "days", [-1, 732311], "line 3, days of PRK"),
        (2, "days", [730120, 3652060], "line 3, days of PRK"),
        (2, "days", [730121, 730121], "line 3, days of PRK"),
        (2, "days", [730122, 730121], "line 3, days of PRK"),
    ],
)
def test_every_fault_of_a_prepared_file_has_its_place(
    tmp_path: Path, line: int, key: str, value: object, place: str
) -> None:
    lines = lines_of(tmp_path)
    assert (lines[1]["rosters"], lines[1]["patterns"]) == ([["PRK"]], [[1, 32, 256], [1]])
    assert [lines[2][name] for name in ("states", "patterns", "days")] == [0, [0, 1], [730120, 732311]]
    lines[line][key] = value
    assert [told for told, _ in faults_in(tmp_path, lines)] == [place]


def test_all_faults_are_told_at_once_and_the_last_days_are_good(tmp_path: Path) -> None:
    lines = lines_of(tmp_path)
    wrong = {**lines[2], "id": 1, "counted": []}
    assert len(faults_in(tmp_path, [*lines[:2], wrong, "[]\n", "{\n", "[" * 99999])) == 5
    lines[2]["days"] = [2, 3652059]
    (tmp_path / "good.jsonl").write_bytes(sealed(lines))
    registry = Registry.from_prepared(tmp_path / "good.jsonl")
    assert registry.was_member("league", "cow:731", dt.date.min) is Verdict.NO
    assert registry.was_member("league", "cow:731", dt.date.min + DAY) is Verdict.YES
    assert registry.was_member("league", "cow:731", dt.date.max) is Verdict.NO


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\n", "not JSON"),
        (b"", "empty"),
        (b'{"form": 1, "form": 2}\n', "twice"),
        (b"\x00", "not JSON"),
        (b"[]\n", "an object is needed"),
        (b"[" * 99999, "nests too deeply"),
    ],
)
def test_what_is_no_prepared_file_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    ((_, found),) = faults_of(tmp_path / "r.jsonl", content)
    assert problem in found


def test_a_cut_file_a_repeated_organisation_and_an_endless_line_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lines_of(tmp_path)
    assert faults_in(tmp_path, lines[:2]) == [("the file", "it has 0 organisations where its second line says 1")]
    assert faults_in(tmp_path, lines[:1]) == [("the file", "it has no second line, which names states and patterns")]
    assert faults_in(tmp_path, [*lines, lines[2]])[0] == ("line 4", "the organisation is given twice")
    monkeypatch.setattr("csto_membership.registry._prepared_file.MOST_BYTES_A_LINE", 150)
    assert faults_in(tmp_path, lines) == [("line 2", "it has more than 150 bytes")]


def test_a_file_of_which_any_bit_was_changed_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lines_of(tmp_path)[0]
    content = (tmp_path / "r.jsonl").read_bytes()
    path = tmp_path / "changed.jsonl"
    seen: list[int] = []
    take = _prepared_file._Reader.take

    def seen_taken(reader: Any, number: int, line: bytes) -> None:
        seen.append(number)
        take(reader, number, line)

    monkeypatch.setattr(_prepared_file._Reader, "take", seen_taken)
    for place in range(len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        with pytest.raises(RecordError):
            Registry.from_prepared(path)
    assert seen == []
    assert "sha256:" in first["digest"]
    path.write_bytes(content)
    assert Registry.from_prepared(path).organisations == ("league",)
    assert seen == [2, 3]


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.99])
def test_a_file_that_was_cut_is_refused(tmp_path: Path, kept: float) -> None:
    lines_of(tmp_path)
    content = (tmp_path / "r.jsonl").read_bytes()
    faults_of(tmp_path / "r.jsonl", content[: int(kept * len(content))])
    assert faults_of(tmp_path / "r.jsonl", content[: -len(b"]}\n")]) == [
        ("the file", "it is not as it was written: its digest is another")
    ]


def test_faults_of_a_prepared_file_stop_at_a_thousand(tmp_path: Path) -> None:
    faults = faults_in(tmp_path, [*lines_of(tmp_path), *[{}] * 5000])
    assert len(faults) == 1001
    assert faults[-1][0] == "and more"


def test_a_file_of_another_kind_or_version_is_refused_at_its_first_line(tmp_path: Path) -> None:
    assert [place for place, _ in faults_of(tmp_path / "r.toml", b"[organisation]\nid = 'x'\n" * 50)] == ["line 1"]
    older = b'{"form":"csto_membership registry","version":3,"statuses":[],"organisations":0}\n{"digest":"sha256:0"}\n'
    ((place, problem),) = faults_of(tmp_path / "r.jsonl", older)
    assert (place, problem) == ("line 1", "it is no csto_membership registry of version 4")


def naive_first_wrong(days: list[int], edges: list[int]) -> set[int]:
    """Each day that is outside the calendar, or not later than the one before it in its line."""
    return {
        number
        for number, day in enumerate(days)
        if not 2 <= day <= 3652059 or (number and number not in edges and days[number - 1] >= day)
    }


@given(
    st.lists(st.lists(st.integers(-2, 12) | st.sampled_from((2, 3652059, 3652060, 2**31 - 1)), max_size=6), max_size=5)
)
@example([[2, 3], [], [2, 2], [5]])
@example([[3652060]])
@example([[-(2**31), 2]])
def test_days_are_judged_at_once_as_they_are_one_by_one(lines: list[list[int]]) -> None:
    days = [day for line in lines for day in line]
    edges = [0]
    for line in lines:
        edges.append(edges[-1] + len(line))
    wrong = naive_first_wrong(days, edges)
    found = first_wrong(array("i", days), edges)
    assert found in wrong if wrong else found is None


def test_whoever_knows_the_form_can_read_it(tmp_path: Path) -> None:
    two().prepare(tmp_path / "two.jsonl")
    _, head, *organisations = map(json.loads, (tmp_path / "two.jsonl").read_text("utf-8").splitlines())
    told: dict[tuple[str, str], list[tuple[list[str], str | None]]] = {}
    for organisation in organisations:
        days = iter(organisation["days"])
        for key, number in zip(head["rosters"][organisation["states"]], organisation["patterns"], strict=False):
            runs = [
                [status for bit, status in enumerate(head["statuses"]) if mask >> bit & 1]
                for mask in head["patterns"][number]
            ]
            starts = [None, *(str(dt.date.fromordinal(next(days))) for _ in runs[1:])]
            told[organisation["id"], key] = list(zip(runs, starts, strict=True))
    assert told["csto", "GEO"] == [(["none"], None), (["member"], "1993-12-09"), (["former"], "1999-04-21")]
    assert len(told) == len(csto.CSTO.states) + len(csto.history("cis").states)


@pytest.mark.parametrize(("act", "verdict"), [("succession", Verdict.NO), ("accession", Verdict.UNDETERMINED)])
def test_a_state_that_succeeded_another_is_not_meant_by_its_name_when_prepared(
    tmp_path: Path, act: str, verdict: Verdict
) -> None:
    told = [("SUN", "accession", "1955-05-14"), ("SUN", "withdrawal", "1991-12-26"), ("RUS", act, "1991-12-26")]
    events = tuple(
        event(signed("text", date, Act(name)), id=f"{state} {name}", states=(state,)) for state, name, date in told
    )
    states = tuple(world()[id] for id in ("SUN", "RUS"))
    history = History(Record("pact", states=states, sources=(SOURCE,), events=events))
    Registry.of(history).prepare(tmp_path / "pact.jsonl")
    for registry in (Registry.of(history), Registry.from_prepared(tmp_path / "pact.jsonl")):
        assert history.was_member("Russia", "1980-01-01") is verdict
        assert registry.was_member("pact", "Russia", "1980-01-01") is verdict
        assert registry.was_member("pact", "Soviet Union", "1980-01-01") is Verdict.YES
        assert registry.memberships_of("Russia", "1980-01-01").possible == (("pact",) if verdict != Verdict.NO else ())


def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "r.jsonl"
    with pytest.raises(FileNotFoundError) as caught:
        two().prepare(path)
    assert caught.value.filename == str(path)


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        two().prepare(path)
    assert [file.read_text("utf-8") for file in tmp_path.iterdir()] == ["old"]
