"""How a voice of Model Studio is spoken with: its target model alone decides (api/dashscope.md 3.1)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from enum import Enum, auto

from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.providers.model_studio_inference import Inference
from studio.providers.model_studio_realtime import Realtime
from studio.providers.model_studio_session import Dialogue, spoken_live
from studio.providers.model_studio_speech import language_type
from studio.providers.model_studio_sse import streamed
from studio.providers.sockets import Patience
from studio.providers.transport import Line


class Route(Enum):
    HTTP = auto()
    REALTIME = auto()
    INFERENCE = auto()


def route_of(voice: Voice) -> Route:
    """By pattern, so that models to come are spoken with as well. Raises CANNOT_SPEAK where no model is known,
    NO_ROUTE_YET for a model of a kind unheard of."""
    model = voice.target_model
    if not model:
        raise StudioError(Reason.CANNOT_SPEAK, system=voice.system)
    if "-realtime" in model:
        return Route.REALTIME
    if model.startswith(("cosyvoice-", "qwen-audio-")):
        return Route.INFERENCE
    if model.startswith("qwen"):
        return Route.HTTP
    raise StudioError(Reason.NO_ROUTE_YET, system=voice.system, detail=model)


def can_be_reached(voice: Voice) -> bool:
    try:
        route_of(voice)
    except StudioError:
        return False
    return True


def live(line: Line, voice: Voice, text: str, patience: Patience) -> AsyncGenerator[Pcm]:
    """One text within the limit, piece by piece. Raises as `route_of`, and as `Streamer.stream` on the way."""
    route = route_of(voice)
    language = language_type(voice.language, text)
    if route is Route.HTTP:
        return streamed(line, voice, text, language)
    dialogue: Dialogue = Inference(voice, text) if route is Route.INFERENCE else Realtime(voice, text, language)
    return spoken_live(line, voice, dialogue, patience)
