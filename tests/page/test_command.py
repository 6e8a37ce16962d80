"""The command that writes a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.screen import Screen

from csto_membership import history, page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str]) -> Screen:
    return Screen(capsys)


def test_it_writes_the_page_of_a_record_under_a_view(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    shown = screen.shows("page", str(path), "--record", "union-state", "--reading", "legal", "--known", "2010-01-01")
    assert path.read_text("utf-8") == page.html(history("union-state").under("legal"), known=["2010-01-01"])
    assert shown == f"{path}: 1 organisation, {path.stat().st_size} bytes\n"


def test_it_writes_a_page_of_several_records(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    shown = screen.json("page", str(path), "--known", "none", "--records", "guam", "union-state", "--strict")
    assert shown == {"file": str(path), "bytes": path.stat().st_size, "organisations": ["guam", "union-state"]}
    assert path.read_text("utf-8").count('"seen":"strict"') == 2


def test_it_takes_one_organisation_of_a_table(screen: Screen, tmp_path: Path) -> None:
    table = tmp_path / "spells.csv"
    table.write_text(
        "organisation,state,status,first_day,last_day\nA,Kenya,member,1990,1999\nB,Peru,member,1980,\n",
        encoding="utf-8",
    )
    path = str(tmp_path / "page.html")
    assert screen.json("page", path, "--records", str(table))["organisations"] == ["A", "B"]
    assert screen.json("page", path, "--records", str(table), "--organisation", "B")["organisations"] == ["B"]
    assert screen.json("page", path, "--record", str(table), "--organisation", "B")["organisations"] == ["B"]
    assert "the table has several" in screen.refuses("page", path, "--record", str(table))


def test_it_refuses_what_it_cannot_write_and_writes_nothing(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    for asked, reason in (
        (["--records", "nato"], "unknown record 'nato'"),
        (["--record", "guam", "--records", "guam"], "--records names all records"),
        (["--record", "guam", "--known", "2001"], "One exact day"),
        (["--record", "guam", "--without", "no-such"], "no-such"),
    ):
        assert reason in screen.refuses("page", str(path), *asked)
    assert "there is no folder" in screen.refuses(
        "page", str(tmp_path / "nowhere" / "page.html"), "--record", "union-state"
    )
    assert not path.exists()


def test_it_offers_nothing_that_it_would_refuse(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert "--supposing" not in screen.shows("page", "--help")
    code, _, err = screen.run("page", str(path), "--supposing", "geo-signature=1993-09-09")
    assert (code, path.exists()) == (2, False)
    assert "unrecognized arguments: --supposing" in err
    assert screen.json("page", str(path), "--known", "none", "--without", "geo-signature")["organisations"] == ["csto"]
    assert '"seen":"without event geo-signature"' in path.read_text("utf-8")
