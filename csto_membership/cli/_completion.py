"""Completion in shells, by the library shtab (extra `cli`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csto_membership import _load
from csto_membership._values.acts import Status
from csto_membership.cli._views import forms
from csto_membership.exceptions import MissingExtraError, UnknownNameError

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser
    from collections.abc import Iterator


def completion(parser: ArgumentParser, shell: str) -> str:
    """
    The script that makes a shell complete the commands of the parser.

    Raises `MissingExtraError` where shtab is not installed, and `UnknownNameError` for a shell that it does not know.
    """
    try:
        import shtab
    except ImportError:
        raise MissingExtraError("shtab", "cli") from None
    if shell not in shtab.SUPPORTED_SHELLS:
        raise UnknownNameError("shell", shell, shtab.SUPPORTED_SHELLS)
    values = _values()
    for argument in _arguments(parser):
        name = (argument.option_strings or [argument.dest])[-1].removeprefix("--").removeprefix("other-")
        if argument.metavar in ("FILE", "OUT"):
            vars(argument)["complete"] = shtab.FILE
        elif name in values and not argument.choices:
            # No more is parsed here: what a choice may be is said to the shell alone.
            argument.choices = values[name]
    return shtab.complete(parser, shell)


def _values() -> dict[str, list[str]]:
    """What options may be, where there is a short list of it."""
    return {
        "record": list(_load.organisations()),
        "form": ["record", *forms().split(", ")],
        "reading": ["declared", "legal", "participating"],
        "resolve": ["preferred", "every", "majority", "precedence:"],
        "counting": [status.value for status in Status],
        "freq": ["year", "month", "day"],
        "rule": ["last", "first", "any", "all"],
        "only": ["all", "contradictions", "both_speak"],
    }


def _arguments(parser: ArgumentParser) -> Iterator[Action]:
    """The arguments of all commands."""
    for argument in parser._actions:  # noqa: SLF001 - argparse lists them nowhere else
        if isinstance(argument.choices, dict):
            for command in argument.choices.values():
                yield from _arguments(command)
        else:
            yield argument
