"""The file of a page: its parts put together, and locked so that nothing else can run in it or be loaded by it."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from csto_membership import __version__
from csto_membership._questions.reasons import DAY
from csto_membership._values.cells import visible
from csto_membership._values.date_rules import MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The parts of the script, in order.
_SCRIPTS = ("data.js", "elements.js", "strips.js", "evidence.js", "page.js")
#: What could end a script, begin a comment or break a line in what reads JSON as a script.
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def file_of(organisations: Sequence[dict[str, Any]]) -> str:
    """The text of the HTML file for what is told of organisations."""
    script, style = "\n".join(map(_part, _SCRIPTS)), _part("page.css")
    data = {"version": __version__, "months": MONTHS, "anyday": DAY, "organisations": organisations}
    several = len(organisations) > 1
    title = "Who was a member, and how we know" if several else organisations[0]["name"]
    parts = {
        "title": escape(title),
        "policy": _policy(script, style),
        "style": style,
        "script": script,
        "data": _json(data),
        "opening": escape(" ".join(f"{one['name']}. {one['opening']}." for one in organisations)),
    }
    # In one pass: what is put in is not looked at again.
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _part("page.html"))


def _part(name: str) -> str:
    return files("csto_membership.page").joinpath(name).read_text("utf-8")


def _policy(script: str, style: str) -> str:
    """What a browser may do with the page: run this script, use this style, and nothing else at all."""
    allowed = {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": _hash(style),
        "base-uri": "'none'",
        "form-action": "'none'",
        # No text becomes markup or script, also where somebody changes the script without care.
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def _json(data: object) -> str:
    """The data as JSON that stands safely in a script element, in the characters that the texts are written in."""
    text = json.dumps(_seen(data), ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _seen(value: Any) -> Any:
    """The value with every text in it as it may be shown: no character steers or hides."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {name: _seen(part) for name, part in value.items()}
    return [_seen(part) for part in value] if isinstance(value, (list, tuple)) else value
