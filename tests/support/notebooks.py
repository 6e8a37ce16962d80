"""Notebooks that take away what they do not trust, and a reader of strips: independent of how the HTML is written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import NamedTuple

#: Of what JupyterLab's sanitizer keeps, the part that answers may use (jupyterlab, packages/apputils/src/sanitizer.ts).
KEPT_TAGS = {
    *("a", "code", "details", "div", "li", "samp", "span", "strong", "summary"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
KEPT_ATTRIBUTES = {
    "*": {"style", "title"},
    "a": {"href", "rel", "target"},
    "details": {"open"},
    "th": {"scope"},
}
_LENGTH = r"[+-]?(?:0|[0-9.]+(?:px|em|%))"
_COLOUR = r"(?:#[0-9a-f]{3,6}|rgba\(\d{1,3},\d{1,3},\d{1,3},(?:0|1|0?\.\d+)\)|transparent)"
#: The values of styles that it keeps, in the forms that answers use.
KEPT_STYLES = {
    "background": _COLOUR,
    "background-color": _COLOUR,
    "background-image": rf"linear-gradient\(\d+deg(?:,{_COLOUR} \d+%)+\)",
    "background-size": rf"{_LENGTH} {_LENGTH}",
    "border-collapse": "collapse",
    "color": _COLOUR,
    "cursor": "pointer",
    "display": "inline-block",
    "font-size": rf"0|{_LENGTH}",
    "height": _LENGTH,
    "left": _LENGTH,
    "line-height": _LENGTH,
    "margin": rf"(?:{_LENGTH} ?){{1,4}}",
    "max-width": _LENGTH,
    "min-width": _LENGTH,
    "opacity": r"0?\.\d+",
    "overflow-wrap": "break-word",
    "overflow-x": "auto",
    "padding": rf"(?:{_LENGTH} ?){{1,4}}",
    "padding-left": _LENGTH,
    "position": "absolute|relative",
    "text-align": "left|center",
    "top": _LENGTH,
    "vertical-align": "top|middle",
    "white-space": "nowrap",
    "width": _LENGTH,
    "z-index": r"\d",
}


def tree(html: str) -> ET.Element:
    """A piece of HTML, which must be well-formed."""
    return ET.fromstring(f"<div>{html}</div>")  # noqa: S314 - our own


def texts(html: str) -> list[str]:
    """All texts of a piece of HTML."""
    return [text for text in tree(html).itertext() if text.strip()]


def words(html: str) -> str:
    """All that is left to read where styles, titles and links are taken away."""
    apart = re.sub(r"<(div|li|td|th|tr|ul|summary)\b", r" <\1", html)
    return " ".join("".join(tree(apart).itertext()).split())


def taken_away(html: str) -> list[str]:
    """What a notebook that is not trusted would take away of a piece of HTML."""
    lost = []
    for element in tree(html).iter():
        if element.tag not in KEPT_TAGS:
            lost.append(element.tag)
        for name, value in element.attrib.items():
            if name not in KEPT_ATTRIBUTES["*"] | KEPT_ATTRIBUTES.get(element.tag, set()):
                lost.append(f"{element.tag} {name}")
            if name == "style":
                lost += [one for one in value.split(";") if not _kept(one)]
            if name == "href" and not re.fullmatch(r"https?://[^\s]+", value, re.IGNORECASE):
                lost.append(value)
    return lost


def _kept(style: str) -> bool:
    name, _, value = style.partition(":")
    return name in KEPT_STYLES and re.fullmatch(KEPT_STYLES[name], value) is not None


class Bar(NamedTuple):
    """A piece of a strip: what it tells, its signs, and where it is drawn, None where it is not."""

    title: str
    signs: str
    left: float | None
    width: float | None


class Drawn(NamedTuple):
    """A strip: its bars, where the day that is asked about is marked, and the arrows of days that are not shown."""

    bars: list[Bar]
    tick: tuple[str, float, float] | None
    beyond: str

    @property
    def signs(self) -> str:
        """All signs of its bars."""
        return "".join(bar.signs for bar in self.bars)

    def marked(self) -> list[Bar]:
        """The bars that have an arrow among their signs."""
        return [bar for bar in self.bars if "▼" in bar.signs]


def strips(html: str) -> list[Drawn]:
    """The strips in a piece of HTML, without the pieces that explain their looks."""
    found = []
    for element in tree(html).iter("samp"):
        bars, tick, beyond = [], None, ""
        for span in element:
            title, text = span.get("title"), span.text or ""
            if title is None:
                break
            left, width = (_percent(span, name) for name in ("left", "width"))
            if text in {"◀", "▶"}:
                beyond += text
            elif text:
                bars.append(Bar(title, text, left, width))
            else:
                assert left is not None
                assert width is not None
                tick = (title, left, width)
        else:
            found.append(Drawn(bars, tick, beyond))
    return found


def _percent(element: ET.Element, name: str) -> float | None:
    match = re.search(rf"(?:^|;){name}:([0-9.]+)%", element.get("style", ""))
    return float(match[1]) / 100 if match else None
