"""Runs the window or one command on the parts of `parts.py`: with that, the only file that knows all.

Imports stand where they are used: `--version` loads nothing, commands load no Qt, and the window has painted before
anything heavy is there.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from PySide6.QtWidgets import QApplication

    from studio.parts import Parts
    from studio.ui.window import Window

NO_WINDOW = 5
INTERRUPTED = 130
BUG = 1
START_ANEW = -1
"""The library lies in another folder now."""
WARM_UP_S = 0.6
"""How long after the first paint the speech engine starts; at once it would fight with the window for the processor."""


def main(argv: list[str] | None = None) -> int:
    """Returns the exit code."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that knows no Chinese shows escapes, not a traceback
            stream.reconfigure(errors="backslashreplace")
    words = sys.argv[1:] if argv is None else argv
    if words == ["--version"]:
        from studio import __version__

        sys.stdout.write(f"voice-studio {__version__}\n")
        return 0
    _count_alone()
    if not words:
        return _window()
    from studio import cli

    asked = cli.parse(words)
    return _tour(asked.output) if asked.command == "tour" else _command(asked)


def _count_alone() -> None:
    """OpenBLAS's threads spin while they wait for one another: for sums as short as ours, twice the processor time."""
    import os

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _open_streams() -> None:
    """A stream that the shell closed (`2>&-`) leads nowhere: Python would print its words among the others'."""
    import os

    for name, how in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, how, encoding="utf-8"))  # noqa: SIM115 - as long as the process


# -- one command -------------------------------------------------------------------------------------------------------


def _command(asked: Namespace) -> int:
    import asyncio

    from studio import cli
    from studio.doctor import check_up
    from studio.parts import Parts

    async def run() -> int:
        if commanded := asyncio.current_task():
            _when_asked_to_end(commanded.cancel)
        parts = Parts(_report_bug)
        try:
            making = (parts.design, parts.clone, parts.booth, parts.sampling, parts.store.takes)
            voices = (parts.store.shelf, parts.library, parts.refreshing, parts.remote, parts.saying)
            keeping = (parts.accounts, parts.orders, parts.usage, parts.moving)
            return await cli.run(asked, cli.Commands(*making, *voices, *keeping, parts.infos, check_up))
        finally:
            await parts.aclose()

    try:
        code = asyncio.run(run())
        sys.stdout.flush()
    except (KeyboardInterrupt, asyncio.CancelledError):
        cli.interrupted(asked)
        return INTERRUPTED
    except OSError as error:  # stdout is full, or nobody reads it: the answer is lost, and it is the only one
        return cli.unheard(error)
    except Exception as error:  # noqa: BLE001 - the command's own excepthook: a program that reads JSON gets JSON
        _report_bug(f"the command {asked.command}", error)
        cli.bug(asked)
        return BUG
    return code


# -- the window --------------------------------------------------------------------------------------------------------


def _window() -> int:
    from studio.display import ADVICE, why_no_window

    if reason := why_no_window():
        sys.stderr.write(f"{reason} {ADVICE}\n")
        return NO_WINDOW
    app, window = painted()
    code = in_loop(app, _live(Stage(window)))
    if code == START_ANEW:
        import os

        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this very program
    return code


def _tour(output: Path) -> int:
    """Offscreen, with a library of its own beside the clips and pictures."""
    import os

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["VOICE_STUDIO_HOME"] = str(output.resolve() / "library")
    app, window = painted()
    return in_loop(app, _guide(Stage(window), output))


def painted() -> tuple[QApplication, Window]:
    """The window, on the screen and with what it remembers, before the flows are there.

    Collecting garbage meanwhile would find none, and take a sixth of the time.
    """
    import gc

    gc.disable()
    from PySide6.QtWidgets import QApplication

    from studio.store import find_home
    from studio.store.settings import SettingsFile
    from studio.ui import theme
    from studio.ui.window import Window

    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)  # the loop ends when everything is taken down, not before
    theme.prepare(app)
    window = Window(SettingsFile(find_home()).load())
    window.show()
    app.processEvents()
    gc.freeze()
    gc.enable()
    return app, window


def in_loop(app: QApplication, root: Coroutine[Any, Any, int]) -> int:
    import qasync

    with qasync.QEventLoop(app) as loop:
        return cast("int", loop.run_until_complete(root))  # pyright: ignore[reportUnknownMemberType]


class Stage:
    """The window with everything behind it, entered once the loop runs.

    `on_first_block` is told, on PortAudio's thread, when the first block of a clip is handed over.
    """

    def __init__(self, window: Window, on_first_block: Callable[[], None] | None = None) -> None:
        from studio.audio.player import PortAudioPlayer
        from studio.flows.audition import AuditionFlow
        from studio.flows.desk import DeskFlow
        from studio.parts import Parts
        from studio.ui import wiring

        self.window = window
        self.code = 0
        self.parts = parts = Parts(self._on_bug)
        parts.moving.on_moved = self._start_anew
        self.player = PortAudioPlayer(on_first_block)
        self.audition = AuditionFlow(self.player, parts.codec, parts.store.clips, parts.tasks)
        self.desk = DeskFlow(parts.store.memory, parts.tasks)
        making = (parts.design, parts.clone, parts.booth, parts.takes, parts.hearing)
        voices = (parts.library, parts.deletion, parts.speaking, parts.pitches, parts.usage, parts.moving)
        keeping = (*voices, parts.accounts, parts.orders, parts.reviews)
        window.when_clone_built(lambda tab: tab.right.editor.set_fine(parts.darkroom.fine))
        wiring.connect(window, wiring.Flows(*making, *keeping, self.audition, self.desk, parts.saying))

        window.announcer.noted.connect(self._notify)
        sys.excepthook = lambda _, error, __: self._on_bug("the window", error)

    def _on_bug(self, name: str, error: BaseException) -> None:
        """Nobody sees the terminal of a program that was started from a menu."""
        _report_bug(name, error)
        self.window.strip.say("A fault of the program: what was asked last may not have happened.")

    def _start_anew(self) -> None:
        self.code = START_ANEW
        self.window.close()

    def _notify(self, words: str) -> None:
        from studio.notices import notify

        self.parts.tasks.start("main.notify", notify(words))

    async def __aenter__(self) -> None:
        self.parts.design.restore()
        self.parts.accounts.look()

    async def __aexit__(self, *_: object) -> None:
        self.window.close()  # hides it, and has it tell where it stood
        await self.parts.booth.aclose()  # first: a take under way is kept
        await self.parts.deletion.aclose()
        await self.parts.tasks.aclose()
        await self.player.aclose()
        self.desk.save_now()
        await self.parts.aclose()
        self.window.allow_close = True
        self.window.close()
        self.window.deleteLater()


async def _live(stage: Stage) -> int:
    """Until the window is closed, or the process is asked to end."""
    import asyncio

    closed = asyncio.Event()
    stage.window.closed.connect(closed.set)
    _when_asked_to_end(closed.set)
    async with stage:
        stage.parts.tasks.start("main.warm_up", warm_up(stage.parts))
        await closed.wait()
    return stage.code


def _when_asked_to_end(end: Callable[[], object]) -> None:
    """Ctrl+C in the terminal, or the end of the desktop session."""
    import asyncio
    import signal

    if sys.platform != "win32":
        for asked in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(asked, end)


async def warm_up(parts: Parts) -> None:
    """After the paint: what was left open is looked after, what was deleted goes, the engine starts."""
    import asyncio
    import importlib
    from contextlib import suppress

    from studio.domain.errors import StudioError

    await asyncio.sleep(WARM_UP_S)
    parts.orders.follow()
    parts.reviews.follow()
    parts.takes.restore()  # a take that was being recorded when the program died is mended, and told of
    parts.moving.look()
    for work in (parts.store.shelf.purge, parts.store.takes.purge, parts.engine.start):
        with suppress(StudioError):  # the first click will say it
            await work()
    if parts.library.state.loaded:
        parts.library.refresh()  # voices whose deletion was never sent are back
    await asyncio.to_thread(importlib.import_module, "studio.ui.library.tab")


async def _guide(stage: Stage, output: Path) -> int:
    import asyncio

    from studio import tour
    from studio.cli import answers
    from studio.domain.errors import StudioError

    if touring := asyncio.current_task():
        _when_asked_to_end(touring.cancel)
    try:
        async with stage:
            await stage.parts.tasks.wait("design.restore")
            return await tour.guide(stage.window, stage.parts, output)
    except StudioError as error:
        return answers.failed(error, as_json=False)
    except asyncio.CancelledError:
        return INTERRUPTED


# -- bugs --------------------------------------------------------------------------------------------------------------


def _report_bug(name: str, error: BaseException) -> None:
    import logging
    import traceback

    words = "".join(traceback.format_exception(error))
    logging.getLogger("studio").error("A bug in %s:\n%s", name, words)
