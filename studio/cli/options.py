"""What can be typed."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn

from studio import __version__
from studio.cli import commands
from studio.cli.answers import print_error
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason
from studio.domain.languages import Language

EXAMPLES = """\
examples:
  voice-studio
      opens the window
  voice-studio design --system on-device --output hello.wav --keep \\
      --description "A calm middle-aged man with a deep, warm voice" --text "Good evening."
  voice-studio voices --search calm
  voice-studio say --voice VOICE "Any text." --output said.mp3

exit codes: 0 done · 2 bad input · 4 library held by another program · 5 refused or not possible here ·
6 no such voice · 7 audio device · 1 a bug
VOICE is a library id or system:voice_id. VOICE_STUDIO_HOME moves all data."""


def parse(argv: list[str]) -> argparse.Namespace:
    """Raises SystemExit: 0 for --help and --version, 2 for what can't be understood."""
    _Parser.json_asked = "--json" in argv
    return _parser().parse_args(argv)


class _Parser(argparse.ArgumentParser):
    """Bad input ends with 2 and, where JSON was asked for, a JSON document."""

    json_asked = False

    def error(self, message: str) -> NoReturn:
        if _Parser.json_asked:
            print_error(Reason.BAD_INPUT.value, message)
        self.exit(2, f"{message}\nTry: {self.prog} --help\n")


def _parser() -> _Parser:
    parser = _Parser(
        prog="voice-studio",
        description="Design a voice from words, keep it, and speak with it. Without a command, the window opens.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"voice-studio {__version__}")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)

    def command(name: str, words: str, work: Callable[..., Awaitable[int]] | None) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=words, description=words, allow_abbrev=False)
        added.set_defaults(work=work, json=False)
        if name != "tour":
            added.add_argument("--json", action="store_true", help="print one JSON document")
        return added

    _add_design(command("design", "make a voice from words and write its preview", commands.design))
    voices = command("voices", "list the voices kept, newest first", commands.voices)
    voices.add_argument("--search", metavar="Q", default="", help="only those in which every word is found")
    show = command("show", "tell everything about one voice", commands.show)
    delete = command("delete", "delete a voice at once", commands.delete)
    say = command("say", "speak a text with a kept voice", commands.say_text)
    for with_voice in (show, delete):
        with_voice.add_argument("voice", metavar="VOICE")
    say.add_argument("--voice", metavar="VOICE", required=True, help="library id or system:voice_id")
    say.add_argument("text", metavar="TEXT")
    say.add_argument("--output", metavar="FILE", type=Path, required=True, help="wav, mp3, opus, flac or pcm")
    tour = command("tour", "do the main job without a display: voices, clips and pictures into a folder", None)
    tour.add_argument("--output", metavar="DIR", type=Path, required=True)
    command("doctor", "tell what works on this computer, and what to do about the rest", commands.doctor)
    return parser


def _add_design(design: argparse.ArgumentParser) -> None:
    design.add_argument("--system", metavar="S", default=ON_DEVICE, help="which voice system (%(default)s)")
    design.add_argument("--description", metavar="D", required=True, help="the voice in words, English or Chinese")
    design.add_argument("--text", metavar="T", required=True, help="what the preview says")
    languages = [language.value for language in Language]
    design.add_argument("--language", metavar="L", choices=languages, help="|".join(languages) + "; else by the script")
    design.add_argument("--name", metavar="N", default="", help="the voice's name")
    design.add_argument("--seed", metavar="N", type=int, help="0 to 2147483647; the same seed gives the same voice")
    design.add_argument("--rate", metavar="HZ", type=int, default=24_000, help="8000, 16000, 24000 (default) or 48000")
    design.add_argument("--format", choices=["wav", "mp3", "opus", "pcm"], help="else by the file's suffix, else wav")
    design.add_argument("--output", metavar="FILE", type=Path, required=True, help="where the preview goes")
    design.add_argument("--keep", action="store_true", help="put the voice into the library")
