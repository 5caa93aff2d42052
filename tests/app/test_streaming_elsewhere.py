"""Speech of systems elsewhere from outside, while it comes and whole: real processes, real sockets."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import soundfile

from tests.app.elsewhere import Commands, design, until
from tests.fakes.evolink import EvoLink
from tests.fakes.exchange import Request, held_half
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import ModelStudio
from tests.fakes.model_studio_speech import QWEN_PATH
from tests.fakes.noiz import Noiz
from tests.fakes.server import ThreadedServer
from tests.fakes.speech import write_speech

WORDS = "Good evening, and welcome to the news of the day. " * 4


class Threaded(ThreadedServer):
    def left_alone(self) -> None:
        """Waits until nobody waits for a reply."""
        asyncio.run_coroutine_threadsafe(self.server.left_alone(), self._loop).result(20)

    def release(self) -> None:
        self._loop.call_soon_threadsafe(self.server.release)


@contextmanager
def served(variable: str, app: Noiz | EvoLink | ModelStudio) -> Iterator[tuple[Commands, Threaded]]:
    """The program's commands with this system alone."""
    threaded = Threaded(app)
    with threaded as server:
        if not isinstance(app, Noiz):
            app.host = server.url
        yield Commands({variable: server.url}), threaded
        assert server.complaints == []


def streaming(request: Request) -> bool:
    return request.path == QWEN_PATH and request.headers.get("x-dashscope-sse") == "enable"


def test_noiz_is_heard_while_it_speaks(home: Path, tmp_path: Path) -> None:
    app = Noiz(PLANTED_KEY)
    target, sample = tmp_path / "said.wav", write_speech(tmp_path / "me.wav", 12.0)
    with served("VOICE_STUDIO_NOIZ_URL", app) as (commands, threaded):
        clone = ("clone", "--system", "noiz", "--sample", sample, "--name", "Mine", "--i-have-the-right")
        voice = commands.document(*clone)["library_id"]
        threaded.server.fail(held_half(), when=lambda request: request.path == "/text-to-speech")
        process = commands.start("say", "--voice", voice, WORDS, "--stream", "--output", target)
        until(lambda: target.exists() and target.stat().st_size > 4_800)  # half of it has come, the rest is held
        assert process.poll() is None
        threaded.release()
        said, words = process.communicate(timeout=30)
        assert process.returncode == 0, words
        assert app.forms[-1].fields["stream"] == "true"
        assert str(target) in said
        assert soundfile.info(target).duration == pytest.approx(0.005 * len(WORDS.strip()) + 0.1, abs=0.01)


@pytest.mark.parametrize("asked_to_end", [signal.SIGINT, signal.SIGTERM])
def test_qwen_is_hung_up_on_when_it_is_stopped_in_the_middle(
    home: Path, tmp_path: Path, asked_to_end: signal.Signals
) -> None:
    app, target = ModelStudio(PLANTED_KEY), tmp_path / "said.wav"
    with served("VOICE_STUDIO_MODEL_STUDIO_INTL_URL", app) as (commands, threaded):
        voice = commands.document(*design("qwen", tmp_path / "made.wav"))["library_id"]
        threaded.server.fail(held_half(), when=streaming)
        process = commands.start("say", "--voice", voice, WORDS, "--stream", "--output", target)
        until(lambda: target.exists() and target.stat().st_size > 4_800)
        process.send_signal(asked_to_end)
        threaded.left_alone()  # the server, still holding the rest, sees that nobody waits for it
        process.communicate(timeout=20)
        assert process.returncode == 130
        assert len(app.spoken) == 1
    told = soundfile.info(target)
    assert told.frames * 2 + 44 == target.stat().st_size


@pytest.mark.parametrize("how", [(), ("--stream",)], ids=["whole", "stream"])
def test_evolink_speaks_whole_however_it_is_asked(home: Path, tmp_path: Path, how: tuple[str, ...]) -> None:
    app, target = EvoLink(PLANTED_KEY), tmp_path / "said.wav"
    with served("VOICE_STUDIO_EVOLINK_URL", app) as (commands, _):
        voice = commands.document(*design("evolink", tmp_path / "made.wav"))["library_id"]
        said = commands.document("say", "--voice", voice, "Good evening to you all.", "--output", target, *how)
        assert [asked["model"] for asked in app.asked] == ["qwen-voice-design", "qwen3-tts-vd"]
        assert app.asked[-1]["prompt"] == "Good evening to you all."
        assert said["seconds"] == pytest.approx(soundfile.info(target).duration, abs=0.01)
        assert said["seconds"] > 0.2
