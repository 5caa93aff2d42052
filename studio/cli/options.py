"""What can be typed."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NoReturn

from studio import __version__
from studio.cli import accounts, commands, housekeeping, making, recording
from studio.cli.answers import print_error
from studio.domain.accounts import Region, Role
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason
from studio.domain.languages import Language
from studio.words import LABELS

EXAMPLES = """\
examples:
  voice-studio
      opens the window
  voice-studio design --system on-device --output hello.wav --keep \\
      --description "A calm middle-aged man with a deep, warm voice" --text "Good evening."
  voice-studio voices --search calm
  voice-studio say --voice VOICE "Any text." --output said.mp3
  voice-studio say --voice VOICE "A long text." --stream --output - | aplay
  voice-studio export VOICE VOICE --output voices.zip
  voice-studio import voices.zip
  voice-studio accounts set-key model-studio-intl < key.txt
  voice-studio design --system qwen --output announcer.wav --name announcer \\
      --description "A composed announcer, deep and magnetic" --text "Welcome to the evening news."
  voice-studio record --seconds 20 --output me.wav
  voice-studio check me.wav --system noiz
  voice-studio clone --system noiz --sample me.wav --name "My voice" --i-have-the-right
  voice-studio voices --system noiz --kind built-in --refresh

SYSTEM is on-device, cosyvoice, qwen, evolink, noiz, opentalking or speech-server; ACCOUNT is
model-studio-intl, model-studio-cn, evolink, noiz, opentalking or speech-server; VOICE is a library id or
system:voice_id.
Without --region every command means international.

exit codes: 0 done · 2 bad input, nothing was sent · 3 key missing or refused · 4 unreachable or timed out ·
5 refused by the service, or not possible here · 6 no such voice · 7 audio device · 1 a bug · 130 interrupted

environment: DASHSCOPE_API_KEY, EVOLINK_API_KEY, NOIZ_API_KEY and VOICE_STUDIO_SPEECH_KEY go before the keyring;
VOICE_STUDIO_MODEL_STUDIO_INTL_URL, …_MODEL_STUDIO_CN_URL, …_EVOLINK_URL, …_NOIZ_URL, …_OPENTALKING_URL and
VOICE_STUDIO_SPEECH_DESIGN_URL, …_CLONE_URL and …_CUSTOM_URL are base URLs; HTTPS_PROXY and SSL_CERT_FILE count;
VOICE_STUDIO_HOME moves all data."""


def parse(argv: list[str]) -> argparse.Namespace:
    """Raises SystemExit: 0 for --help and --version, 2 for what can't be understood."""
    _Parser.json_asked = "--json" in argv
    return _parser().parse_args(argv)


Command = Callable[[str, str, Callable[..., Awaitable[int]] | None], argparse.ArgumentParser]
"""Adds a command by name, words and work."""


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

    _add_design(command("design", "make a voice from words and write its preview", making.design))
    _add_clone(command("clone", "make a voice from a sample of somebody speaking", making.clone))
    _add_recording(command)
    _add_voices(command("voices", "list voices, newest first", commands.voices))
    show = command("show", "tell everything about one voice, as its system knows it now", commands.show)
    delete = command("delete", "delete a voice at once, at its system too", commands.delete)
    say = command("say", "speak a text with a voice", commands.say_text)
    for with_voice in (show, delete):
        with_voice.add_argument("voice", metavar="VOICE")
    say.add_argument("--voice", metavar="VOICE", required=True, help="library id or system:voice_id")
    say.add_argument("text", metavar="TEXT")
    say.add_argument("--output", metavar="FILE", type=Path, required=True, help="wav, mp3, opus, flac or pcm")
    say.add_argument("--stream", action="store_true", help="write WAV as the sound comes; FILE may be - for stdout")
    for with_voice in (show, delete, say):
        _add_region(with_voice)
    _add_housekeeping(command)
    _add_accounts(command("accounts", "tell which keys are set, set and forget and test them", accounts.show_all))
    tour = command("tour", "do the main job without a display: voices, clips and pictures into a folder", None)
    tour.add_argument("--output", metavar="DIR", type=Path, required=True)
    command("doctor", "tell what works on this computer, and what to do about the rest", commands.doctor)
    return parser


def _add_design(design: argparse.ArgumentParser) -> None:
    design.add_argument(
        "--system", metavar="S", default=ON_DEVICE, help="%(default)s, cosyvoice, qwen, evolink or speech-server"
    )
    design.add_argument("--description", metavar="D", required=True, help="the voice in words, English or Chinese")
    design.add_argument("--text", metavar="T", required=True, help="what the preview says")
    _add_language(design, "else by the script")
    design.add_argument("--name", metavar="N", default="", help="the voice's name")
    design.add_argument("--seed", metavar="N", type=int, help="0 to 2147483647; the same seed gives the same voice")
    design.add_argument("--rate", metavar="HZ", type=int, default=24_000, help="8000, 16000, 24000 (default) or 48000")
    design.add_argument("--format", choices=["wav", "mp3", "opus", "pcm"], help="else by the file's suffix, else wav")
    design.add_argument("--output", metavar="FILE", type=Path, required=True, help="where the preview goes")
    design.add_argument("--keep", action="store_true", help="put it into the library, where others are anyway")
    design.add_argument("--model", metavar="M", default="", help="target model; else the system's first")
    _add_region(design)


def _add_clone(clone: argparse.ArgumentParser) -> None:
    clone.add_argument("--system", metavar="S", required=True, help="qwen, cosyvoice, noiz, speech-server, …")
    sample = clone.add_mutually_exclusive_group(required=True)
    sample.add_argument("--sample", metavar="FILE", type=Path, help="10 to 20 seconds of clear speech")
    sample.add_argument("--url", metavar="URL", default="", help="public address of such a file")
    clone.add_argument("--name", metavar="N", required=True, help="the voice's name")
    clone.add_argument("--transcript", metavar="T", default="", help="what is said in the sample, word for word")
    _add_language(clone, "the sample's; sent only if given")
    clone.add_argument("--model", metavar="M", default="", help="target model; else the system's first")
    clone.add_argument("--backend", choices=["cosyvoice", "dashscope"], default="", help="OpenTalking's way to clone")
    clone.add_argument("--denoise", action="store_true", help="have the noise taken out (Noiz)")
    clone.add_argument(
        "--i-have-the-right", dest="right", action="store_true", help="you have the right to clone this voice"
    )
    clone.add_argument("--whose", metavar="NAME", default="", help="whose voice it is, if not your own")
    clone.add_argument("--permission-since", metavar="DAY", default="", help="of the written permission, YYYY-MM-DD")
    clone.add_argument("--consent", metavar="FILE", type=Path, help="a spoken consent, kept with the statement")
    clone.add_argument("--strength", metavar="X", type=_strength, help="0 to 0.9, of a timbre match on this computer")
    clone.add_argument("--force", action="store_true", help="send a sample whose capture report fails, too")
    _add_region(clone)


def _strength(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 0.9:
        raise ValueError(text)
    return value


def _add_recording(command: Command) -> None:
    command("devices", "list the microphones", recording.devices)
    record = command("record", "record a take from a microphone", recording.record)
    record.add_argument("--seconds", metavar="N", type=float, required=True, help="how long")
    record.add_argument("--output", metavar="FILE", type=Path, required=True, help="wav, flac, mp3, opus or pcm")
    record.add_argument("--device", metavar="D", default="", help="id or name, as `devices` lists them")
    takes = command("takes", "list the takes in the library folder, newest first", recording.takes)
    verbs = takes.add_subparsers(title="what to do", metavar="VERB", dest="verb")
    words = "write the raw sound of a take to a file"
    export = verbs.add_parser("export", help=words, description=words, allow_abbrev=False)
    export.set_defaults(work=recording.export_take)
    export.add_argument("take", metavar="ID")
    export.add_argument("--output", metavar="FILE", type=Path, required=True, help="wav, flac, mp3, opus or pcm")
    export.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
    check = command("check", "tell whether a sound file is a good sample to clone from", recording.check)
    check.add_argument("file", metavar="FILE", type=Path)
    check.add_argument("--system", metavar="S", default="", help="hold it against what this system takes")
    check.add_argument("--model", metavar="M", default="", help="target model; else the system's first")


def _add_voices(voices: argparse.ArgumentParser) -> None:
    voices.add_argument("--system", metavar="S", choices=list(LABELS), default="", help="only those of one system")
    voices.add_argument("--kind", choices=["custom", "built-in"], default="custom", help="%(default)s if not said")
    voices.add_argument("--search", metavar="Q", default="", help="only those in which every word is found")
    voices.add_argument("--refresh", action="store_true", help="ask the systems first, free of charge")
    _add_region(voices)


def _add_housekeeping(command: Command) -> None:
    export = command("export", "write voices with their clips and rights records to one zip", housekeeping.export)
    export.add_argument("voice", metavar="VOICE", nargs="*")
    export.add_argument("--all", action="store_true", help="the whole library")
    export.add_argument("--output", metavar="FILE", type=Path, required=True, help="the zip")
    read = command("import", "take in the voices of such a zip; those that are here stay single", housekeeping.read)
    read.add_argument("file", metavar="FILE", type=Path)
    command("usage", "tell how many voices each account holds of how many, and what was spent", housekeeping.usage)


def _add_accounts(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="what to do", metavar="VERB", dest="verb")
    for name, words, work in (
        ("set-key", "keep a key, read from stdin, in the keyring", accounts.set_key),
        ("set-url", "set the address of an account's server", accounts.set_url),
        ("forget", "forget the key", accounts.forget),
        ("test", "find out with a free call whether key and address are good", accounts.test),
    ):
        verb = verbs.add_parser(name, help=words, description=words, allow_abbrev=False)
        verb.set_defaults(work=work)
        verb.add_argument("account", metavar="ACCOUNT")
        verb.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
        if work is accounts.set_url:
            verb.add_argument("url", metavar="URL", help="empty for the vendor's own, or for none")
            roles = [role.value for role in Role]
            verb.add_argument("--role", choices=roles, default="", help="of the speech server: which one this is")


def _add_language(parser: argparse.ArgumentParser, words: str) -> None:
    languages = [language.value for language in Language]
    parser.add_argument("--language", metavar="L", choices=languages, help=f"{'|'.join(languages)}; {words}")


def _add_region(parser: argparse.ArgumentParser) -> None:
    regions = [region.value for region in Region]
    parser.add_argument("--region", choices=regions, default="", help="of Alibaba Model Studio; else intl")
