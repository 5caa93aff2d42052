"""Which keyring would keep the keys; reading and writing them is not here yet."""

from __future__ import annotations

import threading
from dataclasses import dataclass

PROBE_S = 5.0

_CONFIGURED_WRONG = (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OSError)
"""What loading a class by the name in the environment or in keyringrc.cfg raises."""


@dataclass(frozen=True, slots=True)
class KeyringProbe:
    """The name of the keyring that would be used, or why there is none; one of the two is empty."""

    backend: str = ""
    problem: str = ""


def probe(deadline_s: float = PROBE_S) -> KeyringProbe:
    """Asks for the keyring without reading a key, so nothing opens a prompt. Blocks: call it in an executor.

    A frozen keyring service costs the deadline, not more: the thread that waits for it doesn't hold up the exit.
    """
    found: list[KeyringProbe] = []
    thread = threading.Thread(target=lambda: found.append(_look()), name="keyring", daemon=True)
    thread.start()
    thread.join(deadline_s)
    if found:
        return found[0]
    if thread.is_alive():
        return KeyringProbe(problem=f"The keyring service did not answer within {deadline_s:g} s.")
    return KeyringProbe(problem="Asking for the keyring failed in an unforeseen way.")  # threading has printed it


def _look() -> KeyringProbe:
    from configparser import Error as ConfigError

    import keyring
    from keyring.backends import chainer, fail, null
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
    except (*_CONFIGURED_WRONG, KeyringError, ConfigError) as error:
        return KeyringProbe(problem=f"The keyring that is configured can't be used: {error}")
    if isinstance(backend, fail.Keyring):
        return KeyringProbe(problem="No keyring service was found on this computer.")
    if isinstance(backend, null.Keyring):
        return KeyringProbe(problem="The keyring is switched off in the configuration of the keyring library.")
    parts = backend.backends if isinstance(backend, chainer.ChainerBackend) else [backend]
    return KeyringProbe(backend=", ".join(str(part.name) for part in parts))
