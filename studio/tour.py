"""The main job without a display: the same window drawn offscreen, worked by its names as a person would work it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTabWidget, QWidget

from studio.domain.languages import Language
from studio.domain.voices import StoredClip
from studio.flows.design import DesignFlow
from studio.flows.saying import Saying
from studio.ports import Clips

if TYPE_CHECKING:
    from studio.parts import Parts

PATIENCE_S = 60.0
SIZE = (1180, 760)

_W = TypeVar("_W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Stop:
    """One voice of the tour."""

    name: str
    language: Language
    description: str
    text: str


STOPS = (
    Stop(
        "Evening announcer",
        Language.EN,
        "A composed middle-aged man with a deep, magnetic voice and a slow, steady pace, for news broadcasting.",
        "Good evening. Here is the news, read by a voice that was a sentence a moment ago.",
    ),
    Stop(
        "小雨",
        Language.ZH,
        "活泼开朗的年轻女性，语速稍快，声音清脆甜美，适合动画角色。",
        "你好，我叫小雨。很高兴认识你，我们一起出发吧。",
    ),
    Stop(
        "Old sailor",
        Language.EN,
        "An old sailor in his seventies, very husky and low, slow, not too sad.",
        "I have seen the sea turn black, and I have seen it turn to gold.",
    ),
)
SPOKEN = "This sentence was never in the preview. Any text will do, for a voice that was kept."


class Hands:
    """Finds what is showing by the name that a screen reader says, types and clicks."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def find(self, kind: type[_W], name: str) -> _W:
        """Raises LookupError when nothing of that name is showing."""
        for widget in self._window.findChildren(kind):
            if widget.isVisible() and _name(widget) == name:
                return widget
        raise LookupError(name)

    def type(self, name: str, text: str) -> None:
        try:
            self.find(QLineEdit, name).setText(text)
        except LookupError:
            self.find(QPlainTextEdit, name).setPlainText(text)

    def choose(self, name: str, item: str) -> None:
        """A combo box is announced by its item, so it is found by the name it carries."""
        combo = next(one for one in self._window.findChildren(QComboBox) if one.accessibleName() == name)
        combo.setCurrentIndex(combo.findText(item))

    def press(self, name: str) -> None:
        self.find(QAbstractButton, name).click()

    def tab(self, title: str) -> None:
        (tabs,) = self._window.findChildren(QTabWidget)
        tabs.setCurrentIndex([tabs.tabText(index) for index in range(tabs.count())].index(title))

    def picture(self, path: Path) -> None:
        self._window.grab().save(str(path))


def _name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


async def guide(window: QWidget, parts: Parts, output: Path) -> int:
    """Designs three voices, keeps them, speaks with one; clips and pictures go to `output`. Returns the exit code."""
    window.resize(*SIZE)
    design, saying, clips = parts.design, parts.saying, parts.store.clips
    parts.speaking.on_spoken = lambda _, __, ___: parts.library.look_at_clips()  # a tour makes no sound
    hands = Hands(window)
    hands.tab("Design")
    for number, stop in enumerate(STOPS, 1):
        print(f"{stop.name}: {stop.description}")
        await _design(hands, design, stop)
        newest = design.state.candidates[0]
        await _write(saying, clips, newest.preview, output / f"{number}-{stop.language}.wav")
    hands.picture(output / "design.png")
    for _ in STOPS:
        waiting = len(design.state.candidates)
        hands.press("Keep")
        await _until(lambda waiting=waiting: len(design.state.candidates) < waiting)
    await _write(saying, clips, await _speak(hands, parts), output / "4-spoken.wav")
    hands.picture(output / "library.png")
    print(f"Clips and pictures are in {output}, the voices in {output / 'library'}.")
    print(f"To open them in a window: VOICE_STUDIO_HOME={quote(str((output / 'library').resolve()))} voice-studio")
    return 0


async def _design(hands: Hands, design: DesignFlow, stop: Stop) -> None:
    made = len(design.state.candidates)
    hands.choose("Language", stop.language.label)
    hands.type("Voice description", stop.description)
    hands.type("Preview text", stop.text)
    hands.type("Voice name", stop.name)
    hands.press("Generate")
    await _until(lambda: len(design.state.candidates) > made or design.state.error)
    if design.state.error:
        raise design.state.error


async def _speak(hands: Hands, parts: Parts) -> StoredClip:
    library, speaking = parts.library, parts.speaking
    hands.tab("Library")
    await _until(lambda: library.state.voices)
    library.choose(library.state.voices[0].library_id)
    await _until(lambda: library.state.clips)
    hands.type("Text to speak", SPOKEN)
    hands.press("Speak")
    await _until(lambda: len(library.state.clips) > 1 or speaking.state.error)
    if speaking.state.error:
        raise speaking.state.error
    return library.state.clips[1]  # the preview is the first


async def _write(saying: Saying, clips: Clips, stored: StoredClip, path: Path) -> None:
    await saying.write(await clips.load(stored), path)
    print(f"  {path} · {stored.seconds:.1f} s")


async def _until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not true():  # noqa: ASYNC110 - the flows have one listener, and that is the window
            await asyncio.sleep(0.01)
