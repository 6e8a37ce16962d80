"""A record in a file: written, spoilt and refused with every fault, corrected, and asked what one event decides."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import csto_membership as csto

with TemporaryDirectory() as directory:
    path = Path(directory) / "cis.json"
    csto.dump(csto.history("cis"), path)
    document = json.loads(path.read_text(encoding="utf-8"))
    events = {event["id"]: event for event in document["event"]}

    # A slip of the pen, and a source that nobody listed: both are told, each with its place.
    claim = events["geo-withdrawal"]["claims"][0]
    good = dict(claim)
    claim.update(date="2009-08-81", source="a-newspaper")
    path.write_text(json.dumps(document), encoding="utf-8")
    try:
        csto.load(path)
    except csto.RecordError as error:
        for fault in error.faults:
            print(fault.place, fault.problem, fault.remedy, sep="\n  ")

    # What would follow if nothing were known of Georgia's withdrawal?
    claim.update(good)
    document["event"].remove(events["geo-withdrawal"])
    path.write_text(json.dumps(document), encoding="utf-8")
    without = csto.load(path)
    for difference in csto.history("cis").compare(without):
        print(difference)

# The library knows states by more than a name: when they existed, as one list counts it, and what was before them.
georgia = csto.status("Georgia", "1995-01-01").state
print(georgia.name, *(f"from {life.first} ({life.citation})" for life in georgia.lifespans))
print("before it", *(before.name for before in georgia.predecessors))
