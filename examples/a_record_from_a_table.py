"""The command line makes a record of a table of acts, which a curator then goes on with; every command takes the table."""

from pathlib import Path
from tempfile import TemporaryDirectory

from csto_membership.cli import main

# The Treaty of 1992 as a database of treaties might have it, with two days for Georgia's signature.
TABLE = """\
treaty,iso3,act,date,source
cst,UZB,signature,1992-05-15,journal
cst,UZB,expiry,1999-04-20,journal
cst,GEO,signature,1993-12-09,journal
cst,GEO,signature,1993-09-09,handbook
cst,GEO,expiry,1999-04-20,journal
"""

with TemporaryDirectory() as directory:
    table, record = Path(directory, "cst.csv"), Path(directory, "cst.toml")
    table.write_text(TABLE, encoding="utf-8")
    columns = ["--column", "organisation=treaty", "--column", "state=iso3"]

    # csto-membership read acts cst.csv --column organisation=treaty --column state=iso3
    assert main(["read", "acts", str(table), *columns, "--output", str(record), "--json"]) == 0
    print(record.read_text(encoding="utf-8"))

    for command in (["timeline", "Georgia"], ["conflicts"], ["members", "1993-10-01"]):
        assert main([*command, "--record", str(record)]) == 0
    assert main(["validate", str(record)]) == 0
