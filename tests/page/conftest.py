"""A real browser without a network, in which the tests open pages from files."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from csto_membership import CSTO, Registry, history, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: A day up to which sources are used, as the pages of the tests offer it besides all of them.
KNOWN = "2012-12-31"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium."""
    # Where all tests have to run, what is missing is a fault.
    needed = "EVERY_ENGINE" in os.environ
    if not needed:
        pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    playwright = import_module("playwright.sync_api")
    path = shutil.which("chromium")
    if path is None and not needed:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page of the bundled record, and one of a registry."""
    folder = tmp_path_factory.mktemp("pages")
    page.write(CSTO, folder / "csto.html", known=[KNOWN])
    page.write(Registry.of(history("eurasec"), history("eaeu")), folder / "two.html", known=[])
    return folder


@pytest.fixture
def opened(chromium: Any, files: Path) -> Iterator[Callable[..., Any]]:
    """
    Opens a page of the folder, or a file: offline, and with an eye on what it complains of and asks for.

    What it asks for besides itself, and what goes wrong in it, fails the test.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def complain(of: Any) -> None:
        wrong.append(f"dialog: {of.message}")
        of.dismiss()

    def open_page(file: str | Path, address: str = "", **options: Any) -> Any:
        own = (files / file).as_uri()

        def ask(of: Any) -> None:
            if of.url.partition("#")[0] != own:
                wrong.append(f"request: {of.url}")

        context = chromium.new_context(**{"offline": True, "locale": "en-GB", **options})
        contexts.append(context)
        opened = context.new_page()
        opened.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        opened.on("console", lambda message: wrong.append(f"console: {message.text}"))
        opened.on("dialog", complain)
        opened.on("request", ask)
        opened.goto(own + address)
        return opened

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong
