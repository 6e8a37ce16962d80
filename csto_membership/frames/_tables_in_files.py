"""Tables in files: rows annotated as they stream by, and spells with days as days, each file with what it says of itself."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import evolve

from csto_membership._files.whole_files import as_path, form_of, opened, replacing
from csto_membership.exceptions import MOST_FAULTS, ArgumentError, MissingExtraError, UnreadableRowsError
from csto_membership.frames._about import About, about
from csto_membership.frames._engines import Engine, needed
from csto_membership.frames._lines import answering
from csto_membership.frames._question import question_of
from csto_membership.frames._report import Report
from csto_membership.frames._tables import spells_frame
from csto_membership.readers._sheet import Bar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from os import PathLike
    from typing import BinaryIO

    from csto_membership._values.states import StateLike
    from csto_membership.frames._lines import Answerable, Answering
    from csto_membership.frames._question import Question

_TREATMENTS = ("raise", "null")


def annotate_file(
    source: str | PathLike[str],
    target: str | PathLike[str],
    state: str = "state",
    date: str = "date",
    organisation: str | None = None,
    history: Answerable = None,
    columns: Sequence[str] | str = ("member", "status"),
    errors: Literal["raise", "null"] = "raise",
    *,
    rename: Mapping[str, str] | None = None,
    delimiter: str | None = None,
    encoding: str = "utf-8",
) -> Report:
    r"""
    Write the table of a file to another, with a column more for each of `columns`, and give the `Report`.

    The ending of both names says the form: `.csv`, `.tsv` or `.txt` for separated values, `.parquet` for Parquet (the
    extra "pyarrow"). Rows stream by, so that a table may have any length; they keep their order, and none is dropped or
    doubled. The target is replaced whole or, on any failure, not at all; the source is only read.

    The rest is as in `annotate`. In separated values all cells stay as they are: `delimiter` is their separator, by
    default the one that the header has; `member` is written as true or false, and left empty where it is undetermined.
    An empty cell is a missing value. With `errors="raise"` the whole table is read, and `UnreadableRowsError` tells
    each wrong value once.

    Raises what `annotate` raises, `ArgumentError` for another ending, for a row of another length than the header, and
    where the two files are one, and OSError.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     source, target = Path(folder, "treaties.csv"), Path(folder, "annotated.csv")
    ...     _ = source.write_text("\n".join(["state,date", "UZ,2006-06-23", "UZ,2006"]), encoding="utf-8")
    ...     print(annotate_file(source, target))
    ...     print(target.read_text(encoding="utf-8").splitlines()[1:])
    2 rows: 1 yes, 0 no, 1 undetermined, 0 unreadable
    ['UZ,2006-06-23,true,member', 'UZ,2006,,member|former']
    """
    read, write = as_path(source, "source"), as_path(target, "target")
    form = form_of(read, _FORMS)
    if form_of(write, _FORMS) is not form:
        raise ArgumentError("target", write.name, f"it must have the form of {read.name}", [read.suffix.lower()])
    if errors not in _TREATMENTS:
        raise ArgumentError("errors", errors, "a row that cannot be read raises, or has null answers", _TREATMENTS)
    if write.exists() and write.samefile(read):
        raise ArgumentError("target", str(write), "it is the file that is read, which stays as it is; name another")
    question = question_of(
        history,
        state=state,
        date=date,
        organisation=organisation,
        columns=columns,
        rename=rename,
    )
    report = Report()
    with opened(read) as given, replacing(write) as made:
        for part in form(given, made, read, question, delimiter, encoding):
            report = _added(report, part)
        if report.unreadable and errors == "raise":
            raise UnreadableRowsError(report.rows, report.unreadable, report.faults)
    return report


def write_spells(
    history: Answerable,
    path: str | PathLike[str],
    *,
    states: Iterable[StateLike] | StateLike | None = None,
) -> None:
    """
    Write the rows of `spells_frame` as Parquet (`.parquet`) or as an Arrow file (`.arrow` or `.feather`): days are days.

    The metadata of the schema have the `organisation`, its `name`, the `edition` of its record, the `view` and a
    `citation`, each with a line for each organisation. An old file is replaced, whole or not at all. Needs the extra
    "pyarrow"; `writers.write_spells` writes CSV and JSON without one. Raises what `spells_frame` raises,
    `ArgumentError` for another ending, and OSError.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import pyarrow.parquet as pq
    >>> with TemporaryDirectory() as folder:
    ...     write_spells(None, Path(folder, "csto.parquet"))
    ...     schema = pq.read_schema(Path(folder, "csto.parquet"))
    >>> schema.field("first_day").type, schema.metadata[b"view"]
    (DataType(date32[day]), b'declared')
    """
    target = as_path(path)
    forms = {".parquet": "parquet", ".arrow": "arrow", ".feather": "arrow"}
    form = form_of(target, forms, "writers.write_spells writes CSV and JSON")
    for package in ("pyarrow.parquet", "numpy"):
        needed(package, Engine.PYARROW)
    from csto_membership.frames._parquet import put

    asked = answering(history)
    table = spells_frame(asked, "pyarrow", states=states)
    with replacing(target) as made:
        put(table, made, form, _metadata(asked))


def _metadata(history: Answering, prefix: str = "") -> dict[str, str]:
    """What the answers are, as metadata of a file: a line for each organisation."""
    lines = zip(*about(history), strict=True)
    return {prefix + field: "\n".join(texts) for field, texts in zip(About._fields, lines, strict=True)}


def _added(report: Report, part: Report) -> Report:
    """Both reports, with no more faults than people read: there may be as many as rows."""
    total = report + part
    return total if len(total.faults) <= MOST_FAULTS else evolve(total, faults=total.faults[:MOST_FAULTS])


def _separated(
    given: BinaryIO, made: BinaryIO, path: Path, question: Question, delimiter: str | None, encoding: str
) -> Iterator[Report]:
    if find_spec("numpy") is None:
        raise MissingExtraError("numpy", "frames")
    from csto_membership.frames._separated import annotated

    with Bar(path) as bar:
        yield from annotated(given, made, path.name, question, delimiter, encoding, bar.at)


def _parquet(
    given: BinaryIO, made: BinaryIO, path: Path, question: Question, _delimiter: str | None, _encoding: str
) -> Iterator[Report]:
    for package in ("pyarrow.parquet", "numpy"):
        needed(package, Engine.PYARROW)
    from csto_membership.frames._parquet import annotated

    size = path.stat().st_size
    metadata = _metadata(question.history, "csto_membership.")
    with Bar(path) as bar:
        yield from annotated(given, made, path.name, question, metadata, lambda part: bar.at(int(part * size)))


_FORMS: dict[str, Callable[..., Iterator[Report]]] = {
    ".csv": _separated,
    ".tsv": _separated,
    ".txt": _separated,
    ".parquet": _parquet,
}
