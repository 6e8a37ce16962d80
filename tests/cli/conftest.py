"""The screen of the command line."""

from __future__ import annotations

import pytest
from support.screen import Screen


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str]) -> Screen:
    return Screen(capsys)
