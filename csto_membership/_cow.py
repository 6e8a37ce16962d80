"""
Correlates of War: its states by number, and its tables of intergovernmental organisations (IGO, version 3).

Naming a state takes no position on anyone's legal standing. The numbers, the short names (the columns of the table
of organisations and years) and the names are those of the project; a state that `states.toml` knows is that one.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from csto_membership._acts import Status
from csto_membership._dates import ImpreciseDate
from csto_membership._files import bundled_states
from csto_membership._record import Coverage
from csto_membership._states import State, StateIndex, folded
from csto_membership._tables import ANY_STATUS, Sheet, Table, Turn, unguarded
from csto_membership.exceptions import Fault, RecordError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from os import PathLike

    from csto_membership._evidence import Source

_NONE = frozenset({Status.NONE})
#: What a cell holds, and what it leaves possible: what is missing is never taken for "no".
CODES = {
    **dict.fromkeys(("0", "-1"), _NONE),
    "1": frozenset({Status.MEMBER}),
    "2": frozenset({Status.ASSOCIATE}),
    "3": frozenset({Status.OBSERVER}),
    **dict.fromkeys(("-9", "", ".", "NA"), ANY_STATUS),
}
#: Columns of the organisation-year table that are no states.
_ABOUT = frozenset(
    {
        *("ioname", "orgname", "year", "sdate", "deaddate", "dead", "integrated", "replaced", "longorgname", "ionum"),
        *("igocode", "version", "accuracyofpre1965membershipdates", "sourcesandnotes", "imputed"),
        *("political", "social", "economic"),
    }
)
_ACCURACY, _IMPUTED = "accuracyofpre1965membershipdates", "imputed"

_STATES = """
usa 2 United States of America; canada 20 Canada; bahamas 31 Bahamas; cuba 40 Cuba; haiti 41 Haiti
domrepublic 42 Dominican Republic; jamaica 51 Jamaica; trinidad 52 Trinidad and Tobago; barbados 53 Barbados
dominica 54 Dominica; grenada 55 Grenada; stlucia 56 St. Lucia; stvincent 57 St. Vincent and the Grenadines
antiguabarbuda 58 Antigua & Barbuda; stkitts 60 St. Kitts and Nevis; mexico 70 Mexico; belize 80 Belize
guatemala 90 Guatemala; honduras 91 Honduras; elsalvador 92 El Salvador; nicaragua 93 Nicaragua
costarica 94 Costa Rica; panama 95 Panama; colombia 100 Colombia; venezuela 101 Venezuela; guyana 110 Guyana
suriname 115 Suriname; ecuador 130 Ecuador; peru 135 Peru; brazil 140 Brazil; bolivia 145 Bolivia
paraguay 150 Paraguay; chile 155 Chile; argentina 160 Argentina; uruguay 165 Uruguay; uk 200 United Kingdom
ireland 205 Ireland; netherlands 210 Netherlands; belgium 211 Belgium; luxembourg 212 Luxembourg; france 220 France
monaco 221 Monaco; liechtenstein 223 Liechtenstein; switzerland 225 Switzerland; spain 230 Spain; andorra 232 Andorra
portugal 235 Portugal; hanover 240 Hanover; bavariaelect 245 Bavaria; germany 255 Germany
wgermany 260 German Federal Republic; egermany 265 German Democratic Republic; baden 267 Baden; saxony 269 Saxony
wurtenburg 271 Wuerttemburg; hesseelect 273 Hesse Electoral; hessegrand 275 Hesse Grand Ducal
mecklenburg 280 Mecklenburg Schwerin; poland 290 Poland; austriahungary 300 Austria-Hungary; austria 305 Austria
hungary 310 Hungary; czechoslovakia 315 Czechoslovakia; czechrep 316 Czech Republic; slovakia 317 Slovakia
italy 325 Italy; papalstates 327 Papal States; twosicilies 329 Two Sicilies; sanmarino 331 San Marino
modena 332 Modena; parma 335 Parma; tuscany 337 Tuscany; malta 338 Malta; albania 339 Albania
montenegro 341 Montenegro; fyromacedonia 343 Macedonia; croatia 344 Croatia; yugoslaviaserb 345 Yugoslavia
bosnia 346 Bosnia and Herzegovina; kosovo 347 Kosovo; slovenia 349 Slovenia; greece 350 Greece; cyprus 352 Cyprus
bulgaria 355 Bulgaria; moldova 359 Moldova; romania 360 Romania; russia 365 Russia; estonia 366 Estonia
latvia 367 Latvia; lithuania 368 Lithuania; ukraine 369 Ukraine; belarus 370 Belarus; armenia 371 Armenia
georgia 372 Georgia; azerbaijan 373 Azerbaijan; finland 375 Finland; sweden 380 Sweden; norway 385 Norway
denmark 390 Denmark; iceland 395 Iceland; capeverde 402 Cape Verde; saotome 403 Sao Tome and Principe
guineabissau 404 Guinea-Bissau; eqguinea 411 Equatorial Guinea; gambia 420 Gambia; mali 432 Mali; senegal 433 Senegal
benin 434 Benin; mauritania 435 Mauritania; niger 436 Niger; ivorycoast 437 Ivory Coast; guinea 438 Guinea
burkinafaso 439 Burkina Faso; liberia 450 Liberia; sierraleone 451 Sierra Leone; ghana 452 Ghana; togo 461 Togo
cameroon 471 Cameroon; nigeria 475 Nigeria; gabon 481 Gabon; car 482 Central African Republic; chad 483 Chad
congobrazz 484 Congo; zaire 490 Democratic Republic of the Congo; uganda 500 Uganda; kenya 501 Kenya
tanzania 510 Tanzania; zanzibar 511 Zanzibar; burundi 516 Burundi; rwanda 517 Rwanda; somalia 520 Somalia
djibouti 522 Djibouti; ethiopia 530 Ethiopia; eritrea 531 Eritrea; angola 540 Angola; mozambique 541 Mozambique
zambia 551 Zambia; zimbabwe 552 Zimbabwe; malawi 553 Malawi; soafrica 560 South Africa; namibia 565 Namibia
lesotho 570 Lesotho; botswana 571 Botswana; swaziland 572 Swaziland; madagascar 580 Madagascar; comoros 581 Comoros
mauritius 590 Mauritius; seychelles 591 Seychelles; morocco 600 Morocco; algeria 615 Algeria; tunisia 616 Tunisia
libya 620 Libya; sudan 625 Sudan; sosudan 626 South Sudan; iran 630 Iran; turkey 640 Turkey; iraq 645 Iraq
egypt 651 Egypt; syria 652 Syria; lebanon 660 Lebanon; jordan 663 Jordan; israel 666 Israel
saudiarabia 670 Saudi Arabia; nyemen 678 Yemen Arab Republic; yemen 679 Yemen; syemen 680 Yemen People's Republic
kuwait 690 Kuwait; bahrain 692 Bahrain; qatar 694 Qatar; uae 696 United Arab Emirates; oman 698 Oman
afghanistan 700 Afghanistan; turkmenistan 701 Turkmenistan; tajikistan 702 Tajikistan; kyrgyzstan 703 Kyrgyzstan
uzbekistan 704 Uzbekistan; kazakhstan 705 Kazakhstan; china 710 China; mongolia 712 Mongolia; taiwan 713 Taiwan
korea 730 Korea; nokorea 731 North Korea; sokorea 732 South Korea; japan 740 Japan; india 750 India
bhutan 760 Bhutan; pakistan 770 Pakistan; bangladesh 771 Bangladesh; myanmar 775 Myanmar; srilanka 780 Sri Lanka
maldives 781 Maldives; nepal 790 Nepal; thailand 800 Thailand; cambodia 811 Cambodia; laos 812 Laos
vietnam 816 Vietnam; svietnam 817 Republic of Vietnam; malaysia 820 Malaysia; singapore 830 Singapore
brunei 835 Brunei; philippines 840 Philippines; indonesia 850 Indonesia; etimor 860 East Timor
australia 900 Australia; papuanewguinea 910 Papua New Guinea; newzealand 920 New Zealand; vanuatu 935 Vanuatu
solomonis 940 Solomon Islands; kiribati 946 Kiribati; tuvalu 947 Tuvalu; fiji 950 Fiji; tonga 955 Tonga
nauru 970 Nauru; marshallis 983 Marshall Islands; palau 986 Palau; micronesiafs 987 Federated States of Micronesia
wsamoa 990 Samoa
"""


@lru_cache(maxsize=1)
def states_by_number() -> dict[int, State]:
    """Every state of the project by its number: that of `states.toml`, or one of its own with the id "cow:N"."""
    bundled = {state.cow: state for state in bundled_states().values() if state.cow is not None}
    taken = {folded(alias) for state in bundled_states().values() for alias in state.aliases}
    found = {}
    for short, number, name in _entries():
        names = (short,) if folded(short) not in (folded(name), *taken) else ()
        found[number] = State(f"cow:{number}", _apart(name, number, taken), cow=number, names=names)
    return {**found, **bundled}


def _entries() -> list[tuple[str, int, str]]:
    entries = (entry.split(" ", 2) for entry in _STATES.strip().replace("\n", "; ").split("; "))
    return [(short, int(number), name) for short, number, name in entries]


def _apart(name: str, number: int, taken: Collection[str]) -> str:
    """The name, with its number where another state has the same: no two states may be found by one name."""
    return f"{name} (cow:{number})" if folded(name) in taken else name


@lru_cache(maxsize=1)
def numbers_by_short_name() -> dict[str, int]:
    """The number of each state by its short name, as the tables spell it."""
    return {short: number for short, number, _ in _entries()}


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(folded(alias) for state in states_by_number().values() for alias in state.aliases)


def state_of(number: int, name: str = "") -> State:
    """The state of that number; one that neither table knows keeps its number and the name that the data give."""
    known = states_by_number().get(number)
    return known or State(f"cow:{number}", _apart(name or f"cow:{number}", number, _names()), cow=number)


def identity_of(state: State) -> str:
    """
    The id under which a state is the same across records.

    That is its id in `states.toml`; for a state that is not there the one that has its COW number, or "cow:N"; for a
    state without a number its own id.
    """
    if state.id in bundled_states():
        return state.id
    number = state.cow
    if number is None and state.id.startswith("cow:") and state.id[4:].isdecimal():
        number = int(state.id[4:])
    return state_of(number).id if number is not None else state.id


def known_states(more: Iterable[State]) -> StateIndex:
    """
    The states by which tables are read: `more` of the caller's own, those of `states.toml`, and those of the project.

    Raises `RecordError` where a name of the caller's state belongs to a state of `states.toml`.
    """
    own = tuple(more)
    held = {folded(alias): state.id for state in bundled_states().values() for alias in state.aliases}
    faults = [
        Fault(f"state {state.id!r}", "the name belongs to another state", alias, f"that state is {held[folded(alias)]}")
        for state in own
        for alias in state.aliases
        if held.get(folded(alias), state.id) != state.id
    ]
    if faults:
        raise RecordError(faults)
    taken = {folded(alias) for state in own for alias in state.aliases}
    others = [state for state in states_by_number().values() if not taken & {folded(alias) for alias in state.aliases}]
    return StateIndex([*own, *others])


class Grid:
    """
    What rows of one subject and year say of many others: for each pair only its present status is held, and its turns.

    A change from one year to the next fell on an unknown day of the later year. Before the first year and in years
    without a row anything may have been. On the last day of a year the status is the one of its row.
    """

    __slots__ = ("_columns", "_rows", "_sheet", "turns", "years")

    def __init__(self, columns: Sequence[str], sheet: Sheet) -> None:
        self._columns, self._sheet = columns, sheet
        #: For each subject its last year, line, cells and remark.
        self._rows: dict[str, tuple[int, int, Sequence[str], str]] = {}
        #: For each subject its first and last year.
        self.years: dict[str, tuple[int, int]] = {}
        #: For each subject and column, by number, the turns.
        self.turns: dict[str, dict[int, list[Turn]]] = {}

    def add(self, subject: str, year: int, cells: Sequence[str], line: int, remark: str) -> None:
        """Take in the row of one subject and year."""
        before = self._rows.get(subject)
        if before and year <= before[0]:
            problem = f"the years of {subject} go on from {before[0]} (line {before[1]})"
            self._sheet.fault(line, "year", problem, year, "sort the rows by year, one row a year")
            return
        wanted: Sequence[int] = range(len(self._columns))
        follows = before is not None and before[0] == year - 1
        if follows and before and before[3] == remark:
            old = before[2]
            wanted = () if cells == old else [n for n in wanted if cells[n] != old[n]]
        unreadable = [number for number in wanted if _code(cells[number]) is None]
        for number in unreadable:
            remedy = "the codes are 0, 1, 2, 3, -1 and -9"
            self._sheet.fault(line, self._columns[number], "there is no such code", cells[number], remedy)
        if unreadable:
            return
        for number in wanted:
            self._turn(subject, number, year, cells[number], line, remark, before if not follows else None)
        self._rows[subject] = (year, line, cells, remark)
        self.years[subject] = (self.years.get(subject, (year, year))[0], year)

    def _turn(
        self,
        subject: str,
        number: int,
        year: int,
        cell: str,
        line: int,
        remark: str,
        gap: tuple[int, int, Sequence[str], str] | None,
    ) -> None:
        turns = self.turns.setdefault(subject, {}).setdefault(number, [])
        statuses = _code(cell) or ANY_STATUS
        if not turns:
            turns.append(Turn(ImpreciseDate(None, dt.date(year - 1, 12, 31)), ANY_STATUS, line))
        elif gap is not None and turns[-1].statuses != ANY_STATUS:
            missing = ImpreciseDate(dt.date(gap[0] + 1, 1, 1), dt.date(year - 1, 12, 31))
            turns.append(Turn(missing, ANY_STATUS, line, note="no row for these years"))
        if statuses != turns[-1].statuses or (remark != turns[-1].note and statuses != ANY_STATUS):
            turns.append(Turn(_some_day_of(year), statuses, line, bool(remark), remark))

    def close(self, last: int) -> None:
        """Say of the subjects whose rows ended before the last year of the table that nothing is known of them since."""
        for subject, (year, line, _, _) in self._rows.items():
            for turns in self.turns[subject].values() if year < last else ():
                if turns[-1].statuses != ANY_STATUS:
                    turns.append(
                        Turn(ImpreciseDate(dt.date(year + 1, 1, 1), None), ANY_STATUS, line, note="no later row")
                    )


def _code(cell: str) -> frozenset[Status] | None:
    found = CODES.get(cell)
    # Some programs write whole numbers with a fraction, and texts with spaces.
    return found if found is not None else CODES.get(cell.strip().removesuffix(".0"))


@lru_cache(maxsize=1024)
def _some_day_of(year: int) -> ImpreciseDate:
    return ImpreciseDate.parse(f"{year:04}")


def _covered(first: int, last: int) -> Coverage:
    return Coverage(dt.date(first, 1, 1), dt.date(last, 12, 31), "unknown", "unknown")


def whole_number(sheet: Sheet, line: int, column: str, cell: str, least: int, most: int) -> int | None:
    """A whole number within bounds, None with a fault for anything else."""
    text = cell.strip().removesuffix(".0")
    if text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most:
        return int(text)
    sheet.fault(line, column, f"a whole number from {least} to {most} is needed", cell, "correct the cell")
    return None


def _year(sheet: Sheet, line: int, cell: str) -> int | None:
    # Not the first and last years of the calendar: the day before and after a year must exist.
    return whole_number(sheet, line, "year", cell, 2, 9998)


def state_year(path: str | PathLike[str], source: Source, bad_rows: str, encoding: str, prefix: str) -> Table:
    """The table with a row for a state and year, and a column for each organisation."""
    sheet = Sheet(path, bad_rows, encoding)
    grid: Grid | None = None
    names: dict[str, State] = {}
    columns: list[int] = []
    at: dict[str, int] = {}
    for line, row in sheet.rows(("ccode", "year", "state")):
        if grid is None:
            columns = [n for n, name in enumerate(sheet.columns) if name not in ("ccode", "year", "state")]
            grid = Grid([prefix + sheet.columns[n] for n in columns], sheet)
            at = {name: sheet.columns.index(name) for name in ("ccode", "year", "state")}
        number = whole_number(sheet, line, "ccode", row[at["ccode"]], 1, 9999)
        year = _year(sheet, line, row[at["year"]])
        if number is not None and year is not None:
            state = state_of(number, row[at["state"]].strip())
            names.setdefault(state.id, state)
            grid.add(state.id, year, [row[n] for n in columns], line, "")
    faults = sheet.finish()
    if grid is None or not grid.years:
        return Table(source, (), {}, {}, faults=faults)
    first, last = min(years[0] for years in grid.years.values()), max(years[1] for years in grid.years.values())
    grid.close(last)
    organisations = [prefix + sheet.columns[n] for n in columns]
    turns = {
        name: {state: found[number] for state, found in grid.turns.items()} for number, name in enumerate(organisations)
    }
    states = tuple(state for state in names.values() if state.id in grid.years)
    return Table(source, states, turns, dict.fromkeys(turns, _covered(first, last)), faults=faults)


def igo_year(path: str | PathLike[str], source: Source, bad_rows: str, encoding: str, prefix: str) -> Table:
    """The table with a row for an organisation and year, and a column for each state."""
    sheet = Sheet(path, bad_rows, encoding)
    grid: Grid | None = None
    titles: dict[str, str] = {}
    columns: dict[int, State] = {}
    at: dict[str, int] = {}
    for line, row in sheet.rows(("ioname", "year")):
        if grid is None:
            at = {name: number for number, name in enumerate(sheet.columns)}
            columns = _state_columns(sheet)
            grid = Grid([sheet.columns[number] for number in columns], sheet)
        name = prefix + unguarded(row[at["ioname"]].strip()).lower()
        if name == prefix:
            sheet.fault(line, "ioname", "the organisation is missing", None, "write its short name")
        elif (year := _year(sheet, line, row[at["year"]])) is not None:
            grid.add(name, year, [row[number] for number in columns], line, _remark(row, at, year))
            # The latest name: an organisation keeps its short name when its long one changes.
            titles[name] = row[at["orgname"]].strip() if "orgname" in at else ""
    faults = sheet.finish()
    if grid is None:
        return Table(source, (), {}, {}, faults=faults)
    ids = [state.id for state in columns.values()]
    turns = {name: {ids[n]: told for n, told in found.items()} for name, found in grid.turns.items()}
    coverage = {name: _covered(*grid.years[name]) for name in turns}
    return Table(source, tuple(columns.values()), turns, coverage, titles, faults)


def _state_columns(sheet: Sheet) -> dict[int, State]:
    """The columns that are states; one that is neither a state nor known to be something else is a fault."""
    numbers, found = numbers_by_short_name(), {}
    for position, name in enumerate(sheet.columns):
        if name in numbers:
            found[position] = state_of(numbers[name])
        elif name not in _ABOUT:
            sheet.fault(1, name, "no state has this short name", name, "rename or remove the column")
    return found


def _remark(row: list[str], at: dict[str, int], year: int) -> str:
    """What makes the cells of a row less certain, in words."""
    told = []
    if _IMPUTED in at and row[at[_IMPUTED]].strip().removesuffix(".0") not in ("", "0", ".", "NA"):
        told.append("imputed")
    accuracy = row[at[_ACCURACY]].strip() if _ACCURACY in at else ""
    if year < 1965 and accuracy.casefold() not in ("", ".", "na", "completely accurate"):
        told.append(f"accuracy of dates before 1965: {accuracy}")
    return "; ".join(told)
