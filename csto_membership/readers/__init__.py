"""
Readers for the tables that researchers and lawyers have: spells, acts, depositaries' status tables, the organisations of
Correlates of War, ATOP, Wikidata; and PROV documents that `writers` wrote.

Each streams a file and gives a `Table`, which `Registry.from_tables` and `Table.record` take further; `read_prov` gives
a `Provenance`. All take a dataframe or rows in place of a file, but for `read_wikidata` and `read_prov`: JSON has none.

- What is missing or outside the data is unknown, and never "no". A table vouches for the states that it lists, and for
  no others unless it is said to be complete.
- The order of rows means nothing. Rows that say the same are one, and rows that meet are put together by one rule.
- Bad rows are reported all at once, with their lines: `bad_rows="raise"` raises `RecordError`, `bad_rows="skip"` leaves
  them out and keeps them in `Table.faults`.
- `columns` maps our names of columns to those that a table has; `Table.from_frame` tells the kind of a frame, or of
  rows, by its columns.
- A long read shows a progress bar in a terminal, if tqdm is installed (the extra "progress").
"""

# A reader is one module that turns rows into spells, turns of status or claims; bad rows, separators, encodings and
# progress are `_sheet`'s, dataframes `_frame`'s, what rows on one state amount to is `_stays`' or `_deeds`', records are
# `_table`'s, and `_forms` tells kinds of tables apart.

from csto_membership.readers._acts import ACTS, read_acts
from csto_membership.readers._atop import ATOP, read_atop
from csto_membership.readers._cow import COW_IGO, read_cow_igo_year, read_cow_state_year
from csto_membership.readers._prov import DerivedSpell, Provenance, provenance_of, read_prov
from csto_membership.readers._spells import SPELLS, read_spells
from csto_membership.readers._status_table import DEPOSITARY, read_status_table
from csto_membership.readers._table import Table
from csto_membership.readers._wikidata.reading import read_wikidata

__all__ = [
    "ACTS",
    "ATOP",
    "COW_IGO",
    "DEPOSITARY",
    "SPELLS",
    "DerivedSpell",
    "Provenance",
    "Table",
    "provenance_of",
    "read_acts",
    "read_atop",
    "read_cow_igo_year",
    "read_cow_state_year",
    "read_prov",
    "read_spells",
    "read_status_table",
    "read_wikidata",
]
