"""A question settled in one file: was Uzbekistan a member of the alliance in 2007, and who says so? It can be sent."""

from pathlib import Path

from csto_membership import CSTO, page

# By declaration it was, in law the evidence leaves it open: two views of one record, which disagree on 2007.
for seen in (CSTO, CSTO.under("legal")):
    print(seen.members_on("2007-06-01"))

# The page has both, and every other day, with the claims and sources of each answer. Of what was known it is to offer
# the days after its return, after its own note of 2012, and after the decision that followed.
path = Path("csto.html")
page.write(CSTO, path, known=["2006-12-31", "2012-06-30", "2012-12-31"])
print(f"{path}: {path.stat().st_size // 1000} kB, to be sent as it is")

# Whoever has the file is led by its address to the same day, the same reading and the same explanation.
print(f"{path}#day=2007-06-01&reading=legal&state=UZB")
