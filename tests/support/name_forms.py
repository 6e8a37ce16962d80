"""The names of all states of the world, and the forms in which people write them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from csto_membership._values.names import folded
from csto_membership._values.world import world

NAMES = sorted({text for state in world().values() for text in (*state.aliases, *(d.name for d in state.dated_names))})
FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "small": str.lower,
    "title": str.title,
    "swapped": str.swapcase,
    "first": str.capitalize,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "without accents": folded,
    "spaces": lambda name: f"  {name.replace(' ', chr(0xA0) + chr(9))}\u2003\n",
    "footnote": lambda name: f"{name} [a]\u2020*",
    "small figure": lambda name: f"{name}\u00b2",
    "the": lambda name: f"The {name}",
    "the in brackets": lambda name: f"{name} (the)",
    "the at the end": lambda name: f"{name}, the",
    "and": lambda name: name.replace(" and ", " & ").replace(" And ", "&"),
    "dashes": lambda name: name.replace(" ", "\u2013").replace("-", " "),
    "apostrophes": lambda name: name.replace("'", "\u2019").replace("\u2019", "`"),
    "saint": lambda name: name.replace("Saint ", "St. "),
    "unseen": lambda name: "\u200b".join(name) + "\ufeff",
    "full stops": lambda name: (
        ".".join(name) + "." if name.isalpha() and name.isupper() and len(name) < 5 else f"{name}."
    ),
    "brackets": lambda name: name.replace("(", "[").replace(")", "]"),
}
