"""A first file for a new record: it loads as it stands, and teaches the form by a made-up treaty of two states."""

from __future__ import annotations

import re

from csto_membership.exceptions import Fault, RecordError

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)

_STARTER = """\
#:schema ./record.schema.json
# A record of who was a member when, and how we know. Everything below is made up: replace it.
#
# An editor that knows TOML completes the keys after `csto-membership schema > record.schema.json` beside this file.
# Look for faults with:  csto-membership validate FILE
#
# Write a date as the source gives it: "1999", "1999-04", "1999-04-20", "1999?" (uncertain), or a range of days,
# "[1999-02..1999-04]", "[..1999-04]" (not after), "[1999-04..]" (not before).
# Ids are lower-case words joined by "-"; those of states are alpha-3 codes in capitals.

[organisation]
id = "@ID@"
name = "An example of a treaty"
edition = "1"
# The days for which the record vouches. Before them: "none" (there was no relation) or "unknown".
# After them: "carry" (the last status is held on to) or "unknown".
covers = { first = "2001-03-01", last = "2010-12-31", before = "none", after = "carry" }


# --- What one is a member of: the treaty, or an organisation --------------------------------------------------------

[[institution]]
id = "@ID@"
names = [{ name = "An example of a treaty", from = "2001-03-01" }]
exists = { declared = "2001-03-01", legal = "2002-01-15" }   # from its signature; in law from its entry into force


# --- States: an id alone is enough for one that the library knows ---------------------------------------------------

[[state]]
id = "ARM"

[[state]]
id = "KAZ"

# Any other is defined here:
# [[state]]
# id = "FJI"
# alpha2 = "FJ"
# alpha3 = "FJI"
# cow = 950                      # its code in the Correlates of War project
# name = "Fiji"
# names = ["Republic of Fiji"]   # every other name by which it shall be found
# lifespans = [{ first = "1970-10-10", citation = "Correlates of War, State System Membership List, v2016" }]
# dated_names and predecessors likewise, each with a citation: they tell apart states of one name or number


# --- Sources: a claim without one is refused ------------------------------------------------------------------------

[[source]]
id = "treaty-text"
kind = "primary"                 # or "dataset", "press", "tertiary"
title = "Text of the treaty (made up)"
publisher = "The depositary"
published = "2001-03-01"         # of the work, not of a copy; leave it out if it is not known
consulted = "2011-01-05"         # the day on which you read it
url = "https://example.org/treaty"
# copies = ["another-source"]    # what it copies from: a copy is no second witness


# --- Instruments: the texts. A term that runs out moves nobody; only an event does ----------------------------------

[[instrument]]
id = "treaty-2001"
kind = "treaty"                  # or "protocol", "charter", "agreement", "decision", "memorandum", "resolution"
title = "Treaty (made up)"
signed = "2001-03-01"
in_force = "2002-01-15"
term = "P5Y"                     # five years; `renewal = "P5Y"` if it goes on by itself
sources = ["treaty-text"]


# --- Events: what happened, once, with every claim about it ---------------------------------------------------------
# The events of one state stand in their order in time. Acts: signature, accession, succession, admission, ratification,
# provisional_application, end_of_provisional_application, entry_into_force, prolongation, expiry, notice_of_suspension,
# suspension, suspension_from_organs, return, notice_of_withdrawal, revocation, withdrawal, exclusion, lapse, extinction,
# freeze, associate_status, observer_status, status, denial. An expiry and an extinction (of the state) are dated on the
# last day of what they end.

[[event]]
id = "signature"
states = ["ARM", "KAZ"]
instrument = "treaty-2001"
claims = [
  { source = "treaty-text", act = "signature", date = "2001-03-01", locator = "last page" },
  # If sources disagree keep both: the better evidence with rank = "preferred", and what is thought wrong with
  # its rank = "deprecated" and the reason as its note.
  # { source = "a-paper", act = "signature", date = "2001-03-02", rank = "deprecated", note = "day of printing" },
]

[[event]]
id = "entry-into-force"
states = ["ARM", "KAZ"]
instrument = "treaty-2001"
claims = [
  # What the source implies without saying it in words has inferred = true.
  { source = "treaty-text", act = "entry_into_force", date = "2002-01-15", locator = "article 5", inferred = true },
]

# [[event]]
# id = "kaz-withdrawal"
# states = ["KAZ"]
# claims = [{ source = "a-paper", act = "withdrawal", date = "2009" }]


# --- Attestations: what a source says that states *were*, not what they did. They move nothing ----------------------

[[attestation]]
source = "treaty-text"
states = ["ARM", "KAZ"]
status = "member"                # or a list: one of these
on = "2002-01-15"                # or a period: during = "2003", and speaks_of = "every_day", "some_day", "last_day"
complete = true                  # it lists all of them
locator = "annex"


# --- Steps: announcements and domestic approvals. Background, without effect ----------------------------------------

[[step]]
states = ["KAZ"]
date = "2001-11"
source = "treaty-text"
note = "Its parliament approved the treaty."
"""


def starter(id: str) -> str:
    """
    The text of a commented TOML file for a new record of that id; it loads as it stands.

    The id is lower-case words joined by "-"; `RecordError` for any other, with what was probably meant.
    """
    if not isinstance(id, str) or not _ID.fullmatch(id):
        meant = "-".join(re.findall(r"[a-z0-9]+", str(id).lower())) or "my-treaty"
        problem = 'an id is lower-case words (a to z, 0 to 9) joined by "-"'
        raise RecordError([Fault("organisation.id", problem, id, f'write it as "{meant}"')])
    return _STARTER.replace("@ID@", id)
