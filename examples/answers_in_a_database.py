"""Answers in a database: the spells as a table, and who was a member on a day, asked in SQL for rows of one's own."""

import sqlite3
import tempfile
from pathlib import Path

import csto_membership as csto
from csto_membership.frames import annotate_file
from csto_membership.sql import script

# Treaties of one's own, in a database that knows nothing of who was a member when.
database = sqlite3.connect(":memory:")
database.execute("CREATE TABLE treaties (title text, party text, signed text)")
treaties = [
    ("before the return", "UZB", "2006-06-22"),
    ("on its day", "UZB", "2006-06-23"),
    ("a year later", "UZB", "2007-06-23"),
    ("a friend", "FRA", "2007-06-23"),
]
database.executemany("INSERT INTO treaties VALUES (?, ?, ?)", treaties)

# The same script for PostgreSQL (with an exclusion constraint) and DuckDB: script(history, "postgresql").
database.executescript(script(csto.CSTO, "sqlite"))
database.executescript(script(csto.CSTO.under("legal"), "sqlite", name="law"))

# One join answers, and null is undetermined: in law the sources leave open since when Uzbekistan was back.
question = """
    SELECT t.title, told.member, law.member, law.statuses FROM treaties AS t
    JOIN membership_on AS told ON told.state = t.party AND t.signed BETWEEN told.first_day AND told.last_day
    JOIN law_on AS law ON law.state = t.party AND t.signed BETWEEN law.first_day AND law.last_day
"""
for title, told, law, statuses in database.execute(question):
    print(f"{title:18} {told} {law} {statuses}")
print(*database.execute("SELECT organisation, edition, view FROM law_record").fetchone())
database.close()

# A table that is a file needs no database, however long it is: csto-membership annotate IN OUT does the same.
with tempfile.TemporaryDirectory() as folder:
    table, annotated = Path(folder, "treaties.csv"), Path(folder, "annotated.csv")
    table.write_text("title,party,signed\n" + "".join(f"{','.join(row)}\n" for row in treaties), encoding="utf-8")
    print(annotate_file(table, annotated, state="party", date="signed"))
    print(annotated.read_text(encoding="utf-8"), end="")
