"""Finding a voice as one types: every word of the query somewhere in what is known of the voice, in any script."""

import unicodedata

from studio.domain.languages import Language
from studio.domain.voices import Voice


def folded(text: str) -> str:
    """The same for capital and small, full-width and ordinary letters, composed and decomposed accents."""
    return unicodedata.normalize("NFKC", text).casefold()


def haystack(voice: Voice) -> str:
    """All searchable words of a voice, folded; made once per voice, not once per key."""
    known = (
        *(voice.name, voice.description, voice.preview_text, voice.notes),
        *(voice.system, voice.target_model, *_names(voice.language)),
        *(voice.voice_id[:200], str(voice.library_id)),
    )
    return folded("\n".join(known))


def words_of(query: str) -> tuple[str, ...]:
    return tuple(folded(query).split())


def matches(hay: str, words: tuple[str, ...]) -> bool:
    """Whether every word is in the haystack."""
    return all(word in hay for word in words)


def _names(language: Language | None) -> tuple[str, ...]:
    return (language.label, language.value) if language else ()
