"""
Mutation testing: one thing in a module is changed, and a test should notice.

    python -m pip install --group mutation
    python tests/mutation/run.py counting                        # every mutant of a room
    python tests/mutation/run.py view --sample 100 --seed 1      # so many of them, the same for everybody
    python tests/mutation/run.py counting --again                # those that survived, after a test was written
    python tests/mutation/run.py counting --survivors            # only what is known by now

`rooms.toml` says which files a room has and which tests answer for them, in seconds. cosmic-ray makes the mutants, one
at a time, in a copy of the tree under `.cache/mutation/`: the checkout is never touched, and two rooms can be run side
by side. Each result is kept in a session of cosmic-ray at once: a run that was stopped goes on where it was, and a
larger sample of the same seed begins with the smaller one. What is known of a file is forgotten when the file changes.

A mutant survives if all tests of its room pass. Then either a test is missing, and is written: a sentence that is true
of the library, on both sides of a boundary; or nobody can tell the mutant from the original, and `equivalent.toml` says
why. Annotations, what only a type checker reads and whether a `zip` is strict are no mutants, nor are the operators that
`rooms.toml` leaves out.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import hashlib
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
import tomllib
import traceback
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cosmic_ray.work_db import WorkDB
    from cosmic_ray.work_item import MutationSpec, WorkItem, WorkResult

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".cache" / "mutation"
#: What the tests of a room may need; nothing else is copied.
COPIED = "csto_membership", "tests", "pyproject.toml", "README.md"
#: A mutant may take so many times the seconds of the processor that the tests take without it, and so many more.
PATIENCE, GRACE = 4, 5
#: Bytes that a mutant may take: one that counts to the end of all days should not take the machine with it.
MEMORY = 4 << 30


class Room(NamedTuple):
    """The files that are mutated together, the tests that answer for them, and how many examples each law draws."""

    files: list[str]
    tests: list[str]
    examples: int = 100


class Change(NamedTuple):
    """What a mutant makes of a line: known again wherever the line stands by now."""

    file: str
    line: str
    becomes: str


def rooms() -> dict[str, Room]:
    """The rooms by name."""
    return {name: Room(**room) for name, room in _table("rooms.toml")["room"].items()}


def equivalents() -> dict[Change, str]:
    """The changes that nobody can tell from the original, and why."""
    return {
        Change(entry["file"], entry["line"], becomes): entry["why"]
        for entry in _table("equivalent.toml")["equivalent"]
        for becomes in entry["becomes"]
    }


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


def plain(lines: Iterable[str]) -> str:
    """Lines as one, however they are spaced."""
    return " ".join(" ".join(lines).split())


# --- The copy, and the session ---------------------------------------------------------------------------------------


def copy_to(tree: Path) -> None:
    """Copy the tree anew: the tests may have changed, and a run that was killed leaves its mutant behind."""
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, tree / name)


def session_in(place: Path) -> WorkDB:
    """The session of a room."""
    from cosmic_ray.work_db import WorkDB

    place.mkdir(parents=True, exist_ok=True)
    return WorkDB(place / "session.sqlite", WorkDB.Mode.create)


def renew(place: Path, room: Room) -> None:
    """Give new mutants to the session of a room for each of its files that changed since."""
    sums = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in room.files}
    sums["left out"] = str(_table("rooms.toml")["left_out"])
    known = place / "files.json"
    before = json.loads(known.read_text("utf-8")) if known.exists() else {}
    if before == sums:
        return
    database = session_in(place)
    told = [(_place(item.mutations[0]), result) for item, result in database.completed_work_items]
    kept = {where: result for where, result in told if before.get(where[0]) == sums.get(where[0])}
    items = list(_items(room.files, place / "tree"))
    database.clear()
    database.add_work_items(items)
    for item in items:
        if result := kept.get(_place(item.mutations[0])):
            database.set_result(item.job_id, result)
    known.write_text(json.dumps(sums), "utf-8")


def _items(files: Iterable[str], tree: Path) -> Iterator[WorkItem]:
    from cosmic_ray.commands.init import _all_work_items

    left_out = re.compile("|".join(f"core/{one}" for one in _table("rooms.toml")["left_out"]))
    for name in files:
        unread = list(_unread((tree / name).read_text("utf-8")))
        for item in _all_work_items([tree / name], {}):
            (mutation,) = item.mutations
            inside = any(first <= mutation.start_pos < end for first, end in unread)
            if not inside and not left_out.fullmatch(mutation.operator_name):
                yield item


_Position = tuple[int, int]


def _unread(source: str) -> Iterator[tuple[_Position, _Position]]:
    """
    Where nothing changes what happens: annotations, and what only a type checker reads.

    Neither does whether `zip` is strict: as an assert it says to the reader what is so.
    """
    for node in ast.walk(ast.parse(source)):
        parts = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "zip":
            parts += [keyword.value for keyword in node.keywords]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            parts.append(node)
        for part in parts:
            if part is not None:
                yield (part.lineno, part.col_offset), (part.end_lineno or 0, part.end_col_offset or 0)


def drawn(database: WorkDB, sample: int | None, seed: int) -> list[WorkItem]:
    """All mutants, or so many of them, in an order that hangs on the seed alone."""
    items = sorted(database.work_items, key=lambda item: _place(item.mutations[0]))
    random.Random(seed).shuffle(items)  # noqa: S311 - no secret
    return items if sample is None else items[:sample]


def _place(mutation: MutationSpec) -> tuple[str, _Position, str, int]:
    name = str(mutation.module_path).rpartition("/tree/")[2]
    return name, mutation.start_pos, mutation.operator_name, mutation.occurrence


# --- One mutant ------------------------------------------------------------------------------------------------------


def _answer(tree: Path, room: Room, seconds: int, *, keep: bool) -> NoReturn:
    """In a process of its own: run the tests on the tree as it stands."""
    import resource  # which Windows has not

    os.chdir(tree)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # What Python keeps of a mutant might be taken for the original, or for the next.
    sys.dont_write_bytecode = not keep
    sys.path.insert(0, str(tree))
    os.environ["MUTATION_EXAMPLES"] = str(room.examples)
    import pytest

    # Libraries that are there already cannot be looked into any more, nor need they.
    calm = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    quick = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--hypothesis-profile", "mutation", "--tb", "line"]
    code = pytest.main([*calm, *quick, *room.tests])
    sys.stdout.flush()
    os._exit(code)


def run_tests(tree: Path, room: Room, seconds: int, *, keep: bool = False) -> tuple[int, str, float]:
    """The exit status of the tests, what they print, and the seconds of the processor that they took."""
    with tempfile.TemporaryFile() as printed:
        # All libraries are there already: a fork begins with the first import of what is tested.
        if not (process := os.fork()):
            try:
                os.dup2(printed.fileno(), 1)
                os.dup2(printed.fileno(), 2)
                _answer(tree, room, seconds, keep=keep)
            except BaseException:  # noqa: BLE001 - nothing may go back to the loop over mutants
                traceback.print_exc()
            finally:
                os._exit(99)
        _, status, usage = os.wait4(process, 0)
        printed.seek(0)
        text = printed.read().decode("utf-8", "replace")
    return os.waitstatus_to_exitcode(status), text, usage.ru_utime + usage.ru_stime


def tried(item: WorkItem, tree: Path, room: Room, seconds: int) -> WorkResult:
    """Whether the tests notice a mutant."""
    from cosmic_ray.mutating import use_mutation
    from cosmic_ray.plugins import get_operator
    from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

    (mutation,) = item.mutations
    operator = get_operator(mutation.operator_name)(**mutation.operator_args)
    with use_mutation(mutation.module_path, operator, mutation.occurrence) as (original, mutant):
        assert mutant is not None, "the session has the mutants of these very files"
        code, text, _ = run_tests(tree, room, seconds)
    if code == 4:
        raise SystemExit(f"the tests of the room could not be run:\n{text}")
    outcome = TestOutcome.KILLED if code else TestOutcome.SURVIVED
    name = str(mutation.module_path.relative_to(tree))
    lines = difflib.unified_diff(original.splitlines(), mutant.splitlines(), name, name, lineterm="", n=1)
    return WorkResult(WorkerOutcome.NORMAL, text[-300:], outcome, "\n".join(lines))


def change_of(result: WorkResult) -> Change:
    """What a mutant makes of which line."""
    head, _, *lines = (result.diff or "").splitlines()
    before = plain(line[1:] for line in lines if line.startswith("-"))
    return Change(head.removeprefix("--- ").strip(), before, plain(line[1:] for line in lines if line.startswith("+")))


# --- A room ----------------------------------------------------------------------------------------------------------


def run(items: Sequence[WorkItem], database: WorkDB, tree: Path, room: Room, *, again: bool) -> None:
    """Try the mutants of which nothing is known yet; `again` also those that survived."""
    import cattrs  # noqa: F401
    import dateutil.relativedelta  # noqa: F401
    import hypothesis  # noqa: F401
    import pytest  # noqa: F401

    reasons = equivalents()
    known = {job for job, result in database.results if not again or result.is_killed or change_of(result) in reasons}
    pending = [item for item in items if item.job_id not in known]
    if not pending:
        return
    code, text, seconds = run_tests(tree, room, 600, keep=True)
    if code:
        raise SystemExit(f"the tests fail without any mutant ({code}):\n{text}")
    begun = time.monotonic()
    print(f"{len(pending)} mutants to try; the tests take {seconds:.1f} s without one", flush=True)
    for number, item in enumerate(pending, 1):
        result = tried(item, tree, room, int(PATIENCE * seconds) + GRACE)
        database.set_result(item.job_id, result)
        if not result.is_killed and change_of(result) not in equivalents():
            print(f"{number}: {change_of(result)}", flush=True)
    print(f"{len(pending)} mutants in {time.monotonic() - begun:.0f} s")


def report(items: Sequence[WorkItem], results: dict[str, WorkResult], *, survivors: bool) -> int:
    """Say how many were killed; the number of those that survive without a reason."""
    reasons = equivalents()
    told = [results[item.job_id] for item in items if item.job_id in results]
    left = [one for one in told if not one.is_killed]
    open_ones = [one for one in left if change_of(one) not in reasons]
    if survivors:
        for one in open_ones:
            print(one.diff, end="\n\n")
    killed, known = len(told) - len(left), len(left) - len(open_ones)
    share = f" ({killed / (len(told) - known):.1%} of those that are not equivalent)" if len(told) > known else ""
    print(
        f"{killed} of {len(told)} killed{share}, {known} equivalent, {len(open_ones)} survive; {len(items) - len(told)} not tried"
    )
    for name, number in Counter(change_of(one).file for one in open_ones).most_common():
        print(f"{number:6} in {name}")
    return len(open_ones)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a room, or tell what is known of it: 1 if a mutant survives for which no reason is given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("room", choices=rooms())
    parser.add_argument("--sample", type=int, help="so many mutants, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    parser.add_argument("--again", action="store_true", help="try again what survived")
    parser.add_argument("--survivors", action="store_true", help="show what survived, and try nothing")
    given = parser.parse_args(arguments)
    room, place = rooms()[given.room], CACHE / given.room
    if not given.survivors:
        copy_to(place / "tree")
        renew(place, room)
    database = session_in(place)
    items = drawn(database, given.sample, given.seed)
    if not given.survivors:
        run(items, database, place / "tree", room, again=given.again)
    return int(report(items, dict(database.results), survivors=given.survivors) > 0)


if __name__ == "__main__":
    sys.exit(main())
