"""Archives of voices, format 1: one zip, which README tells of to whoever opens it. Here its JSON, both ways.

What is read may come from anybody: it is checked field by field, and whatever doesn't fit raises ValueError, KeyError,
TypeError or OverflowError. A field that is added later needs a new FORMAT only if readers must not overlook it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from studio.domain.audio import AudioFormat, Envelope
from studio.domain.languages import Language
from studio.domain.voices import ClipKind, Origin, Status, Voice
from studio.store import archive_fields as fields
from studio.store.labels import TAGS_MAX, tag_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
KIND = "voice-studio-voices"
HEAD = "archive.json"
README_NAME = "README.txt"

README = """\
Voices of Voice Studio, with their clips and the rights to them. Import the file in the Library of Voice Studio, or
with "voice-studio import FILE". Everything in it can be read without the program, too.

archive.json           {"kind": "voice-studio-voices", "format": 1, "made": when}
voices/<number>.json   one voice each:
    library_id         UUID of the voice in the library that it came from
    system, account, voice_id
                       which voice it is out there; the account is a random name, no key is in this file
    name, origin (designed, cloned, built-in), target_model, language, region, status
    created, last_used, listed, gone
                       listed: when the system's list showed it last; gone: since when the list lacks it
    changed            the list told other words than before
    description, preview_text, notes, recipe
                       recipe: what this computer needs to make the voice again
    tags, favourite, rating (0 to 5), collection, pitch_hz
    clips              a list of {kind (preview, sample, spoken), text, partial, price_usd, file, sha256, format,
                       rate_hz, seconds, channels, created, envelope}; file is empty for a clip that was lost
    statements         what was said of the right to a sample: a list of {statement, sample_sha256, created}
    consents           spoken consents, by the sums that the statements name: a list of {file, sha256, format,
                       rate_hz, seconds, channels, created, envelope}
    profile            {file, sha256} of what a timbre match is spoken with, or null
clips/, consents/      the sounds, byte for byte as they are in the library
profiles/              numbers in NumPy's .npz

Times are UTC in ISO 8601, or null. Sums are SHA-256 in hexadecimal. An envelope is the outline of a sound for drawing:
signed bytes in Base64, lowest and highest sample in turn, 127 for full scale.
"""

_LARGEST_ENVELOPE = 1 << 18
_LANGUAGES: dict[str, Language | None] = {one.value: one for one in Language}
_STATUSES = {one.value: one for one in Status}


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound in the archive; `file` is its name there, empty if it isn't."""

    file: str
    sha256: str
    format: AudioFormat
    rate_hz: int
    seconds: float
    channels: int
    created: datetime
    envelope: Envelope = field(default=Envelope(), repr=False)


@dataclass(frozen=True, slots=True)
class ArchivedClip:
    sound: Sound
    kind: ClipKind
    text: str
    partial: bool = False
    price_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of the right to a sample, as the library has it: a JSON object."""

    statement: Mapping[str, Any]
    sample_sha256: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Archived:
    """A voice with all that belongs to it."""

    voice: Voice
    clips: tuple[ArchivedClip, ...] = ()
    said: tuple[Said, ...] = ()
    consents: tuple[Sound, ...] = ()
    profile: Profile | None = None


def head_told(made: datetime) -> dict[str, Any]:
    return {"kind": KIND, "format": FORMAT, "made": _time(made)}


def voice_told(archived: Archived) -> dict[str, Any]:
    voice, profile = archived.voice, archived.profile
    return {
        "library_id": str(voice.library_id),
        "system": voice.system,
        "account": voice.account,
        "voice_id": voice.voice_id,
        "name": voice.name,
        "origin": voice.origin.value,
        "target_model": voice.target_model,
        "language": voice.language.value if voice.language else "",
        "region": voice.region,
        "status": voice.status.value,
        "created": _time(voice.created),
        "last_used": _time(voice.last_used),
        "listed": _time(voice.listed),
        "gone": _time(voice.gone),
        "changed": voice.changed,
        "description": voice.description,
        "preview_text": voice.preview_text,
        "notes": voice.notes,
        "recipe": voice.recipe,
        "tags": list(voice.tags),
        "favourite": voice.favourite,
        "rating": voice.rating,
        "collection": voice.collection,
        "pitch_hz": voice.pitch_hz,
        "clips": [_clip_told(clip) for clip in archived.clips],
        "statements": [
            {"statement": dict(one.statement), "sample_sha256": one.sample_sha256, "created": _time(one.created)}
            for one in archived.said
        ],
        "consents": [_sound_told(sound) for sound in archived.consents],
        "profile": profile and {"file": profile.file, "sha256": profile.sha256},
    }


def archived_from(told: Any) -> Archived:
    profile = told["profile"]
    return Archived(
        voice=_voice_from(told),
        clips=tuple(map(_clip_from, fields.items(told["clips"]))),
        said=tuple(map(_said_from, fields.items(told["statements"]))),
        consents=tuple(map(_sound_from, fields.items(told["consents"]))),
        profile=None if profile is None else Profile(fields.text(profile["file"]), fields.sha256(profile["sha256"])),
    )


def _clip_told(clip: ArchivedClip) -> dict[str, Any]:
    said = {"kind": clip.kind.value, "text": clip.text, "partial": clip.partial, "price_usd": clip.price_usd}
    return said | _sound_told(clip.sound)


def _sound_told(sound: Sound) -> dict[str, Any]:
    return {
        "file": sound.file,
        "sha256": sound.sha256,
        "format": sound.format.value,
        "rate_hz": sound.rate_hz,
        "seconds": sound.seconds,
        "channels": sound.channels,
        "created": _time(sound.created),
        "envelope": base64.b64encode(sound.envelope.pairs).decode(),
    }


def _voice_from(told: Any) -> Voice:
    return Voice(
        library_id=UUID(fields.text(told["library_id"])),
        system=fields.text(told["system"]),
        account=fields.text(told["account"]),
        voice_id=fields.text(told["voice_id"]),
        name=fields.text(told["name"]),
        origin=Origin(told["origin"]),
        target_model=fields.text(told["target_model"]),
        language=_LANGUAGES.get(fields.text(told["language"])),
        created=fields.moment(told["created"]),
        status=_STATUSES.get(fields.text(told["status"]), Status.UNKNOWN),
        region=fields.text(told["region"]),
        last_used=fields.moment_or_none(told["last_used"]),
        description=fields.text(told["description"]),
        preview_text=fields.text(told["preview_text"]),
        notes=fields.text(told["notes"]),
        recipe=fields.text(told["recipe"]),
        tags=_tags_from(told["tags"]),
        favourite=fields.flag(told["favourite"]),
        rating=fields.whole(told["rating"], 0, 5),
        collection=fields.text(told["collection"]),
        pitch_hz=fields.number_or_none(told["pitch_hz"]),
        listed=fields.moment_or_none(told["listed"]),
        gone=fields.moment_or_none(told["gone"]),
        changed=fields.flag(told["changed"]),
    )


def _tags_from(told: Any) -> tuple[str, ...]:
    """What is too much is left out: nobody's voice is refused for its tags."""
    tags = (tag_of(fields.text(one)) for one in fields.items(told))
    return tuple(dict.fromkeys(filter(None, tags)))[:TAGS_MAX]


def _clip_from(told: Any) -> ArchivedClip:
    return ArchivedClip(
        sound=_sound_from(told),
        kind=ClipKind(told["kind"]),
        text=fields.text(told["text"]),
        partial=fields.flag(told["partial"]),
        price_usd=fields.number_or_none(told["price_usd"]),
    )


def _sound_from(told: Any) -> Sound:
    outline = base64.b64decode(fields.text(told["envelope"]), validate=True)
    if len(outline) % 2 or len(outline) > _LARGEST_ENVELOPE:
        raise ValueError("envelope")
    return Sound(
        file=fields.text(told["file"]),
        sha256=fields.sha256(told["sha256"]),
        format=AudioFormat(told["format"]),
        rate_hz=fields.whole(told["rate_hz"], 1, 10_000_000),
        seconds=fields.number(told["seconds"]),
        channels=fields.whole(told["channels"], 1, 1_000),
        created=fields.moment(told["created"]),
        envelope=Envelope(outline),
    )


def _said_from(told: Any) -> Said:
    statement: dict[str, Any] = dict(told["statement"])
    said = {name: value if isinstance(value, bool) else fields.text(value) for name, value in statement.items()}
    return Said(said, fields.text(told["sample_sha256"]), fields.moment(told["created"]))


def _time(when: datetime | None) -> str | None:
    return when and when.astimezone(UTC).isoformat()
