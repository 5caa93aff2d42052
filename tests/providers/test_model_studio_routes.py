from __future__ import annotations

import pytest

from studio.domain.errors import Reason, StudioError
from studio.providers.model_studio_routes import Route, can_be_reached, route_of
from tests.fakes.voices import voice


@pytest.mark.parametrize(
    ("model", "route"),
    [
        ("qwen3-tts-vd-2026-01-26", Route.HTTP),
        ("qwen3-tts-vc-2026-01-22", Route.HTTP),
        ("qwen4-tts-vd", Route.HTTP),
        ("qwen3-tts-vd-realtime-2026-01-15", Route.REALTIME),
        ("qwen3-tts-vc-realtime-2025-11-27", Route.REALTIME),
        ("qwen-tts-vc-realtime-2025-08-20", Route.REALTIME),
        ("qwen9-tts-vd-realtime", Route.REALTIME),
        ("cosyvoice-v3.5-plus", Route.INFERENCE),
        ("cosyvoice-v2", Route.INFERENCE),
        ("cosyvoice-v9-max", Route.INFERENCE),
        ("qwen-audio-3.0-tts-plus", Route.INFERENCE),
        ("qwen-audio-3.1-tts-flash", Route.INFERENCE),
    ],
)
def test_the_target_model_tells_the_route(model: str, route: Route) -> None:
    speaker = voice(target_model=model)
    assert route_of(speaker) is route
    assert can_be_reached(speaker)


@pytest.mark.parametrize(("model", "reason"), [("", Reason.CANNOT_SPEAK), ("sambert-v1", Reason.NO_ROUTE_YET)])
def test_what_no_route_leads_to(model: str, reason: Reason) -> None:
    speaker = voice(system="qwen", target_model=model)
    assert not can_be_reached(speaker)
    with pytest.raises(StudioError) as caught:
        route_of(speaker)
    assert (caught.value.reason, caught.value.detail) == (reason, model)
