"""The takes that a voice was made of, told by the sums of what was sent."""

from __future__ import annotations

from collections.abc import Iterable

from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Take
from studio.domain.voices import Origin, Voice
from studio.ports import Rights, Takes


class SampleTakes:
    """Holds nothing but its parts."""

    def __init__(self, rights: Rights, takes: Takes) -> None:
        self._rights = rights
        self._takes = takes

    async def of(self, voice: Voice, voices: Iterable[Voice]) -> tuple[tuple[Take, ...], tuple[Voice, ...]]:
        """Those in the library's folder, newest first, and which other `voices` were made of them.

        None where that can't be told, which holds up nothing.
        """
        try:
            sums = await self._sums(voice)
            takes = await self._takes.takes() if sums else ()
            made_of = tuple(take for take in takes if not sums.isdisjoint(take.sent))
            sent = {one for take in made_of for one in take.sent}
            clones = (one for one in voices if one.origin is Origin.CLONED and one.library_id != voice.library_id)
            alike = [one for one in clones if sent and not sent.isdisjoint(await self._sums(one))]
        except StudioError:
            return (), ()
        return made_of, tuple(alike)

    async def _sums(self, voice: Voice) -> set[str]:
        return {one.sample_sha256 for one in await self._rights.of(voice.library_id)} - {""}

    async def delete(self, takes: Iterable[Take]) -> None:
        """One that is gone already is no error. Raises StudioError."""
        for take in takes:
            try:
                await self._takes.delete(take.take_id)
            except StudioError as error:
                if error.reason is not Reason.NO_SUCH_TAKE:
                    raise

    async def restore(self, takes: Iterable[Take]) -> None:
        """Raises NO_SUCH_TAKE once one is purged."""
        for take in takes:
            await self._takes.restore(take.take_id)
