"""espeak-ng through ctypes: the few calls that the worker needs.

The library keeps global state, so there is one `Espeak` per process. It is told to find its data in the current
folder, because it refuses longer paths than about 150 bytes (espeak-ng 1.52).
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Callable
from enum import IntEnum

import espeakng_loader

RATE_HZ = 22_050
"""The sample rate of all voices that aren't MBROLA's."""

_CHUNK_MS = 60
_WORDS_A_MINUTE = 175
"""espeak's own; how fast a voice speaks is a line of its variant."""

_VOLUME = 45
"""Of 200, so that breathy and bright variants stay below full scale inside the synthesiser; loudness is set later."""

_SYNCHRONOUS, _UTF8, _END_PAUSE = 2, 1, 0x1000
_DONT_EXIT = 0x8000

KeepOn = Callable[[], bool]

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Parameter(IntEnum):
    """`espeak_PARAMETER` of speak_lib.h."""

    RATE = 1
    VOLUME = 2
    PITCH = 3


class EspeakError(Exception):
    """The library is there but refuses."""


def load() -> ctypes.CDLL:
    """The shared library with its signatures. Raises OSError when it can't be loaded."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Info.restype = ctypes.c_char_p
    library.espeak_Info.argtypes = [ctypes.c_void_p]
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    library.espeak_SetSynthCallback.argtypes = [_Callback]
    library.espeak_SetSynthCallback.restype = None
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
    library.espeak_Synth.argtypes = [
        *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint),
        *(ctypes.c_void_p, ctypes.c_void_p),
    ]
    return library


def version(library: ctypes.CDLL) -> str:
    """As the library says it, such as "1.52.0"."""
    words: bytes = library.espeak_Info(None)
    return words.decode(errors="replace").split(" ")[0]


class Espeak:
    """One synthesiser, in the folder of data that is the current one."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self._library = library
        self._sound = array("h")
        self._keep_on: KeepOn = lambda: True
        self._callback = _Callback(self._heard)  # the library keeps the pointer, so this object must keep the function
        if library.espeak_Initialize(_SYNCHRONOUS, _CHUNK_MS, b".", _DONT_EXIT) != RATE_HZ:
            raise EspeakError("espeak_Initialize")
        library.espeak_SetSynthCallback(self._callback)

    def choose(self, voice: str, pitch: int) -> None:
        """A voice file with its variant, as `gmw/en-US+vs0`; `pitch` is espeak's own 0..99 with 50 in the middle."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise EspeakError(f"espeak_SetVoiceByName {voice}")
        settings = ((Parameter.RATE, _WORDS_A_MINUTE), (Parameter.VOLUME, _VOLUME), (Parameter.PITCH, pitch))
        for parameter, value in settings:
            self._library.espeak_SetParameter(parameter, value, 0)

    def say(self, text: str, keep_on: KeepOn) -> array[int]:
        """Signed 16-bit samples, cut short once `keep_on` says no; it is asked every 60 ms of sound."""
        self._sound = array("h")
        self._keep_on = keep_on
        data = text.replace("\0", " ").encode("utf-8", "replace")
        if self._library.espeak_Synth(data, len(data) + 1, 0, 1, 0, _UTF8 | _END_PAUSE, None, None) != 0:
            raise EspeakError("espeak_Synth")
        return self._sound

    def _heard(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int | None) -> int:  # pyright: ignore[reportPrivateUsage] - the only name of the type
        if count > 0:
            self._sound.frombytes(ctypes.string_at(samples, count * 2))
        return 0 if self._keep_on() else 1
