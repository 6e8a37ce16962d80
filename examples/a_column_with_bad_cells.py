"""A table from a spreadsheet: states and days as people write them, and three cells that are no state and no day."""

import datetime as dt

import csto_membership as csto

states = ["UZ", "Uzbekistan", "Узбекистан", "Uzbekstan", "RUS", "RUS"]
midnight = dt.datetime.combine(dt.date(2006, 6, 23), dt.time())
days: list[dt.date | str | None] = ["1999-04-20", "21 April 1999", midnight, "2007-01-01", None, "04/05/1994"]

# Whoever wants no gaps is told the first row that cannot be read, and how many values more there are.
try:
    csto.check(states, days)
except csto.MembershipError as error:
    print(error)

# Whoever wants the rest has it: each wrong value is told once, with what was probably meant.
answers = csto.check(states, days, errors="null")
print(answers)
for fault in answers.faults:
    print(fault)

# A state, or a day, stands for all rows; columns of numpy, pandas, polars and pyarrow are taken as they are.
print(csto.check(csto.CSTO.states, "2013-01-01"))
