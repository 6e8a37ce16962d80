"""
The reference of the public interface as pages to browse, made of the docstrings by Sphinx.

    python tests/support/reference.py build/reference

needs the dependency group `reference`; the first page is then `build/reference/index.html`. What is public is read from
the package: the groups of `__all__`, and the rooms. The words of the field are those of the README. A warning is an
error.
"""

from __future__ import annotations

import importlib
import inspect
import re
import shutil
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import csto_membership as csto
from csto_membership._values.listing import Listing

ROOT = Path(__file__).parents[2]
PACKAGE = "csto_membership"
#: What is made by asking, and by no caller: how it is called says nothing.
GIVEN = "Answers"

STYLE = """
.sig { font-size: 0.92em; }
.sig-prename { display: none; }
dl.py.attribute, dl.py.attribute dd p { margin: 0; }
dl.py.property, dl.py.method { margin-top: 0.6rem; }
.rooms dd { margin-bottom: 0.5rem; }
"""


class Page(NamedTuple):
    """A page: its file, its title, the module of its names, and these."""

    file: str
    title: str
    module: str
    names: tuple[str, ...]


# What is public


def groups() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names at the front door, as the list of them groups them."""
    source = (ROOT / PACKAGE / "__init__.py").read_text(encoding="utf-8")
    listed = source.split("\n__all__ = [", 1)[1].split("\n]", 1)[0]
    title, names = "", list[str]()
    for line in [*listed.splitlines()[1:], "    # "]:
        if comment := re.fullmatch(r" *# ?(.*)", line):
            if names:
                yield title, tuple(names)
            title, names = comment[1], []
        else:
            names += re.findall(r'"(\w+)"', line)


def rooms() -> list[str]:
    """The public modules."""
    return sorted(csto._rooms())


def names_of(room: str) -> tuple[str, ...]:
    """The public names of a room: its `__all__`."""
    return tuple(importlib.import_module(f"{PACKAGE}.{room}").__all__)


def pages() -> list[Page]:
    """The pages, in their order."""
    front = [Page(re.sub(r"\W+", "-", title.lower()), title, PACKAGE, names) for title, names in groups()]
    behind = [Page(room, f"csto.{room}", f"{PACKAGE}.{room}", names_of(room)) for room in rooms()]
    return [*front, *behind]


def anchors() -> set[str]:
    """What must have an anchor: the public names, and what is public in each class."""
    found = set[str]()
    for page in pages():
        module = importlib.import_module(page.module)
        if page.module != PACKAGE:
            found.add(page.module)
        for name in page.names:
            value = getattr(module, name)
            found.add(f"{page.module}.{name}")
            if inspect.isclass(value) and not same(page, name):
                members = {*vars(value), *vars(value).get("__annotations__", ())}
                found |= {f"{page.module}.{name}.{member}" for member in members if shown(value, member)}
    return found


def same(page: Page, name: str) -> bool:
    """Whether a name of a room is one of the front door as well, which has its text."""
    return page.module != PACKAGE and getattr(csto, name, None) is getattr(importlib.import_module(page.module), name)


def shown(kind: type, member: str) -> bool:
    """Whether a member is one for users: how a listing makes its table is not."""
    return not member.startswith("_") and not (
        issubclass(kind, Listing) and member in {*vars(Listing), "whose"} - {"to_dicts"}
    )


# As text for Sphinx


def first_line(value: object) -> str:
    """The first sentence of a docstring."""
    text = inspect.cleandoc(getattr(value, "__doc__", "") or "").split("\n\n", 1)[0]
    return " ".join(text.split())


def entry(page: Page, name: str) -> str:
    """One name of a page."""
    value = getattr(importlib.import_module(page.module), name)
    whole = f"{page.module}.{name}"
    kind = kind_of(value)
    if same(page, name):
        return f".. py:{kind}:: {name}\n\n   The same as :py:obj:`{PACKAGE}.{name}`.\n"
    if kind == "data":
        told = f"   :value: {value}" if isinstance(value, str) else f"   :type: {type(value).__name__}"
        return f".. py:data:: {name}\n{told}\n\n   {comment(name, value)}\n"
    if kind == "function":
        return f".. autofunction:: {whole}\n"
    hidden = ", ".join(member for member in dir(value) if not shown(value, member))
    options = {
        "members": "",
        "undoc-members": "",
        **({} if kind == "exception" else {"inherited-members": ", ".join(STRANGERS)}),
        "member-order": "bysource",
        "exclude-members": hidden,
    }
    return "\n".join([f".. auto{kind}:: {whole}", *(f"   :{option}: {told}" for option, told in options.items()), ""])


def kind_of(value: object) -> str:
    """What Sphinx calls it."""
    if inspect.isclass(value):
        return "exception" if issubclass(value, Exception) else "class"
    return "function" if inspect.isroutine(value) else "data"


def comment(name: str, value: object) -> str:
    """What is said of a constant above the line that makes it."""
    from sphinx.pycode import ModuleAnalyzer

    for module in [module for key, module in sys.modules.items() if key.startswith(PACKAGE)]:
        if vars(module).get(name, None) is value:
            said = ModuleAnalyzer.for_module(module.__name__).find_attr_docs().get(("", name))
            if said:
                return " ".join(said).strip()
    raise ValueError(f"nothing is said of {name}: write a comment that begins with #: above it")


#: Classes of Python: what is inherited from them is described there.
STRANGERS = (
    "object",
    "tuple",
    "list",
    "str",
    "int",
    "Enum",
    "StrEnum",
    "NamedTuple",
    "Formed",
)


def page_text(page: Page) -> str:
    """A page as reStructuredText."""
    title = page.title
    head = [title, "=" * len(title), ""]
    if page.module == PACKAGE:
        head += [f".. py:currentmodule:: {PACKAGE}", ""]
    else:
        head += [f".. automodule:: {page.module}", "   :no-members:", ""]
    return "\n".join([*head, *(entry(page, name) for name in page.names)])


def words() -> list[tuple[str, str]]:
    """The words of the field and their meaning, from the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("| word | meaning |\n|---|---|\n", 1)[1].split("\n\n", 1)[0]
    return [
        (word.strip(" *"), meaning.strip())
        for word, meaning in (row.strip("|").split("|", 1) for row in table.splitlines())
    ]


def pictured() -> str:
    """What the picture of the README shows, in words."""
    (told,) = re.findall(r'<img alt="([^"]*)"', (ROOT / "README.md").read_text(encoding="utf-8"))
    return str(told)


def landing(made: list[Page]) -> str:
    """The first page: what the library is, the rooms, the words."""
    title = "csto_membership"
    text = inspect.cleandoc(csto.__doc__ or "").split("\n\nWhat there is besides", 1)[0]
    lines = [title, "=" * len(title), "", text, ""]
    for theme in ("light", "dark"):
        lines += [f".. image:: picture-{theme}.svg", f"   :class: only-{theme}", f"   :alt: {pictured()}", ""]
    for head, inside in (("At the door", PACKAGE), ("Rooms", "")):
        listed = [page for page in made if (page.module == PACKAGE) == bool(inside)]
        lines += [head, "-" * len(head), "", ".. rst-class:: rooms", ""]
        for page in listed:
            lines.append(f":doc:`{page.title} <{page.file}>`")
            if inside:
                lines.append("    " + ", ".join(f":py:obj:`~{PACKAGE}.{name}`" for name in page.names))
            else:
                lines.append("    " + first_line(importlib.import_module(page.module)))
        lines.append("")
        lines += [
            ".. toctree::",
            "   :hidden:",
            f"   :caption: {head}",
            "",
            *(f"   {page.file}" for page in listed),
            "",
        ]
    lines += ["Words of the field", "-" * 18, "", ".. rst-class:: rooms", ""]
    for word, meaning in words():
        lines += [f"**{word}**", "    " + meaning]
    return "\n".join(lines) + "\n"


# Made


def homes() -> dict[str, str]:
    """By where public things are defined, where they are found."""
    found = dict[str, str]()
    for page in reversed(pages()):
        module = importlib.import_module(page.module)
        for name in page.names:
            value = getattr(module, name)
            whole = f"{page.module}.{name}"
            if name[0].isupper():
                found[name] = whole
            if getattr(value, "__module__", None) and getattr(value, "__qualname__", None):
                found[f"{value.__module__}.{value.__qualname__}"] = whole
    return found


def build(out: Path) -> str:
    """Make the pages, and give the warnings: none is right."""
    from docutils import nodes
    from docutils.parsers.rst import roles
    from sphinx import addnodes
    from sphinx.application import Sphinx
    from sphinx.domains.python import PyXRefRole
    from sphinx.util.console import nocolor
    from sphinx.util.docutils import docutils_namespace

    known = homes()
    code = PyXRefRole()

    def told(_name: str, raw: str, text: str, line: int, inliner: Any, options: Any = None, content: Any = ()) -> Any:
        """Names in docstrings are links where they lead somewhere, and code in any case."""
        if re.fullmatch(r"[A-Za-z_][\w.]*(\(\))?", text):
            return code("py:obj", raw, text, line, inliner, options or {}, content)
        return [nodes.literal(raw, text)], []

    def led(_app: Any, doctree: Any) -> None:
        """Names lead to where they are public, and not to where they are defined."""
        for node in doctree.findall(addnodes.pending_xref):
            if node.get("refdomain") == "py":
                target = public(node["reftarget"].removesuffix("()"))
                if target in known.values() or target != node["reftarget"]:
                    node["reftarget"], node["refspecific"] = target, False

    def public(name: str) -> str:
        for short, long in (("csto.", f"{PACKAGE}."), ("CSTO.", f"{PACKAGE}.History.")):
            if name.startswith(short):
                return long + name.removeprefix(short)
        return known.get(name, name)

    def signature(_app: Any, _what: str, name: str, *told: Any) -> Any:
        """How it is called, without what Python calls an alias and attrs a default; nothing for what no caller makes."""
        if name in made_for_callers:
            return made_for_callers[name], None
        _value, _options, given, returned = told
        return given and re.sub(r"TypeAliasForwardRef\('(\w+)'\)", r"\1", given.replace("= NOTHING", "= ...")), returned

    def said(_app: Any, _what: str, _name: str, _value: Any, _options: Any, lines: list[str]) -> None:
        """What Python says of a field of a named tuple says nothing."""
        if lines and lines[0].startswith("Alias for field number"):
            lines.clear()

    made_for_callers = {f"{PACKAGE}.{name}": "" for title, names in groups() if title == GIVEN for name in names}
    # What else it takes is how a view is remembered.
    made_for_callers[f"{PACKAGE}.History"] = "(record: Record)"
    warnings = StringIO()
    nocolor()
    with TemporaryDirectory() as folder:
        source, made = Path(folder, "source"), pages()
        (source / "static").mkdir(parents=True)
        (source / "static" / "style.css").write_text(STYLE, encoding="utf-8")
        for theme in ("light", "dark"):
            shutil.copy(ROOT / "examples" / f"csto-{theme}.svg", source / f"picture-{theme}.svg")
        (source / "index.rst").write_text(landing(made), encoding="utf-8")
        for page in made:
            (source / f"{page.file}.rst").write_text(page_text(page), encoding="utf-8")
        settings = {
            "project": PACKAGE,
            "html_title": f"{PACKAGE} {csto.__version__}",
            "extensions": ["sphinx.ext.autodoc"],
            "html_theme": "furo",
            "html_static_path": ["static"],
            "html_css_files": ["style.css"],
            "html_copy_source": False,
            "html_show_copyright": False,
            "html_show_sphinx": False,
            "default_role": "told",
            "smartquotes": False,
            "add_module_names": False,
            "autodoc_typehints_format": "short",
            "autodoc_type_aliases": {name: name for name in ("DateLike", "StateLike", "Citable")},
            "python_maximum_signature_line_length": 110,
            "python_use_unqualified_type_names": True,
            "toc_object_entries_show_parents": "hide",
        }
        # What is set up for one build is gone with it: a second one in the same process would warn of the first.
        with docutils_namespace():
            roles.register_local_role("told", told)
            app = Sphinx(
                source,
                None,
                Path(folder, "out"),
                Path(folder, "trees"),
                "html",
                settings,
                None,
                warnings,
                freshenv=True,
            )
            app.connect("doctree-read", led)
            app.connect("autodoc-process-signature", signature)
            app.connect("autodoc-process-docstring", said)
            app.build()
        if not warnings.getvalue():
            shutil.copytree(Path(folder, "out"), out, dirs_exist_ok=True)
    return warnings.getvalue()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    if told := build(target):
        sys.exit(told)
    print(target / "index.html")
