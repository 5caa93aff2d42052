from __future__ import annotations

import json
from dataclasses import replace

import pytest

from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, clone_problems, price_of, problems
from studio.domain.samples import Media, Sample
from studio.providers.model_studio_qwen import INFO
from tests.providers.announcer import (
    GUANYU,
    QWEN,
)


def test_limits_are_the_documents() -> None:
    limits = INFO.design_model().limits
    assert not problems(replace(QWEN, description="d" * 2048, preview_text="p" * 1024, handle="A_b9" * 4), limits)
    faults = problems(replace(QWEN, description="d" * 2049, preview_text="😀" * 1025, handle="a" * 17), limits)
    assert [(one.field, one.fault) for one in faults] == [
        (Field.DESCRIPTION, Fault.TOO_LONG),
        (Field.PREVIEW_TEXT, Fault.TOO_LONG),
        (Field.HANDLE, Fault.TOO_LONG),
    ]
    assert [one.fault for one in problems(replace(QWEN, handle="a-b"), limits)] == [Fault.NOT_PLAIN]
    assert not problems(replace(QWEN, preview_text="Hi."), limits)


def test_an_encoded_sample_stays_under_ten_megabytes() -> None:
    limits = INFO.clone_model().limits
    head = len("data:audio/wav;base64,")
    largest = (10_000_000 - 1 - head) // 4 * 3
    assert not clone_problems(replace(GUANYU, sample=Sample(bytes(largest), Media.WAV)), limits)
    too_big = clone_problems(replace(GUANYU, sample=Sample(bytes(largest + 1), Media.WAV)), limits)
    assert [one.fault for one in too_big] == [Fault.TOO_BIG]


def test_prices_and_models() -> None:
    assert [(one.model, one.price_usd, one.speaks) for one in INFO.designs] == [
        ("qwen3-tts-vd-2026-01-26", 0.2, True),
        ("qwen3-tts-vd-realtime-2026-01-15", 0.2, True),
        ("qwen3-tts-vd-realtime-2025-12-16", 0.2, True),
    ]
    assert [(one.model, one.price_usd, one.speaks) for one in INFO.clones] == [
        ("qwen3-tts-vc-2026-01-22", 0.01, True),
        ("qwen3-tts-vc-realtime-2026-01-15", 0.01, True),
        ("qwen3-tts-vc-realtime-2025-11-27", 0.01, True),
    ]
    assert INFO.speech
    assert price_of("a" * 5_000 + "好" * 2_500, INFO.speech) == pytest.approx(0.13)
    assert INFO.regions == ("intl", "cn")
    assert "doesn't say what it keeps" in INFO.deletion


def test_bodies_hold_no_field_of_the_other_family() -> None:
    from studio.providers import model_studio_cosyvoice as cosyvoice
    from studio.providers import model_studio_qwen as qwen

    clone = replace(GUANYU, transcript="t", language=Language.EN)
    ours = json.dumps([qwen.design_fields(QWEN), qwen.clone_fields(clone, "u")])
    theirs = json.dumps([cosyvoice.design_fields(QWEN), cosyvoice.clone_fields(clone, "u")])
    for foreign in ('"prefix"', '"language_hints"', '"url"', '"create_voice"', '"voice_id"'):
        assert foreign not in ours
    for foreign in ('"preferred_name"', '"language"', '"audio"', '"text"', '"create"'):
        assert foreign not in theirs
