"""Findings as numbers: every claim, source and text once, and every list of them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from csto_membership._questions.answers import CitedAttestation, CitedClaim, Ground
from csto_membership._values.html import is_address, plain
from csto_membership._values.runs import Runs, joined
from csto_membership._values.sentences import around_state_and_day
from csto_membership._values.strips import look_of, meaning
from csto_membership.page._pool import Pool

if TYPE_CHECKING:
    import datetime as dt

    from csto_membership._evidence.claims import Source
    from csto_membership._questions.reasons import Reasons
    from csto_membership._values.strips import Found
    from csto_membership._view.timeline import Timeline


@frozen(eq=False)
class Evidence:
    """What the answers of an organisation point to."""

    texts: Pool = field(init=False, factory=Pool)
    sources: Pool = field(init=False, factory=Pool)
    claims: Pool = field(init=False, factory=Pool)
    grounds: Pool = field(init=False, factory=Pool)
    attested: Pool = field(init=False, factory=Pool)
    #: What a state may be on a day: words, the answer, how it looks, and the parts of a sentence.
    kinds: Pool = field(init=False, factory=Pool)
    #: Lists of numbers.
    lists: Pool = field(init=False, factory=Pool)
    findings: Pool = field(init=False, factory=Pool)
    days: Pool = field(init=False, factory=Pool)
    #: Runs of days with a number for each: the number before the first day, the number of a day, the next number.
    runs: Pool = field(init=False, factory=Pool)
    #: What was numbered before, by what it was.
    _numbered: dict[object, int] = field(init=False, factory=dict)

    def timeline(self, timeline: Timeline) -> int:
        """The kinds that a state is of, by day."""
        return self.over_time(timeline.runs.mapped(self.kind))

    def reasons(self, reasons: Runs[dt.date, Reasons], notes: Runs[dt.date, tuple[str, ...]]) -> int:
        """The findings of a state, by day, without the caveats that are noted of all states."""
        together = joined(reasons, notes)
        return self.over_time(together.mapped(lambda both: self.finding(both[0], frozenset(both[1]))))

    def over_time(self, runs: Runs[dt.date, int]) -> int:
        """Numbers by day."""
        steps = zip(runs.starts, runs.values[1:], strict=True)
        return self.runs.put((runs.values[0], *(part for day, value in steps for part in (self.day(day), value))))

    def day(self, day: dt.date | None) -> int:
        """The number of a day, "" for none."""
        return self.days.put(day.isoformat() if day else "")

    def kind(self, found: Found) -> int:
        """What a state may be on a day."""
        key = found.statuses, found.verdict
        if key not in self._numbered:
            look, parts = look_of(found), around_state_and_day(*key)
            words = meaning(look, found.statuses), str(found.verdict), look.name.lower()
            self._numbered[key] = self.kinds.put((*words, *parts))
        return self._numbered[key]

    def finding(self, found: Reasons, noted: frozenset[str] = frozenset()) -> int:
        """A finding: its kind, and lists of grounds, attestations, caveats, what would decide it, and claims against it."""
        texts, lists = self.texts, self.lists
        deciders = zip(found.decided_by, found.deciding_calls, strict=True)
        return self.findings.put((
            self.kind(found),
            lists.row(self._ground(ground) for ground in found.evidence if isinstance(ground, Ground)),
            lists.row(self._attestation(said) for said in found.evidence if isinstance(said, CitedAttestation)),
            lists.row(texts.text(caveat) for caveat in found.caveats if caveat not in noted),
            lists.row(number for point, call in deciders for number in (texts.text(point), texts.put(call))),
            lists.row(map(self._claim, found.contested_by)),
        ))  # fmt: skip

    def _ground(self, ground: Ground) -> int:
        claims = self.lists.row(map(self._claim, ground.claims))
        return self.grounds.put((self.texts.text(ground.event.id), claims))

    def _claim(self, cited: CitedClaim) -> int:
        claim = cited.claim
        if claim in self._numbered:
            return self._numbered[claim]
        told = f"{claim.act.replace('_', ' ')}{f' {claim.date}' if claim.date else ''}"
        rank = f"{claim.rank}{', inferred' if claim.inferred else ''}"
        number = self.claims.put(self._said(told, rank, cited.source, claim.locator, claim.note))
        self._numbered[claim] = number
        return number

    def _attestation(self, cited: CitedAttestation) -> int:
        said = cited.attestation
        return self.attested.put(self._said(cited.said, "", cited.source, said.locator, said.note))

    def _said(self, told: str, how: str, source: Source, locator: str, note: str) -> tuple[int, ...]:
        return (*map(self.texts.text, (told, how)), self._source(source), *map(self.texts.text, (locator, note)))

    def _source(self, source: Source) -> int:
        title = plain(source.title or source.publisher or source.id)
        url = source.url if is_address(source.url) else ""
        publisher = plain(source.publisher if source.title else "")
        return self.sources.put((plain(source.id), title, url, publisher, plain(source.published or "")))

    def as_dict(self) -> dict[str, list[object]]:
        """All of it, ready for JSON."""
        pools = {
            "texts": self.texts,
            "sources": self.sources,
            "claims": self.claims,
            "grounds": self.grounds,
            "attested": self.attested,
            "kinds": self.kinds,
            "lists": self.lists,
            "findings": self.findings,
            "days": self.days,
            "runs": self.runs,
        }
        return {name: list(pool) for name, pool in pools.items()}
