"""
Writers: what a history or a registry says, for other programs and for people.

- Spells, changes and acts as tidy rows, and a status matrix with a row for each state: CSV or JSON.
- Spells and changes as a Frictionless data package.
- The evidence and what is derived from it as W3C PROV in JSON-LD (the extra "prov").

All files are UTF-8, and each is written whole or not at all. JSON has every text as it is.

A spreadsheet takes a cell that begins with =, +, -, @, a tab or a carriage return for a formula. In CSV such a cell
gets an apostrophe before it (one more if it has one), and the readers take that off again.

`read_spells` reads the spells of all states back into a history that gives the same answers, `read_acts` the acts into
one with the same claims, and `read_prov` a PROV document into the same record, view and derivations.
"""

from csto_membership.writers._acts import act_rows, write_acts
from csto_membership.writers._matrix import matrix_rows, write_matrix
from csto_membership.writers._package import write_package
from csto_membership.writers._prov import write_prov
from csto_membership.writers._tables import change_rows, spell_rows, write_changes, write_spells

__all__ = [
    "act_rows",
    "change_rows",
    "matrix_rows",
    "spell_rows",
    "write_acts",
    "write_changes",
    "write_matrix",
    "write_package",
    "write_prov",
    "write_spells",
]
