"""Four days on which the news changed the answer: the record as it could be read by then, and what was disputed."""

import csto_membership as csto

for day in ("2006-07-01", "2012-09-01", "2013-01-01", "2024-03-01"):
    then = csto.CSTO.as_published_by(day)
    print(f"published by {day}: {' '.join(then.members_on(day).certain.codes)}")

# A week before the Council decided, the note was known, and in law Uzbekistan was still a member.
then = csto.CSTO.as_published_by("2012-12-12")
for reading in ("declared", "legal"):
    print(reading, then.under(reading).was_member("Uzbekistan", "2012-12-12"))

# An answer for a later day says that it looks ahead of what was published.
print(*then.status("Uzbekistan", "2013-06-01").caveats, sep="\n")
