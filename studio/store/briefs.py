"""Briefs as JSON in the library, and back. The sample of a clone stays out: its sum is enough to name it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from studio.domain.audio import AudioFormat
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.languages import Language
from studio.domain.samples import Media, Right, Sample
from studio.store.rows import as_written, record_from, record_json

DESIGN = "design"
CLONE = "clone"


def kind_of(brief: Brief | CloneBrief) -> str:
    """What the library calls it."""
    return DESIGN if isinstance(brief, Brief) else CLONE


def brief_json(brief: Brief | CloneBrief) -> str:
    if isinstance(brief, Brief):
        return record_json(asdict(brief))
    return record_json(asdict(replace(brief, sample=None)) | {"sample": _sample_record(brief.sample)})


@as_written
def brief_from(text: str) -> Brief:
    """The library's first version knew no region, model or handle."""
    record = record_from(text)
    return Brief(
        system=record["system"],
        description=record["description"],
        preview_text=record["preview_text"],
        language=Language(record["language"]),
        name=record["name"],
        rate_hz=record["rate_hz"],
        format=AudioFormat(record["format"]),
        seed=record["seed"],
        region=record.get("region", ""),
        model=record.get("model", ""),
        handle=record.get("handle", ""),
    )


@as_written
def clone_brief_from(text: str) -> CloneBrief:
    """Its sample, if it had one, holds no bytes. Earlier versions knew neither whose voice it is nor a strength."""
    record = record_from(text)
    language, sample = record["language"], record["sample"]
    return CloneBrief(
        system=record["system"],
        name=record["name"],
        sample=_sample_from(sample) if sample else None,
        sample_url=record["sample_url"],
        transcript=record["transcript"],
        language=Language(language) if language else None,
        denoise=record["denoise"],
        has_right=record["has_right"],
        region=record["region"],
        model=record["model"],
        backend=record["backend"],
        handle=record["handle"],
        right=Right(**record.get("right", {})),
        strength=record.get("strength"),
    )


def _sample_record(sample: Sample | None) -> dict[str, str] | None:
    if sample is None:
        return None
    from hashlib import sha256

    total = sample.sha256 or sha256(sample.data).hexdigest()
    return {"media": sample.media.value, "name": sample.name, "sha256": total}


def _sample_from(record: dict[str, Any]) -> Sample:
    return Sample(b"", Media(record["media"]), record["name"], record["sha256"])
