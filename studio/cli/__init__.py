"""The command line: the same flows as the window, no Qt.

With `--json` exactly one document goes to stdout and every word for people to stderr.
"""

from studio.cli.commands import Commands, run
from studio.cli.options import parse

__all__ = ["Commands", "parse", "run"]
