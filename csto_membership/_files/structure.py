"""
From plain tables (as TOML and JSON give them) to the parts of a record, by cattrs.

Nothing is coerced: a number is no text, a text is no list, and null is no value. Every fault is kept, with its place.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import attrs
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from csto_membership._evidence.claims import Attestation, Event, Kind, Note, Rank, Source, SpeaksOf, Step
from csto_membership._evidence.institutions import Institution
from csto_membership._evidence.instruments import Force, Instrument
from csto_membership._files.documents import shown
from csto_membership._values.acts import ALL_STATUSES, Act, Status, as_status, named
from csto_membership._values.dates import ImpreciseDate, as_imprecise
from csto_membership._values.lives import DatedName
from csto_membership._values.period import Period
from csto_membership._values.states import State
from csto_membership._values.wording import did_you_mean, nearest
from csto_membership.exceptions import MOST_FAULTS, DateError, Fault, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


#: The tables of a file besides [organisation], the field of a record that each fills, and what its entries are.
ENTRIES: dict[str, tuple[str, type[Any]]] = {
    "institution": ("institutions", Institution),
    "state": ("states", State),
    "source": ("sources", Source),
    "instrument": ("instruments", Instrument),
    "event": ("events", Event),
    "attestation": ("attestations", Attestation),
    "step": ("steps", Step),
    "note": ("notes", Note),
}


class _UnfitError(ValueError):
    """A value that does not fit: the problem, the value, and the remedy."""

    def __init__(self, problem: str, value: object, remedy: str) -> None:
        if value is None:  # the null of JSON, which would not show as the value
            problem, remedy = f"{problem}, not null", "write a value, or leave the key out"
        super().__init__(problem, value, remedy)
        self.problem, self.value, self.remedy = problem, value, remedy


def structured(value: object, kind: type[Any], place: str) -> tuple[Any, list[Fault]]:
    """The value as an instance of `kind` with no faults, or None with every fault."""
    try:
        return _converter().structure(value, kind), []
    except (BaseValidationError, DateError, UnknownNameError, _UnfitError) as error:
        return None, list(islice(_faults(error, place, value), MOST_FAULTS + 1))


_WORDS = {str: "a text", int: "a whole number", bool: "true or false"}
#: A lone surrogate: JSON can escape it, UTF-8 cannot encode it.
_SURROGATE = re.compile("[\ud800-\udfff]")
#: No written date is as long; working out what a longer text may have meant is not worth the time.
_LONGEST_DATE = 200


def _exactly(kind: type) -> Callable[[object, object], Any]:
    def structure(value: object, _: object) -> Any:
        if type(value) is not kind:
            remedy = "put it in quotation marks" if kind is str else "write it without quotation marks"
            raise _UnfitError(f"{_WORDS[kind]} is needed", value, remedy)
        if isinstance(value, str) and _SURROGATE.search(value):
            raise _UnfitError("a text is needed that can be written as UTF-8", value, "write the whole character")
        return value

    return structure


def _optional_hook(kind: Any, converter: Converter) -> Callable[[object, object], Any]:
    """An optional value: whoever has none leaves the key out and writes no null."""
    (inner,) = (part for part in get_args(kind) if part is not type(None))
    structure = converter.get_structure_hook(inner)

    def checked(value: object, _: object) -> Any:
        if value is None:
            raise _UnfitError("a value is needed", value, "leave the key out")
        return structure(value, inner)

    return checked


def _imprecise(value: object, _: object) -> ImpreciseDate:
    if isinstance(value, str) and len(value) > _LONGEST_DATE:
        raise _UnfitError(f"a date has at most {_LONGEST_DATE} characters", value, 'write it as "1999-04-20"')
    if isinstance(value, (str, dt.date)):
        return as_imprecise(value)
    raise _UnfitError("a date is needed", value, f'write it as a text, such as "{value}" or "1999-04-20"')


def _day(value: object, _: object) -> dt.date:
    date = _imprecise(value, _)
    if date.earliest is None or not date.is_exact:
        raise _UnfitError("one exact day is needed", value, 'write it as "1999-04-20"')
    return date.earliest


def _period(value: object, _: object) -> Period:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return Period(value, value)
    if not isinstance(value, str) or len(value) > _LONGEST_DATE:
        raise _UnfitError("a period is needed", value, 'write it as "1999" or "1999-01-01/1999-12-31"')
    return Period.parse(value)


def _statuses(value: object, _: object) -> frozenset[Status]:
    if value == "unknown":
        return ALL_STATUSES
    if isinstance(value, str):
        return frozenset({as_status(value)})
    if not isinstance(value, list) or not value:
        raise _UnfitError("a status or a list of statuses is needed", value, 'write "member" or ["member", "observer"]')
    return frozenset(map(as_status, value))


def _attestation_form(value: dict[str, object]) -> dict[str, object]:
    """The keys that `Attestation` has: `on` becomes `during`, and an imprecise day some day of that period."""
    if ("on" in value) is ("during" in value):
        remedy = "give the day (on) or the period (during)"
        raise _UnfitError("either 'on' or 'during' is needed", sorted(value), remedy)
    if "on" not in value:
        return value
    form = {key: item for key, item in value.items() if key != "on"}
    day = _imprecise(value["on"], None)
    if "speaks_of" in value:
        raise _UnfitError("'speaks_of' goes with 'during'", value["speaks_of"], "remove it")
    if not day.is_exact:
        form["speaks_of"] = SpeaksOf.SOME_DAY.value
    return {**form, "during": day.edtf if day.is_exact else day.text}


def _force_form(value: dict[str, object]) -> dict[str, object]:
    """The keys that `Force` has: a duration alone is a delay that adds it."""
    after = value.get("after")
    return {**value, "after": {"add": after}} if isinstance(after, str) else value


_FORMS = {Attestation: _attestation_form, Force: _force_form}
#: Keys that have another name in a file, where Python reserves it or it reads better, by class and attribute.
_KEYS: dict[type[Any], dict[str, str]] = {DatedName: {"since": "from", "until": "to"}}


def renamed(kind: type[Any]) -> dict[str, Any]:
    """The keys of a class that have another name in a file, as cattrs wants them."""
    return {name: override(rename=key) for name, key in _KEYS.get(kind, {}).items()}


def _table_hook(kind: type[Any], converter: Converter) -> Callable[[object, object], Any]:
    """From a table to an attrs class: every key is known, and none is missing."""
    structure = make_dict_structure_fn(
        kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **renamed(kind)
    )

    def checked(value: object, _: object) -> Any:
        if not isinstance(value, dict):
            raise _UnfitError("a table is needed", value, "write it as key = value")
        form = _FORMS.get(kind)
        return structure(form(value) if form else value, kind)

    return checked


def _list_hook(kind: type[Any], converter: Converter) -> Callable[[object, object], Any]:
    """From a list to a tuple; a list of very many wrong parts is read no further than the first of them."""
    inner = get_args(kind)[0]
    structure = converter.get_structure_hook(inner)

    def checked(value: object, _: object) -> Any:
        if not isinstance(value, list):
            raise _UnfitError("a list is needed", value, "put it in square brackets")
        parts: list[Any] = []
        errors: list[Exception] = []
        for index, part in enumerate(value):
            try:
                parts.append(structure(part, inner))
            except Exception as error:  # noqa: BLE001 - whatever a part raises is told with its place
                error.add_note(IterableValidationNote(f"at {index}", index, inner))
                errors.append(error)
                if len(errors) > MOST_FAULTS:
                    break
        if errors:
            raise IterableValidationError(f"parts of {kind}", errors, kind)  # pyright: ignore[reportCallIssue] - cattrs adds an argument to that of Python
        return tuple(parts)

    return checked


def _literal(value: object, kind: Any) -> Any:
    if not isinstance(value, str) or value not in get_args(kind):
        raise _UnfitError(f"one of {', '.join(map(repr, get_args(kind)))} is needed", value, "write one of them")
    return value


def _enum(value: object, kind: type[Enum]) -> Any:
    return named(kind, value, kind.__name__.lower())


def _is(origin: object) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


def _is_optional(kind: Any) -> bool:
    return type(None) in get_args(kind)


@lru_cache(maxsize=1)
def _converter() -> Converter:
    converter = Converter(detailed_validation=True)
    converter.register_structure_hook_factory(attrs.has, _table_hook)
    converter.register_structure_hook_factory(_is(tuple), _list_hook)
    converter.register_structure_hook_factory(_is_optional, _optional_hook)
    converter.register_structure_hook_func(_is(Literal), _literal)
    for plain in (str, int, bool):
        converter.register_structure_hook(plain, _exactly(plain))
    # One by one: they are texts as well, for which cattrs would take the hook of texts.
    for names in (Act, Kind, Rank, SpeaksOf, Status):
        converter.register_structure_hook(names, _enum)
    converter.register_structure_hook(ImpreciseDate, _imprecise)
    converter.register_structure_hook(dt.date, _day)
    converter.register_structure_hook(Period, _period)
    converter.register_structure_hook_func(lambda kind: kind == frozenset[Status], _statuses)
    return converter


def _faults(error: BaseException, place: str, value: object) -> Iterator[Fault]:
    """Every fault in what cattrs raised, with the place and the value that it concerns."""
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from _faults(inner, *_part(inner, error.cl, place, value))
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [_key(error.cl, field.name) for field in attrs.fields(error.cl) if field.init]
        for key in sorted(error.extra_fields, key=str):
            yield Fault(f"{place}.{shown(key)}", "unknown key", key, nearest(key, known))
    elif isinstance(error, KeyError):
        yield Fault(place, f"{place.rsplit('.', 1)[-1]!r} is missing", None, "add it")
    elif isinstance(error, _UnfitError):
        yield Fault(place, error.problem, error.value, error.remedy)
    elif isinstance(error, DateError):
        remedy = did_you_mean(error.meant) or "write a day or a range"
        yield Fault(place, f"unreadable date: {error.reason}", error.value, remedy)
    elif isinstance(error, UnknownNameError):
        remedy = did_you_mean(error.meant) or f"known are {', '.join(error.known)}"
        yield Fault(place, f"unknown {error.kind}", error.value, remedy)
    else:
        yield Fault(place, str(error), value)


def _part(error: BaseException, kind: type[Any], place: str, value: object) -> tuple[str, object]:
    """The part of a value that an error concerns and its place, by the notes of cattrs; the whole if there are none."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, IterableValidationNote):
            return f"{place}[{note.index}]", _at(value, note.index)
        if isinstance(note, AttributeValidationNote):
            key = _key(kind, note.name)
            return f"{place}.{key}", _at(value, key)
    return place, value


def _key(kind: type[Any], name: str) -> str:
    return _KEYS.get(kind, {}).get(name, name)


def _at(value: object, key: str | int) -> object:
    try:
        return value[key]  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return None
