"""The commands that make voices: design and clone."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from studio.cli import answers
from studio.cli.answers import document, say, warn
from studio.cli.parts import Commands
from studio.cli.recording import limits_of, opened, tell_report
from studio.domain.accounts import Region
from studio.domain.audio import AudioFormat
from studio.domain.briefs import ON_DEVICE, Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import SystemInfo
from studio.domain.report import Verdict
from studio.domain.samples import Right, Sample
from studio.domain.scripts import language_of
from studio.domain.voices import Designed
from studio.flows.design import preview_lost
from studio.flows.outcome import Outcome
from studio.flows.saying import format_of
from studio.words import sentence

SETTLE_S = 10.0
"""How long a command looks after what earlier ones left open; the order is kept if that isn't enough."""


async def design(asked: Namespace, commands: Commands) -> int:
    output: Path = asked.output
    await commands.saying.check_place(output)
    wanted = AudioFormat(asked.format) if asked.format else format_of(output, AudioFormat.WAV)
    info = _info(commands.design.state.systems, asked.system)
    brief = Brief(
        system=asked.system,
        description=asked.description,
        preview_text=asked.text,
        language=Language(asked.language) if asked.language else language_of(asked.text, Language.EN),
        name=asked.name,
        rate_hz=asked.rate,
        format=wanted if asked.format or _offered(info, asked.model, wanted) else AudioFormat.WAV,
        seed=asked.seed if asked.system == ON_DEVICE else None,
        region=asked.region,
        model=asked.model,
    )
    _tell_left_out(asked, info, seed=asked.system == ON_DEVICE)
    await settle(asked, commands)
    try:
        outcome = await commands.design.design(brief)
    except StudioError as error:
        if rescued := commands.orders.rescued(error.voice_id):  # paid for, and nowhere else
            await commands.saying.write(rescued, output, wanted)
            warn(f"The library would not take the voice; its preview is in {output}.")
        raise
    designed = outcome.designed
    if designed is None or designed.preview is None:
        raise preview_lost(outcome)
    kept = outcome.voice
    try:
        await commands.saying.write(designed.preview, output, wanted)
    except StudioError as error:
        error.voice_id = kept.voice_id if kept else ""
        raise
    if asked.keep and not kept:
        kept = await commands.design.keep_at_once(brief, designed)
    _tell_designed(asked, designed, output)
    document(asked, answers.designed_as_json(designed, output, kept))
    return 0


async def clone(asked: Namespace, commands: Commands) -> int:
    info = _info(commands.clone.state.systems, asked.system)
    sample = await _reported(asked, commands) if asked.sample else None
    brief = CloneBrief(
        system=asked.system,
        name=asked.name,
        sample=sample,
        sample_url=asked.url,
        transcript=asked.transcript,
        language=Language(asked.language) if asked.language else None,
        denoise=True if asked.denoise else None,
        has_right=asked.right,
        region=asked.region,
        model=asked.model,
        backend=asked.backend,
        right=await _right(asked, commands),
        strength=asked.strength,
    )
    _tell_left_out_of_clone(asked, info)
    await settle(asked, commands)
    outcome = await commands.clone.clone(brief)
    if outcome.voice is None:
        raise preview_lost(outcome)
    if outcome.degraded:
        warn(f"The clone is of lesser quality: {outcome.degraded}.")
    stored = await commands.library.sample_of(outcome.voice)
    say(asked, f"{outcome.voice.name}\n{asked.system}:{outcome.voice.voice_id}")
    document(asked, answers.cloned_as_json(outcome.voice, outcome, asked.sample, stored))
    return 0


async def _reported(asked: Namespace, commands: Commands) -> Sample:
    """What is sent of a file, once its report was told. Raises REPORT_FAILED for a bad one, without --force."""
    limits = limits_of(asked, commands)
    async with opened(asked.sample, commands) as take:
        report = await commands.sampling.report(take, take.edit, limits, asked.system)
        tell_report(report, asked.system)
        if report.verdict is Verdict.FAIL and not asked.force:
            warn("With --force it is sent as it is.")
            raise StudioError(Reason.REPORT_FAILED, system=asked.system)
        return await commands.sampling.sample(take, take.edit, limits)


async def _right(asked: Namespace, commands: Commands) -> Right:
    consent = await commands.clone.keep_consent(asked.consent) if asked.consent else None
    return Right(asked.whose, asked.permission_since, consent.sha256 if consent else "", own=not asked.whose)


async def settle(asked: Namespace, commands: Commands) -> None:
    """Looks after orders that an earlier start left open; whatever comes of it, the command goes on."""
    import asyncio

    with suppress(StudioError, TimeoutError):
        async with asyncio.timeout(SETTLE_S):
            await commands.orders.settle(asked.region or Region.INTL, _tell_settled)


def _tell_settled(outcome: Outcome) -> None:
    if outcome.voice:
        warn(f"An order of an earlier start has arrived: {outcome.voice.name}.")
    elif outcome.error:
        warn(f"About an order of an earlier start: {sentence(outcome.error)}")


def _info(systems: tuple[SystemInfo, ...], system: str) -> SystemInfo | None:
    return next((info for info in systems if info.system == system), None)


def _offered(info: SystemInfo | None, model: str, wanted: AudioFormat) -> bool:
    return bool(info and wanted in info.design_model(model).limits.formats)


def _tell_designed(asked: Namespace, designed: Designed, output: Path) -> None:
    seconds = designed.preview.seconds if designed.preview else 0.0
    say(asked, f"{answers.heading(designed)}\n{output} · {seconds:.1f} s")
    if designed.unused_words:
        say(asked, "Words not used: " + ", ".join(designed.unused_words))


def _tell_left_out(asked: Namespace, info: SystemInfo | None, *, seed: bool) -> None:
    if info is None:
        return
    if asked.region and not info.regions:
        _left_out("--region", info)
    if asked.seed is not None and not seed:
        _left_out("--seed", info)


def _tell_left_out_of_clone(asked: Namespace, info: SystemInfo | None) -> None:
    if info is None:
        return
    limits = info.clone_model(asked.model, asked.backend).limits
    backends = {model.backend for model in info.clones} - {""}
    given = (
        ("--region", asked.region, bool(info.regions)),
        ("--model", asked.model, any(model.model for model in info.clones)),
        ("--transcript", asked.transcript, limits.takes_transcript),
        ("--language", asked.language, bool(limits.languages)),
        ("--denoise", asked.denoise, limits.takes_denoise),
        ("--backend", asked.backend, bool(backends)),
        ("--strength", asked.strength is not None, limits.takes_strength),
    )
    for option, value, taken in given:
        if value and not taken:
            _left_out(option, info)


def _left_out(option: str, info: SystemInfo) -> None:
    warn(f"{option} is left out: {info.label} has no field for it.")
