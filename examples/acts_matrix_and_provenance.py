"""For lawyers and for archives: the acts of the CIS in one table a state, and its evidence as W3C PROV."""

from pathlib import Path
from tempfile import TemporaryDirectory

import csto_membership as csto
from csto_membership.readers import read_acts, read_prov
from csto_membership.writers import matrix_rows, write_acts, write_prov

cis = csto.history("cis")

# Who signed, ratified, gave notice and left, by the best evidence; rival days stand side by side.
for row in matrix_rows(cis):
    if row["state"] in ("GEO", "UKR", "UZB"):
        print(row["name"])
        for column in ("signature", "ratification", "force", "notice", "withdrawal", "other"):
            if row[column]:
                print(f"  {column}: {row[column]}")

with TemporaryDirectory() as directory:
    # Each claim in a row, with source, locator and rank; read back it gives the same claims.
    write_acts(cis, f"{directory}/acts.csv")
    print(*Path(directory, "acts.csv").read_text(encoding="utf-8").splitlines()[:2], sep="\n")
    again = read_acts(f"{directory}/acts.csv", covers=cis.coverage, sources=cis.record.sources).history("cis")
    print(again.timeline("Georgia") == cis.timeline("Georgia"))

    # The whole record, its view, and which claims each spell rests on: JSON-LD that needs no network.
    write_prov(cis, f"{directory}/cis.jsonld")
    provenance = read_prov(f"{directory}/cis.jsonld")
    print(provenance, provenance.record("cis") == cis.record)
    for derived in provenance.spells:
        if derived.state.id == "GEO":
            print(derived.spell, *(str(cited) for cited in derived.claims[:2]), sep="\n    ")
