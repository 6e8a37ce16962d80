"""The command `page`: one HTML file to explore a record, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from csto_membership._values.wording import counted
from csto_membership.cli._output import ANSWERED, put, put_json
from csto_membership.cli._views import add_view, histories_in, history_of
from csto_membership.exceptions import ArgumentError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from argparse import _SubParsersAction as Commands


def add_page(commands: Commands[ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("page", help="write a page to explore: one HTML file that needs nothing else")
    parser.add_argument("output", metavar="OUT", help="the file; an old one is replaced")
    parser.add_argument(
        "--records",
        metavar="FILE|ID",
        nargs="+",
        help="several records, with a choice between them; of a table all of its organisations",
    )
    parser.add_argument(
        "--known",
        metavar="DATE",
        default="years",
        help="the days up to which sources are used, to choose from: several with commas, none, or years (default), "
        "the ends of those in which an answer changes",
    )
    parser.add_argument("--json", action="store_true", help="what was written as JSON, for programs")
    add_view(parser.add_argument_group("how the record is seen"), stored=True)
    parser.set_defaults(run=_page)


def _page(args: Namespace) -> int:
    """Write the page, and say how large it is."""
    from pathlib import Path

    from csto_membership import page
    from csto_membership.registry import Registry

    if args.records and args.record is not None:
        raise ArgumentError("record", args.record, "--records names all records; give one of the two options")
    asked = Registry.of(*histories_in(args, args.records)) if args.records else history_of(args)
    page.write(asked, args.output, known=_known(args.known))
    size = Path(args.output).stat().st_size
    organisations = asked.organisations if isinstance(asked, Registry) else (asked.record.id,)
    if args.json:
        return put_json({"file": args.output, "bytes": size, "organisations": list(organisations)})
    put(f"{args.output}: {counted(len(organisations), 'organisation')}, {size} bytes")
    return ANSWERED


def _known(text: str) -> Literal["years"] | list[str]:
    if text == "years":
        return "years"
    return [] if text == "none" else [day for day in text.split(",") if day]
