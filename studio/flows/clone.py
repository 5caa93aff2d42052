"""A sample becomes a cloned voice, in the library at once, and says its first words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from studio.domain.audio import AudioFormat, Clip
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem, SampleLimits, SystemInfo, clone_problems
from studio.domain.samples import Media, Sample
from studio.domain.voices import ClipKind, StoredClip, Voice
from studio.flows.audition import Audible
from studio.flows.flow import Flow
from studio.flows.naming import handle_from
from studio.flows.ordering import Ordering
from studio.flows.outcome import Outcome
from studio.flows.saying import Saying
from studio.flows.takes import TakesFlow
from studio.ports import Clips, Cloner, Codec, Progress, Rights, SampleFiles, System
from studio.tasks import TaskOwner

_FORMATS = {Media.WAV: AudioFormat.WAV, Media.MP3: AudioFormat.MP3, Media.M4A: AudioFormat.M4A}


@dataclass(frozen=True, slots=True)
class Consent:
    """A spoken consent that was attached: its sum in the library, and the file that it came from."""

    sha256: str
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class CloneState:
    """All that the cloning part of the Clone tab shows.

    `speaking` while the voice that was made says its first words, `spoken` once they can be heard; `mute` is why
    they can't. `error` is about the clone.
    """

    systems: tuple[SystemInfo, ...] = ()
    consent: Consent | None = None
    cloning: bool = False
    progress: float | None = None
    cloned: Voice | None = None
    degraded: str = ""
    speaking: bool = False
    spoken: Audible | None = None
    mute: StudioError | None = None
    error: StudioError | None = None


class CloneFlow(Flow[CloneState]):
    """One clone at a time. `on_cloned` is told of every new voice, `on_left` when an order's outcome isn't known,
    `on_spoken` of its first words."""

    def __init__(
        self,
        systems: Mapping[str, System],
        takes: TakesFlow,
        ordering: Ordering,
        saying: Saying,
        files: SampleFiles,
        rights: Rights,
        clips: Clips,
        codec: Codec,
        tasks: TaskOwner,
    ) -> None:
        cloners = {name: system for name, system in systems.items() if isinstance(system, Cloner)}
        super().__init__(CloneState(systems=tuple(cloner.info for cloner in cloners.values())), tasks)
        self._systems = systems
        self._cloners = cloners
        self._takes = takes
        self._ordering = ordering
        self._saying = saying
        self._files = files
        self._rights = rights
        self._clips = clips
        self._codec = codec
        self.on_cloned: Callable[[Voice], None] = lambda _: None
        self.on_left: Callable[[], None] = lambda: None
        self.on_spoken: Callable[[Audible], None] = lambda _: None

    # -- what the person can ask ------------------------------------------------------------------

    def clone_voice(self, brief: CloneBrief, first_words: str = "") -> None:
        """With the chosen take, unless the brief names an address, or a clone is under way."""
        if not self.state.cloning:
            fresh = CloneState(systems=self.state.systems, consent=self.state.consent, cloning=True)
            self._set(fresh)
            self._tasks.start("clone.clone", self._clone(brief, first_words.strip()))

    def cancel(self) -> None:
        """A sample that is under way may become a voice all the same: it is looked for."""
        self._tasks.cancel("clone.clone")
        self._set(replace(self.state, cloning=False, progress=None, speaking=False))
        self.on_left()

    def attach_consent(self, path: Path) -> None:
        """A spoken consent, kept in the library by its sum; it goes into the statement of the next clone."""
        self._start("clone.consent", self._attach, path)

    def drop_consent(self) -> None:
        self._set(replace(self.state, consent=None))

    # -- how it is done -----------------------------------------------------------------------------

    def limits(self, brief: CloneBrief) -> SampleLimits:
        """Of the model that the brief is for. Raises NOT_OFFERED or NO_SUCH_SYSTEM."""
        return self._cloner(brief).info.clone_model(brief.model, brief.backend).limits

    async def clone(self, brief: CloneBrief, progress: Progress = lambda _: None) -> Outcome:
        """Checks, orders and clones; the voice is in the library with its sample. Raises StudioError."""
        cloner = self._cloner(brief)
        brief = completed(brief, cloner.info)
        if found := clone_problems(brief, cloner.info.clone_model(brief.model, brief.backend).limits):
            raise StudioError(Reason.BAD_INPUT, system=brief.system, problems=found)
        clip = await self._clip_of(brief.sample)
        order = await self._ordering.begin(brief, clip)
        return await self._ordering.carry_out(order, lambda: cloner.clone(brief, progress))

    def _cloner(self, brief: CloneBrief) -> Cloner:
        cloner = self._cloners.get(brief.system)
        if cloner is None:
            reason = Reason.NOT_OFFERED if brief.system in self._systems else Reason.NO_SUCH_SYSTEM
            raise StudioError(reason, system=brief.system, detail=brief.system)
        return cloner

    async def _clone(self, brief: CloneBrief, first_words: str) -> None:
        try:
            outcome = await self.clone(await self._with_take(brief), self._progress)
        except StudioError as error:
            self._set(replace(self.state, error=error, cloning=False))
            if error.maybe_done:
                self.on_left()
            return
        voice = outcome.voice
        self._set(replace(self.state, cloned=voice, degraded=outcome.degraded, cloning=False, error=None))
        if voice:
            self.on_cloned(voice)
            if first_words:
                await self._say(voice, first_words)

    async def _with_take(self, brief: CloneBrief) -> CloneBrief:
        """Raises REPORT_FAILED where the system would refuse the sample."""
        if brief.sample_url or brief.system not in self._cloners:
            return brief
        made = await self._takes.sample(self.limits(brief), brief.system)
        return replace(brief, sample=made) if made else brief

    async def _say(self, voice: Voice, words: str) -> None:
        """Once, since the person asked for it; the library keeps it."""
        self._set(replace(self.state, speaking=True))
        try:
            stored = await self._spoken(voice, words)
        except StudioError as error:
            self._set(replace(self.state, speaking=False, mute=error))
            return
        spoken = Audible(stored, voice.name)
        self._set(replace(self.state, speaking=False, spoken=spoken))
        self.on_spoken(spoken)

    async def _spoken(self, voice: Voice, words: str) -> StoredClip:
        kept: list[StoredClip] = []
        price = self._saying.price(voice, words)

        async def keep(clip: Clip) -> None:
            kept.append(await self._clips.add_clip(voice.library_id, clip, ClipKind.SPOKEN, words, price_usd=price))

        await self._saying.say(voice, words, keep)
        return kept[0]

    async def keep_consent(self, path: Path) -> Consent:
        """Raises BAD_INPUT, UNREADABLE_AUDIO or EMPTY_AUDIO."""
        clip = await self._codec.measured(await self._files.read(path), AudioFormat.WAV, 0)
        return Consent(await self._rights.keep_consent(clip), path.name, clip.seconds)

    async def _attach(self, path: Path) -> None:
        self._set(replace(self.state, consent=await self.keep_consent(path), error=None))

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
        return replace(self.state, error=error)


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
        strength=brief.strength if limits.takes_strength else None,
    )
