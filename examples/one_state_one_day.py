"""Uzbekistan and the Collective Security Treaty: one question on four days, and why each answer holds."""

import csto_membership as csto

for day in ("1999-04-20", "1999-04-21", "2006-06-23", "2012-06-28"):
    print(f"{day}: {csto.was_member('Uzbekistan', day)}")

# The same year asked as one unknown day: the answer hangs on which day is meant.
finding = csto.status("Uzbekistan", "2006")
print(finding)

# What the founding document of 2017 alone lets one say: it gives no day for the return of 2006.
print(csto.CSTO.according_to("asia-plus-2017").timeline("Uzbekistan"))

# In law a note suspends nobody: the Council decided in December.
legal = csto.CSTO.under("legal")
print(legal.was_member("Uzbekistan", "2012-12-18"), legal.was_member("Uzbekistan", "2012-12-19"))
