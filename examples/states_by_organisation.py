"""Who was what in which organisation, as a table of states on one day, and the path of one of them: [DAY] [STATE]."""

import sys

import csto_membership as csto

day, state = [*sys.argv[1:], *["2007-01-01", "Uzbekistan"][len(sys.argv) - 1 :]]
states = ("AM", "AZ", "BY", "GE", "KZ", "KG", "MD", "RU", "TJ", "TM", "UA", "UZ")
signs = {
    "none": ".", "signatory": "s", "associate": "A", "partner": "P", "observer": "O",
    "member": "M", "suspended": "S", "frozen": "F", "former": "x",
}  # fmt: skip

registry = csto.Registry.bundled()
heads = {id: registry.history(id).institutions[-1].abbreviation or id for id in registry.organisations}
print(f"{day:<13}", *heads.values())
for code in states:
    found = {id: registry.status(id, code, day) for id in heads}
    # What the evidence leaves open shows as each of the statuses that are possible.
    cells = {id: "/".join(signs[status] for status in csto.in_order(finding.statuses)) for id, finding in found.items()}
    name = next(iter(found.values())).state.name
    print(" ".join([f"{name:<13}", *(f"{cell:<{len(heads[id])}}" for id, cell in cells.items())]).rstrip())
print(", ".join(f"{sign} {status}" for status, sign in signs.items()))

print(f"\n{state}, day by day on which something changed")
path = []
for id, head in heads.items():
    spells = list(registry.history(id).timeline(state)) if state in registry.history(id).states else []
    path += [(spell.first_day, head, " or ".join(csto.in_order(spell.statuses))) for spell in spells[1:]]
for first_day, organisation, status in sorted(path):
    print(f"{first_day}  {organisation:<12}{status}")
