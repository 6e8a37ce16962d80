"""The command line, run in this process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from csto_membership.cli import main

if TYPE_CHECKING:
    import pytest


class Screen:
    """Runs commands and keeps what they print."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """The exit status, what was printed, and what was complained of."""
        code: Any
        try:
            code = main(arguments)
        except SystemExit as end:
            code = end.code
        shown = self.capsys.readouterr()
        return code, shown.out, shown.err

    def shows(self, *arguments: str) -> str:
        """What a command prints that succeeds without a complaint."""
        code, out, err = self.run(*arguments)
        assert (code, err) == (0, "")
        return out

    def json(self, *arguments: str) -> Any:
        """The same for programs."""
        return json.loads(self.shows(*arguments, "--json"))

    def refuses(self, *arguments: str) -> str:
        """The message of a command that prints nothing and exits with 2."""
        code, out, err = self.run(*arguments)
        assert (code, out) == (2, "")
        assert "Traceback" not in err
        assert "error: " in err
        return err.split("error: ", 1)[1]
