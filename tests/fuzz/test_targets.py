"""What is fuzzed on demand does not rot: each target takes its seeds, and seeds that are cut, doubled and spoilt."""

from __future__ import annotations

import random

import pytest
from fuzz.run import CHOICES
from fuzz.targets import TARGETS, Target, records


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_takes_its_seeds_and_what_a_fuzzer_makes_of_them(name: str) -> None:
    target = TARGETS[name]
    chance = random.Random(0)  # noqa: S311 - the same each time
    for seed in target.seeds:
        target.enter(seed)
        for _ in range(20):
            target.enter(spoilt(seed, target, chance))
    target.enter(b"")
    target.enter(b"\xff\xfe\x00")


def spoilt(seed: bytes, target: Target, chance: random.Random) -> bytes:
    """A seed with a part cut out, doubled, or replaced by a word."""
    first, last = sorted(chance.choices(range(len(seed) + 1), k=2))
    last = min(last, first + 40)
    inside = chance.choice(
        [b"", seed[first:last] * 2, chance.choice(target.words).encode(), bytes([chance.randrange(256)])]
    )
    return seed[:first] + inside + seed[last:]


def test_the_command_line_knows_every_target() -> None:
    assert set(CHOICES) == set(TARGETS)


def test_a_target_fails_on_what_is_no_error_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would find nothing."""

    def broken(_: object) -> None:
        raise KeyError

    monkeypatch.setattr("fuzz.targets.record_of", broken)
    with pytest.raises(KeyError):
        records(TARGETS["records"].seeds[0])


#: What the fuzzer has found, by target.
FOUND: list[tuple[str, bytes]] = []


def test_what_was_found_is_taken_or_refused() -> None:
    for name, data in FOUND:
        TARGETS[name].enter(data)
