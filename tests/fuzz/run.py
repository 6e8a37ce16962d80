"""
Fuzz one door for a while, led by coverage: `python tests/fuzz/run.py TARGET --seconds 600`.

It needs atheris (the dependency group `fuzz`), and is no part of the tests: it runs on demand. What it finds is written to
`build/fuzz/TARGET`, and should become an example in `test_targets.py`. A run by which the corpus does not grow fails: it would have
fuzzed nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
CHOICES = ("dates", "names", "records", "prepared", "tables")


def fuzz(target: str, options: list[str]) -> None:
    """Fuzz in this process; it ends with it."""
    import atheris

    # The package opens its modules on first use: what is fuzzed is imported here, where imports are instrumented.
    with atheris.instrument_imports(include=["csto_membership"]):
        from fuzz.targets import TARGETS

    atheris.Setup([sys.argv[0], *options], TARGETS[target].enter)
    atheris.Fuzz()


def run(target: str, seconds: int, found: Path) -> int:
    """Fuzz in a process of its own, with a corpus of its own; 0 if nothing was found and the corpus has grown."""
    from fuzz.targets import TARGETS

    found.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        corpus, words = Path(folder, "corpus"), Path(folder, "words")
        corpus.mkdir()
        seeds = TARGETS[target].seeds
        for number, seed in enumerate(seeds):
            corpus.joinpath(f"seed-{number}").write_bytes(seed)
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in TARGETS[target].words))
        options = [
            *(f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=3000", "-max_len=5000", "-verbosity=1"),
            *(f"-dict={words}", f"-artifact_prefix={found}/", "-print_final_stats=1", str(corpus)),
        ]
        code = subprocess.run([sys.executable, __file__, target, "--inside", *options], check=False).returncode
        grown = sum(1 for _ in corpus.iterdir()) - len(seeds)
    print(f"{target}: {grown} inputs reached something new in {seconds} seconds; findings, if any, in {found}")
    return code or (0 if grown > 0 else 1)


def _escaped(word: str) -> str:
    r"""A word for a dictionary of libFuzzer: every byte as \xAB."""
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def main() -> int:
    """Read the command line and fuzz."""
    if "--inside" in sys.argv:
        target, _, *options = sys.argv[1:]
        fuzz(target, options)
        return 0
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0].strip())
    parser.add_argument("target", choices=CHOICES)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--findings", type=Path, default=None, help="where to write them; build/fuzz/TARGET by default")
    given = parser.parse_args()
    return run(given.target, given.seconds, given.findings or ROOT / "build" / "fuzz" / given.target)


if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), str(ROOT)]
    sys.exit(main())
