"""What all that take states, a history or the name of a file take and refuse alike, wherever they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.frames import library

import csto_membership as csto
from csto_membership import CSTO, ArgumentError, UnknownStateError, frames, page, readers, sql, writers
from csto_membership.plots._shown.compare import comparison
from csto_membership.plots._shown.region import states_by_organisation
from csto_membership.plots._shown.timeline import timelines
from csto_membership.plots._shown.together import triangle

LEGAL = CSTO.under("legal")
BOTH = csto.Registry.of(CSTO, csto.history("cis"))
YEARS: dict[str, Any] = {"first": "2000", "last": "2001"}


def rows_of_spells(history: csto.History | csto.Registry, states: Any) -> Any:
    return frames.spells_frame(history, library("polars"), states=states).rows()


#: All that take `states=`, each as something that can be compared.
OF_STATES: dict[str, Callable[[Any], Any]] = {
    "panel": lambda states: list(CSTO.panel(**YEARS, states=states)),
    "dyads": lambda states: list(CSTO.dyads(**YEARS, states=states)),
    "robustness": lambda states: CSTO.robustness("panel", **YEARS, states=states, events=False, sources=False),
    "spells_frame": lambda states: rows_of_spells(CSTO, states),
    "spells_frame of a registry": lambda states: rows_of_spells(BOTH, states),
    "wide_frame": lambda states: frames.wide_frame(CSTO, library("polars"), states=states).rows(),
    "panel_frame": lambda states: frames.panel_frame(**YEARS, states=states, backend=library("polars")).rows(),
    "dyads_frame": lambda states: frames.dyads_frame(**YEARS, states=states, backend=library("polars")).rows(),
    "script": lambda states: sql.script(CSTO, states=states),
    "timeline": lambda states: timelines(CSTO, states).text,
    "compare": lambda states: comparison(CSTO, LEGAL, states).text,
    "together": lambda states: triangle(CSTO, states).text,
    "region": lambda states: states_by_organisation(CSTO, "2000", states).text,
}
PAIR = ["UZ", "Georgia"]
COLUMNS: dict[str, Callable[[], Any]] = {
    "array of numpy": lambda: library("numpy").array(PAIR),
    "Series of pandas": lambda: library("pandas").Series(PAIR),
    "unique values of pandas": lambda: library("pandas").Series(PAIR * 2, dtype="str").unique(),
    "Index of pandas": lambda: library("pandas").Index(PAIR),
    "Categorical of pandas": lambda: library("pandas").Categorical(PAIR),
    "Series of polars": lambda: library("polars").Series(PAIR),
    "array of pyarrow": lambda: library("pyarrow").array(PAIR),
    "codes of pyarrow": lambda: library("pyarrow").array(PAIR).dictionary_encode(),
    "chunks of pyarrow": lambda: library("pyarrow").chunked_array([PAIR[:1], PAIR[1:]]),
    "generator": lambda: (name for name in PAIR),
    "keys": lambda: dict.fromkeys(PAIR).keys(),
    "states": lambda: [CSTO.timeline(name).state for name in PAIR],
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("ask", OF_STATES)
def test_states_are_taken_in_every_column(ask: str, column: str) -> None:
    assert OF_STATES[ask](COLUMNS[column]()) == OF_STATES[ask](PAIR)


@pytest.mark.parametrize("ask", OF_STATES)
def test_states_are_one_state_or_those_of_the_world(ask: str) -> None:
    assert OF_STATES[ask]("UZ") == OF_STATES[ask](["UZ"])
    # Tables of pairs of all states of the world are long.
    if ask not in ("dyads", "dyads_frame", "together"):
        assert OF_STATES[ask]("world") != OF_STATES[ask](PAIR)


@pytest.mark.parametrize("ask", OF_STATES)
def test_what_is_no_state_is_refused_as_elsewhere(ask: str) -> None:
    with pytest.raises(UnknownStateError) as wrong:
        OF_STATES[ask](704)
    assert wrong.value.nearest == ("cow:704", "VNM")
    for states in (["UZ", None], b"UZ", [["UZ"]], "World", ["world"]):
        with pytest.raises(UnknownStateError):
            OF_STATES[ask](states)


def test_sets_of_states_meet_columns() -> None:
    members = CSTO.members_on("2013-01-01").certain
    for column in COLUMNS.values():
        assert (members & column()).codes == ()
        assert (members | column()).codes == ("ARM", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB")
    with pytest.raises(UnknownStateError):
        members & 704  # type: ignore[operator]


#: All that take the name of a file or of a folder, by the name of the argument.
OF_FILES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "load": ("path", csto.load),
    "dump": ("path", lambda path: csto.dump(CSTO, path)),
    "from_files": ("path", csto.Registry.from_files),
    "from_prepared": ("path", csto.Registry.from_prepared),
    "read_prov": ("path", readers.read_prov),
    "read_wikidata": ("path", readers.read_wikidata),
    "write_acts": ("path", lambda path: writers.write_acts(CSTO, path)),
    "write_changes": ("path", lambda path: writers.write_changes(CSTO, path)),
    "write_matrix": ("path", lambda path: writers.write_matrix(CSTO, path)),
    "write_package": ("directory", lambda path: writers.write_package(CSTO, path)),
    "write_prov": ("path", lambda path: writers.write_prov(CSTO, path)),
    "write_spells": ("path", lambda path: writers.write_spells(CSTO, path)),
    "write_spells of frames": ("path", lambda path: frames.write_spells(CSTO, path)),
    "write_script": ("path", lambda path: sql.write_script(CSTO, path)),
    "page": ("path", lambda path: page.write(csto.history("union-state"), path, known=[])),
    "annotate_file, source": ("source", lambda path: frames.annotate_file(path, "annotated.csv")),
    "annotate_file, target": ("target", lambda path: frames.annotate_file("rows.csv", path)),
}


class Named:
    """A name in bytes, as some systems have them."""

    def __fspath__(self) -> bytes:
        return b"record.toml"


@pytest.mark.parametrize("ask", OF_FILES)
def test_what_is_no_path_is_refused(ask: str) -> None:
    if "prov" in ask:
        library("prov")
    argument, call = OF_FILES[ask]
    wrong_paths: tuple[Any, ...] = (None, 10**6, b"record.toml", [], Named())
    for path in wrong_paths:
        with pytest.raises(ArgumentError) as wrong:
            call(path)
        assert (wrong.value.argument, wrong.value.value) == (argument, path)


def test_a_number_of_an_open_file_is_no_path(tmp_path: Path) -> None:
    with (tmp_path / "open").open("w+b") as file:
        reads: tuple[Callable[[Any], Any], ...] = (csto.load, csto.Registry.from_prepared, readers.read_spells)
        for read in reads:
            with pytest.raises(ArgumentError):
                read(file.fileno())
        file.write(b"it is open still")


ROWS = {"c": ["UZ", "GE"], "d": ["2000", "2007-01-01"]}
#: All that take a history, each as something that can be compared; and those of them that take a registry.
OF_ONE: dict[str, Callable[[Any], Any]] = {
    "compare": LEGAL.compare,
    "provenance_of": readers.provenance_of,
}
OF_SEVERAL: dict[str, Callable[[Any], Any]] = {
    "act_rows": lambda history: list(writers.act_rows(history)),
    "change_rows": lambda history: list(writers.change_rows(history)),
    "matrix_rows": lambda history: list(writers.matrix_rows(history)),
    "spell_rows": lambda history: list(writers.spell_rows(history)),
    "page": lambda history: page.html(history, known=[]),
    "script": sql.script,
    "spells_frame": lambda history: rows_of_spells(history, None),
    "wide_frame": lambda history: frames.wide_frame(history, library("polars")).rows(),
    "panel_frame": lambda history: frames.panel_frame(history, **YEARS, backend=library("polars")).rows(),
    "dyads_frame": lambda history: frames.dyads_frame(history, **YEARS, backend=library("polars")).rows(),
    "annotate": lambda history: frames.annotate(library("polars").DataFrame(ROWS), "c", "d", history=history).rows(),
}
WRITTEN: dict[str, Callable[[Any, str], Any]] = {
    "acts.csv": writers.write_acts,
    "changes.csv": writers.write_changes,
    "matrix.csv": writers.write_matrix,
    "spells.csv": writers.write_spells,
    "spells.arrow": frames.write_spells,
    "spells.sql": sql.write_script,
    "rows.csv": lambda history, path: frames.annotate_file(Path(path).with_name("given.csv"), path, history=history),
    "page.html": lambda history, path: page.write(history, path, known=[]),
    "csto.jsonld": writers.write_prov,
}
#: These take nothing in place of a history: the bundled one.
BY_DEFAULT = {*(name for name in OF_SEVERAL if "frame" in name), "script", "annotate", *WRITTEN} - {"page.html"}


@pytest.mark.parametrize("ask", OF_ONE | OF_SEVERAL)
def test_a_record_is_asked_as_its_history_is(ask: str) -> None:
    call = (OF_ONE | OF_SEVERAL)[ask]
    assert call(CSTO.record) == call(CSTO)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_record_is_written_as_its_history_is(name: str, tmp_path: Path) -> None:
    for package in {"spells.arrow": ["pyarrow", "numpy"], "csto.jsonld": ["prov"], "rows.csv": ["numpy"]}.get(name, []):
        library(package)
    (tmp_path / "given.csv").write_text("state,date\nUZ,2000\n", encoding="utf-8")
    contents = []
    for history in (CSTO, CSTO.record):
        WRITTEN[name](history, str(tmp_path / name))
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize("ask", OF_ONE | OF_SEVERAL)
def test_what_is_no_history_is_refused_in_the_same_words(ask: str) -> None:
    call = (OF_ONE | OF_SEVERAL)[ask]
    kinds = ("History", "Record", *(["Registry"] if ask in OF_SEVERAL else []))
    others = [1, "csto", [CSTO], *([] if ask in BY_DEFAULT else [None]), *([] if ask in OF_SEVERAL else [BOTH])]
    for other in others:
        with pytest.raises(ArgumentError) as wrong:
            call(other)
        assert (wrong.value.argument, wrong.value.value) == ("other" if ask == "compare" else "history", other)
        assert wrong.value.allowed == kinds
        assert wrong.value.reason.startswith(f"a history is needed, not {type(other).__name__}")
        assert ("history(id)" in wrong.value.reason) == isinstance(other, str)


@pytest.mark.parametrize("ask", [writers.act_rows, writers.change_rows, writers.matrix_rows, writers.spell_rows])
def test_rows_are_refused_before_the_first_is_asked_for(ask: Callable[[Any], object]) -> None:
    with pytest.raises(ArgumentError):
        ask("csto")
