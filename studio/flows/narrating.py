"""A text with a voice, part by part: heard as it comes, on disk as it comes, gone on with after a break."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
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
from studio.domain.voices import Voice
from studio.flows.remote import RemoteVoices
from studio.ports import Codec, Ledger, Narrations, Progress, Shelf, Speaker, Streamer, System


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears what comes: `piece` of every piece of sound in its order, `part` of the number of the part under way
    (from 1) and how many there are, `progress` of how much of the whole is done."""

    piece: Callable[[Pcm], None] = lambda _: None
    part: Callable[[int, int], None] = lambda _, __: None
    progress: Progress = lambda _: None


@dataclass(slots=True)
class Telling:
    """A narration that this program is at work on: `sounds` of the parts that are done, `heard` of the one under way.

    `kept` is whether it is on disk as well: what this computer says costs nothing and is there at once.
    """

    voice: Voice
    narration: Narration
    sounds: list[Pcm] = field(default_factory=list[Pcm])
    heard: list[Pcm] = field(default_factory=list[Pcm])
    kept: bool = True

    @property
    def whole(self) -> bool:
        return not self.narration.left and not self.heard


class Narrating:
    """Shared by the Library's window and the commands; holds nothing but its parts."""

    def __init__(
        self,
        systems: Mapping[str, System],
        remote: RemoteVoices,
        shelf: Shelf,
        narrations: Narrations,
        ledger: Ledger,
        codec: Codec,
    ) -> None:
        self._systems = systems
        self._remote = remote
        self._shelf = shelf
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
        return Telling(voice, await self._narrations.begin(voice.library_id, text, pieces))

    async def resumed(self, voice: Voice, text: str) -> Telling | None:
        """The newest one of these words that broke off, if there is one. Raises as `go_on`."""
        if voice.system == ON_DEVICE:
            return None
        left = await self._narrations.of(voice.library_id)
        found = next((one for one in left if one.text == text and one.done), None)
        return await self.go_on(voice, found.narration_id) if found else None

    async def go_on(self, voice: Voice, narration_id: UUID) -> Telling:
        """With what is there of it. Raises as `begin`, and NO_SUCH_CLIP for one that is gone."""
        self._speech(voice)
        await self._remote.check_account(voice)
        narration = await self._narrations.take_up(narration_id)
        clips = await self._narrations.sound(narration_id)
        return Telling(voice, narration, [await self._codec.decode(clip) for clip in clips[: narration.done]])

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

    async def what_came(self, voice: Voice, narration: Narration) -> Telling:
        """Of one that nobody goes on with now: all of its sound, to be kept as a take."""
        clips = await self._narrations.sound(narration.narration_id)
        return Telling(voice, narration, [await self._codec.decode(clip) for clip in clips])

    async def forget(self, narration_id: UUID) -> None:
        await self._narrations.end(narration_id)

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

    async def let_go(self, telling: Telling) -> None:
        """It waits to be gone on with; one of this computer is simply asked for again."""
        if telling.kept:
            await self._narrations.let_go(telling.narration.narration_id)

    def price(self, voice: Voice, text: str) -> float | None:
        """In dollars, as far as it is known; 0 where nobody asks for money."""
        system = self._systems.get(voice.system)
        if system is None or not system.info.needs_key or system.info.speech is None:
            return 0.0
        return price_of(text, system.info.speech, voice.target_model)

    # -- one part -------------------------------------------------------------------------------------

    async def _part(self, telling: Telling, text: str, listener: Listener) -> None:
        voice = telling.voice
        telling.heard.clear()
        if self.streams(voice):
            await self._streamed(telling, text, listener)
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
        async with aclosing(streamer.stream(voice, text)) as pieces:
            async for piece in pieces:
                telling.heard.append(piece)
                listener.piece(piece)
                if telling.kept:
                    await self._narrations.hear(telling.narration.narration_id, _as_16_bit(piece), piece.rate_hz)
        if not telling.heard:
            detail = f"voice: {voice.voice_id[:200]}\nmodel: {voice.target_model}"
            raise StudioError(Reason.NO_SOUND_CAME, system=voice.system, detail=detail)

    async def _done(self, telling: Telling, sound: Pcm, usd: float | None) -> None:
        narration = telling.narration
        if telling.kept:
            clip = await self._codec.encode(sound, sound.rate_hz, AudioFormat.WAV)
            narration = await self._narrations.add_part(narration.narration_id, clip, usd)
            voice, now = telling.voice, datetime.now(UTC)
            if usd != 0.0:
                spending = Spending(voice.system, voice.account, Spent.SPEECH, usd, now, voice.library_id)
                with suppress(StudioError):  # nor is speech lost for want of its price
                    await self._ledger.note(spending)
        else:
            narration = replace(narration, done=narration.done + 1)
        telling.narration = narration
        telling.sounds.append(sound)
        telling.heard.clear()

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


def _as_16_bit(piece: Pcm) -> bytes:
    """Mono, little-endian."""
    import numpy as np

    mono = piece.samples.mean(axis=1)
    return (np.clip(mono, -1.0, 1.0) * 32_767).round().astype("<i2").tobytes()
