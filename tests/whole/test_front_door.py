"""The front door: light, complete, and the same as what stands behind it; and the papers of the project agree."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import json
import os
import pydoc
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import csto_membership as csto
from csto_membership.cli import main

ROOT = Path(__file__).parents[2]
DAYS = [dt.date(1991, 6, 15) + n * dt.timedelta(61) for n in range(230)]


def fresh(code: str) -> Any:
    """What a new interpreter prints as JSON."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


# --- Light -----------------------------------------------------------------------------------------------------------

WATCHED = """
import json, sys
opened = []
sys.addaudithook(lambda event, found: opened.append(str(found[0])) if event == "open" else None)
before = set(sys.modules)
import csto_membership as csto
{act}
mine = sorted(set(sys.modules) - before)
print(json.dumps([mine, [name for name in opened if name.endswith((".toml", ".json", ".jsonl", ".txt"))]]))
"""
DATA = Path(csto.__file__).parent / "data"


def test_importing_the_package_reads_no_data_and_no_heavy_module() -> None:
    modules, data = fresh(WATCHED.format(act=""))
    assert data == []
    heavy = {"attr", "attrs", "cattrs", "cattr", "tomllib", "dateutil", "argparse", "json", "difflib", "typing", "re"}
    assert not heavy & {name.split(".")[0] for name in modules}
    assert [name for name in modules if name.startswith("csto_membership")] == ["csto_membership"]


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("csto.Status.MEMBER", []),
        ("csto.ImpreciseDate.parse('1999')", []),
        ("csto.History; csto.Record; csto.precedence('a'); csto.LEGAL", []),
        ("dir(csto); csto.__all__; csto.__version__", []),
        ("csto.was_member", []),
        ("csto.was_member('UZ', '2007-01-01'); csto.was_member('France', '2007-01-01')", ["made/csto.txt"]),
        ("csto.was_member('UZ', '2007')", ["made/csto.txt", "made/csto.json", "states.jsonl"]),
        ("csto.CSTO", ["made/csto.json", "states.jsonl"]),
        ("csto.CSTO; csto.CSTO; csto.members_on('2007'); csto.history('csto')", ["made/csto.json", "states.jsonl"]),
    ],
)
def test_data_are_read_on_first_use_and_once(act: str, data: list[str]) -> None:
    _, opened = fresh(WATCHED.format(act=act))
    assert [Path(name).relative_to(DATA).as_posix() for name in opened] == data


def test_values_need_neither_the_reader_of_files_nor_the_converter() -> None:
    modules, _ = fresh(WATCHED.format(act="csto.ImpreciseDate.parse('April 1999'); csto.History; csto.Record('x')"))
    assert not {"cattrs", "tomllib", "dateutil", "csto_membership._files"} & set(modules)


# --- Complete --------------------------------------------------------------------------------------------------------


def listed_in_the_source() -> list[str]:
    """The public names as type checkers read them."""
    tree = ast.parse(Path(csto.__file__).read_text(encoding="utf-8"))
    named = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"]
    names: list[str] = ast.literal_eval(named[0].value)
    return names


PUBLIC = listed_in_the_source()


def test_help_is_short_and_tells_the_questions_and_the_doors() -> None:
    told = pydoc.plain(pydoc.render_doc(csto))
    # Python 3.13 writes each parameter of a long signature on a line of its own.
    assert len(told.splitlines()) < (160 if sys.version_info < (3, 13) else 170)
    assert set(csto.__all__) == {
        *("CSTO", "changes", "check", "conflicts", "members_on", "panel", "status", "timeline", "was_member"),
        *("dump", "history", "load", "organisations"),
    }
    assert all(f"    {name}(" in told for name in csto.__all__ if name != "CSTO")
    assert set(csto.__all__) < set(PUBLIC)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_exists_and_has_a_home(name: str) -> None:
    value = getattr(csto, name)
    assert value is getattr(csto, name)
    assert name in dir(csto)
    if name in csto._HOME_OF:
        home = importlib.import_module(f"csto_membership.{csto._HOME_OF[name]}")
        assert getattr(home, name) is value


def test_the_list_of_public_names_has_each_once_and_a_home_for_all_but_the_questions() -> None:
    assert len(set(PUBLIC)) == len(PUBLIC)
    assert set(PUBLIC) - set(csto._HOME_OF) == {
        *("CSTO", "members_on", "status", "was_member"),
        *("changes", "check", "conflicts", "panel", "timeline"),
    }
    assert set(csto._HOME_OF) < set(PUBLIC)


def test_a_star_import_gives_the_questions_and_the_doors_and_dir_every_public_name() -> None:
    code = "import json; from csto_membership import *; print(json.dumps(sorted(n for n in dir() if n[0] != '_')))"
    assert set(fresh(code)) == {*csto.__all__, "json"}
    listed = fresh("import json, csto_membership; print(json.dumps(dir(csto_membership)))")
    assert listed == sorted(listed)
    public = {name for name in listed if not name.startswith("_")}
    assert set(PUBLIC) <= public
    assert "__version__" in listed
    assert not [name for name in listed if name.startswith("_") and not name.startswith("__")]
    rooms = {
        path.stem
        for path in Path(csto.__file__).parent.iterdir()
        if (path / "__init__.py").exists() or path.suffix == ".py"
    }
    assert public - set(PUBLIC) == {room for room in rooms if not room.startswith("_")} - {"cli"}
    assert {"readers", "writers", "registry", "citations", "exceptions"} <= public


def test_rooms_are_found_at_the_door_and_opened_when_they_are_first_named() -> None:
    modules, _ = fresh(WATCHED.format(act="dir(csto)"))
    assert [name for name in modules if name.startswith("csto_membership")] == ["csto_membership"]
    assert fresh("import json, csto_membership as c; print(json.dumps(c.readers.read_cow_igo_year.__name__))")
    for name in sorted(set(dir(csto)) - set(PUBLIC)):
        if not name.startswith("_"):
            assert getattr(csto, name) is importlib.import_module(f"csto_membership.{name}")


#: What only extras bring.
BROUGHT = (
    "hypothesis matplotlib narwhals numpy pandas polars pyarrow duckdb dask pyspark rich shtab tomli_w tqdm prov pybtex"
)


def test_help_and_inspection_need_no_extra() -> None:
    """Whoever installed the package alone reads its help, and may look at every name that completion offers."""
    code = f"""
import inspect, json, pydoc, sys
sys.modules.update(dict.fromkeys({BROUGHT.split()}))
import csto_membership as csto
rooms = dict(inspect.getmembers(csto, inspect.ismodule))
texts = [pydoc.render_doc(each) for each in (csto, *rooms.values())]
print(json.dumps([sorted(rooms), all("needs" not in text[:200] for text in texts), "members_on" in texts[0]]))
"""
    rooms, told, questions = fresh(code)
    assert {"strategies", "plots", "frames", "readers"} <= set(rooms)
    assert told
    assert questions


@pytest.mark.parametrize("name", ["csto", "Csto", "nonsense", "_files_", "__path_", ""])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match="has no attribute"):
        getattr(csto, name)
    assert not hasattr(csto, name)


def test_an_unknown_name_cannot_be_imported() -> None:
    code = (
        "import json\ntry:\n from csto_membership import nonsense\nexcept ImportError as e:\n print(json.dumps(e.name))"
    )
    assert fresh(code) == "csto_membership"


# --- The same as what stands behind it -------------------------------------------------------------------------------


def test_the_modules_questions_are_those_of_the_bundled_history() -> None:
    for day in DAYS:
        assert csto.members_on(day) == csto.CSTO.members_on(day)
        for state in csto.CSTO.states:
            assert csto.was_member(state, day) is csto.CSTO.was_member(state, day)
    for state in csto.CSTO.states:
        for date in ("2006", "1999-04-20", "2012-06-28", "2030-01-01"):
            assert csto.status(state, date) == csto.CSTO.status(state, date)
        assert csto.timeline(state) == csto.CSTO.timeline(state)
    assert csto.check(["UZ", "RU"], "2013-01-01") == csto.CSTO.check(["UZ", "RU"], "2013-01-01") == [False, True]
    assert csto.changes("1999", "2012") == csto.CSTO.changes("1999", "2012")
    assert csto.conflicts() == csto.CSTO.conflicts()
    assert list(csto.panel("year", "any", "1999", "2001", ["UZ"])) == list(
        csto.CSTO.panel("year", "any", "1999", "2001", ["UZ"])
    )


def test_the_bundled_history_is_read_as_declared_and_one() -> None:
    assert csto.CSTO is csto.CSTO
    assert csto.CSTO is csto.history("csto")
    assert csto.CSTO.under("declared") == csto.CSTO
    assert "csto" in csto.organisations()
    for id in csto.organisations():
        assert csto.history(id).record.id == id


# --- Papers ----------------------------------------------------------------------------------------------------------

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)


def test_the_readme_has_shell_blocks_to_try_and_to_develop() -> None:
    lines = [line for block in SHELL for line in block.splitlines()]
    assert len(SHELL) >= 2
    assert all(shlex.split(line) for line in lines)
    assert any("pip install" in line and line.endswith(" .") for line in lines)
    assert any("pytest" in line for line in lines)


def test_the_commands_in_the_readme_run(capsys: pytest.CaptureFixture[str]) -> None:
    calls = [shlex.split(line) for block in SHELL for line in block.splitlines() if "csto-membership" in line]
    assert calls
    for _, *arguments in calls:
        assert main(arguments) == 0
        assert capsys.readouterr().out


@pytest.mark.parametrize("command", ["members", "status", "timeline"])
def test_the_readme_names_the_commands_that_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command in README.split("On the command line", 1)[1]
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert command in capsys.readouterr().out


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_one_version_stands_everywhere() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    newest = re.search(r"^## ([0-9.]+)", text_of("CHANGELOG.md"), re.MULTILINE)
    cited = re.search(r"^version: ([0-9.]+)$", text_of("CITATION.cff"), re.MULTILINE)
    assert newest
    assert cited
    assert csto.__version__ == project["version"] == newest[1] == cited[1]


def test_the_changelog_names_the_edition_of_the_data_apart_from_the_version() -> None:
    edition = re.search(r"^Data edition ([0-9.]+)\.$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert edition
    assert edition[1] == csto.CSTO.edition
    assert edition[1] == max(csto.history(organisation).edition for organisation in csto.organisations())


def test_a_day_of_release_is_cited_if_there_is_one_and_is_that_of_the_changelog() -> None:
    newest = re.search(r"^## [0-9.]+ \((unreleased|\d{4}-\d\d-\d\d)\)$", text_of("CHANGELOG.md"), re.MULTILINE)
    released = re.search(r"^date-released: (\S+)$", text_of("CITATION.cff"), re.MULTILINE)
    assert newest
    assert (released[1] if released else "unreleased") == newest[1]


def test_the_package_is_typed_and_its_command_is_the_one_that_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"csto-membership": "csto_membership.cli:main"}
    assert Path(csto.__file__).with_name("py.typed").exists()


def test_the_guide_names_every_folder_and_module_that_stands_alone() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = Path(csto.__file__).parent
    folders = [f"{path.parent.name}/" for path in package.glob("*/__init__.py")]
    alone = [path.name for path in package.glob("*.py") if path.stem not in {"__init__", "__main__"}]
    assert [name for name in (*folders, *alone) if f"`{name}`" not in guide] == []
    tests = {path.parent.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").glob("*/*.py")}
    assert [name for name in sorted(tests) if f"`{name}/`" not in guide] == []
