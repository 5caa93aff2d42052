"""The takes that a voice was made of, told by the sums of what was sent."""

from __future__ import annotations

from collections.abc import Iterable

from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Take
from studio.domain.voices import Voice
from studio.ports import Rights, Takes


class SampleTakes:
    """Holds nothing but its parts."""

    def __init__(self, rights: Rights, takes: Takes) -> None:
        self._rights = rights
        self._takes = takes

    async def of(self, voice: Voice) -> tuple[Take, ...]:
        """Newest first; those in the library's folder. None where that can't be told, which holds up nothing."""
        try:
            sums = {one.sample_sha256 for one in await self._rights.of(voice.library_id)} - {""}
            takes = await self._takes.takes() if sums else ()
        except StudioError:
            return ()
        return tuple(take for take in takes if not sums.isdisjoint(take.sent))

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
