"""A voice rendered once and measured as often as needed, without a running loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from studio.domain.languages import Language
from studio.engine import reading, targets, variant
from studio.engine.client import LocalEngine
from studio.engine.targets import Targets
from tests.engine.figures import Figures, formant, measure
from tests.engine.texts import STATEMENTS

SEED = 7
Answer = TypeVar("Answer")


class Booth:
    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._engine = LocalEngine()
        self._figures: dict[tuple[str, Language, int], Figures] = {}

    def sound(self, description: str, language: Language, seed: int = SEED, text: str = "") -> NDArray[np.float32]:
        recipe = variant.write(self.targets(description, seed))
        speaking = self._engine.speak(recipe, text or STATEMENTS[language], language)
        return self._loop.run_until_complete(speaking).samples[:, 0]

    def figures(self, description: str, language: Language, seed: int = SEED) -> Figures:
        key = (description, language, seed)
        if key not in self._figures:
            self._figures[key] = measure(self.sound(description, language, seed))
        return self._figures[key]

    def formant(self, description: str, language: Language) -> float:
        return formant(self.sound(description, language))

    def targets(self, description: str, seed: int = SEED) -> Targets:
        return targets.targets(reading.read(description).traits, seed)

    def ask(self, what: Callable[[LocalEngine], Coroutine[None, None, Answer]]) -> Answer:
        """Anything else of the engine."""
        return self._loop.run_until_complete(what(self._engine))

    def close(self) -> None:
        self._loop.run_until_complete(self._engine.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
