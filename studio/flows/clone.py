"""A sample becomes a cloned voice, in the library at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from studio.domain.audio import AudioFormat, Clip
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem, SystemInfo, clone_problems
from studio.domain.samples import Media, Sample, media_of
from studio.domain.voices import Voice
from studio.flows.flow import Flow
from studio.flows.naming import handle_from
from studio.flows.ordering import Ordering, Outcome
from studio.ports import Cloner, Codec, Progress, SampleFiles, System
from studio.tasks import TaskOwner

_FORMATS = {Media.WAV: AudioFormat.WAV, Media.MP3: AudioFormat.MP3, Media.M4A: AudioFormat.M4A}


@dataclass(frozen=True, slots=True)
class CloneState:
    """All that the Clone tab shows. `sample` is the file that was read, `clip` how it sounds if that can be told."""

    systems: tuple[SystemInfo, ...] = ()
    sample: Sample | None = None
    clip: Clip | None = None
    reading: bool = False
    cloning: bool = False
    progress: float | None = None
    cloned: Voice | None = None
    degraded: str = ""
    error: StudioError | None = None


class CloneFlow(Flow[CloneState]):
    """One clone at a time. `on_cloned` is told of every new voice, `on_left` when an order's outcome isn't known."""

    def __init__(
        self,
        systems: Mapping[str, System],
        files: SampleFiles,
        codec: Codec,
        ordering: Ordering,
        tasks: TaskOwner,
    ) -> None:
        cloners = {name: system for name, system in systems.items() if isinstance(system, Cloner)}
        super().__init__(CloneState(systems=tuple(cloner.info for cloner in cloners.values())), tasks)
        self._systems = systems
        self._cloners = cloners
        self._files = files
        self._codec = codec
        self._ordering = ordering
        self.on_cloned: Callable[[Voice], None] = lambda _: None
        self.on_left: Callable[[], None] = lambda: None

    # -- what the person can ask ------------------------------------------------------------------

    def choose_file(self, path: Path) -> None:
        self._set(replace(self.state, reading=True, error=None, cloned=None, degraded=""))
        self._start("clone.read", self._choose, path)

    def drop_file(self) -> None:
        """The sample is another one, or an address, now."""
        self._tasks.cancel("clone.read")
        self._set(replace(self.state, sample=None, clip=None, reading=False, error=None))

    def clone_voice(self, brief: CloneBrief) -> None:
        """With the chosen sample, unless the brief names an address, or a clone is under way."""
        if self.state.cloning:
            return
        brief = brief if brief.sample_url else replace(brief, sample=self.state.sample)
        self._set(replace(self.state, cloning=True, progress=None, error=None, cloned=None, degraded=""))
        self._tasks.start("clone.clone", self._clone(brief))

    def cancel(self) -> None:
        """A sample that is under way may become a voice all the same: it is looked for."""
        self._tasks.cancel("clone.clone")
        self._set(replace(self.state, cloning=False, progress=None))
        self.on_left()

    # -- how it is done -----------------------------------------------------------------------------

    async def sample_from(self, path: Path) -> Sample:
        """A file as vendors take it: untouched where they do, else as 16-bit WAV. Raises BAD_INPUT on the sample."""
        data = await self._files.read(path)
        media = media_of(data)
        if media is None:
            data, media = await self._as_wav(data), Media.WAV
        return Sample(data, media, path.name, sha256(data).hexdigest())

    async def clone(self, brief: CloneBrief, progress: Progress = lambda _: None) -> Outcome:
        """Checks, orders and clones; the voice is in the library with its sample. Raises StudioError."""
        cloner = self._cloners.get(brief.system)
        if cloner is None:
            reason = Reason.NOT_OFFERED if brief.system in self._systems else Reason.NO_SUCH_SYSTEM
            raise StudioError(reason, system=brief.system, detail=brief.system)
        brief = completed(brief, cloner.info)
        if found := clone_problems(brief, cloner.info.clone_model(brief.model, brief.backend).limits):
            raise StudioError(Reason.BAD_INPUT, system=brief.system, problems=found)
        clip = await self._clip_of(brief.sample)
        order = await self._ordering.begin(brief)
        return await self._ordering.carry_out(order, lambda: cloner.clone(brief, progress), clip)

    async def _choose(self, path: Path) -> None:
        try:
            sample = await self.sample_from(path)
            clip = await self._clip_of(sample)
        except StudioError as error:
            self._set(replace(self.state, sample=None, clip=None, reading=False, error=error))
            return
        self._set(replace(self.state, sample=sample, clip=clip, reading=False, error=None))

    async def _clone(self, brief: CloneBrief) -> None:
        try:
            outcome = await self.clone(brief, self._progress)
        except StudioError as error:
            self._set(replace(self.state, error=error, cloning=False))
            if error.maybe_done:
                self.on_left()
            return
        self._set(replace(self.state, cloned=outcome.voice, degraded=outcome.degraded, cloning=False, error=None))
        if outcome.voice:
            self.on_cloned(outcome.voice)

    async def _as_wav(self, data: bytes) -> bytes:
        try:
            pcm = await self._codec.decode(Clip(data, AudioFormat.WAV, 0, 0.0))
            return (await self._codec.encode(pcm, pcm.rate_hz, AudioFormat.WAV)).data
        except StudioError as error:
            problem = Problem(Field.SAMPLE, Fault.NOT_READABLE)
            raise StudioError(Reason.BAD_INPUT, detail=error.detail, problems=(problem,)) from error

    async def _clip_of(self, sample: Sample | None) -> Clip | None:
        """Kept with the voice. Raises BAD_INPUT for a sample in which there is no sound."""
        if sample is None:
            return None
        try:
            return await self._codec.measured(sample.data, _FORMATS[sample.media], 0)
        except StudioError as error:
            problem = Problem(Field.SAMPLE, Fault.NOT_READABLE)
            raise StudioError(Reason.BAD_INPUT, detail=error.detail, problems=(problem,)) from error

    def _progress(self, part: float | None) -> None:
        self._set(replace(self.state, progress=part))

    def _failed(self, error: StudioError) -> CloneState:
        return replace(self.state, error=error, reading=False)


def completed(brief: CloneBrief, info: SystemInfo) -> CloneBrief:
    """With region, target model and backend, and the vendor's prefix made of the name, where the person chose none.

    Fields that the system doesn't have are left out.
    """
    model = info.clone_model(brief.model, brief.backend)
    limits = model.limits
    handle = brief.handle
    if limits.handle and not handle:
        handle = handle_from(brief.name, limits.handle)
    return replace(
        brief,
        region=info.region(brief.region),
        model=brief.model or model.model,
        backend=brief.backend or model.backend,
        handle=handle if limits.handle else "",
        transcript=brief.transcript if limits.takes_transcript else "",
        denoise=brief.denoise if limits.takes_denoise else None,
        language=brief.language if limits.languages else None,
    )
