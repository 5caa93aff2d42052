"""The voice systems, a file each. `main` builds this computer's own; the others are listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ports import Codec, Profiles, System
    from studio.providers.transport import Transport


def remote_systems(transport: Transport, codec: Codec, profiles: Profiles) -> tuple[System, ...]:
    """Every system outside this computer, in the order in which they are shown."""
    from studio.providers.evolink import EvoLink
    from studio.providers.model_studio_cosyvoice import CosyVoice
    from studio.providers.model_studio_qwen import Qwen
    from studio.providers.noiz import Noiz
    from studio.providers.opentalking import OpenTalking
    from studio.providers.speech_server import SpeechServer

    vendors = tuple(system(transport, codec) for system in (Qwen, CosyVoice, EvoLink, Noiz, OpenTalking))
    return *vendors, SpeechServer(transport, codec, profiles)
