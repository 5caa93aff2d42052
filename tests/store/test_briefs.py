"""Briefs go into the library and come back, a clone's without the sound of its sample."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.briefs import Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.samples import Media, Right, Sample
from studio.store.briefs import brief_from, brief_json, clone_brief_from, kind_of
from studio.store.rows import clean
from tests.fakes.voices import brief

SAMPLE = Sample(b"planted bytes", Media.M4A, "声音.m4a", "abc")
CLONE = CloneBrief("qwen", "Anna", SAMPLE, "", "Guten Tag", Language.DE, True, True, "cn", "m", "cosyvoice", "anna")

WORDS = st.text()
CLONES = st.builds(
    CloneBrief,
    system=WORDS,
    name=WORDS,
    sample=st.none() | st.builds(Sample, st.just(b""), st.sampled_from(Media), WORDS, st.just("sum")),
    sample_url=WORDS,
    transcript=WORDS,
    language=st.none() | st.sampled_from(Language),
    denoise=st.none() | st.booleans(),
    has_right=st.booleans(),
    region=WORDS,
    model=WORDS,
    backend=WORDS,
    handle=WORDS,
    right=st.builds(Right, WORDS, WORDS, WORDS),
    strength=st.none() | st.floats(0, 0.9),
)


def cleaned(made: CloneBrief) -> CloneBrief:
    sample = made.sample and replace(made.sample, name=clean(made.sample.name))
    words = {one.name: clean(value) for one in fields(made) if type(value := getattr(made, one.name)) is str}
    right = Right(clean(made.right.whose), clean(made.right.since), clean(made.right.consent_sha256))
    return replace(made, **words, sample=sample, right=right)


@given(CLONES)
def test_a_clone_there_and_back(made: CloneBrief) -> None:
    assert clone_brief_from(brief_json(made)) == cleaned(made)


def test_the_sound_of_a_sample_stays_out() -> None:
    written = brief_json(CLONE)
    assert "planted" not in written
    assert clone_brief_from(written) == replace(CLONE, sample=replace(SAMPLE, data=b""))


def test_a_sample_without_its_sum_is_summed() -> None:
    read = clone_brief_from(brief_json(replace(CLONE, sample=replace(SAMPLE, sha256=""))))
    assert read.sample
    assert read.sample.sha256 == sha256(SAMPLE.data).hexdigest()


def test_kinds() -> None:
    assert [kind_of(brief()), kind_of(CLONE)] == ["design", "clone"]


def test_a_design_of_the_first_version_reads() -> None:
    record = json.loads(brief_json(brief(region="cn", model="m", handle="h")))
    assert brief_from(json.dumps(record)) == brief(region="cn", model="m", handle="h")
    for field in ("region", "model", "handle"):
        del record[field]
    assert brief_from(json.dumps(record)) == brief()
    assert isinstance(brief(), Brief)


def test_a_clone_of_earlier_versions_reads() -> None:
    record = json.loads(brief_json(replace(CLONE, right=Right("Ann Lee", "2026-11-01", "c0"), strength=0.5)))
    for field in ("right", "strength"):
        del record[field]
    assert clone_brief_from(json.dumps(record)) == replace(CLONE, sample=replace(SAMPLE, data=b""))


@pytest.mark.parametrize(
    "change",
    [{"language": "tlh"}, {"right": {"mine": True}}, {"sample": {"media": "audio/x", "name": "", "sha256": ""}}],
)
def test_what_nobody_wrote_is_damage(change: dict[str, object]) -> None:
    record = json.loads(brief_json(CLONE)) | change
    with pytest.raises(StudioError) as caught:
        clone_brief_from(json.dumps(record))
    assert caught.value.reason is Reason.LIBRARY_DAMAGED
