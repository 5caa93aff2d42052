"""Multipart forms of samples and fields, as Noiz and OpenTalking take them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from studio.domain.samples import Sample

Part = tuple[str, bytes, str]
"""A file's name, its bytes and their media type."""


def sample_part(sample: Sample) -> Part:
    """The suffix follows what is in the file: some systems go by the name."""
    return PurePath(sample.name or "sample").stem + sample.media.suffix, sample.data, sample.media.value


def fields_only(fields: Mapping[str, str]) -> dict[str, Part]:
    """A form without a file. httpx makes a multipart form of files alone; a file without a name is a plain field."""
    return {name: ("", value.encode(), "text/plain; charset=utf-8") for name, value in fields.items()}
