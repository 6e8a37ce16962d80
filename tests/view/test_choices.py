"""Choices of open sources in small records, each held against the vote over all of them, and what a claim alone would do."""

from __future__ import annotations

from typing import Any

import pytest
from support import documents, oracle
from support.asking import history
from support.league import claim_of, event_of, history_of

from csto_membership import Ground, History, Verdict
from csto_membership._view.rivals import rivals

#: A claim or an attestation in words: its source, its act or status, and its day or days in January 2000. Then perhaps
#: the rank of the claim, or that what is attested is so on some day only.
Said = tuple[str, ...]


def january(day: str) -> str:
    """A day of January 2000, or a range of its days: "3", "3..5"."""
    days = [f"2000-01-{int(each):02}" for each in day.split("..")]
    return days[0] if len(days) == 1 else f"[{'..'.join(days)}]"


def claim(source: str, act: str, day: str = "", rank: str = "normal") -> dict[str, Any]:
    return {"source": source, "act": act, "rank": rank, **({"date": january(day)} if day else {})}


def record(*events: list[Said], attested: tuple[Said, ...] = (), late: bool = False) -> documents.Document:
    """
    Events of one state. All sources are open but those with a capital letter, which were published for certain.

    A `late` source has nothing to say, so that the others are never the whole record.
    """
    told = [
        {"id": f"e{number}", "states": ["ARM"], "claims": [claim(*each) for each in said]}
        for number, said in enumerate(events)
    ]
    ids = sorted({each[0] for said in (*events, attested) for each in said})
    sources: list[dict[str, Any]] = [
        {"id": id, **({"published": "1999-01-01"} if id.isupper() else {"consulted": "2000-02-01"})} for id in ids
    ]
    return {
        "organisation": {"id": "choices"},
        "state": [{"id": "ARM"}],
        "source": [*sources, *([{"id": "late", "published": "2000-02-01"}] if late else [])],
        "event": told,
        "attestation": [
            {
                "source": source,
                "states": ["ARM"],
                "status": status,
                "during": "/".join(map(january, days.split(".."))),
                "speaks_of": speaks_of[0] if speaks_of else "every_day",
            }
            for source, status, days, *speaks_of in attested
        ],
    }


def seen(document: documents.Document, resolution: str = "preferred") -> History:
    return history(document, resolution=resolution).as_published_by(documents.PUBLISHED_BY)


CHOICES = {
    "where a denial alone is left what is attested answers, and where an open source tells an act that act does": record(
        [("A", "denial"), ("b", "accession", "3", "preferred")], attested=(("A", "observer", "6"),), late=True
    ),
    "where a source denies the act that is told and attests a status, the two are taken together": record(
        [("A", "accession", "3"), ("b", "denial", "", "preferred")], attested=(("b", "observer", "6"),), late=True
    ),
    "of two events the last may leave no act either, and then it is what is attested that answers": record(
        [("A", "denial"), ("b", "accession", "3", "preferred")],
        [("A", "denial")],
        attested=(("A", "observer", "6"),),
        late=True,
    ),
    "of three sources that attest some days each two are taken at most: with all the record vouches for itself": record(
        attested=(("a", "member", "3"), ("b", "member", "5..6"), ("c", "member", "8..9"))
    ),
    "what an open source attests of some day of a few may be so on each, and on none": record(
        attested=(("a", "observer", "3..4", "some_day"),), late=True
    ),
    "where one source denies an act and another tells one, both are taken too, and nobody asks what is attested": record(
        [("A", "accession", "3"), ("b", "denial", "", "preferred"), ("c", "accession", "4", "preferred")],
        attested=(("A", "observer", "6"),),
        late=True,
    ),
    "all together are no choice either where an act is left beside what is attested: a withdrawal alone opens nothing": record(
        [("A", "accession", "3"), ("b", "denial", "", "preferred"), ("c", "accession", "4", "preferred")],
        [("A", "withdrawal", "8"), ("b", "denial", "", "preferred"), ("c", "withdrawal", "9", "preferred")],
        attested=(("A", "observer", "6"),),
    ),
    "a choice that has left a source out goes on as one that has not, where the event is told alike": record(
        [("A", "accession", "6"), ("b", "accession", "2", "preferred"), ("c", "observer_status", "1..3")],
        [("A", "withdrawal", "12"), ("d", "withdrawal", "9", "preferred")],
    ),
    "of two sources that say the same one is a choice, and both are all: as many as say that the first act was": record(
        [*((each, "accession", "3") for each in "AB"), *((each, "denial") for each in "cd")],
        [("A", "withdrawal", "8"), *((each, "withdrawal", "9") for each in "cd")],
    ),
}


@pytest.mark.parametrize("resolution", ["preferred", "every", "majority"])
@pytest.mark.parametrize("document", CHOICES.values(), ids=list(CHOICES))
def test_what_is_possible_by_any_choice_of_open_sources_is_possible(
    document: documents.Document, resolution: str
) -> None:
    found = seen(document, resolution)
    by_choice = oracle.lines_as_published(
        document, "ARM", documents.DAYS, documents.PUBLISHED_BY, resolution=resolution
    )
    lines = [world.statuses for _, worlds in by_choice for world in worlds]
    for day in documents.DAYS:
        expected = frozenset().union(*(line[day] for line in lines))
        assert {status.value for status in found.timeline("ARM").on(day).statuses} == expected, day
    first, last = documents.DAYS[0], documents.DAYS[-1]
    counted = oracle.counts(lines, documents.DAYS, frozenset({"member"}))
    assert found.days_as_member("ARM", first, last) == counted


def test_where_votes_are_counted_each_number_of_sources_that_say_the_same_is_a_choice_of_its_own() -> None:
    """Two of the three outvote the one at the accession, and at the withdrawal are as many as those against them."""
    document = record(
        [("A", "accession", "1"), *((each, "accession", "3") for each in "xyz")],
        [*((each, "withdrawal", "9") for each in "BC"), *((each, "withdrawal", "11") for each in "xyz")],
        late=True,
    )
    # One of them alone leaves both days of the accession, and the withdrawal on the 9th.
    assert seen(document, "majority").days_as_member("ARM", "2000-01-01", "2000-01-12") == (6, 8)


#: Nine sources that tell a day each: their choices are too many to count.
NINE = [(f"s{n}", "accession", str(n + 2)) for n in range(9)]


@pytest.mark.parametrize(
    ("said", "attested", "anew"),
    [
        # Without what is attested nobody asks which acts are left together, nor where all acts have an effect.
        ([("A", "accession", "1"), ("d", "denial")], (), False),
        ([], (("A", "observer", "12"),), False),
        ([("d", "denial")], (("A", "observer", "12"),), True),
    ],
)
def test_votes_are_counted_choice_by_choice_where_an_act_and_a_denial_may_be_left_beside_what_is_attested(
    said: list[Said], attested: tuple[Said, ...], anew: bool
) -> None:
    found = seen(record([*said, *NINE], attested=attested, late=True), "majority").status("ARM", january("12"))
    assert any("too many publication dates" in caveat for caveat in found.caveats) is anew


def test_a_claim_is_tried_where_each_choice_leaves_an_order_of_days_though_days_of_two_choices_would_not() -> None:
    """What the open source says of two events goes together."""
    document = record(
        [("A", "accession", "2"), ("b", "accession", "5", "preferred")],
        [("A", "withdrawal", "3"), ("b", "withdrawal", "7", "preferred")],
        [("A", "accession", "10"), ("C", "accession", "12", "deprecated")],
        late=True,
    )
    contested = {
        day: [told.source.id for told in seen(document).status("ARM", january(day)).contested_by]
        for day in ("9", "10", "11", "12")
    }
    assert contested == {"9": [], "10": ["C"], "11": ["C"], "12": []}


def test_a_claim_is_tried_where_a_choice_that_does_not_tell_the_event_would_leave_it_no_day() -> None:
    """Without the open source the state leaves after the days of the third event, which then nobody tells."""
    document = record(
        [("A", "accession", "2"), ("b", "accession", "5", "preferred")],
        [("A", "withdrawal", "10"), ("b", "withdrawal", "7", "preferred")],
        [("b", "accession", "12", "preferred"), ("b", "accession", "8", "deprecated")],
        late=True,
    )
    contested = {
        day: [str(told.claim.date) for told in seen(document).status("ARM", january(day)).contested_by]
        for day in ("7", "8", "11", "12")
    }
    assert contested == {"7": [], "8": [january("8")], "11": [january("8")], "12": []}


@pytest.mark.parametrize("first", ["a", "z"])
def test_a_claim_that_some_choice_of_sources_uses_is_no_rival_of_what_is_left_by_all(first: str) -> None:
    """With the open source of the better rank the wide claim counts for nothing; without it the narrow ones explain it."""
    document = record(
        [("C", "accession", "5"), ("m", "accession", "1..9"), (first, "accession", "5", "preferred")], late=True
    )
    derivation = seen(document)._derivation
    assert rivals(derivation, derivation.record.states[0]) == ()


def test_what_is_supposed_of_an_event_is_cited_by_the_claims_that_say_the_same() -> None:
    claims = [claim("law", "accession", "3"), claim("paper", "accession", "5"), claim("list", "signature", "5")]
    told = history_of(event_of("in", ["ARM"], *claims))
    for act, day, cited in (("accession", "3", ["law"]), ("accession", "5", ["paper"]), ("signature", "4", [])):
        (ground,) = told.supposing("in", january(day), act).status("ARM", january("9")).evidence
        assert isinstance(ground, Ground)
        assert [one.source.id for one in ground.claims] == cited


def test_after_the_last_day_of_a_state_a_claim_that_leaves_its_end_open_contests_no_open_answer() -> None:
    """Where the withdrawal is denied Czechoslovakia was a member to its end, and after it nobody knows."""
    told = history_of(
        event_of("in", ["CSK"], claim_of("law", "accession", "1990-01-01")),
        event_of(
            "out",
            ["CSK"],
            claim_of("law", "withdrawal", "[1992-06-01..]", rank="preferred"),
            claim_of("paper", "denial", None),
        ),
        state=[{"id": "CSK"}],
    )
    for day, contested in (("1992-05-31", []), ("1992-12-31", ["paper"]), ("1993-01-01", []), ("1995-01-01", [])):
        found = told.status("CSK", day)
        assert found.verdict is (Verdict.YES if day < "1992-06" else Verdict.UNDETERMINED)
        assert [one.source.id for one in found.contested_by] == contested, day
