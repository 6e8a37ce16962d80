"""What the help of each command says: what it does, and examples, which the tests run."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Text is filled to this width where the terminal is wider.
_WIDTH = 78


class Words(NamedTuple):
    """What a command does, and two or more examples of it."""

    does: str
    examples: tuple[str, ...]


WORDS: Mapping[str, Words] = {
    "members": Words(
        "Lists who was a member on a day. A state of which the evidence does not say is undetermined, and stands among "
        "the others; of an imprecise date, one unknown day of it is meant.",
        ("members 2007-01-01", "members 2006 --record cis --reading legal"),
    ),
    "status": Words(
        "Says what a state was on a day, and why: the claims that this rests on, those against it, and what would "
        "change the answer.",
        ("status Uzbekistan 2012-10-01", "status UZ 2009-03-01 --check --quiet && echo member"),
    ),
    "timeline": Words(
        "Lists the runs of days on which the status of a state does not change.",
        ("timeline Georgia", "timeline UZ --reading legal --csv"),
    ),
    "changes": Words(
        "Lists who joined, left, was suspended or returned in a period, both ends included.",
        ("changes 1999 2012", "changes 1994-04 1994-04 --reading legal"),
    ),
    "size": Words(
        "Says how many members there were on a day, or on every run of days: the fewest and the most that the evidence "
        "allows.",
        ("size 2006-06-23", "size --csv"),
    ),
    "panel": Words(
        "Makes a row for each state and year, month or day: its status, whether it was a member, on how many days.",
        ("panel --first 2005 --last 2006", "panel --freq month --rule any --states UZ Georgia --csv"),
    ),
    "dyads": Words(
        "Makes a row for each pair of states and year, month or day: whether both were members, on how many days. "
        "Pairs stand in the order of their numbers of the Correlates of War project.",
        ("dyads --first 2005 --last 2006", "dyads --states UZ RU KZ --directed --csv"),
    ),
    "conflicts": Words(
        "Shows where sources disagree: who says what, which claim is preferred, and on which days it changes an answer.",
        ("conflicts C1", "conflicts --reading legal --csv"),
    ),
    "compare": Words(
        "Lists the days on which another view, or another record, gives another answer.",
        ("compare --other-reading legal", "compare --record csto --other-record cis --only contradictions"),
    ),
    "robustness": Words(
        "Asks the same question under other readings and resolutions, with each claim of a disputed event in turn and "
        "without each single source, and shows which answers hang on such a judgement.",
        ("robustness 2007-01-01", "robustness --first 1999 --last 2000 --states UZ --no-sources --csv"),
    ),
    "sources": Words(
        "Lists the sources that the view uses; with --stale instead the records whose evidence ends before a day.",
        ("sources --csl", "sources --stale 2025-01-01"),
    ),
    "export": Words(
        "Writes what is known to a file; with --sql the script that puts it in a database.",
        ("export spells spells.csv", "export record csto.json", "export --sql sqlite csto.sql"),
    ),
    "validate": Words(
        "Prints every fault of records or tables with its place, and remarks on what is odd without being wrong. "
        "Exits with 1 if there are faults.",
        ("validate my-treaty.toml", "validate spells.csv --form spells"),
    ),
    "read": Words(
        "Makes a record of one organisation in a table, for a curator to go on with. An old file is never replaced.",
        ("read spells spells.csv", "read spells spells.csv -o club.json"),
    ),
    "schema": Words(
        "Prints the JSON Schema of a record, by which editors complete and check.",
        ("schema", "schema > record.schema.json"),
    ),
    "annotate": Words(
        "Writes a table to another file, with a column more for each answer: whether the state of a row was a member on "
        "its date, and as what. Rows stream by, so that a table may have any length. How many were told what is said on "
        "standard error.",
        (
            "annotate spells.csv members.csv --date first_day --errors null --columns member",
            "annotate spells.csv law.csv --date last_day --errors null --rename status=in_law --reading legal",
        ),
    ),
    "page": Words(
        "Writes one HTML file to explore: who was a member on any day, from change to change, what other readings move, and "
        "the sources of every answer. It needs nothing else, and can be sent to anybody.",
        (
            "page union.html --record union-state",
            "page economy.html --records eurasec eaeu --known none --reading legal",
        ),
    ),
    "new": Words(
        "Writes a starter file for a new record, with every part explained. An old file is never replaced.",
        ("new my-treaty", "new my-treaty --output -"),
    ),
}


def described(command: str) -> str | None:
    """What a command does, in lines, and its examples, one a line; None for what is no command."""
    words = WORDS.get(command)
    if words is None:
        return None
    lines = (f"  csto-membership {line}" for line in words.examples)
    return "\n".join([_filled(words.does), "", "examples:", *lines])


def _filled(text: str) -> str:
    from shutil import get_terminal_size

    return fill(text, max(min(_WIDTH, get_terminal_size().columns - 2), 11))
