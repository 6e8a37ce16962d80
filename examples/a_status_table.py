"""A depositary's status table: who is a party by declaration and in law, on both sides of each day. The rows are invented."""

from pathlib import Path
from tempfile import TemporaryDirectory

from csto_membership import History, RecordError
from csto_membership.readers import read_status_table

TABLE = """Participant,Signature,"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d), Definitive signature(s)"
Benin,3 May 1992,4 Jun 1996
Togo 1,3 May 1992,
Niger,10 May 1992,17 Jul 1997 A
Chad,,9 Mar 2003 s
Palau,,9 Feb 2003 a
Czech Republic,,22 Feb 1993 d
Gabon,12 May 1992,28 Jun 2002 AA
[Burundi] 2,3 May 1992,21 Sep 1999
Canada,[ 2 Jun 1992 ],[19 Nov 1999 ]
Iran (Islamic Republic of),,"1 Sep
2004 a, 3"
European Union,3 May 1992,28 Jun 2012 AA
Nepal,,
1. See the declaration of 3 May 1992.
"""


def around(history: History, state: str, *days: str) -> str:
    """The answers on some days, by declaration and in law."""
    declared, legal = history.under("declared"), history.under("legal")
    return ", ".join(f"{day}: {declared.was_member(state, day)} / {legal.was_member(state, day)}" for day in days)


with TemporaryDirectory() as folder:
    path = Path(folder, "status.csv")
    path.write_text(TABLE, encoding="utf-8")
    # Ninety days after its deposit the treaty binds a state, but not before 1996; a note of ours tells of Burundi.
    table = read_status_table(path, "treaty", "1996-01-01", "P90D", "2015-12-31", footnotes={"2": "2014-10-27"})
    path.write_text(TABLE.replace("9 Feb 2003 a", "9 Feb 2003 x").replace("4 Jun 1996", "1833"), encoding="utf-8")
    try:
        read_status_table(path, "treaty")
    except RecordError as error:
        print(*(f"{fault.place}: {fault.problem} (found {fault.value!r})" for fault in error.faults), sep="\n")

print(*table.ignored, sep="\n")
treaty = table.history("treaty")
print("declared / legal")
print("Benin   ", around(treaty, "Benin", "1992-05-02", "1992-05-03", "1996-09-01", "1996-09-02"))
print("Togo    ", around(treaty, "Togo", "1992-05-02", "1992-05-03", "2015-12-31"))
print("Palau   ", around(treaty, "Palau", "2003-02-08", "2003-02-09", "2003-05-09", "2003-05-10"))
print("Chad    ", around(treaty, "Chad", "2003-03-08", "2003-03-09", "2003-06-06", "2003-06-07"))
print("Burundi ", around(treaty, "Burundi", "2014-10-26", "2014-10-27"))
print("Canada  ", around(treaty, "Canada", "1999-11-19", "2010-01-01", "2015-12-31"))

# Nobody tells since when a successor was bound: the law alone looks back, as far as the state and the treaty go.
rows = [{"Participant": "Czech Republic", "Accession(a), Succession(d)": "22 Feb 1993 d"}]
for in_force in (None, "1993-02-01"):
    successor = read_status_table(rows, "treaty", in_force).history("treaty")
    print("Czechia ", around(successor, "Czechia", "1992-12-31", "1993-01-01", "1993-02-01", "1993-02-22"))

# The table's own day ends what it vouches for.
print(treaty.status("Palau", "2016-01-01").caveats[0])
