"""Any number of channels at any rate to one channel of at most 48 kHz, block by block.

Channels are mixed by their mean, but only those that hold sound: a microphone on one side of a stereo file would lose
6 dB to the silent other side. Channels that cancel one another (one wire the wrong way round) aren't mixed at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from studio.domain.audio import Pcm

RATE_MAX_HZ = 48_000
FIRST_S = 10.0
"""How much is listened to before the first word on which channels hold sound."""

SILENT = 1e-4
"""Of the loudest channel's energy: 40 dB below it there is no sound of its own."""

CANCELLED = 0.05
"""Of the channels' energy: so little is left of a mix only where they oppose one another."""


class Mix:
    """To one channel. Without `chosen` the beginning decides; `right` tells at the end whether that was right."""

    def __init__(self, chosen: tuple[int, ...] | None = None) -> None:
        self._asked = chosen
        self._chosen: tuple[int, ...] = chosen or ()
        self._products: NDArray[np.float64] | None = None

    def __call__(self, blocks: Iterable[Pcm]) -> Iterator[Pcm]:
        """Each block with one channel; the first ones are held back until it is decided."""
        from studio.domain.audio import Pcm

        held: list[Pcm] = []
        decided = self._asked is not None
        for block in blocks:
            self._listen(block)
            held.append(block)
            decided = decided or block.channels == 1 or sum(one.seconds for one in held) >= FIRST_S
            if decided:
                self._chosen = self._chosen or self.channels_with_sound()
                yield from (Pcm(self._mixed(one), one.rate_hz) for one in held)
                held.clear()
        self._chosen = self._chosen or self.channels_with_sound()
        yield from (Pcm(self._mixed(one), one.rate_hz) for one in held)

    @property
    def right(self) -> bool:
        return self._asked is not None or self._chosen == self.channels_with_sound()

    def channels_with_sound(self) -> tuple[int, ...]:
        """Of all that has been heard so far; all channels where nothing has."""
        import numpy as np

        if self._products is None:
            return (0,)
        energy = self._products.diagonal()
        if not energy.any():
            return tuple(range(len(energy)))
        loud = np.flatnonzero(energy > energy.max() * SILENT)
        mixed = self._products[np.ix_(loud, loud)].sum() / len(loud) ** 2
        if mixed < CANCELLED * energy[loud].mean():
            return (int(energy.argmax()),)
        return tuple(int(one) for one in loud)

    def _listen(self, block: Pcm) -> None:
        import numpy as np

        if not np.isfinite(block.samples.sum()):  # one look for all of them
            np.nan_to_num(block.samples, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
        if block.channels == 1 and self._products is None:
            self._products = np.ones((1, 1))
        if block.channels == 1:
            return
        products = (block.samples.T @ block.samples).astype(np.float64)
        if self._products is None:
            self._products = products
        elif self._products.shape == products.shape:
            self._products += products

    def _mixed(self, block: Pcm) -> NDArray[np.float32]:
        """A stream that changes its channels on the way is mixed by all of them from there on."""
        import numpy as np

        if block.channels == 1:
            return block.samples
        fits = self._products is not None and block.channels == len(self._products)
        chosen = list(self._chosen) if fits else slice(None)
        return block.samples[:, chosen].mean(axis=1, dtype=np.float32, keepdims=True)


class Rate:
    """To the rate of the first block, or 48 kHz where that is higher (soxr, high quality)."""

    def __init__(self) -> None:
        self.rate_hz = 0

    def __call__(self, blocks: Iterable[Pcm]) -> Iterator[NDArray[np.float32]]:
        """One-channel blocks in, their samples out."""
        import numpy as np
        import soxr

        none, stream, now = np.zeros(0, np.float32), None, 0
        for block in blocks:
            self.rate_hz = self.rate_hz or min(block.rate_hz, RATE_MAX_HZ)
            if block.rate_hz != now:
                if stream:
                    yield stream.resample_chunk(none, last=True)
                now, same = block.rate_hz, block.rate_hz == self.rate_hz
                stream = None if same else soxr.ResampleStream(now, self.rate_hz, 1, "float32", "HQ")
            samples = block.samples[:, 0]
            yield stream.resample_chunk(np.ascontiguousarray(samples)) if stream else samples
        if stream:
            yield stream.resample_chunk(none, last=True)
