"""Wikidata on Uzbekistan and the CSTO: two memberships, a rival start, and what an export leaves open."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from csto_membership.readers import read_wikidata

GREGORIAN = "http://www.wikidata.org/entity/Q1985727"


def day(text: str) -> list[dict[str, object]]:
    """One exact day, as the value of a qualifier."""
    value = {"time": f"+{text}T00:00:00Z", "precision": 11, "calendarmodel": GREGORIAN}
    return [{"snaktype": "value", "datavalue": {"type": "time", "value": value}}]


def member_of_csto(rank: str, **qualifiers: list[dict[str, object]]) -> dict[str, object]:
    """A statement of membership in the CSTO (Q318693)."""
    organisation = {"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"id": "Q318693"}}}
    return {"mainsnak": organisation, "rank": rank, "qualifiers": qualifiers}


# Written by hand in the form of the entity endpoint, with start time (P580) and end time (P582).
entities = {
    "Q265": {
        "id": "Q265",
        "modified": "2024-03-01T00:00:00Z",
        "claims": {
            "P298": [{"mainsnak": {"snaktype": "value", "datavalue": {"type": "string", "value": "UZB"}}}],
            "P463": [
                member_of_csto("normal", P580=day("1992-05-15"), P582=day("1999-04-20")),
                member_of_csto("normal", P580=day("2006-08-16"), P582=day("2012-06-28")),
                member_of_csto("preferred", P580=day("2006-06-23"), P582=day("2012-06-28")),
            ],
        },
    },
    "Q184": {
        "id": "Q184",
        "labels": {"en": {"language": "en", "value": "Belarus"}},
        "claims": {"P463": [member_of_csto("normal", P580=day("1993-12-31"))]},
    },
}

with TemporaryDirectory() as directory:
    path = Path(directory, "Q265-Q184.json")
    path.write_text(json.dumps({"entities": entities}), encoding="utf-8")
    wikidata = read_wikidata(path, {"Q318693": "csto"}).history("csto")

print(wikidata.timeline("Uzbekistan"))

# No property says whether an end is the last day in, so that one day is open; and who has no end may have left.
print(wikidata.status("Belarus", "2020-01-01"))

# The preferred statement gives the day of the return; with every claim the summer of 2006 is open.
for view in (wikidata, wikidata.resolved("every")):
    print("2006-07-01:", view.was_member("Uzbekistan", "2006-07-01"))
