"""Resolution: the policies by which the claims of one event become its possible (act, day) alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import frozen

from csto_membership._values.acts import Act, Status
from csto_membership.exceptions import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership._evidence.claims import Claim, Source
    from csto_membership._values.period import Days


_NAMES = ("preferred", "every", "majority")


@frozen
class Resolution:
    """
    A policy.

    "preferred" keeps the claims of the best rank present, "every" all claims, "majority" what most independent
    sources give, "precedence" the claims of the first of `sources` that speaks (where none does, as "preferred").
    """

    name: str
    sources: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.name not in (*_NAMES, "precedence"):
            raise UnknownNameError("resolution", self.name, (*_NAMES, "precedence(...)"))
        if bool(self.sources) is not (self.name == "precedence"):
            raise ArgumentError("sources", self.sources, "only precedence names sources, at least one")

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.sources)})" if self.sources else self.name


def precedence(*sources: Source | str) -> Resolution:
    """
    The policy that believes the first of these sources that speaks of an event.

    Raises `ArgumentError` for no source at all, for what is no source, and for one named twice, which contradicts
    itself.

    >>> precedence("depositary", "press")
    Resolution(name='precedence', sources=('depositary', 'press'))
    """
    given: tuple[Any, ...] = sources
    ids: tuple[str, ...] = tuple(getattr(source, "id", source) for source in given)
    if not ids:
        raise ArgumentError("sources", ids, "precedence() needs at least one source")
    for id in ids:
        if not isinstance(id, str):
            raise ArgumentError("sources", id, "a source is given by its id, or as a Source")
        if ids.count(id) > 1:
            raise ArgumentError("sources", id, "precedence() has this source twice")
    return Resolution("precedence", ids)


def as_resolution(value: Resolution | str) -> Resolution:
    """A policy, or the one of that name."""
    if isinstance(value, Resolution):
        return value
    if isinstance(value, str) and value in _NAMES:
        return Resolution(value)
    raise UnknownNameError("resolution", value, (*_NAMES, "precedence(...)"))


@frozen
class Alternative:
    """
    One way in which an event may have happened: an act taking effect on one day from `first` to `last` (ordinals).

    `statuses` is where a `status` act leads. An undated denial has no days: the event never happened.
    `claims` are the claims that say so.
    """

    act: Act
    statuses: frozenset[Status]
    days: Days | None
    claims: tuple[Claim, ...]


def alternatives(
    claims: Sequence[Claim], resolution: Resolution, copies: Mapping[str, frozenset[str]]
) -> tuple[Alternative, ...]:
    """
    The alternatives that the claims of one event leave for one state, in the order of the claims.

    `copies` gives for each source all that it copies from, directly or through others.
    """
    ranges = _ranges(claims)
    refined = [(claim, days) for claim in claims for days in _refined(claim, ranges)]
    claims_of: dict[tuple[Act, frozenset[Status], Days | None], list[Claim]] = {}
    for claim, days in _kept(refined, resolution, copies):
        claims_of.setdefault((claim.act, claim.status, days), []).append(claim)
    return tuple(Alternative(*what, tuple(claims)) for what, claims in claims_of.items())


def alone(claim: Claim, claims: Sequence[Claim]) -> tuple[Alternative, ...]:
    """The alternatives if of these claims of one event this one were right."""
    return tuple(Alternative(claim.act, claim.status, days, (claim,)) for days in _refined(claim, _ranges(claims)))


_Refined = tuple["Claim", "Days | None"]


class _Range(NamedTuple):
    """The rank (0 the best) and the days of effect of a dated claim."""

    rank: int
    days: Days


def _ranges(claims: Sequence[Claim]) -> set[_Range]:
    return {_Range(claim.rank.order, days) for claim in claims if (days := claim.days_of_effect)}


def _refined(claim: Claim, ranges: set[_Range]) -> list[Days | None]:
    """The days of a claim, made more precise by claims of the same or a better rank that lie strictly inside."""
    own = claim.days_of_effect
    if own is None:
        return [None]
    inside = {days for rank, days in ranges if rank <= claim.rank.order and _inside(days, own)}
    narrowest = [days for days in inside if not any(_inside(other, days) for other in inside)]
    return [*sorted(narrowest)] or [own]


def _inside(inner: Days, outer: Days) -> bool:
    return inner != outer and outer.first <= inner.first and inner.last <= outer.last


def _kept(refined: list[_Refined], resolution: Resolution, copies: Mapping[str, frozenset[str]]) -> list[_Refined]:
    if resolution.name == "every":
        return refined
    if resolution.name == "majority":
        return _majority(refined, copies)
    for source in resolution.sources:
        if speaking := [pair for pair in refined if pair[0].source == source]:
            return speaking
    best = min((claim.rank.order for claim, _ in refined), default=0)
    return [pair for pair in refined if pair[0].rank.order == best]


def _majority(refined: list[_Refined], copies: Mapping[str, frozenset[str]]) -> list[_Refined]:
    """The (act, day) that most sources give, not counting one that copies another which gives the same."""

    def key(pair: _Refined) -> object:
        return pair[0].act, pair[0].status, pair[1]

    givers: dict[object, set[str]] = {}
    for pair in refined:
        givers.setdefault(key(pair), set()).add(pair[0].source)
    votes = {
        what: max(1, sum(not (copies.get(source, frozenset()) - {source}) & sources for source in sources))
        for what, sources in givers.items()
    }
    most = max(votes.values(), default=0)
    return [pair for pair in refined if votes[key(pair)] == most]
