"""The keys of the vendors' accounts, in the keyring of the desktop or for this session only; never in a file."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from studio.domain.errors import Reason, StudioError
from studio.store.daemon_line import DaemonLine

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = "voice-studio"
PROBE_S = 5.0
DEADLINE_S = 8.0
"""A locked keyring may be asking the person; a frozen one never answers."""

CALM_S = 2.0
"""For this long after a refusal no other key is read: accounts are looked at in a row, each would open a dialog."""

_OWN = ("SecretService", "libsecret", "kwallet", "Windows", "macOS")
"""Modules of the keyring library that stand for an operating system's or desktop's own; others may write files."""

_CONFIGURED_WRONG = (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OSError)
"""What loading a class by the name in the environment or in keyringrc.cfg raises."""

_CLOSED = ("KeyringError", "LockedException", "PromptDismissedException")
"""Exceptions of the keyring library, and of SecretStorage, of a keyring that is there and doesn't open."""

_T = TypeVar("_T")


class Backend(Protocol):
    """What the keyring library offers of a keyring; every call blocks."""

    def get_password(self, service: str, username: str, /) -> str | None: ...

    def set_password(self, service: str, username: str, password: str, /) -> None: ...

    def delete_password(self, service: str, username: str, /) -> None: ...


def own_backend() -> Backend:
    """The system's own keyring, taken out of a chain if need be. Blocks. Raises KEYRING_MISSING."""
    from configparser import Error as ConfigError

    import keyring
    from keyring.backends import chainer, fail, null
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
    except (*_CONFIGURED_WRONG, KeyringError, ConfigError) as error:
        raise _missing(f"The keyring that is configured can't be used: {error}") from error
    if isinstance(backend, fail.Keyring):
        raise _missing("No keyring service was found on this computer.")
    if isinstance(backend, null.Keyring):
        raise _missing("The keyring is switched off in the configuration of the keyring library.")
    parts = backend.backends if isinstance(backend, chainer.ChainerBackend) else [backend]
    for part in parts:
        if type(part).__module__ in {f"keyring.backends.{module}" for module in _OWN}:
            return part
    names = ", ".join(str(part.name) for part in parts)
    raise _missing(f"Only the system's own keyring is used, and it is not among the ones here: {names}")


class Keyring:
    """Reads each key once; a read or found-to-be-missing key is remembered until it is saved or forgotten.

    `find` is asked on the keyring's thread, which is a daemon: nothing here holds up the loop or the exit.
    """

    def __init__(
        self,
        find: Callable[[], Backend] = own_backend,
        deadline_s: float = DEADLINE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._find = find
        self._deadline_s = deadline_s
        self._clock = clock
        self._line = DaemonLine("keyring")
        self._known: dict[str, str] = {}
        self._session: dict[str, str] = {}
        self._refused: StudioError | None = None
        self._calm_until = 0.0

    def of_session(self, name: str) -> str:
        """The key that is held for this session only; empty if there is none."""
        return self._session.get(name, "")

    def hold(self, name: str, key: str) -> None:
        """For this session only: it goes before the keyring's."""
        self._session[name] = key

    async def read(self, name: str, *, anew: bool = False) -> str:
        """The keyring's key, empty if it has none; `anew` looks again where none was found.

        Raises KEYRING_MISSING, KEYRING_LOCKED or KEYRING_SLOW. An answer that comes after that is remembered.
        """
        known = self._known.get(name)
        if known or (known is not None and not anew):
            return known

        def reading() -> str | StudioError:
            if answer := self._known.get(name) or self._just_refused():  # learnt while this waited in the line
                return answer
            found = self._tried(lambda backend: backend.get_password(SERVICE, name) or "")
            if not isinstance(found, StudioError):
                self._known[name] = found
            return found

        if refused := self._just_refused():
            raise _anew(refused)
        return await self._ask(reading)

    async def save(self, name: str, key: str) -> None:
        """Raises KEYRING_MISSING, KEYRING_LOCKED or KEYRING_SLOW; after the last, it may be kept all the same."""

        def saving() -> StudioError | None:
            failed = self._tried(lambda backend: backend.set_password(SERVICE, name, key), key)
            if failed is None:
                self._known[name] = key
                self._session.pop(name, None)
            return failed

        await self._ask(saving)

    async def forget(self, name: str) -> None:
        """The key of the session, then that of the keyring. Raises KEYRING_LOCKED or KEYRING_SLOW."""
        held = self._session.pop(name, "")
        if held and self._known.get(name) == "":
            return

        def delete(backend: Backend) -> None:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        def forgetting() -> StudioError | None:
            failed = self._tried(delete)
            if failed is None or failed.reason is Reason.KEYRING_MISSING:
                self._known.pop(name, None)
                return None
            return failed

        await self._ask(forgetting)

    async def _ask(self, work: Callable[[], _T | StudioError]) -> _T:
        """The error is made afresh: none that is raised has a key somewhere behind it."""
        try:
            answer = await self._line.run(work, self._deadline_s)
        except TimeoutError:
            answer = StudioError(Reason.KEYRING_SLOW, detail=f"no answer in {self._deadline_s:g} s", retryable=True)
            self._note(answer)
        if isinstance(answer, StudioError):
            raise _anew(answer)
        return answer

    def _just_refused(self) -> StudioError | None:
        return self._refused if self._clock() < self._calm_until else None

    def _note(self, trouble: StudioError | None) -> None:
        """One of a keyring that is there; an answer ends it."""
        self._refused = trouble
        self._calm_until = self._clock() + CALM_S

    # -- on the keyring's thread ----------------------------------------------------------------------

    def _tried(self, work: Callable[[Backend], _T], secret: str = "") -> _T | StudioError:
        try:
            answer = work(self._find())
        except Exception as error:  # noqa: BLE001  backends pass on whatever their system raises
            trouble = _trouble(error, secret)
            self._note(trouble if trouble.reason is Reason.KEYRING_LOCKED else None)
            return trouble
        self._note(None)
        return answer


def _trouble(error: Exception, secret: str) -> StudioError:
    """Its words without the key; the words of an error that holds what it tripped over are left out."""
    if isinstance(error, StudioError):
        return StudioError(error.reason, detail=error.detail)
    words = "" if isinstance(error, UnicodeError) else f": {error}"
    detail = f"{type(error).__name__}{words}"
    if secret:
        detail = detail.replace(secret, "…")
    names = {kind.__name__ for kind in type(error).__mro__}
    missing = "NoKeyringError" in names or names.isdisjoint(_CLOSED)
    return StudioError(Reason.KEYRING_MISSING if missing else Reason.KEYRING_LOCKED, detail=detail, retryable=True)


def _anew(error: StudioError) -> StudioError:
    return StudioError(error.reason, detail=error.detail, retryable=error.retryable)


def _missing(words: str) -> StudioError:
    return StudioError(Reason.KEYRING_MISSING, detail=words)


# -- for the doctor ---------------------------------------------------------------------------------------------------


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
    try:
        backend = own_backend()
    except StudioError as error:
        return KeyringProbe(problem=error.detail)
    return KeyringProbe(backend=str(getattr(backend, "name", type(backend).__module__)))
