"""The options that say how a record is seen, and the history that they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csto_membership import _load
from csto_membership._values.acts import Status
from csto_membership.exceptions import ArgumentError, RecordError, UnknownNameError

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser, Namespace, _ArgumentGroup
    from collections.abc import Callable, Iterable

    from csto_membership._evidence.resolution import Resolution
    from csto_membership._history import History
    from csto_membership.readers import Table


#: So many organisations of a table are named where one must be chosen.
_MOST_NAMED = 20
#: How an option names the policy that believes sources one after the other.
_PRECEDENCE = "precedence:SOURCE,SOURCE..."


def add_view(options: ArgumentParser | _ArgumentGroup, prefix: str = "", *, stored: bool = False) -> list[str]:
    """
    Add the options of a view, with a prefix such as "other-" those of a second one; the names of their values.

    Where answers are `stored`, nothing can be supposed.
    """
    names = [f"{prefix}strict"]

    def add(name: str, metavar: str, help: str, find: Callable[[], str] | None = None, **more: Any) -> None:
        names.append(f"{prefix}{name}")
        action = options.add_argument(f"--{prefix}{name}", metavar=metavar, **more)
        tell(action, f"as --{name}" if prefix else help, find)

    add("record", "FILE|ID", f"a file, or one of: {', '.join(_load.organisations())}; a file may be a table")
    add("form", "FORM", "what the file is: record, %(told)s; by default as its header tells", forms)
    add("organisation", "ID", "which organisation of a table; not needed for the only one, or one of the same id")
    add("reading", "NAME", "declared (default), legal or participating")
    add("resolve", "POLICY", f"preferred (default), every, majority, or {_PRECEDENCE}")
    add(
        "according-to",
        "SOURCE",
        "use only this source; repeatable, or several with commas. The command sources lists their ids",
        action="append",
    )
    add("published-by", "DATE", "use only what was published by this day")
    add("institution", "ID", "from the first day of this institution on. Those of %(told)s", _institutions)
    statuses = f"count this status as membership: {', '.join(Status)}; repeatable, or several with commas"
    add("counting", "STATUS", statuses, action="append")
    if stored:
        options.set_defaults(supposing=None)
    else:
        add(
            "supposing",
            "EVENT=DATE[:ACT]",
            "as if this event had been on this date, or also this act; repeatable. The command status names events",
            action="append",
        )
    add("without", "ID", "without this event or source; repeatable, or several with commas", action="append")
    options.add_argument(
        f"--{prefix}strict",
        action="store_true",
        help="as --strict" if prefix else "undetermined after the coverage: no status is assumed to continue",
    )
    return [name.replace("-", "_") for name in names]


def tell(action: Action, help: str, find: Callable[[], str] | None) -> None:
    """Give an option its help, which may name as `%(told)s` what has to be looked up: only where it is shown."""
    # Not as the option is made: since Python 3.14 that writes its help once, to see whether it can be.
    vars(action)["told"] = _Told(find) if find else None
    action.help = help


class _Told:
    """A text that is looked up where it is shown."""

    def __init__(self, find: Callable[[], str]) -> None:
        self._find = find

    def __str__(self) -> str:
        return self._find()


def forms() -> str:
    """The names of the kinds of tables."""
    from csto_membership.readers._forms import forms_of_files

    return ", ".join(forms_of_files())


def _institutions() -> str:
    """The institutions of each bundled record that has several."""
    lines = ((id, _load.history(id).record.institutions) for id in _load.organisations())
    return "; ".join(f"{id}: {', '.join(one.id for one in line)}" for id, line in lines if len(line) > 1)


def history_of(args: Namespace, prefix: str = "") -> History:
    """The history of the record, under the view that the options with that prefix give."""
    organisation = getattr(args, f"{prefix}organisation")
    if getattr(args, f"{prefix}record") is not None:
        return _seen(_found(args, prefix, organisation), args, prefix)
    _refuse_form(args, prefix)
    # The other record is the same unless another is named.
    return _seen(_found(args, "", args.organisation if organisation is None else organisation), args, prefix)


def _refuse_form(args: Namespace, prefix: str = "") -> None:
    """Raise `ArgumentError` where options say what a file is, and name none."""
    if (form := getattr(args, f"{prefix}form")) is not None:
        reason = f"it says what the file of {_option(prefix, 'record')} is, and none is named"
        raise ArgumentError(_option(prefix, "form"), form, reason)


def _option(prefix: str, name: str) -> str:
    """An option as people write it, one of a second view with its prefix."""
    return f"--{prefix}{name}".replace("_", "-")


def _seen(history: History, args: Namespace, prefix: str = "") -> History:
    """A history under the view that the options with that prefix give."""

    def option(name: str) -> Any:
        return getattr(args, f"{prefix}{name}")

    if (reading := option("reading")) is not None:
        history = history.under(reading)
    if (policy := option("resolve")) is not None:
        history = history.resolved(_policy(policy, _option(prefix, "resolve")))
    if (sources := option("according_to")) is not None:
        history = history.according_to(*_names(sources))
    if (day := option("published_by")) is not None:
        history = history.as_published_by(day)
    if (institution := option("institution")) is not None:
        history = history.institution(institution)
    if (statuses := option("counting")) is not None:
        history = history.counting(*_names(statuses))
    for supposed in option("supposing") or []:
        history = history.supposing(*_supposition(supposed, _option(prefix, "supposing")))
    if (parts := option("without")) is not None:
        history = history.without(*_names(parts))
    return history.strict() if option("strict") else history


def _policy(text: str, option: str) -> Resolution:
    """The policy that an option names."""
    from csto_membership._evidence.resolution import as_resolution, precedence

    name, _, sources = text.partition(":")
    if name == "precedence":
        try:
            return precedence(*_names([sources]))
        except ArgumentError as error:
            raise ArgumentError(option, text, error.reason.replace("()", ""), [_PRECEDENCE]) from None
    try:
        return as_resolution(text)
    except UnknownNameError as error:
        known = [name if name.isalpha() else _PRECEDENCE for name in error.known]
        raise UnknownNameError(error.kind, text, known) from None


def histories_of(args: Namespace) -> list[History]:
    """The histories of the record that the options name; where they name none, of all bundled ones, in the same view."""
    if args.record is None:
        _refuse_form(args)
        return histories_in(args, _load.organisations())
    return histories_in(args, [args.record])


def histories_in(args: Namespace, records: Iterable[str]) -> list[History]:
    """The histories of several records, in the same view; of a table those of all organisations, or of the named one."""
    histories: list[History] = []
    for record in records:
        table = _table_of(record, args.form, args.organisation)
        if table is None:
            histories.append(_recorded(record, args.form))
        else:
            named = table.organisations if args.organisation is None else [args.organisation]
            histories += map(table.history, named)
    return [_seen(history, args) for history in histories]


def _found(args: Namespace, prefix: str, organisation: str | None) -> History:
    """The history of a bundled record, of the record in a file, or of an organisation in a table."""
    given: str | None = getattr(args, f"{prefix}record")
    record = "csto" if given is None else given
    form = getattr(args, f"{prefix}form")
    table = _table_of(record, form, organisation, prefix)
    if table is None:
        return _recorded(record, form, prefix)
    if organisation is None:
        wanted = _found(args, "", args.organisation).record.id if prefix else None
        organisation = only_organisation(table, wanted, prefix)
    return table.history(organisation)


def _table_of(record: str, form: str | None, organisation: str | None, prefix: str = "") -> Table | None:
    """The table in a file, as its header or `form` tells; None for a record, bundled or in a file."""
    if form is None and record in _load.organisations():
        return None
    from pathlib import Path

    path = Path(record)
    if form is None and not path.suffix and path.name == record and not path.exists():
        raise UnknownNameError("record", record, _load.organisations())
    form = form or kind_of(record)
    return None if form == "record" else table_in(record, form, organisation, prefix)


def kind_of(file: str) -> str:
    """The kind of table that a file is by its header, "record" for none."""
    from csto_membership.readers._forms import form_in

    return "record" if _ends_as_record(file) else form_in(file) or "record"


def _ends_as_record(file: str) -> bool:
    return file.lower().endswith((".toml", ".json"))


def _recorded(record: str, form: str | None, prefix: str = "") -> History:
    """The history of a bundled record, or of the record in a file."""
    bundled = form is None and record in _load.organisations()
    return _load.history(record) if bundled else loaded(record, form, prefix)


def loaded(file: str, form: str | None, prefix: str = "") -> History:
    """The history of the record in a file. Of a file that is none, but begins like a table, `RecordError` says that."""
    try:
        return _load.load(file)
    except RecordError:
        from csto_membership.readers._forms import unknown_header

        fault = None if form == "record" or _ends_as_record(file) else unknown_header(file, _option(prefix, "form"))
        if fault is None:
            raise
        raise RecordError([fault]) from None


def table_in(path: str, form: str, organisation: str | None = None, prefix: str = "", **options: object) -> Table:
    """The table in a file of that kind; a reader that takes an organisation gets the one that is named."""
    from csto_membership.readers._forms import form_of_file

    kind = form_of_file(form)
    if organisation is not None and "organisation" in kind.options:
        options["organisation"] = organisation
    try:
        table: Table = kind.reads(path, options)
    except ArgumentError as error:
        raise ArgumentError(_option(prefix, error.argument), error.value, error.reason, error.allowed) from None
    return table


def only_organisation(table: Table, wanted: str | None = None, prefix: str = "") -> str:
    """The one that is wanted if the table has it, or else its only one. Raises `ArgumentError` where it has several."""
    ids = table.organisations
    if wanted is not None and wanted in ids:
        return wanted
    if len(ids) != 1:
        reason = "the table has several: name one" if ids else "the table has none"
        named = [*ids[:_MOST_NAMED], *(["..."] if len(ids) > _MOST_NAMED else [])]
        raise ArgumentError(_option(prefix, "organisation"), None, reason, named)
    return ids[0]


def _supposition(text: str, option: str) -> tuple[str, str | None, str | None]:
    """The event, the date and the act that are supposed; None for what is not said."""
    event, mark, rest = text.partition("=")
    date, _, act = rest.partition(":")
    if not mark or not (date or act):
        raise ArgumentError(option, text, "it says what an event is supposed to have been", ["EVENT=DATE[:ACT]"])
    return event, date or None, act or None


def _names(values: list[str]) -> list[str]:
    """The names in the values of an option, each of which may be several with commas."""
    return [name for value in values for name in value.split(",") if name]
