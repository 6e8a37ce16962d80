"""Resolution: the policies by which the claims of one event become its possible (act, day) alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from csto_membership._values.acts import Act, Status
from csto_membership.exceptions import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csto_membership._evidence.claims import Claim, Source


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
        if self.name not in (*_NAMES, "precedence") or bool(self.sources) is not (self.name == "precedence"):
            raise UnknownNameError("resolution", self.name, (*_NAMES, "precedence(...)"))

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.sources)})" if self.sources else self.name


def precedence(*sources: Source | str) -> Resolution:
    """
    The policy that believes the first of these sources that speaks of an event.

    Raises `UnknownNameError` for no source at all, and for one named twice, which contradicts itself.
    """
    given: tuple[Any, ...] = sources
    ids: tuple[str, ...] = tuple(getattr(source, "id", source) for source in given)
    if not ids:
        raise UnknownNameError("precedence", ids, ["one or several source ids"])
    for id in ids:
        if not isinstance(id, str):
            raise UnknownNameError("source id", id)
        if ids.count(id) > 1:
            raise UnknownNameError("precedence with a source named twice", id)
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
    days: tuple[int, int] | None
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
    found: dict[tuple[Act, frozenset[Status], tuple[int, int] | None], list[Claim]] = {}
    for claim, days in _kept(refined, resolution, copies):
        found.setdefault((claim.act, claim.status, days), []).append(claim)
    return tuple(Alternative(*key, tuple(told)) for key, told in found.items())


def alone(claim: Claim, claims: Sequence[Claim]) -> tuple[Alternative, ...]:
    """The alternatives if of these claims of one event this one were right."""
    return tuple(Alternative(claim.act, claim.status, days, (claim,)) for days in _refined(claim, _ranges(claims)))


_Refined = tuple["Claim", "tuple[int, int] | None"]


def _ranges(claims: Sequence[Claim]) -> set[tuple[int, int, int]]:
    """The ranks (0 the best) and days of effect of dated claims."""
    return {(claim.rank.order, *days) for claim in claims if (days := claim.days_of_effect)}


def _refined(claim: Claim, ranges: set[tuple[int, int, int]]) -> list[tuple[int, int] | None]:
    """The days of a claim, made more precise by claims of the same or a better rank that lie strictly inside."""
    own = claim.days_of_effect
    if own is None:
        return [None]
    rank = claim.rank.order
    inside = {(first, last) for order, first, last in ranges if order <= rank and _inside((first, last), own)}
    narrowest = [days for days in inside if not any(_inside(other, days) for other in inside)]
    return [*sorted(narrowest)] or [own]


def _inside(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _kept(refined: list[_Refined], resolution: Resolution, copies: Mapping[str, frozenset[str]]) -> list[_Refined]:
    if resolution.name == "every":
        return refined
    if resolution.name == "majority":
        return _majority(refined, copies)
    for source in resolution.sources:
        if told := [pair for pair in refined if pair[0].source == source]:
            return told
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
        told: max(1, sum(not (copies.get(source, frozenset()) - {source}) & sources for source in sources))
        for told, sources in givers.items()
    }
    most = max(votes.values(), default=0)
    return [pair for pair in refined if votes[key(pair)] == most]
