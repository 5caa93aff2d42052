"""Systems as a person meets them, for views to draw."""

from __future__ import annotations

from dataclasses import replace

from studio.domain.accounts import COSYVOICE, EVOLINK, NOIZ, QWEN
from studio.domain.audio import AudioFormat
from studio.domain.briefs import ON_DEVICE
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, DesignModel, Handle, Limits, SampleLimits, Speech, SystemInfo

LIMITS = Limits(
    description_max=500,
    preview_max=1000,
    name_max=60,
    languages=tuple(Language),
    rates_hz=(8_000, 16_000, 24_000, 48_000),
    formats=tuple(AudioFormat),
    seed_max=2**31 - 1,
)
HERE = SystemInfo(
    ON_DEVICE,
    "This computer",
    needs_key=False,
    note="A draft voice made on this computer: quick and private, plainer than a recorded one.",
    designs=(DesignModel("espeak-ng 1.52", LIMITS, 0.0),),
    speech=Speech(part_max=2_000, usd_per_10k=0.0),
    lists_own=False,
)
AFAR = SystemInfo(
    "afar",
    "Far away",
    needs_key=True,
    note="Made on a server.",
    designs=(
        DesignModel(
            "far-1",
            replace(LIMITS, description_max=200, languages=(Language.ZH, Language.EN), rates_hz=(24_000,)),
            0.2,
        ),
    ),
)

LATER = "Designed here, spoken with elsewhere."
REMOTE = replace(LIMITS, description_max=2048, preview_max=1024, name_max=80, handle=Handle("A-Za-z0-9_", 16))
REGIONS = ("intl", "cn")
THE_QWEN = SystemInfo(
    QWEN,
    "Qwen",
    needs_key=True,
    note="Made at Alibaba Model Studio, in ten languages. Ready as soon as it is made.",
    designs=(
        DesignModel("qwen3-tts-vd-2026-01-26", REMOTE, 0.2),
        DesignModel("qwen3-tts-vd-realtime-2026-01-15", REMOTE, 0.2, speaks=False, note=LATER),
    ),
    speech=Speech(part_max=600, usd_per_10k=0.13, han_weight=2),
    regions=REGIONS,
)
SHORT = replace(
    REMOTE,
    description_max=500,
    preview_max=200,
    languages=(Language.ZH, Language.EN),
    rates_hz=(16_000, 24_000),
    handle=Handle("a-z0-9", 10, lower_case=True),
    preview_advised=15,
)
THE_COSYVOICE = SystemInfo(
    COSYVOICE,
    "CosyVoice",
    needs_key=True,
    note="Made at Alibaba Model Studio, free of charge. Each voice is reviewed there before it can be used.",
    designs=(
        DesignModel("cosyvoice-v3.5-plus", SHORT, 0.0, speaks=False, note=LATER),
        DesignModel("cosyvoice-v3-flash", SHORT, 0.0, speaks=False, note=LATER),
    ),
    regions=REGIONS,
)
THE_EVOLINK = SystemInfo(
    EVOLINK,
    "EvoLink",
    needs_key=True,
    note="Qwen voices by way of EvoLink, made within a minute or so. Describe them in English or Chinese.",
    designs=(DesignModel("qwen3-tts-vd-2026-01-26", REMOTE, None),),
    speech=Speech(part_max=600),
    deletes=False,
    deletion="EvoLink has no way to delete a voice: only the record in this library goes.",
    lists_own=False,
)
THE_NOIZ = SystemInfo(
    NOIZ,
    "Noiz",
    needs_key=True,
    note="Cloned from a sample.",
    clones=(CloneModel("", SampleLimits(), None),),
    speech=Speech(part_max=5_000, usd_per_10k=0.15),
    deletion="The sample stays with Noiz, which only hides the voice.",
)
DESIGNERS = (HERE, THE_QWEN, THE_COSYVOICE, THE_EVOLINK)
EVERY = (*DESIGNERS, THE_NOIZ)
