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


#: What has tripped a parser before, here or elsewhere; what a fuzzer finds is added.
NASTY = [
    ("dates", b"before 0001-01-01"),
    ("dates", b"after 9999-12-31"),
    ("dates", b"00XX"),
    ("dates", b"[" * 2000),
    ("dates", "٢٠٠٠-٠١-٠١".encode()),
    ("names", b"\x00"),
    ("names", "\u202eXX\n".encode()),
    ("names", b"9" * 5000),
    ("records", b"a." * 5000 + b"b = 1"),
    ("records", b"x = " + b"[" * 2000),
    ("records", b"x = " + b"9" * 5000),
    ("records", b'[organisation]\nid = "x"\ncovers = { last = "9999-12-31" }\n'),
    ("prepared", b"{}\n" * 2000),
    ("prepared", b"[" * 5000),
    ("prepared", b'{"organisations": 1e400}'),
    ("tables", b"s" + b"," * 5000),
    ("tables", b"sorganisation,state,status,first_day,last_day\nx,ARM,member,9999-12-31,0001-01-01\n"),
    ("tables", b"t" + b"\xff" * 50),
]


@pytest.mark.parametrize(("name", "data"), NASTY, ids=range(len(NASTY)))
def test_what_has_tripped_a_parser_is_taken_or_refused(name: str, data: bytes) -> None:
    TARGETS[name].enter(data)
