"""Databases: a real PostgreSQL for the time of a test, and what is asked of each kind in its own SQL."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from support.records import record_of_members

import csto_membership as csto

#: Names that would end their quotes if they could.
HOSTILE = (
    "'; DROP TABLE victims; --",
    "\\'; DROP TABLE victims; --",
    "x'); DROP TABLE victims; --",
    '"; DROP TABLE victims; --',
    "$$; DROP TABLE victims; $$",
    "*/ DROP TABLE victims; /*",
    "line\n\\! true\n.shell true",
    ":victims %s {} ?",
)
#: Views whose answers differ, and another record.
VIEWS = {
    "declared": csto.CSTO,
    "legal": csto.CSTO.under("legal"),
    "every": csto.CSTO.resolved("every"),
    "strict": csto.CSTO.strict(),
    "cis": csto.history("cis"),
    "selection": csto.CSTO.according_to("asia-plus-2017"),
}


def postgresql_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`: that of the path, or the newest of Debian's; None where there is none."""
    if (found := shutil.which("initdb")) and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def hostile(name: str) -> csto.History:
    """A history with a state of this name (a name is one line)."""
    return csto.History(record_of_members("club", csto.State("cow:9001", " ".join(name.split()), cow=9001)))


@contextmanager
def postgresql() -> Iterator[str]:
    """The connection text of a server of its own, on a socket alone; the test is skipped, with a reason, where there is none."""
    programs = postgresql_programs()
    if programs is None:
        _missing("there is no PostgreSQL here (Debian: apt-get install postgresql)")
    assert programs is not None
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        # initdb refuses root.
        if subprocess.run(["id", "postgres"], capture_output=True, check=False).returncode:  # noqa: S607
            _missing("initdb refuses root, and there is no user postgres")
        user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    # Short, since the path of a socket has at most some hundred bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        if user:
            shutil.chown(folder, "postgres", "postgres")

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [programs / program, "-D", folder / "data", *arguments],
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=folder,
                timeout=120,
                **user,
            )

        run("initdb", "--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", settings)
        try:
            yield f"host={folder} user=postgres dbname=postgres"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _missing(reason: str) -> None:
    """Skip the test, but not where every engine must be there."""
    if "EVERY_ENGINE" in os.environ:
        pytest.fail(reason)
    pytest.skip(reason)


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def boundaries(history: csto.History, states: list[csto.State]) -> list[tuple[str, dt.date]]:
    """Each state on the first day of each of its spells, on the days beside it, and at the ends of the calendar."""
    rows = []
    for state in states:
        starts = history.timeline(state).starts
        around = {day + dt.timedelta(step) for day in starts for step in (-1, 0, 1)}
        rows += [(state.id, day) for day in sorted({*around, dt.date.min, dt.date.max})]
    return rows
