"""The starter: it loads as it stands, and teaches every act."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import csto_membership as csto
from csto_membership import MembershipError
from csto_membership._files.read import record_of
from csto_membership._files.starter import starter


def test_the_starter_loads_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "my-treaty-2.toml"
    path.write_text(starter("my-treaty-2"), encoding="utf-8")
    seen = csto.load(path)
    assert seen.record.id == "my-treaty-2"
    assert [len(seen.members_on(day)) for day in ("2001-02-28", "2001-03-01", "2001-03-02")] == [0, 2, 2]
    legal = seen.under("legal")
    assert [len(legal.members_on(day)) for day in ("2002-01-14", "2002-01-15", "2002-01-16")] == [0, 2, 2]
    assert seen.conflicts() == ()
    record = seen.record
    for table in (
        record.institutions, record.instruments, record.events, record.attestations, record.steps, record.sources,
    ):  # fmt: skip
        assert table


def test_the_starter_names_every_act_and_its_commented_examples_load_as_well() -> None:
    text = starter("x")
    assert all(act.value in text for act in csto.Act)
    live = re.sub(r"(?m)^( *)# (?=\[\[|\{|[a-z0-9]+ = )", r"\1", text)
    assert live != text
    paper = '[[source]]\nid = "a-paper"\n[[source]]\nid = "another-source"\n'
    record = record_of(tomllib.loads(live + paper))
    assert [state.id for state in record.states] == ["ARM", "FJI", "KAZ"]
    assert [event.id for event in record.events] == ["signature", "entry-into-force", "kaz-withdrawal"]
    assert len(record.events[0].claims) == 2


@pytest.mark.parametrize(
    ("id", "meant"),
    [
        ("My Treaty", "my-treaty"), ("", "my-treaty"), ("a--b", "a-b"), ("-a", "a"), ("a-", "a"), ("a_b", "a-b"),
        ("CIS", "cis"), ("a\n", "a"), ("\u0661", "my-treaty"), ("é", "my-treaty"), ('"x', "x"), (5, "5"), (None, "none"),
    ],
)  # fmt: skip
def test_an_id_of_another_form_is_refused_with_what_was_meant(id: Any, meant: str) -> None:
    with pytest.raises(MembershipError) as caught:
        starter(id)
    assert isinstance(caught.value, ValueError)
    assert f'"{meant}"' in str(caught.value)
    assert starter(meant)
