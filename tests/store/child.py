"""A second process on the library of VOICE_STUDIO_HOME; prints what was acknowledged, a line each, as it is."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from uuid import uuid4

from studio.domain.briefs import CloneBrief, Order
from studio.domain.raw_wav import header
from studio.domain.samples import Media, Sample
from studio.domain.voices import ClipKind, Designed
from studio.store import Store
from tests.fakes.voices import brief, clip, voice
from tests.store.sounds import counted


def say(*words: object) -> None:
    print(*words, flush=True)


def wait_for_a_word() -> None:
    sys.stdin.readline()


async def add(store: Store, how_many: int) -> None:
    """Keeps voices as fast as it can."""
    wait_for_a_word()
    for _ in range(how_many):
        candidate = await store.tray.put(brief(), Designed(voice(), clip()))
        say((await store.tray.keep(candidate.candidate_id, "")).library_id)


async def churn(store: Store, _: int) -> None:
    """Puts, keeps, discards and adds clips until it is killed."""
    while True:
        kept = await store.tray.put(brief(), Designed(voice(), clip(bytes(60_000))))
        say("candidate", kept.candidate_id, kept.voice.library_id)
        voice_kept = await store.tray.keep(kept.candidate_id, "")
        say("voice", voice_kept.library_id, kept.preview.clip_id)
        stored = await store.clips.add_clip(voice_kept.library_id, clip(bytes(60_000)), ClipKind.SPOKEN, "Hello.")
        say("clip", stored.clip_id, voice_kept.library_id)


async def order(store: Store, how_many: int) -> None:
    """Begins orders and holds them."""
    for _ in range(how_many):
        begun = Order(uuid4(), "account", brief(), datetime.now(UTC))
        await store.pending.begin(begun)
        say(begun.order_id)
    say("held")
    wait_for_a_word()


async def paid(store: Store, how_many: int) -> None:
    """Begins orders with a list before them and gives each a task, until it is killed; says what is on disk."""
    for number in range(how_many):
        known = frozenset(f"known-{number}-{one}" for one in range(3))
        sample = Sample(b"sound", Media.WAV, "a.wav", f"sum-{number}")
        asked = CloneBrief("qwen", "Anna", sample, has_right=True) if number % 2 else brief()
        begun = Order(uuid4(), "account", asked, datetime.now(UTC), known)
        await store.pending.begin(begun)
        say("begun", begun.order_id, number)
        await store.pending.note_task(begun.order_id, f"task-{number}")
        say("task", begun.order_id, number)
        if number % 5 == 4:
            await store.pending.done(begun.order_id)
            say("done", begun.order_id, number)


async def claim(store: Store, _: int) -> None:
    """Takes over what is abandoned, at a word, and holds it until the next."""
    await store.shelf.voices()
    say("here")
    wait_for_a_word()
    for taken in await store.pending.abandoned():
        say(taken.order_id)
    say("held")
    wait_for_a_word()


async def record(store: Store, rate_hz: int) -> None:
    """Records counting samples, block by block and some of them odd, until it is killed; says what is in the file."""
    take = await store.takes.begin("Take", rate_hz, "It was read aloud.")
    descriptor = os.open(take.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    os.write(descriptor, header(rate_hz, 0))
    say(take.take_id)
    written = 0
    while True:
        block = counted(written // 2, 1_000)[written % 2 :][:1_777]
        written += os.write(descriptor, block)
        say(written // 2)


async def recover(store: Store, _: int) -> None:
    """Lists the takes, at a word."""
    say("here")
    wait_for_a_word()
    for take in await store.takes.takes():
        say(take.take_id, take.frames, take.recovered)
    say("listed")
    wait_for_a_word()


async def main(what: str, number: str = "0") -> None:
    store = Store()
    works = {"add": add, "churn": churn, "order": order, "paid": paid, "claim": claim}
    works |= {"record": record, "recover": recover}
    try:
        await works[what](store, int(number))
    finally:
        await store.aclose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
