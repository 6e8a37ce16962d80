"""A table in a dataframe: read under the names that its columns have, asked, and read back from rows of our own."""

import pandas as pd
import polars as pl

import csto_membership as csto
from csto_membership.readers import Table, read_spells
from csto_membership.writers import act_rows, spell_rows

# A frame of one's own, with columns of other names and real days. GUAM, and who left it.
frame = pd.DataFrame(
    {
        "club": ["guam", "guam", "guam"],
        "iso3": ["GEO", "UZB", "MDA"],
        "status": ["member", "member", "member"],
        "since": pd.to_datetime(["1997-10-10", "1999-04-24", "1997-10-10"]),
        "until": pd.to_datetime([None, "2005-05-05", None]),
    }
)
columns = {"organisation": "club", "state": "iso3", "first_day": "since", "last_day": "until"}
guam = read_spells(frame, last_day="out", columns=columns).history("guam")
print(guam.timeline("Uzbekistan"))

# The columns tell which reader a frame is for; rows without any library do as well.
acts = pl.DataFrame(list(act_rows(csto.history("cis"))), infer_schema_length=None)
for table in (Table.from_frame(acts), Table.from_frame(list(spell_rows(csto.CSTO)))):
    print(table, *table.organisations)
print(Table.from_frame(acts).history("cis").was_member("Georgia", "2009-08-18"))

# A fault has the row that it is in, counted from 0.
try:
    read_spells(frame.assign(iso3=["GEO", "UZB", "Moldavie"]), columns=columns)
except csto.RecordError as error:
    print(error)
