"""Speaking with a voice of this computer from elsewhere: there is no server, so it is the program's own command."""

from __future__ import annotations

import shlex

from studio.domain.briefs import ON_DEVICE
from studio.domain.voices import Voice
from studio.ports import CodeKind
from studio.providers.examples import OUTPUT, literal, words

LONGEST = 20_000


def example(voice: Voice, text: str, kind: CodeKind) -> str:
    """A line for a shell stands in for curl."""
    said = words(voice, text, LONGEST)
    command = ["voice-studio", "say", "--voice", f"{ON_DEVICE}:{voice.voice_id}", "--output", OUTPUT, "--", said]
    if kind is CodeKind.CURL:
        return f"# This voice is on this computer: no server, no key.\n{shlex.join(command)}\n"
    told = "".join(f"    {literal(one)},\n" for one in command)
    return f"import subprocess\n\ncommand = [\n{told}]\nsubprocess.run(command, check=True)\n"
