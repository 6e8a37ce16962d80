"""Acts as tidy rows: two days circulate for Georgia's signature, and the rows keep both, as the bundled record does."""

import csto_membership as csto
from csto_membership.readers import read_acts

# What sources say of Georgia, as rows: a database would have them in this form.
rows = [
    {
        "organisation": "cst",
        "state": "Georgia",
        "event": event.id,
        "act": claim.act,
        "date": claim.date,
        "source": claim.source,
        "locator": claim.locator,
        "rank": claim.rank,
        "inferred": claim.inferred,
    }
    for event in csto.CSTO.record.events
    for claim in event.claims_of("GEO")
    if claim.date
]
table = read_acts(rows, as_of=csto.CSTO.coverage.last, sources=csto.CSTO.record.sources)
georgia = table.history("cst")
signature = georgia.record.events[0]
print(signature.id, *(f"  {claim.date} {claim.rank}: {claim.source}" for claim in signature.claims), sep="\n")

# The days between the two hang on whom one believes; the answers are those of the record.
for day in ("1993-09-08", "1993-09-09", "1993-12-08", "1993-12-09"):
    views = georgia, csto.CSTO, georgia.resolved("every"), csto.CSTO.resolved("every")
    print(day, *(view.was_member("Georgia", day) for view in views))

# Two depositaries with two days of one act are rivals as well; a state that left and came back did it twice.
more = [
    ("accession", "1998-04-03", "London"),
    ("accession", "1998-04-10", "Moscow"),
    ("withdrawal", "2005-01-01", "London"),
    ("accession", "2010-06-01", "London"),
]
ban = read_acts(
    [{"organisation": "ban", "state": "UZ", "act": act, "date": date, "depositary": of} for act, date, of in more]
).history("ban")
print(ban.timeline("UZ"))
