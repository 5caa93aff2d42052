"""What the window remembers between two starts: unsent words and where things stood. No secret is ever in it."""

from __future__ import annotations

from dataclasses import dataclass

from studio.domain.briefs import ON_DEVICE
from studio.domain.languages import Language

FIRST_DESCRIPTION = "A calm middle-aged man with a deep, warm voice and a steady, unhurried pace."
FIRST_PREVIEW = "Good evening, and welcome. Tonight we follow the river from its source to the sea."


@dataclass(frozen=True, slots=True)
class Memory:
    """`clone_strength` is that of a timbre match and `volume` the player's, in hundredths; `recovered_told` when the
    newest recovered take began that the person was told of, as ISO 8601. `voices_columns` are the columns of the
    Library that are shown, empty for the usual ones. `export_level` is the loudness in LUFS that exported clips are
    matched to, empty for the one they have.
    """

    description: str = FIRST_DESCRIPTION
    preview_text: str = FIRST_PREVIEW
    voice_name: str = ""
    language: Language = Language.EN
    system: str = ON_DEVICE
    rate_hz: int = 24_000
    region: str = ""
    model: str = ""
    handle: str = ""
    clone_system: str = ""
    clone_region: str = ""
    clone_model: str = ""
    clone_url: str = ""
    clone_strength: int = 70
    clone_first_words: str = ""
    clone_speaks: bool = True
    reading_language: str = ""
    input_device: str = ""
    count_in: bool = False
    recovered_told: str = ""
    clone_name: str = ""
    clone_transcript: str = ""
    clone_language: str = ""
    text_to_speak: str = ""
    output_device: str = ""
    volume: int = 100
    loop: bool = False
    tab: int = 0
    geometry: str = ""
    splitters: tuple[tuple[str, tuple[int, ...]], ...] = ()
    column_widths: tuple[int, ...] = ()
    voices_columns: tuple[str, ...] = ()
    voices_sort: str = ""
    voices_sort_down: bool = True
    export_format: str = "wav"
    export_level: str = ""
