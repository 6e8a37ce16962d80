"""
The library's table of states as it is read: a line of JSON for each state of `data/states.toml`, which people edit.

`python tests/support/made.py` writes it anew, with whatever else is made from the data.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import csto_membership

DATA = Path(csto_membership.__file__).parent / "data"
CURATED, TABLE = DATA / "states.toml", DATA / "states.jsonl"


def rendered() -> str:
    """The lines of the table, in the order of ids; each begins with the id."""
    states = tomllib.loads(CURATED.read_text(encoding="utf-8"))["state"]
    return "".join(f"{_line(state)}\n" for state in sorted(states, key=lambda state: state["id"]))


def _line(state: dict[str, object]) -> str:
    return json.dumps({"id": state["id"], **state}, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Write the table."""
    TABLE.write_text(rendered(), encoding="utf-8")


if __name__ == "__main__":
    main()
