"""The same questions as commands. A command asks a `History` and prints; it derives nothing."""

from csto_membership.cli._parser import main

__all__ = ["main"]
