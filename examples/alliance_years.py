"""Alliance years of the Collective Security Treaty: panel, dyads, a data set to compare with, and a count left open."""

import csto_membership as csto

charter = csto.CSTO.institution("csto")

# One row a state and year. The Correlates of War coded Uzbekistan as a full member from 2002 to 2011.
coded = {(state, year) for state in ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK") for year in range(2002, 2015)}
coded |= {("UZB", year) for year in range(2002, 2012)}
rows = list(charter.panel("year", rule="last", first="2002-01-01", last="2014-12-31"))
differing = [row for row in rows if row.member is not ((row.state, row.year) in coded)]
print(f"{len(rows)} state years of 2002-2014, {len(differing)} coded otherwise:")
print("  " + ", ".join(f"{row.state} {row.year}" for row in differing))

# One row a pair and year: how many pairs were allied on the last day of the year?
for year in ("1993", "1998", "1999", "2006", "2012"):
    pairs = csto.CSTO.dyads("year", rule="last", first=f"{year}-01-01", last=f"{year}-12-31")
    print(f"{year}: {sum(pair.member is True for pair in pairs)} allied pairs")

# And the two states of one pair, from day to day.
print("Armenia and Uzbekistan:", "; ".join(str(run) for run in csto.CSTO.both_members("Armenia", "Uzbekistan")))

# In law the return of 2006 took force on some day between the protocol and the last ratification: the days stay open.
for view in (csto.CSTO, csto.CSTO.under("legal")):
    least, most = view.days_as_member("Uzbekistan", "2006-01-01", "2006-12-31")
    print(f"Uzbekistan's days of 2006, {view.reading.name}: {least} to {most}, {view.was_member('UZ', '2006-12-31')}")
