"""A text with a voice, part by part: heard as it comes, on disk as it comes, gone on with after a break."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Speech, price_of, text_problems
from studio.domain.narrations import Narration
from studio.domain.sentences import parts
from studio.domain.speakable import obstacle_of
from studio.domain.spending import Spending, Spent
from studio.domain.voices import ClipKind, StoredClip, Voice
from studio.flows.remote import RemoteVoices
from studio.flows.telling import Listener, Telling, as_16_bit, not_lost
from studio.ports import Clips, Codec, Ledger, Narrations, Shelf, Speaker, Streamer, System


class Narrating:
    """Shared by the Library's window and the commands; holds nothing but its parts."""

    def __init__(
        self,
        systems: Mapping[str, System],
        remote: RemoteVoices,
        shelf: Shelf,
        clips: Clips,
        narrations: Narrations,
        ledger: Ledger,
        codec: Codec,
    ) -> None:
        self._systems = systems
        self._remote = remote
        self._shelf = shelf
        self._clips = clips
        self._narrations = narrations
        self._ledger = ledger
        self._codec = codec

    def streams(self, voice: Voice) -> bool:
        """Whether sound comes while it is being made."""
        system = self._systems.get(voice.system)
        return isinstance(system, Streamer) and system.streams(voice)

    async def begin(self, voice: Voice, text: str) -> Telling:
        """Checked as far as can be without asking the system; nothing is sent yet.

        Raises NO_ROUTE_YET for a model that can't be reached, IN_REVIEW, OTHER_ACCOUNT, BAD_INPUT, NOTHING_TO_SAY…
        """
        speech = self._speech(voice)
        if found := text_problems(text, speech):
            raise StudioError(Reason.BAD_INPUT, system=voice.system, problems=found)
        pieces = parts(text, speech.part_max)
        if not pieces:
            raise StudioError(Reason.NOTHING_TO_SAY, system=voice.system)
        await self._remote.check_account(voice)
        if voice.system == ON_DEVICE:
            narration = Narration(uuid4(), voice.library_id, text, pieces, datetime.now(UTC))
            return Telling(voice, narration, kept=False)
        begun = await not_lost(self._narrations.begin(voice.library_id, text, pieces), self._narrations.end)
        return Telling(voice, begun)

    async def resumed(self, voice: Voice, text: str) -> Telling | None:
        """The newest one of these words that broke off, if there is one that nobody else goes on with. Raises as
        `go_on`."""
        if voice.system == ON_DEVICE:
            return None
        for narration in await self._narrations.of(voice.library_id):
            if narration.text == text:
                with suppress(StudioError):  # another process was faster
                    return await self.go_on(voice, narration.narration_id)
        return None

    async def go_on(self, voice: Voice, narration_id: UUID) -> Telling:
        """With what is there of it. Raises as `begin`, and NO_SUCH_CLIP for one that is gone."""
        self._speech(voice)
        await self._remote.check_account(voice)
        narration = await not_lost(self._narrations.take_up(narration_id), self._narrations.let_go)
        try:
            return await self._with_sound(voice, narration)
        except BaseException:
            await self._narrations.let_go(narration_id)
            raise

    async def run(self, telling: Telling, listener: Listener) -> None:
        """Every part that is left. Raises StudioError; what was heard until then is in `telling`, and on disk.

        Cancelled, the system's work is stopped too.
        """
        voice, count = telling.voice, len(telling.narration.parts)
        while telling.narration.left:
            done = telling.narration.done
            listener.part(done + 1, count)
            listener.progress(done / count if count > 1 else None)
            await self._part(telling, telling.narration.left[0], listener)
        with suppress(StudioError):  # the sound is there: a library that is busy doesn't take it away
            await self._shelf.used(voice.library_id)

    async def unfinished(self, library_id: UUID) -> tuple[Narration, ...]:
        """Of a voice: those that can be gone on with, newest first."""
        return await self._narrations.of(library_id)

    async def rescued(self, voice: Voice, narration: Narration) -> StoredClip | None:
        """What came of one before the program died over it, as a take; None where it is one already, or was until
        the person deleted it. One that was whole is at its end now."""
        if narration.told:
            return None
        try:
            telling = await self.go_on(voice, narration.narration_id)
        except StudioError:  # another process's by now
            return None
        takes = await self._clips.taken_of(narration.narration_id)
        if any(not take.partial for take in takes):
            await self.end(telling)
            return None
        stored = None if takes or telling.empty else await self.keep(telling, partial=True)
        await self.let_go(telling, told=True)
        return stored

    async def forget(self, narration_id: UUID) -> None:
        """Nobody will go on with it; takes that came of it stay."""
        await self._narrations.end(narration_id)

    async def keep(self, telling: Telling, *, partial: bool) -> StoredClip:
        """What is there as a take of its voice, in place of what was one before."""
        narration = telling.narration
        prices = [usd for usd in (narration.price_usd, telling.broken_usd) if usd is not None]
        stored = await self._clips.add_clip(
            narration.library_id,
            await self.sound(telling),
            ClipKind.SPOKEN,
            narration.text,
            partial=partial,
            price_usd=sum(prices) if prices else None,
            narration_id=narration.narration_id,
        )
        await self._supersede(narration, stored)
        return stored

    async def supersede(self, telling: Telling) -> None:
        """The text is whole somewhere else now: what was a part of it is no take any more."""
        await self._supersede(telling.narration, None)

    async def _supersede(self, narration: Narration, stored: StoredClip | None) -> None:
        for take in await self._clips.taken_of(narration.narration_id):
            if take.partial and (stored is None or take.clip_id != stored.clip_id):
                await self._clips.delete_clip(take.clip_id)

    async def sound(self, telling: Telling) -> Clip:
        """All that is there, as one WAV. Raises EMPTY_AUDIO where nothing is."""
        sounds = [*telling.sounds, *telling.heard]
        if not sounds:
            raise StudioError(Reason.EMPTY_AUDIO, system=telling.voice.system)
        joined = await self._joined(sounds)
        return await self._codec.encode(joined, joined.rate_hz, AudioFormat.WAV)

    async def end(self, telling: Telling) -> None:
        """Nobody goes on with it."""
        if telling.kept:
            await self._narrations.end(telling.narration.narration_id)

    async def let_go(self, telling: Telling, *, told: bool = False) -> None:
        """It waits to be gone on with; one of this computer is simply asked for again. One of which nothing came is
        at its end."""
        if telling.kept and telling.empty:
            await self.end(telling)
        elif telling.kept:
            await self._narrations.let_go(telling.narration.narration_id, told=told or telling.narration.told)

    def price(self, voice: Voice, text: str) -> float | None:
        """In dollars, as far as it is known; 0 where nobody asks for money."""
        system = self._systems.get(voice.system)
        if system is None or not system.info.needs_key or system.info.speech is None:
            return 0.0
        return price_of(text, system.info.speech, voice.target_model)

    # -- one part -------------------------------------------------------------------------------------

    async def _part(self, telling: Telling, text: str, listener: Listener) -> None:
        voice = telling.voice
        if self.streams(voice):
            try:
                await self._streamed(telling, text, listener)
            except BaseException:
                await self._note_broken(telling, text)
                raise
            sound = await self._joined(telling.heard)
        else:
            speaker = self._systems[voice.system]
            assert isinstance(speaker, Speaker)  # noqa: S101 - `begin` has asked
            clip = await speaker.speak(voice, text, None, AudioFormat.WAV, listener.progress)
            sound = await self._codec.decode(clip)
            listener.piece(sound)
        await self._done(telling, sound, self.price(voice, text))

    async def _streamed(self, telling: Telling, text: str, listener: Listener) -> None:
        voice, streamer = telling.voice, self._systems[telling.voice.system]
        assert isinstance(streamer, Streamer)  # noqa: S101 - the caller has asked
        came = False
        async with aclosing(streamer.stream(voice, text)) as pieces:
            async for piece in pieces:
                if not came:
                    telling.heard.clear()
                came = telling.fresh = True
                telling.heard.append(piece)
                if telling.kept:
                    await self._narrations.hear(telling.narration.narration_id, as_16_bit(piece), piece.rate_hz)
                listener.piece(piece)
        if not came:
            detail = f"voice: {voice.voice_id[:200]}\nmodel: {voice.target_model}"
            raise StudioError(Reason.NO_SOUND_CAME, system=voice.system, detail=detail)

    async def _done(self, telling: Telling, sound: Pcm, usd: float | None) -> None:
        narration = telling.narration
        if telling.kept:
            clip = await self._codec.encode(sound, sound.rate_hz, AudioFormat.WAV)
            narration = await self._narrations.add_part(narration.narration_id, clip, usd)
            await self._note(telling.voice, usd)
        else:
            narration = replace(narration, done=narration.done + 1)
        telling.narration = narration
        telling.sounds.append(sound)
        telling.heard.clear()
        telling.fresh = True

    async def _note(self, voice: Voice, usd: float | None) -> None:
        if usd != 0.0:
            who, now = (voice.system, voice.account), datetime.now(UTC)
            with suppress(StudioError):  # speech isn't lost for want of its price
                await self._ledger.note(Spending(*who, Spent.SPEECH, usd, now, voice.library_id, voice.region))

    async def _note_broken(self, telling: Telling, text: str) -> None:
        """The text was sent and some of it spoken: as far as is known it is paid for, and spoken anew it is again."""
        if telling.kept and telling.fresh and telling.heard:
            telling.broken_usd = self.price(telling.voice, text)
            await self._note(telling.voice, telling.broken_usd)

    async def _with_sound(self, voice: Voice, narration: Narration) -> Telling:
        clips = await self._narrations.sound(narration.narration_id)
        sounds = [await self._codec.decode(clip) for clip in clips]
        return Telling(voice, narration, sounds[: narration.done], sounds[narration.done :])

    async def _joined(self, sounds: list[Pcm]) -> Pcm:
        """One after the other in mono, in the rate of the first."""
        import numpy as np

        rate_hz = sounds[0].rate_hz
        same = [sound if sound.rate_hz == rate_hz else await self._resampled(sound, rate_hz) for sound in sounds]
        return Pcm(np.concatenate([one.samples.mean(axis=1, keepdims=True) for one in same]), rate_hz)

    async def _resampled(self, sound: Pcm, rate_hz: int) -> Pcm:
        return await self._codec.decode(await self._codec.encode(sound, rate_hz, AudioFormat.WAV))

    def _speech(self, voice: Voice) -> Speech:
        """How the voice's system speaks. Raises why it can't."""
        system = self._systems.get(voice.system)
        if reason := obstacle_of(voice, system.info if system else None):
            raise StudioError(reason, system=voice.system)
        if not isinstance(system, Speaker) or system.info.speech is None:
            raise StudioError(Reason.CANNOT_SPEAK, system=voice.system)
        return system.info.speech
