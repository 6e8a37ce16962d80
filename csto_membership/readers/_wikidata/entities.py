"""
Entities of Wikidata as its files give them: a dump, with an entity on each line, or a document of its entity endpoint.

A dump is streamed, also one that is packed with gzip or bzip2; a document is read whole.
"""

from __future__ import annotations

import bz2
import gzip
import json
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from csto_membership._files.documents import MOST_BYTES
from csto_membership._files.whole_files import opened
from csto_membership._values.cells import visible
from csto_membership.exceptions import MOST_FAULTS, ArgumentError, Fault, RecordError, first_faults
from csto_membership.readers._sheet import Bar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike


#: The bar is told of every 512th line.
_LINES_A_TICK = 512


class Entity(NamedTuple):
    """An entity, and where it stands in its file."""

    id: str
    value: dict[str, Any]
    place: str

    @property
    def names(self) -> list[str]:
        """Its labels: the English one, that of no language, and then the others."""
        labels = self.value.get("labels")
        given = labels if isinstance(labels, dict) else {}
        texts = [given[language] for language in dict.fromkeys(["en", "mul", *sorted(given)]) if language in given]
        found = [one.get("value") for one in texts if isinstance(one, dict)]
        return [text for text in found if isinstance(text, str) and text.strip()]

    @property
    def label(self) -> str:
        """The first of its labels, "" for none."""
        return next(iter(self.names), "")

    def statements(self, property_id: str) -> list[Any]:
        """Its statements of a property, as they stand."""
        claims = self.value.get("claims")
        found = claims.get(property_id, []) if isinstance(claims, dict) else []
        return found if isinstance(found, list) else [found]


class Faults:
    """The faults of a file as they are found; `RecordError` with all of them at the end, unless they are skipped."""

    __slots__ = ("_bad_rows", "_faults", "_file", "_more")

    def __init__(self, path: str | PathLike[str], bad_rows: str) -> None:
        if bad_rows not in ("raise", "skip"):
            raise ArgumentError("bad_rows", bad_rows, "bad rows raise, or are skipped", ("raise", "skip"))
        self._file, self._bad_rows = str(path), bad_rows
        self._faults: list[Fault] = []
        self._more = 0

    def add(self, place: str, problem: str, value: object = None, remedy: str = "") -> None:
        """Keep a fault; of very many, the first ones."""
        if len(self._faults) > MOST_FAULTS:
            self._more += 1
            return
        self._faults.append(Fault(visible(place), problem, value, remedy, self._file))

    def fatal(self, problem: str, remedy: str, value: object = None) -> RecordError:
        """The error of a file of which nobody knows what else it would say: it is raised, and never skipped."""
        self.add("the file", problem, value, remedy)
        return RecordError(self._faults)

    @property
    def any(self) -> bool:
        """Whether there are any so far."""
        return bool(self._faults)

    def finish(self) -> tuple[Fault, ...]:
        """The faults that were skipped; `RecordError` with all of them if none may be."""
        faults = first_faults(self._faults, more=self._more)
        if faults and self._bad_rows == "raise":
            raise RecordError(faults)
        return faults


class UnreadError(ValueError):
    """A part of a file that cannot be read: why, and what to do."""

    def __init__(self, problem: str, value: object = None, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem, self.value, self.remedy = problem, value, remedy


def entities_in(path: str | PathLike[str], wanted: str, faults: Faults) -> Iterator[Entity | str]:
    """
    The entities of a file, in its order; the place, and a fault, of what is none.

    Of the lines of a dump only those are read that have the text `wanted` in them. OSError where the file cannot be
    opened, and `RecordError` where it is no such file.
    """
    with opened(path) as raw, Bar(Path(path)) as bar:
        packed: dict[str, Any] = {".gz": gzip.open, ".bz2": bz2.open}
        unpack = packed.get(Path(path).suffix.lower())
        file = cast("IO[bytes]", unpack(raw)) if unpack else raw
        try:
            head, number = _first_line(file), 1
            if head.strip() == b"[":
                # So begins a dump, and so begins a pretty document.
                head, number = head + file.readline(MOST_BYTES + 1), 2
            *_, line = head.splitlines(keepends=True) or [b""]
            if not _is_entity(line):
                yield from _document(head + file.read(MOST_BYTES + 1 - len(head)), faults)
                return
            while line:
                if number % _LINES_A_TICK == 0:
                    bar.at(raw.tell())
                yield from _entity_in(line, number, wanted.encode(), faults)
                number, line = number + 1, file.readline(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            if unpack is None:
                raise
            raise faults.fatal(f"it cannot be unpacked: {error}", "unpack it, or fetch it again") from None


def _first_line(file: IO[bytes]) -> bytes:
    """The first line that is not blank."""
    while (line := file.readline(MOST_BYTES + 1)) and not line.strip(b"\xef\xbb\xbf \t\r\n"):
        pass
    return line.removeprefix(b"\xef\xbb\xbf")


def _is_entity(line: bytes) -> bool:
    """Whether a line is a whole entity: a pretty document has no more than a bracket on its first line."""
    try:
        value = _loaded(_bare(line))
    except UnreadError:
        return line.lstrip().startswith(b'{"type":"item"')
    return isinstance(value, dict) and "id" in value and "entities" not in value


def _bare(line: bytes) -> bytes:
    """A line of a dump without the comma that parts it from the next one."""
    return line.strip().removesuffix(b",")


def _entity_in(line: bytes, number: int, wanted: bytes, faults: Faults) -> Iterator[Entity | str]:
    bare = _bare(line)
    if bare in (b"", b"[", b"]") or (wanted not in bare and bare.endswith(b"}")):
        return
    try:
        yield _entity(_loaded(bare), f"line {number}")
    except UnreadError as error:
        faults.add(f"line {number}", error.problem, error.value, error.remedy)
        yield f"line {number}"


def _document(content: bytes, faults: Faults) -> Iterator[Entity | str]:
    """The entities of a document of the entity endpoint, of a list of them, or of a single one."""
    try:
        value = _loaded(content)
    except UnreadError as error:
        raise faults.fatal(error.problem, error.remedy, error.value) from None
    if isinstance(value, dict) and "entities" in value:
        value = value["entities"]
        parts = [*value.values()] if isinstance(value, dict) else value
    else:
        parts = [value] if isinstance(value, dict) and "id" in value else value
    if not isinstance(parts, list):
        raise faults.fatal("it holds no entities", 'it begins with {"entities": {"Q...": ...}}, or is a dump')
    for number, part in enumerate(parts):
        try:
            yield _entity(part, "")
        except UnreadError as error:
            faults.add(f"entities[{number}]", error.problem, error.value, error.remedy)
            yield f"entities[{number}]"


def _entity(value: object, place: str) -> Entity:
    if not isinstance(value, dict):
        raise UnreadError("an entity is needed", value, "an entity is an object with an id")
    id = value.get("id")
    if not isinstance(id, str) or not id.strip() or not id.isprintable():
        raise UnreadError("the entity has no id", id, 'it has one, such as "Q265"')
    if "missing" in value:
        raise UnreadError("Wikidata has no such entity", id, "correct the id, or leave it out")
    return Entity(id, value, ", ".join(part for part in (place, id) if part))


def _loaded(content: bytes) -> Any:
    """What a text of JSON holds; `UnreadError` for what is none, and for a key that is given twice."""

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise UnreadError("a key is given twice", twice, "keep one of them")
        return values

    if len(content) > MOST_BYTES:
        raise UnreadError(f"it has more than {MOST_BYTES} bytes", None, "write an entity on each line, as dumps do")
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=table)
    except UnreadError:
        raise
    except UnicodeDecodeError:
        raise UnreadError("it is not UTF-8", None, "fetch it again") from None
    except RecursionError:
        raise UnreadError("it nests too deeply", None, "an entity nests a dozen levels") from None
    except json.JSONDecodeError as error:
        raise UnreadError(f"it is not JSON: {error.msg}, column {error.colno}", None, "fetch it again") from None
    except ValueError:
        # int() refuses numbers of thousands of digits.
        raise UnreadError("a number has too many digits") from None
