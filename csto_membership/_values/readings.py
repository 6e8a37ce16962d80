"""Readings: which acts change a state's status, from what, to what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from csto_membership._values.acts import Act, Status, as_act, as_status, as_statuses, in_order
from csto_membership._values.fields import Formed
from csto_membership._values.listing import brief
from csto_membership._values.wording import either
from csto_membership.exceptions import ArgumentError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Effect:
    """
    One row of a reading: from any status in `before`, the act leads to `after`; from others it changes nothing.

    >>> Effect("notice_of_suspension", ["member", "frozen"], "suspended")
    <Effect notice_of_suspension: from member or frozen to suspended>
    """

    act: Act = field(converter=as_act)
    before: frozenset[Status] = field(converter=as_statuses)
    after: Status = field(converter=as_status)

    def __attrs_post_init__(self) -> None:
        if self.act in (Act.STATUS, Act.DENIAL):
            raise ArgumentError("act", self.act.value, "this act has no effect of its own that a reading could give")

    def __repr__(self) -> str:
        return brief(self, f"{self.act}: from {either(in_order(self.before)) or 'nothing'} to {self.after}")


def _by_act(effects: Iterable[Effect]) -> tuple[Effect, ...]:
    if not isinstance(effects, Iterable):
        raise ArgumentError("effects", effects, "a reading is made of effects", ["Effect(act, before, after)"])
    order = list(Act)
    rows = {}
    for effect in effects:
        if not isinstance(effect, Effect):
            raise ArgumentError("effects", effect, "a reading is made of effects", ["Effect(act, before, after)"])
        if effect.before:
            rows[effect.act] = effect
    return tuple(sorted(rows.values(), key=lambda effect: order.index(effect.act)))


@frozen(cache_hash=True)
class Reading(Formed):
    """
    Which acts change a state's status, from what, to what.

    `effects` holds one `Effect` an act; acts without one change nothing.
    A `status` act always leads to the statuses that its claim gives, whatever the reading.

    >>> mine = LEGAL.but("mine", Effect("notice_of_suspension", ["member"], "suspended"))
    >>> mine.after(Act.NOTICE_OF_SUSPENSION, Status.MEMBER)
    <Status.SUSPENDED: 'suspended'>
    """

    name: str
    effects: tuple[Effect, ...] = field(converter=_by_act)

    def after(self, act: Act | str, status: Status | str) -> Status:
        """
        The status after the act, from the status before it, by value or name.

        Raises `UnknownNameError` for others, as `effect` and `has_effect` do.

        >>> DECLARED.after(Act.SIGNATURE, Status.NONE), LEGAL.after(Act.SIGNATURE, Status.NONE)
        (<Status.MEMBER: 'member'>, <Status.SIGNATORY: 'signatory'>)
        """
        effect, held = self.effect(act), as_status(status)
        return effect.after if effect and held in effect.before else held

    def effect(self, act: Act | str) -> Effect | None:
        """
        The effect of an act, None where it has none.

        >>> LEGAL.effect(Act.ENTRY_INTO_FORCE).after, LEGAL.effect(Act.NOTICE_OF_SUSPENSION)
        (<Status.MEMBER: 'member'>, None)
        """
        asked = as_act(act)
        return next((effect for effect in self.effects if effect.act is asked), None)

    def has_effect(self, act: Act | str) -> bool:
        """Whether the act changes anything under this reading: a `status` act always does."""
        return as_act(act) is Act.STATUS or self.effect(act) is not None

    @property
    def binds_after_signature(self) -> bool:
        """Whether an act leads to a signatory, whom entry into force makes a member (as in `legal`)."""
        forced = self.after(Act.ENTRY_INTO_FORCE, Status.SIGNATORY)
        return forced is Status.MEMBER and any(effect.after is Status.SIGNATORY for effect in self.effects)

    def but(self, name: str, *effects: Effect, without: Iterable[Act | str] | Act | str = ()) -> Reading:
        """
        A new reading of that name: this one with some effects replaced or added, and one act or several without effect.

        Raises `ArgumentError` for what is no effect, and `UnknownNameError` for what is no act.

        >>> strict = DECLARED.but("strict", without=["notice_of_suspension"])
        >>> strict.has_effect(Act.NOTICE_OF_SUSPENSION), strict.has_effect(Act.SUSPENSION)
        (False, True)
        """
        silent = set(
            map(as_act, [without] if isinstance(without, str) or not isinstance(without, Iterable) else without)
        )
        changed = {effect.act: effect for effect in (*self.effects, *_by_act(effects)) if effect.act not in silent}
        return evolve(self, name=name, effects=changed.values())

    def __repr__(self) -> str:
        return f"<Reading {self.name}>"

    def as_dict(self) -> dict[str, object]:
        """The reading as JSON-ready values."""
        order = list(Status)
        rows: Mapping[str, object] = {
            effect.act.value: {
                "from": [status.value for status in sorted(effect.before, key=order.index)],
                "to": effect.after.value,
            }
            for effect in self.effects
        }
        return {"name": self.name, "effects": rows}


_OUTSIDE = ("none", "former", "observer", "partner", "associate")
_INSIDE = ("signatory", "associate", "observer", "partner", "member", "suspended", "frozen")
_CONSENT = ("ratification", "acceptance", "approval")

#: The first formal act that says that a status changes counts: signing makes a member.
DECLARED = Reading(
    "declared",
    (
        Effect("signature", _OUTSIDE, "member"),
        Effect("accession", _OUTSIDE, "member"),
        Effect("succession", _OUTSIDE, "member"),
        Effect("admission", (*_OUTSIDE, "signatory"), "member"),
        *(Effect(act, (*_OUTSIDE, "signatory"), "member") for act in _CONSENT),
        Effect("entry_into_force", ("none", "signatory", "former"), "member"),
        Effect("expiry", _INSIDE, "former"),
        Effect("notice_of_suspension", ("member", "frozen"), "suspended"),
        Effect("suspension", ("member", "frozen"), "suspended"),
        Effect("return", ("former", "suspended", "frozen"), "member"),
        Effect("withdrawal", _INSIDE, "former"),
        Effect("exclusion", _INSIDE, "former"),
        Effect("lapse", _INSIDE, "former"),
        Effect("extinction", _INSIDE, "former"),
        Effect("associate_status", ("none", "former", "observer", "partner", "signatory", "member"), "associate"),
        Effect("observer_status", ("none", "former", "associate", "partner"), "observer"),
        Effect("partner_status", ("none", "former", "associate", "observer"), "partner"),
    ),
)
#: Only legal effect counts: entry into force makes a member, and a note suspends nobody.
LEGAL = DECLARED.but(
    "legal",
    Effect("signature", _OUTSIDE, "signatory"),
    Effect("accession", _OUTSIDE, "signatory"),
    Effect("succession", _OUTSIDE, "signatory"),
    *(Effect(act, (*_OUTSIDE, "signatory"), "signatory") for act in _CONSENT),
    Effect("return", ("suspended", "frozen"), "member"),
    without=["notice_of_suspension"],
)
#: As declared, and who states that it takes no part is frozen.
PARTICIPATING = DECLARED.but("participating", Effect("freeze", ("member",), "frozen"))

READINGS = {reading.name: reading for reading in (DECLARED, LEGAL, PARTICIPATING)}


def as_reading(value: Reading | str) -> Reading:
    """A reading, or the bundled reading of that name."""
    if isinstance(value, Reading):
        return value
    if isinstance(value, str) and value in READINGS:
        return READINGS[value]
    raise UnknownNameError("reading", value, READINGS)
