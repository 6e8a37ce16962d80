"""A real cluster of Dask on this machine: millions of rows from several files, answered in the partitions that they are in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.frames import library

import csto_membership as csto
from csto_membership.frames import annotate, report

pytestmark = pytest.mark.cluster

ROWS, FILES = 2_000_000, 4
STATES = ("UZB", "Uzbekistan", "узбекистан", "ARM", "Belarus", "FRA", "Atlantis", None)
LEGAL = csto.CSTO.under("legal")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = library("distributed")
    library("dask.dataframe")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def large_files(folder: Path) -> Any:
    """Files of a number, a state and a time in each row, and the table that they are of."""
    pa, pq, np = library("pyarrow"), library("pyarrow.parquet"), library("numpy")
    chance = np.random.default_rng(1992)
    dates = np.datetime64("1991-01-01") + chance.integers(0, 13_000, ROWS).astype("timedelta64[D]")
    table = pa.table(
        {
            "row": np.arange(ROWS),
            "state": pa.array(STATES).take(pa.array(chance.integers(0, len(STATES), ROWS))),
            "signed": pa.array(dates.astype("datetime64[us]"), mask=chance.random(ROWS) < 0.01),
        }
    )
    for number in range(FILES):
        part = table.slice(number * ROWS // FILES, ROWS // FILES)
        pq.write_table(part, folder / f"{number}.parquet", row_group_size=100_000)
    return table


@pytest.mark.usefixtures("cluster")
def test_millions_of_rows_are_answered_in_their_partitions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dd, pq = library("dask.dataframe"), library("pyarrow.parquet")
    (tmp_path / "rows").mkdir()
    table = large_files(tmp_path / "rows")

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the rows were brought to the client, or made anew")

    for name in ("compute", "persist", "shuffle", "merge", "repartition"):
        monkeypatch.setattr(dd.DataFrame, name, refused)
    frame = dd.read_parquet(tmp_path / "rows", split_row_groups=2)
    expected = annotate(table, "state", "signed", history=LEGAL, errors="null", columns=("member", "status", "why"))
    annotated = annotate(frame, "state", "signed", history=LEGAL, columns=("member", "status", "why"))
    assert annotated.npartitions == frame.npartitions > FILES
    assert list(annotated.columns) == [*frame.columns, "member", "status", "why"]
    steps = [type(step).__name__ for step in annotated.expr.walk()]
    assert not [step for step in steps if "Shuffle" in step or "Merge" in step]
    annotated.to_parquet(tmp_path / "annotated")
    told = pq.read_table(tmp_path / "annotated").sort_by("row")
    assert told.num_rows == ROWS
    for column in expected.column_names:
        assert told[column].cast(expected[column].type).equals(expected[column]), column
    monkeypatch.undo()
    assert report(annotated) == report(expected)


@pytest.mark.usefixtures("cluster")
def test_the_types_that_were_promised_are_those_that_come() -> None:
    pd, dd = library("pandas"), library("dask.dataframe")
    rows = pd.DataFrame({"state": ["UZB", "ARM", None] * 4, "day": ["2006", "2009-01-01", "soon"] * 4})
    for kind in ("object", "category"):
        frame = dd.from_pandas(rows.astype({"state": kind}), npartitions=5)
        annotated = annotate(frame, "state", "day", columns=("member", "status", "why"))
        whole = annotated.compute()
        assert dict(whole.dtypes) == dict(annotated.dtypes)
        assert whole["member"].isna().tolist() == [True, False, True] * 4
        assert [str(status) for status in whole["status"].dropna()] == ["member|former", "member"] * 4


def test_the_history_travels_once_and_not_with_each_partition() -> None:
    pd, dd, cloudpickle = library("pandas"), library("dask.dataframe"), library("cloudpickle")
    frame = dd.from_pandas(pd.DataFrame({"state": ["UZB"] * 40, "day": ["2006"] * 40}), npartitions=20)
    graph = annotate(frame, "state", "day").optimize().__dask_graph__()
    sizes = sorted(len(cloudpickle.dumps(node)) for node in graph.values())
    assert len(sizes) > 20
    assert sizes[-1] > 50_000
    assert sizes[-2] < 10_000
