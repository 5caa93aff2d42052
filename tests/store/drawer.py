"""A keyring in memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from keyring.errors import PasswordDeleteError


@dataclass
class Drawer:
    """Keeps keys in memory; waits for `gate`, fails with `error` if there is one."""

    kept: dict[str, str] = field(default_factory=dict)
    error: Exception | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)
    calls: list[str] = field(default_factory=list)
    threads: set[threading.Thread] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.gate.set()

    def get_password(self, service: str, username: str) -> str | None:
        self._work("get", service)
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._work("set", service)
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._work("delete", service)
        if self.kept.pop(username, None) is None:
            raise PasswordDeleteError("not found")

    def _work(self, what: str, service: str) -> None:
        assert service == "voice-studio"
        self.calls.append(what)
        self.threads.add(threading.current_thread())
        self.asked.set()
        self.gate.wait(30)
        if self.error:
            raise self.error
