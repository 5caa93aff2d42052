"""The command line: the same flows as the window, no Qt.

With `--json` exactly one document goes to stdout and every word for people to stderr.
"""

from studio.cli.answers import bug, interrupted, unheard
from studio.cli.commands import run
from studio.cli.options import parse
from studio.cli.parts import Commands

__all__ = ["Commands", "bug", "interrupted", "parse", "run", "unheard"]
