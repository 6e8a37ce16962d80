"""Many organisations at once: bundled records and a table of one's own, asked together, prepared, and written."""

from pathlib import Path
from tempfile import TemporaryDirectory

import csto_membership as csto
from csto_membership.readers import read_spells
from csto_membership.registry import Registry
from csto_membership.writers import write_package

OWN_TABLE = """\
organisation,state,status,first_day,last_day
nato,Turkey,member,1952-02-18,
nato,Estonia,member,2004-03-29,
"""

with TemporaryDirectory() as directory:
    place = Path(directory)
    (place / "own.csv").write_text(OWN_TABLE, encoding="utf-8")

    registry = Registry.of(csto.CSTO, csto.history("cis"), csto.history("guam"), read_spells(place / "own.csv"))
    print(registry.memberships_of("Uzbekistan", "2003-01-01"))
    print(*registry.both_members("Georgia", "Uzbekistan"), sep="\n")
    print(registry.check("cis", ["Georgia", "Ukraine", "Moldova"], "2010-01-01"))

    # What loads fast, and holds answers only, may come from anyone.
    registry.prepare(place / "prepared.jsonl")
    print(Registry.from_prepared(place / "prepared.jsonl").members_on("csto", "2007-01-01"))

    # For other programs: CSV with a description, checked by `frictionless validate`.
    write_package(registry, place / "package")
    print(*sorted(file.name for file in (place / "package").iterdir()))
