"""On which judgement an answer hangs: the alliance years of Uzbekistan, and what would follow from other evidence."""

from csto_membership import CSTO

# A year counts as one of the alliance by its first day, its last, any day or every day: a table of years hides which.
for rule in ("any", "all"):
    print(CSTO.robustness("panel", rule=rule, first="1999", last="2012", states="UZB", sources=False))

# How long it was a member in 2012 hangs on which act suspended it: its own note, or the decision of the Council.
print(CSTO.robustness("days_as_member", state="UZB", first="2012", last="2012", sources=False))

# Each judgement can be tried by itself.
decided = CSTO.supposing("uzb-notice", "2012-12-19", act="suspension")
print(decided.status("UZB", "2012-10-01"))
print(CSTO.without("uzb-notice"), CSTO.without("uzb-notice").days_as_member("UZB", "2012", "2012"))

# The rows of all views, for a table of one's own; no source alone carries an answer of these.
found = CSTO.robustness("members_on", date="1993-12-01")
print(sum(1 for _ in found.rows()), "rows;", len(found.single_sources), "answers rest on one source alone")
