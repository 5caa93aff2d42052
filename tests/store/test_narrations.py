"""Texts on their way to being spoken outlive whoever was at work on them."""

from __future__ import annotations

import asyncio
import random
import subprocess
import time
import wave
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from studio.domain.audio import Clip
from studio.domain.errors import Reason, StudioError
from studio.store import Home
from studio.store.locks import Owners
from studio.store.narrations import LibraryNarrations, sweep
from tests.fakes.voices import clip
from tests.store.sounds import counted

Opened = Callable[[], LibraryNarrations]
Child = Callable[..., subprocess.Popen[str]]

VOICE = uuid4()
PARTS = ("One.", "Two.", "Three.")


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


@pytest.fixture
async def opened(place: Home) -> AsyncIterator[Opened]:
    """As many programs as a test wants; closing one is its end."""
    made: list[tuple[LibraryNarrations, Owners]] = []

    def open_one() -> LibraryNarrations:
        owners = Owners(place.locks)
        made.append((LibraryNarrations(place, owners), owners))
        made[-1][0].die = owners.release  # type: ignore[attr-defined]
        return made[-1][0]

    yield open_one
    for narrations, owners in made:
        await narrations.aclose()
        await asyncio.to_thread(owners.release)


async def dies(narrations: Any) -> None:
    await narrations.aclose()
    await asyncio.to_thread(narrations.die)


def samples(sound: Clip) -> bytes:
    with wave.open(BytesIO(sound.data)) as file:
        assert file.getparams()[:3] == (1, 2, sound.rate_hz)
        return file.readframes(file.getnframes())


async def test_parts_come_one_by_one(opened: Opened) -> None:
    narrations = opened()
    begun = await narrations.begin(VOICE, "One. Two. Three.", PARTS)
    assert (begun.done, begun.left, begun.price_usd) == (0, PARTS, None)
    one = await narrations.add_part(begun.narration_id, clip(b"\1\0" * 100), 0.5)
    two = await narrations.add_part(begun.narration_id, clip(b"\2\0" * 100), 0.25)
    assert (one.done, two.done, two.left, two.price_usd) == (1, 2, ("Three.",), 0.75)
    assert await narrations.sound(begun.narration_id) == (clip(b"\1\0" * 100), clip(b"\2\0" * 100))


async def test_one_at_work_is_offered_to_nobody(opened: Opened) -> None:
    at_work, other = opened(), opened()
    begun = await at_work.begin(VOICE, "One.", ("One.",))
    assert await at_work.of(VOICE) == await other.of(VOICE) == ()
    with refused(Reason.NO_SUCH_CLIP):
        await other.take_up(begun.narration_id)
    with refused(Reason.NO_SUCH_CLIP):
        await other.hear(begun.narration_id, b"\0\0", 24_000)
    await other.end(begun.narration_id)
    await at_work.let_go(begun.narration_id)
    assert await at_work.of(VOICE) == await other.of(VOICE) == (begun,)
    assert await other.of(uuid4()) == ()
    assert await other.take_up(begun.narration_id) == begun
    assert await at_work.of(VOICE) == ()
    with refused(Reason.NO_SUCH_CLIP):
        await at_work.take_up(begun.narration_id)


async def test_what_was_heard_of_a_part_that_broke_off_is_there(opened: Opened, place: Home) -> None:
    first = opened()
    begun = await first.begin(VOICE, "One. Two.", ("One.", "Two."))
    await first.hear(begun.narration_id, counted(0, 100), 24_000)
    await first.add_part(begun.narration_id, clip(), None)
    for start in range(0, 2_400, 800):
        await first.hear(begun.narration_id, counted(start, 800), 24_000)
    await dies(first)

    second = opened()
    (left,) = await second.of(VOICE)
    assert (left.done, left.heard_s, left.left) == (1, 0.1, ("Two.",))
    whole, broken_off = await second.sound(begun.narration_id)
    assert (whole, samples(broken_off), broken_off.seconds) == (clip(), counted(0, 2_400), 0.1)
    assert {path.name for path in (place.narrations / str(begun.narration_id)).iterdir()} == {
        *("narration.json", "part-00001.clip", "heard-00002.wav")
    }


async def test_the_first_piece_of_a_part_forgets_what_it_had(opened: Opened) -> None:
    narrations = opened()
    begun = await narrations.begin(VOICE, "One. Two.", ("One.", "Two."))
    await narrations.hear(begun.narration_id, counted(0, 1_000), 24_000)
    await narrations.let_go(begun.narration_id)
    assert (await narrations.take_up(begun.narration_id)).heard_s == 1_000 / 24_000
    await narrations.hear(begun.narration_id, counted(5, 30), 16_000)
    await narrations.hear(begun.narration_id, b"\7", 16_000)  # half a sample
    (heard,) = await narrations.sound(begun.narration_id)
    assert (samples(heard), heard.rate_hz) == (counted(5, 30), 16_000)


async def test_a_finished_one_is_gone_from_the_disk(opened: Opened, place: Home) -> None:
    narrations = opened()
    begun = await narrations.begin(VOICE, "One.", ("One.",))
    await narrations.hear(begun.narration_id, counted(0, 10), 24_000)
    await narrations.end(begun.narration_id)
    await narrations.end(begun.narration_id)
    await narrations.let_go(begun.narration_id)
    assert await narrations.of(VOICE) == ()
    assert not list(place.narrations.iterdir())
    for asked in (narrations.sound, narrations.take_up):
        with refused(Reason.NO_SUCH_CLIP):
            await asked(begun.narration_id)


async def test_newest_first_and_no_text_is_too_odd(opened: Opened) -> None:
    narrations = opened()
    texts = ["Ünï\n\0\ud800", "二。三。" * 5_000]
    for text in texts:
        begun = await narrations.begin(VOICE, text, (text,))
        await narrations.let_go(begun.narration_id)
    assert [one.text for one in await narrations.of(VOICE)] == [texts[1], "Ünï\n\0\ufffd"]


async def test_a_damaged_one_hides_no_other(opened: Opened, place: Home) -> None:
    narrations = opened()
    good = await narrations.begin(VOICE, "One.", ("One.",))
    bad = await narrations.begin(VOICE, "Two.", ("Two.",))
    for one in (good, bad):
        await narrations.let_go(one.narration_id)
    for damage in ("", "[]", '{"owner": "../x"}'):
        (place.narrations / str(bad.narration_id) / "narration.json").write_text(damage)
        assert await narrations.of(VOICE) == (good,)
    (place.narrations / "stray").mkdir()
    assert await narrations.of(VOICE) == (good,)


async def test_a_part_that_cannot_be_read_is_no_sound(opened: Opened, place: Home) -> None:
    narrations = opened()
    begun = await narrations.begin(VOICE, "One.", ("One.",))
    await narrations.add_part(begun.narration_id, clip(), None)
    (place.narrations / str(begun.narration_id) / "part-00001.clip").write_bytes(b"{}\n")
    with refused(Reason.NO_SUCH_CLIP):
        await narrations.sound(begun.narration_id)


async def test_old_ones_of_voices_that_are_gone_are_swept(opened: Opened, place: Home) -> None:
    narrations, other = opened(), opened()
    waiting = await narrations.begin(VOICE, "One.", ("One.",))
    await narrations.let_go(waiting.narration_id)
    at_work = await other.begin(VOICE, "Two.", ("Two.",))
    (place.narrations / ".rest.part").mkdir()
    nobody = Owners(place.locks)
    await asyncio.to_thread(sweep, place, nobody, {VOICE}.__contains__, timedelta(0))
    await asyncio.to_thread(sweep, place, nobody, set[UUID]().__contains__)
    assert {path.name for path in place.narrations.iterdir()} == {str(waiting.narration_id), str(at_work.narration_id)}
    await asyncio.to_thread(sweep, place, nobody, set[UUID]().__contains__, timedelta(0))
    assert {path.name for path in place.narrations.iterdir()} == {str(at_work.narration_id)}


async def test_a_folder_that_cannot_be_made_is_said(opened: Opened, place: Home) -> None:
    place.root.mkdir()
    place.narrations.write_text("a file in its place")
    with refused(Reason.LIBRARY_NOT_WRITABLE):
        await opened().begin(VOICE, "One.", ("One.",))


async def test_a_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    place = Home(tmp_path / "file" / "home")
    narrations = LibraryNarrations(place, Owners(place.locks))
    with refused(Reason.LIBRARY_NOT_WRITABLE):
        await narrations.begin(VOICE, "One.", ("One.",))
    await narrations.aclose()


# -- kill -9 --------------------------------------------------------------------------------------------------------


def killed_in_the_middle(child: Child, chance: random.Random) -> list[list[str]]:
    """What it had acknowledged, each line in words."""
    process = child("narrate", script="moving_child.py")
    assert process.stdout
    said = [process.stdout.readline() for _ in range(chance.randint(1, 40))]
    time.sleep(chance.uniform(0, 0.01))  # anywhere between two acknowledgements
    process.kill()
    said += process.stdout.readlines()
    process.wait()
    return [line.split() for line in said if line.endswith("\n")]


async def test_kill_9_loses_nothing_that_was_heard(opened: Opened, child: Child) -> None:
    chance = random.Random(20261122)  # noqa: S311
    for _ in range(20):
        said = await asyncio.to_thread(killed_in_the_middle, child, chance)
        narration_id = UUID(said[0][1])
        narrations = opened()
        left = await narrations.take_up(narration_id)
        parts = sum(what == "part" for what, _ in said)
        heard = max((int(number) for what, number in said if what == f"heard-{left.done}"), default=0)
        assert left.done in (parts, parts + 1)
        sound = await narrations.sound(narration_id)
        assert all(one.data == counted(number, 500) for number, one in enumerate(sound[: left.done]))
        came = samples(sound[-1]) if left.heard_s else b""
        assert len(came) // 2 >= heard
        assert came == counted(0, len(came) // 2)
        await narrations.end(narration_id)
        await dies(narrations)
