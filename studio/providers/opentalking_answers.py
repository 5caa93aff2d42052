"""What OpenTalking's answers mean: refusals in words or lists, and the rows of its catalogue.

Sources: seed 004; where servers differ from it, api/opentalking.md 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

from studio.domain.accounts import OPENTALKING
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Origin, Voice
from studio.providers.lasting import in_the_end
from studio.providers.pages import VOICES_MAX
from studio.providers.reading import Record, record, records, text
from studio.providers.transport import Answer


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the catalogue. `entry_id` is what a delete names; several rows may share one."""

    entry_id: int | None
    provider: str
    bare_id: str
    voice: Voice

    def is_of(self, voice: Voice) -> bool:
        """By provider and id; by the id alone for a voice whose provider isn't known."""
        if not voice.recipe:
            return self.voice.voice_id == voice.voice_id
        return (self.provider, self.bare_id) == (voice.recipe, bare_id(voice))


def refused(answer: Answer) -> StudioError | None:
    """By the status, else by a code where a voice or a list should be. A 502 with a `detail` is the document's own
    way to say that the provider behind it refused."""
    said = _object(answer)
    if answer.status < 400 and said.get("ok") is not False and _is_good(said):
        return None
    told, words = text(said, "code"), _words(said)
    code = told if answer.status < 400 and told else str(answer.status)
    reason = Reason.SAMPLE_REFUSED if answer.status_by(code) == 413 else None
    return answer.refusal(
        in_the_end(answer, reason, told or code, words),
        code=code,
        detail=words,
        request_id=text(said, "request_id"),
        final=answer.status == 502 and "detail" in said,
    )


def rows(answer: Answer) -> tuple[Row, ...]:
    """Raises UNREADABLE where there is no list: it would look empty.

    A voice id that two providers share is told apart by the provider in front, from the second one on.
    """
    said = answer.record()
    if not isinstance(said.get("items"), list):
        raise answer.error(Reason.UNREADABLE, detail=answer.text)
    found: dict[tuple[str, str], Row] = {}
    taken: set[str] = set()
    for item in records(said, "items"):
        provider, bare_id = text(item, "provider"), text(item, "voice_id")
        if not bare_id or (provider, bare_id) in found:
            continue
        if len(found) == VOICES_MAX:
            break
        voice_id = f"{provider}/{bare_id}" if bare_id in taken else bare_id
        taken.add(voice_id)
        found[provider, bare_id] = Row(_entry_id(item), provider, bare_id, _voice(item, voice_id, provider))
    return tuple(found.values())


def cloned(answer: Answer) -> Record:
    """The answer of a clone. Raises UNREADABLE without the voice's id: the voice may be there all the same."""
    made = answer.record()
    if not text(made, "voice_id"):
        raise answer.error(Reason.UNREADABLE, detail=answer.text, request_id=text(made, "request_id"))
    return made


def bare_id(voice: Voice) -> str:
    """The id as the voice's own provider knows it."""
    return voice.voice_id.removeprefix(f"{voice.recipe}/") if voice.recipe else voice.voice_id


def _voice(item: Record, voice_id: str, provider: str) -> Voice:
    """The document knows cloned voices only; a source that isn't known is not the person's own."""
    return Voice(
        library_id=uuid4(),
        system=OPENTALKING,
        account="",
        voice_id=voice_id,
        name=text(item, "display_label") or voice_id[:80],
        origin=Origin.CLONED if text(item, "source") in ("clone", "") else Origin.BUILT_IN,
        target_model=text(item, "target_model"),
        language=None,
        created=datetime.now(UTC),
        recipe=provider,
    )


def _entry_id(item: Record) -> int | None:
    value = item.get("id")
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _object(answer: Answer) -> Record:
    """Only of what is small: a list can have megabytes, and an error never does."""
    if answer.data.lstrip()[:1] != b"{" or len(answer.data) > 1 << 20:
        return {}
    return answer.object() or {}


def _is_good(said: Record) -> bool:
    """A code tells a failure, unless it is one of success or something came with it."""
    code = text(said, "code").lower()
    if code in ("", "0", "ok", "success") or "voice_id" in said or "items" in said:
        return True
    return code.isdecimal() and 200 <= int(code) < 300


def _words(said: Record) -> str:
    """`detail` is a text, or a list of what is wrong with each field."""
    if listed := records(said, "detail"):
        return "; ".join(_complaints(listed))
    return text(said, "detail", "message") or text(record(said, "error"), "message") or text(said, "error")


def _complaints(listed: list[Record]) -> Iterator[str]:
    for one in listed:
        place = one.get("loc")
        path = ".".join(str(part) for part in cast("list[object]", place)) if isinstance(place, list) else ""
        yield f"{path}: {text(one, 'msg')}" if path else text(one, "msg")
