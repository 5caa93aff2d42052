"""A process on the library of VOICE_STUDIO_HOME that refreshes or deletes until it is killed; says each step."""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from studio.domain.voices import ClipKind, Origin, Status, Voice
from studio.store import Store
from tests.fakes.voices import clip, voice

PAGE = 10
LISTED = 40
OWN = (Origin.DESIGNED, Origin.CLONED)


def say(*words: object) -> None:
    print(*words, flush=True)


def listed(turn: int) -> list[Voice]:
    """The same voices each turn, of other words; the last of the turn before is not among them."""
    made = voice(system="qwen", account="listed", status=Status.READY, description=f"Turn {turn}")
    return [
        replace(made, library_id=uuid5(NAMESPACE_URL, f"{turn}-{number}"), voice_id=f"listed-{number}")
        for number in range(LISTED)
    ]


async def refresh(store: Store, turn: int) -> None:
    """Lists in pages, each of which a paging that repeats tells twice, until it is killed."""
    say("here")
    while True:
        turn += 1
        since, voices = datetime.now(UTC), listed(turn)
        for start in range(0, LISTED, PAGE):
            page = voices[start : start + PAGE]
            gone: Sequence[Origin] = OWN if start + PAGE == LISTED else ()
            say("telling", turn, start)
            await store.shelf.merge("qwen", "listed", [*page, *page[:3], *voices[:3]], gone, since)
            say("told", turn, start)


async def delete(store: Store, seed: int) -> None:
    """Adds voices with a clip each and lets them go, some of them after a second thought, until it is killed."""
    chance = random.Random(seed)  # noqa: S311
    say("here")
    number = 0
    while True:
        number += 1
        library_id = UUID(int=chance.getrandbits(128))
        made = voice(library_id=library_id, system="qwen", account="deleted", voice_id=f"{seed}-{number}")
        say("do", "add", library_id)
        await store.shelf.add(made, clip(bytes(20_000)), ClipKind.PREVIEW, "Hello.")
        say("did", "add", library_id)
        for step in chance.choice((("hide", "send", "purge"), ("hide", "restore"), ("hide", "restore", "hide"), ())):
            say("do", step, library_id)
            await _step(store, step, library_id)
            say("did", step, library_id)


async def _step(store: Store, step: str, library_id: UUID) -> None:
    if step == "hide":
        await store.shelf.delete(library_id, unsent=True)
    elif step == "restore":
        await store.shelf.restore(library_id)
    elif step == "send":
        await store.shelf.sent(library_id)
    else:
        await store.shelf.purge()


async def main(what: str, number: str) -> None:
    store = Store(undo_s=0)
    works = {"refresh": refresh, "delete": delete}
    await store.shelf.newest(1)
    await works[what](store, int(number))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
