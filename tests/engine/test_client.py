"""The worker's life: it answers, can be interrupted, dies, comes back, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.engine.client import SEED_MAX, LocalEngine
from studio.engine.datadir import PREFIX
from tests.engine.texts import KANJI, STATEMENTS

LONG = "The river runs from the mountain to the sea. " * 400


@pytest.fixture
async def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LocalEngine]:
    """Its worker keeps its folder in the test's own; nothing of it is left at the end."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    engine = LocalEngine()
    yield engine
    await engine.aclose()
    assert left_in(folder) == []


async def until(true: Callable[[], bool], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for is another process
            await asyncio.sleep(0.005)


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(PREFIX + "*")]


def alive(pid: int) -> bool:
    with suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z"
    return False


def pid_of(engine: LocalEngine) -> int:
    pid = engine.worker_pid
    assert pid is not None
    return pid


# -- what comes out ---------------------------------------------------------------------------------------------


async def test_a_design_and_its_voice_again(engine: LocalEngine) -> None:
    parts: list[float | None] = []
    design = await engine.design("a deep man", 5, STATEMENTS[Language.EN], Language.EN, parts.append)
    assert (design.seed, design.understood, design.unused_words) == (5, ("male", "deep"), ())
    assert parts == [0.5, 1.0]
    assert (design.pcm.rate_hz, design.pcm.channels, design.pcm.samples.dtype) == (22_050, 1, np.float32)
    assert 3 < design.pcm.seconds < 15
    again = await engine.design("a deep man", 5, "Another text.", Language.DE)
    assert again.recipe == design.recipe
    spoken = await engine.speak(design.recipe, STATEMENTS[Language.EN], Language.EN)
    assert spoken.seconds == pytest.approx(design.pcm.seconds, rel=0.02)


async def test_without_a_seed_one_is_drawn(engine: LocalEngine) -> None:
    designs = [await engine.design("a man", None, "Hello.", Language.EN) for _ in range(3)]
    assert len({design.seed for design in designs}) == 3
    assert all(0 <= design.seed <= SEED_MAX for design in designs)
    same = await engine.design("a man", designs[0].seed, "Hello.", Language.EN)
    assert same.recipe == designs[0].recipe


async def test_all_languages_speak_and_kanji_are_read(engine: LocalEngine) -> None:
    recipe = (await engine.design("a woman", 1, "Hello.", Language.EN)).recipe
    for language, text in STATEMENTS.items():
        pcm = await engine.speak(recipe, text, language)
        assert float(np.sqrt(np.mean(pcm.samples**2))) > 0.03
        assert float(np.max(np.abs(pcm.samples))) < 0.9
    assert (await engine.speak(recipe, KANJI, Language.JA)).seconds < 8


async def test_callers_take_turns(engine: LocalEngine) -> None:
    recipe = (await engine.design("a man", 1, "Hello.", Language.EN)).recipe
    texts = ("One.", "One, two, three, four, five, six.", "One, two, three.")
    clips = await asyncio.gather(*(engine.speak(recipe, text, Language.EN) for text in texts))
    assert clips[0].seconds < clips[2].seconds < clips[1].seconds


@pytest.mark.parametrize("text", ["", " \n", "🎉🎊", "...!?", "\0"])
async def test_nothing_to_say(engine: LocalEngine, text: str) -> None:
    with pytest.raises(StudioError) as caught:
        await engine.design("a man", 1, text, Language.EN)
    assert caught.value.reason is Reason.NOTHING_TO_SAY
    assert engine.worker_pid is None


@pytest.mark.parametrize("recipe", ["", "no recipe", "language variant\nmbrola en1 en1_phtrans\n"])
async def test_what_is_no_recipe_is_refused(engine: LocalEngine, recipe: str) -> None:
    with pytest.raises(StudioError) as caught:
        await engine.speak(recipe, "Hello.", Language.EN)
    assert caught.value.reason is Reason.CANNOT_SPEAK


@pytest.mark.parametrize("text", ["a\0b 🎉 <speak>x</speak> [[h@l'oU]]", "x" * 5000, "ᄀ ㄱ ㅏ a", "\ud800 a"])
async def test_strange_texts_do_no_harm(engine: LocalEngine, text: str) -> None:
    recipe = (await engine.design("a man", 1, "Hello.", Language.EN)).recipe
    pid = engine.worker_pid
    assert (await engine.speak(recipe, text, Language.EN)).seconds > 0
    assert engine.worker_pid == pid


# -- interruptions ----------------------------------------------------------------------------------------------


async def test_what_is_cancelled_keeps_nobody_waiting(engine: LocalEngine) -> None:
    recipe = (await engine.design("a man", 1, "Hello.", Language.EN)).recipe
    pid, heard = engine.worker_pid, asyncio.Event()
    speaking = asyncio.create_task(engine.speak(recipe, LONG, Language.EN, lambda _: heard.set()))
    await heard.wait()
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    parts: list[float | None] = []
    await engine.speak(recipe, "Hi.", Language.EN, parts.append)
    assert parts == [1.0], "the worker went on with what was cancelled"
    assert engine.worker_pid == pid


async def test_one_endless_sentence_can_be_cancelled(engine: LocalEngine) -> None:
    """The callback is asked, not only the gap between sentences."""
    recipe = (await engine.design("an extremely slow man", 1, "Hello.", Language.EN)).recipe
    speaking = asyncio.create_task(engine.speak(recipe, "9" * 590, Language.EN))
    await asyncio.sleep(0)
    speaking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await speaking
    assert (await engine.speak(recipe, "Hi.", Language.EN)).seconds < 5


async def test_a_killed_worker_is_replaced(engine: LocalEngine) -> None:
    recipe = (await engine.design("a man", 1, "Hello.", Language.EN)).recipe
    first, heard = pid_of(engine), asyncio.Event()
    speaking = asyncio.create_task(engine.speak(recipe, LONG, Language.EN, lambda _: heard.set()))
    await heard.wait()
    os.kill(first, signal.SIGKILL)
    with pytest.raises(StudioError) as caught:
        await speaking
    assert (caught.value.reason, caught.value.retryable) == (Reason.ENGINE_STOPPED, True)
    assert "-9" in caught.value.detail
    assert (await engine.speak(recipe, "Hi.", Language.EN)).seconds > 0
    assert pid_of(engine) != first


async def test_a_worker_that_died_idle_is_replaced_without_a_word(engine: LocalEngine) -> None:
    recipe = (await engine.design("a man", 1, "Hello.", Language.EN)).recipe
    first = pid_of(engine)
    os.kill(first, signal.SIGKILL)
    await until(lambda: engine.worker_pid is None)
    assert (await engine.speak(recipe, "Hi.", Language.EN)).seconds > 0


async def test_a_mute_worker_is_killed_and_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    engine = LocalEngine(patience_s=5)
    await engine.start()
    engine._patience_s = 0.2
    first = pid_of(engine)
    os.kill(first, signal.SIGSTOP)
    with pytest.raises(StudioError) as caught:
        await engine.design("a man", 1, "Hello.", Language.EN)
    assert (caught.value.reason, caught.value.retryable) == (Reason.ENGINE_STOPPED, True)
    assert not alive(first)
    assert left_in(tmp_path) == []
    engine._patience_s = 5
    assert (await engine.design("a man", 1, "Hello.", Language.EN)).pcm.seconds > 0
    await engine.aclose()


# -- beginnings and ends ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("/nonexistent/worker",), (sys.executable, "-c", "import studio.nothing_here")])
async def test_a_worker_that_cannot_start(command: tuple[str, ...]) -> None:
    engine = LocalEngine(command)
    with pytest.raises(StudioError) as caught:
        await engine.start()
    assert caught.value.reason in (Reason.ENGINE_MISSING, Reason.ENGINE_STOPPED)
    assert caught.value.detail
    await engine.aclose()


async def test_a_missing_library_is_said() -> None:
    script = (
        "import espeakng_loader; espeakng_loader.get_library_path = lambda: 'no-such-library.so';"
        "from studio.engine.worker import main; main()"
    )
    engine = LocalEngine((sys.executable, "-c", script))
    with pytest.raises(StudioError) as caught:
        await engine.design("a man", 1, "Hello.", Language.EN)
    assert caught.value.reason is Reason.ENGINE_MISSING
    assert "no-such-library" in caught.value.detail
    await engine.aclose()


async def test_closing_is_quick_and_ends_what_is_under_way(engine: LocalEngine) -> None:
    recipe = (await engine.design("a man", 1, "Hello.", Language.EN)).recipe
    pid, heard = pid_of(engine), asyncio.Event()
    speaking = asyncio.create_task(engine.speak(recipe, LONG, Language.EN, lambda _: heard.set()))
    await heard.wait()
    start = time.perf_counter()
    await engine.aclose()
    assert time.perf_counter() - start < 0.45
    assert not alive(pid)
    with pytest.raises(StudioError) as caught:
        await speaking
    assert caught.value.reason is Reason.ENGINE_STOPPED
    with pytest.raises(StudioError):
        await engine.speak(recipe, "Hi.", Language.EN)
    assert engine.worker_pid is None


async def test_closing_while_it_starts_leaves_nothing(engine: LocalEngine) -> None:
    starting = asyncio.create_task(engine.start())
    await until(lambda: engine.worker_pid is not None)
    pid = pid_of(engine)
    await engine.aclose()
    with pytest.raises(StudioError):
        await starting
    assert not alive(pid)


async def test_a_parent_s_sudden_death_takes_worker_and_folder_along(tmp_path: Path) -> None:
    script = (
        "import asyncio\nfrom studio.engine.client import LocalEngine\n"
        "async def main():\n e = LocalEngine(); await e.start(); print(e.worker_pid, flush=True)\n"
        " await asyncio.sleep(60)\nasyncio.run(main())"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment)  # noqa: ASYNC220
    assert parent.stdout is not None
    with parent, parent.stdout as output:
        worker = int(await asyncio.to_thread(output.readline))
        assert alive(worker)
        assert len(left_in(tmp_path)) == 1
        parent.kill()
    await until(lambda: not alive(worker) and left_in(tmp_path) == [])


async def test_a_long_folder_with_chinese_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """espeak-ng refuses longer paths than about 150 bytes; the worker goes there and says "."."""
    folder = tmp_path / ("很长的文件夹名字" * 6) / ("夹" * 50)
    folder.mkdir(parents=True)
    assert len(os.fsencode(folder)) > 274
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    engine = LocalEngine()
    assert (await engine.design("a man", 1, "Hello.", Language.EN)).pcm.seconds > 0
    assert len(left_in(folder)) == 1
    await engine.aclose()
    assert left_in(folder) == []


async def test_two_engines_at_once_keep_their_voices_apart() -> None:
    low, high = LocalEngine(), LocalEngine()
    designs = await asyncio.gather(
        *(
            engine.design(words, 1, LONG[:450], Language.EN)
            for engine, words in ((low, "slow man"), (high, "fast child"))
        )
    )
    assert low.worker_pid != high.worker_pid
    assert designs[0].pcm.seconds > designs[1].pcm.seconds * 1.2
    await asyncio.gather(low.aclose(), high.aclose())


# -- what it costs ----------------------------------------------------------------------------------------------


async def test_the_worker_is_small_and_knows_neither_qt_nor_numpy(engine: LocalEngine) -> None:
    await engine.design("a man", 1, "Hello.", Language.EN)
    process = Path(f"/proc/{engine.worker_pid}")
    loaded = (process / "maps").read_text()
    assert "espeak" in loaded
    assert "Qt" not in loaded
    assert "numpy" not in loaded
    resident_kb = int((process / "status").read_text().partition("VmRSS:")[2].split()[0])
    assert resident_kb < 45_000


def test_importing_the_client_loads_nothing_heavy() -> None:
    script = (
        "import sys, studio.engine.client;"
        "print(*{'numpy', 'pykakasi', 'espeakng_loader', 'studio.engine.reading', 'PySide6'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_it_runs_under_qasync() -> None:
    script = (
        "import sys, qasync\nfrom PySide6.QtCore import QCoreApplication\n"
        "from studio.engine.client import LocalEngine\nfrom studio.domain.languages import Language\n"
        "async def main():\n e = LocalEngine()\n d = await e.design('a man', 1, 'Hello.', Language.EN)\n"
        " await e.aclose()\n print(d.pcm.seconds > 0.2)\n"
        "app = QCoreApplication(sys.argv)\nwith qasync.QEventLoop(app) as loop: loop.run_until_complete(main())"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert found.stdout.strip() == "True", found.stderr


def test_nothing_is_left_open_at_the_end() -> None:
    script = (
        "import asyncio\nfrom studio.engine.client import LocalEngine\nfrom studio.domain.languages import Language\n"
        "async def main():\n e = LocalEngine()\n await e.design('a man', 1, 'Hello.', Language.EN)\n await e.aclose()\n"
        "asyncio.run(main())"
    )
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", script]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    noise = [line for line in found.stderr.splitlines() if "Warning" in line or "Error" in line]
    assert (found.returncode, noise) == (0, [])
