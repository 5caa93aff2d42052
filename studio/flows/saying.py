"""What the Library tab and the commands have in common: a whole text with a voice, and clips as files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from studio.domain.audio import AudioFormat, Clip, Finish
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.voices import Voice
from studio.flows.narrating import Narrating
from studio.flows.telling import Listener
from studio.ports import Codec, CodeKind, Exemplar, Exporter, System


class Saying:
    """Holds nothing but its parts."""

    def __init__(self, systems: Mapping[str, System], narrating: Narrating, codec: Codec, exporter: Exporter) -> None:
        self._systems = systems
        self._narrating = narrating
        self._codec = codec
        self._exporter = exporter

    async def say(
        self, voice: Voice, text: str, keep: Callable[[Clip], Awaitable[object]], listener: Listener | None = None
    ) -> Clip:
        """As one WAV, which `keep` puts where it shall be: until that is done the sound is not let go of.

        A text that broke off is gone on with the next time it is said with the same voice; the listener hears what is
        there of it first. Raises StudioError, as `Narrating.begin` and `run` do, and what `keep` raises.
        """
        listener = listener or Listener()
        telling = await self._narrating.resumed(voice, text) or await self._narrating.begin(voice, text)
        try:
            for sound in telling.sounds:
                listener.piece(sound)
            await self._narrating.run(telling, listener)
            clip = await self._narrating.sound(telling)
            await keep(clip)
        except BaseException:
            await self._narrating.let_go(telling)
            raise
        await self._narrating.supersede(telling)
        await self._narrating.end(telling)
        return clip

    def price(self, voice: Voice, text: str) -> float | None:
        """In dollars, as far as it is known; 0 where nobody asks for money."""
        return self._narrating.price(voice, text)

    def kinds(self, voice: Voice) -> tuple[CodeKind, ...]:
        """Of examples that there are for this voice."""
        system = self._systems.get(voice.system)
        return system.examples(voice) if isinstance(system, Exemplar) else ()

    async def example(self, voice: Voice, text: str, kind: CodeKind) -> str:
        """How the voice is spoken with from elsewhere. Raises NOT_OFFERED."""
        system = self._systems.get(voice.system)
        if not isinstance(system, Exemplar):
            raise StudioError(Reason.NOT_OFFERED, system=voice.system)
        return await system.example(voice, text, kind)

    async def check_place(self, path: Path) -> None:
        """Whether a clip could be written there, asked before the work. Raises NOT_WRITABLE."""
        await self._exporter.check(path)

    async def write(
        self, clip: Clip, path: Path, audio_format: AudioFormat | None = None, finish: Finish | None = None
    ) -> Clip:
        """A clip to a file, in the format asked for or else the suffix's; what was written. Raises StudioError."""
        wanted = audio_format or format_of(path, clip.format)
        if finish:
            clip = await self._codec.mastered(clip, wanted, finish)
        elif wanted is not clip.format:
            clip = await self._codec.encode(await self._codec.decode(clip), clip.rate_hz, wanted)
        await self._exporter.write(clip, path)
        return clip

    async def lufs(self, clip: Clip) -> float | None:
        """How loud it is; None for silence and less than 400 ms. Raises StudioError."""
        return await self._codec.lufs(clip)

    async def names_in(self, folder: Path) -> tuple[str, ...]:
        """Of what is in a folder. Raises NOT_WRITABLE."""
        return await self._exporter.names(folder)


def format_of(path: Path, otherwise: AudioFormat | None = None) -> AudioFormat:
    """The format that a file's suffix asks for; none at all means `otherwise`. Raises BAD_INPUT for others."""
    suffix = path.suffix.lower().lstrip(".")
    if not suffix and otherwise:
        return otherwise
    named = {one.value: one for one in AudioFormat if one is not AudioFormat.M4A or one is otherwise}
    if found := named.get("opus" if suffix == "ogg" else suffix):
        return found  # M4A can be copied, not made
    raise StudioError(Reason.BAD_INPUT, problems=(Problem(Field.FORMAT, Fault.NOT_OFFERED),))
