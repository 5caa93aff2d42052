"""Any text with a kept voice, and clips as files: what the Library tab and the commands have in common."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from studio.domain.audio import AudioFormat, Clip
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem, text_problems
from studio.domain.speakable import obstacle_of
from studio.domain.voices import Voice
from studio.flows.remote import RemoteVoices
from studio.ports import Codec, Exporter, Progress, Shelf, Speaker, System


class Saying:
    """Holds nothing but its parts."""

    def __init__(
        self, systems: Mapping[str, System], remote: RemoteVoices, shelf: Shelf, codec: Codec, exporter: Exporter
    ) -> None:
        self._systems = systems
        self._remote = remote
        self._shelf = shelf
        self._codec = codec
        self._exporter = exporter

    async def say(
        self,
        voice: Voice,
        text: str,
        *,
        rate_hz: int | None = None,
        audio_format: AudioFormat = AudioFormat.WAV,
        progress: Progress = lambda _: None,
    ) -> Clip:
        """Raises StudioError: NO_ROUTE_YET for a model that can't be reached, IN_REVIEW, OTHER_ACCOUNT…"""
        system = self._systems.get(voice.system)
        if reason := obstacle_of(voice, system.info if system else None):
            raise StudioError(reason, system=voice.system)
        if not isinstance(system, Speaker) or system.info.speech is None:
            raise StudioError(Reason.CANNOT_SPEAK, system=voice.system)
        if found := text_problems(text, system.info.speech):
            raise StudioError(Reason.BAD_INPUT, system=voice.system, problems=found)
        await self._remote.check_account(voice)
        clip = await system.speak(voice, text, rate_hz, audio_format, progress)
        with suppress(StudioError):  # the sound is there: a library that is busy doesn't take it away
            await self._shelf.used(voice.library_id)
        return clip

    async def check_place(self, path: Path) -> None:
        """Whether a clip could be written there, asked before the work. Raises NOT_WRITABLE."""
        await self._exporter.check(path)

    async def write(self, clip: Clip, path: Path, audio_format: AudioFormat | None = None) -> None:
        """A clip to a file, in the format asked for or else the suffix's. Raises StudioError."""
        wanted = audio_format or format_of(path, clip.format)
        if wanted is not clip.format:
            clip = await self._codec.encode(await self._codec.decode(clip), clip.rate_hz, wanted)
        await self._exporter.write(clip, path)


def format_of(path: Path, otherwise: AudioFormat | None = None) -> AudioFormat:
    """The format that a file's suffix asks for; none at all means `otherwise`. Raises BAD_INPUT for others."""
    suffix = path.suffix.lower().lstrip(".")
    if not suffix and otherwise:
        return otherwise
    named = {one.value: one for one in AudioFormat if one is not AudioFormat.M4A or one is otherwise}
    if found := named.get("opus" if suffix == "ogg" else suffix):
        return found  # M4A can be copied, not made
    raise StudioError(Reason.BAD_INPUT, problems=(Problem(Field.FORMAT, Fault.NOT_OFFERED),))
