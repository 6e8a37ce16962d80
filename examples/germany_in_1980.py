"""A name that has meant different states: Germany in a table that uses the numbers of the Correlates of War project."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from csto_membership import Coverage
from csto_membership.readers import read_spells

ROWS = """organisation,state,status,first_day,last_day
nato,cow:220,member,1949-08-24,
nato,cow:260,member,1955-05-06,1990-10-02
nato,cow:255,member,1990-10-03,
"""

with TemporaryDirectory() as folder:
    path = Path(folder, "nato.csv")
    path.write_text(ROWS, encoding="utf-8")
    nato = read_spells(path, covers=Coverage(date(1949, 8, 24), date(2016, 12, 31), states="listed")).history("nato")

# The project lists the German Federal Republic (260) from 1955 to 1990, and Germany (255) before and after.
for name in ("Germany", "West Germany", "cow:260"):
    print(
        f"{name}: {nato.was_member(name, '1980-12-31')} on 1980-12-31, {nato.was_member(name, '2000-01-01')} on 2000-01-01"
    )
print(nato.status("Germany", "1980-12-31"))

# Lists name each state once, and speak only of those that the table lists.
print(nato.members_on("1980-12-31"))
print("Spain:", nato.was_member("Spain", "2000-01-01"))
