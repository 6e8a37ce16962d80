"""A table of days and states: who was in the alliance then? As a pandas frame, and as a query that DuckDB runs."""

import duckdb
import pandas as pd

import csto_membership as csto
from csto_membership.frames import annotate, panel_frame, report

# What the alliance signed, and states that had to do with it at some time, written as people write them.
signed = pd.DataFrame(
    [(instrument.id, str(instrument.signed)) for instrument in csto.CSTO.instruments], columns=["text", "signed"]
)
states = pd.DataFrame({"state": ["the Republic of Uzbekistan", "GEO", "Казахстан", "Belarus*"]})
rows = signed.merge(states, how="cross")
allied = annotate(rows, state="state", date="signed", report=print)
print(allied.pivot_table(index="text", columns="state", values="status", aggfunc="first", sort=False).to_string())

# In law Uzbekistan's return of 2006 took effect on an unknown day until 2008-03-28: null is "undetermined", not "no".
days = pd.DataFrame({"state": "UZB", "day": pd.to_datetime(["2006-06-22", "2007-01-01", "2010-06-10"])})
legal = annotate(days, "state", "day", history=csto.CSTO.under("legal"), columns=("member", "why"))
print(legal.to_string(index=False))

# The same on an engine that has its rows elsewhere: a plan, which is run when somebody asks for its rows.
query = """
    SELECT state, CAST(day AS DATE) AS day
    FROM generate_series(DATE '1990-01-01', DATE '2025-12-31', INTERVAL 1 DAY) AS days(day),
         unnest(['ARM', 'UZB', 'GEO', 'Atlantis']) AS states(state)
"""
print(report(annotate(duckdb.sql(query), "state", "day")))

# And a panel for a regression, with real types.
panel = panel_frame(csto.CSTO, "year", "last", first="2004", last="2013", states=["UZB", "KAZ"])
print(panel.pivot_table(index="state", columns="year", values="member", aggfunc="first").astype(int).to_string())
