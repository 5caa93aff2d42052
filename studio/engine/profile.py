"""What a timbre match keeps of a sample: its envelopes, as arrays in one npz file."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studio.domain.errors import Reason, StudioError
from studio.engine.envelopes import BINS, ORDER

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = 1
EXEMPLARS_MAX = 4_000
"""46 s of speech, in 320 kB; of a longer sample every second or third frame is kept."""

TOP_MIN = 46
"""1 kHz: no speech ends under it."""

_BYTES_MAX = 4_000_000

_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(ValueError, KeyError, OSError, EOFError, TypeError, RuntimeError, OverflowError),
)
"""What zipfile and numpy raise for bytes that are wrong, by trying."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """`exemplars` are the sample's frames of speech, shape (n, ORDER), as shapes without a level.

    `source` is the mean shape of the base voice, shape (ORDER,). `smooth_bins` is the width of one harmonic, which
    both were smoothed over. Above `top_bin` nothing is known of the sample's colour.
    """

    exemplars: NDArray[np.float32]
    source: NDArray[np.float32]
    smooth_bins: int
    top_bin: int


def written(profile: Profile) -> bytes:
    """The same bytes for the same profile: the members carry no time."""
    file = io.BytesIO()
    numbers = np.array([VERSION, profile.smooth_bins, profile.top_bin], np.int32)
    np.savez(
        file,
        numbers=numbers,
        exemplars=profile.exemplars.astype(np.float16),
        source=profile.source.astype(np.float32),
    )
    return file.getvalue()


def read(data: bytes) -> Profile:
    """Raises CANNOT_SPEAK for anything that `written` didn't write."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _BYTES_MAX:
                raise _damaged("too big")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            numbers = [int(number) for number in arrays["numbers"].astype(np.int64)]
            exemplars = arrays["exemplars"].astype(np.float32)
            source = arrays["source"].astype(np.float32)
    except _DAMAGE as error:
        raise _damaged(str(error)) from error
    if len(numbers) != 3 or numbers[0] != VERSION:
        raise _damaged(f"version {numbers[:1]}")
    profile = Profile(exemplars, source, numbers[1], numbers[2])
    if not _whole(profile):
        raise _damaged("shapes or figures")
    return profile


def _whole(profile: Profile) -> bool:
    shapes = profile.exemplars.ndim == 2 and profile.exemplars.shape[1] == ORDER and profile.source.shape == (ORDER,)
    numbers = 1 <= profile.smooth_bins <= BINS // 4 and TOP_MIN <= profile.top_bin < BINS
    if not (shapes and numbers and 1 <= len(profile.exemplars) <= EXEMPLARS_MAX):
        return False
    return all(bool(np.all(np.abs(one) < 1_000)) for one in (profile.exemplars, profile.source))


def _damaged(detail: str) -> StudioError:
    return StudioError(Reason.CANNOT_SPEAK, detail=f"the profile of this voice is damaged: {detail}")
