"""Finding a voice as one types: every word of the query somewhere in what is known of the voice, in any script."""

from studio.domain.voices import Voice


def haystack(voice: Voice) -> str:
    """All searchable words of a voice, folded; made once per voice, not once per key."""
    return "\n".join(
        (
            voice.name,
            voice.description,
            voice.preview_text,
            voice.notes,
            voice.system,
            voice.target_model,
            voice.language.label,
            voice.language.value,
            voice.voice_id[:200],
        )
    ).casefold()


def matches(hay: str, query: str) -> bool:
    """Whether every word of the query is in the haystack."""
    return all(word in hay for word in query.casefold().split())
