"""A second process on the home of VOICE_STUDIO_HOME that narrates, takes archives in or holds the library."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from itertools import count
from pathlib import Path
from uuid import uuid4

from studio.store import Store, find_home
from studio.store.locks import Owners
from studio.store.narrations import LibraryNarrations
from tests.fakes.voices import clip
from tests.store.sounds import counted


def say(*words: object) -> None:
    print(*words, flush=True)


async def narrate() -> None:
    """Hears parts piece by piece until it is killed; says what is heard."""
    home = find_home()
    narrations = LibraryNarrations(home, Owners(home.locks))
    begun = await narrations.begin(uuid4(), "One. " * 1_000, ("One.",) * 1_000)
    say("begun", begun.narration_id)
    for number in range(1_000):
        for piece in range(1, 6):
            await narrations.hear(begun.narration_id, counted(100 * (piece - 1), 100), 24_000)
            say(f"heard-{number}", 100 * piece)
        await narrations.add_part(begun.narration_id, clip(counted(number, 500)), 0.5)
        say("part", number)


async def take_in(path: str) -> None:
    """Takes an archive in again and again, each time as voices of another account, until it is killed."""
    store = Store()
    say("begins")
    for number in count():
        taken = await store.archive.read(Path(path), {("on-device", ""): f"account-{number}"}, lambda _: None)
        say("taken", f"account-{number}", len(taken.voices), taken.clips)


WORKS: dict[str, Callable[..., Coroutine[None, None, None]]] = {"narrate": narrate, "take_in": take_in}

if __name__ == "__main__":
    asyncio.run(WORKS[sys.argv[1]](*sys.argv[2:]))
