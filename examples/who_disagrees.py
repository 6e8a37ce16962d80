"""Uzbekistan's exit of 2012, from note to decision: who says what, on which days it matters, and how to cite it."""

import json

import csto_membership as csto
from csto_membership.citations import csl

exit_of_2012 = next(conflict for conflict in csto.CSTO.conflicts() if conflict.id == "C3")
print(exit_of_2012)

# Law and declaration part for half a year.
for difference in csto.CSTO.compare(csto.CSTO.under("legal")):
    if difference.state.id == "UZB":
        print(difference)

# A data set held against the record: a member in every year since 2002, it says.
for conflict in csto.CSTO.conflicts():
    if conflict.id == "C10":
        print(*conflict.matters, sep="\n")

print(json.dumps(csl(csto.status("Uzbekistan", "2012-06-28"))[0], indent=2))
