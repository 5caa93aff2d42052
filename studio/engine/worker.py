"""The process that holds espeak-ng: `python -m studio.engine.worker FOLDER`, with an empty folder for its data.

It is apart because the library can abort its process and keeps global state. It ends when its standard input does,
so it never outlives the program, and takes its folder of data with it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from array import array
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

import espeakng_loader

from studio.domain.languages import Language
from studio.engine import datadir, protocol, variant
from studio.engine.espeak import Espeak, EspeakError, load, version
from studio.engine.languages import voice_file
from studio.engine.protocol import Kind, Message
from studio.engine.sentences import sentences

_GRACE_S = 0.5


class Inbox:
    """Reads standard input in a thread, so that a cancel is seen while the synthesiser works."""

    def __init__(self, pipe: BinaryIO, folder: Path) -> None:
        self._pipe = pipe
        self._folder = folder
        self._waiting: SimpleQueue[Message | None] = SimpleQueue()
        self._cancelled = -1
        self._ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> Message | None:
        """The next request; None when there will be none."""
        return self._waiting.get()

    def wanted(self, number: int) -> bool:
        return not self._ended and number > self._cancelled

    def _read(self) -> None:
        while message := protocol.read(self._pipe):
            if message.kind is Kind.CANCEL:
                self._cancelled = message.number
            else:
                self._waiting.put(message)
        self._ended = True
        self._waiting.put(None)
        threading.Timer(_GRACE_S, self._leave).start()

    def _leave(self) -> None:
        """For when the main thread is stuck."""
        datadir.remove(self._folder)
        os._exit(1)


class Worker:
    def __init__(self, espeak: Espeak, folder: Path, inbox: Inbox, answers: BinaryIO) -> None:
        self._espeak = espeak
        self._folder = folder
        self._inbox = inbox
        self._answers = answers

    def run(self) -> None:
        while request := self._inbox.next():
            try:
                whole = self._speak(request)
            except (EspeakError, ValueError, ImportError) as error:
                protocol.write(self._answers, Kind.FAILED, request.number, detail=f"{type(error).__name__}: {error}")
            else:
                protocol.write(self._answers, Kind.DONE if whole else Kind.STOPPED, request.number)

    def _speak(self, request: Message) -> bool:
        """Whether it was spoken to the end."""
        number, language, recipe = request.number, Language(request.text("language")), request.text("recipe")
        datadir.write_variant(self._folder, recipe)
        voice = f"{voice_file(language, variant.accents(recipe))}+{datadir.VARIANT}"
        pitch = variant.pitch_setting(recipe, language)
        parts = sentences(request.text("text"))
        for at, part in enumerate(parts, 1):
            if not self._inbox.wanted(number):
                return False
            self._espeak.choose(voice, pitch)
            sound = self._espeak.say(_readable(part, language), lambda: self._inbox.wanted(number))
            if not self._inbox.wanted(number):
                return False
            protocol.write(self._answers, Kind.SOUND, number, _little_endian(sound), done=at / len(parts))
        return True


def _readable(text: str, language: Language) -> str:
    if language is not Language.JA:
        return text
    from studio.engine import kana

    return kana.spoken(text)


def _little_endian(sound: array[int]) -> bytes:
    if sys.byteorder == "big":
        sound.byteswap()
    return sound.tobytes()


def _quiet_output() -> BinaryIO:
    """The real standard output, for messages only; whatever a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _leave_politely(*_: object) -> None:
    sys.exit(0)


def main() -> None:
    """Doesn't return: taking the interpreter apart takes longer than all else, above all with Japanese loaded."""
    _serve(Path(sys.argv[-1]))
    os._exit(0)


def _serve(folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the program
    signal.signal(signal.SIGTERM, _leave_politely)
    answers = _quiet_output()
    try:
        library, data = load(), Path(espeakng_loader.get_data_path())
    except (OSError, RuntimeError) as error:
        protocol.write(answers, Kind.MISSING, detail=str(error))
        return
    try:
        datadir.fill(folder, data)
        os.chdir(folder)
        espeak = Espeak(library)
        inbox = Inbox(sys.stdin.buffer, folder)
        protocol.write(answers, Kind.READY, version=version(library))
        Worker(espeak, folder, inbox, answers).run()
    except EspeakError as error:
        protocol.write(answers, Kind.MISSING, detail=str(error))
    except BrokenPipeError:
        pass  # the program is gone, and nobody is left to tell
    finally:
        os.chdir(folder.parent)
        datadir.remove(folder)


if __name__ == "__main__":
    main()
