"""What every flow has: one frozen state, one place where it changes, and tasks with an owner."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec, TypeVar

from studio.domain.errors import StudioError
from studio.tasks import TaskOwner

_State = TypeVar("_State")
_P = ParamSpec("_P")


def _nobody(_: object) -> None:
    """Until someone listens."""


class Flow(ABC, Generic[_State]):
    """`show` is told of every new state. A subclass says in `_failed` how an error becomes state."""

    def __init__(self, state: _State, tasks: TaskOwner) -> None:
        self.state = state
        self.show: Callable[[_State], None] = _nobody
        self._tasks = tasks

    def _set(self, state: _State) -> None:
        self.state = state
        self.show(state)

    @abstractmethod
    def _failed(self, error: StudioError) -> _State: ...

    def _start(self, name: str, work: Callable[_P, Awaitable[None]], *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Runs `work` as the one task of this name; an older one of the same name is cancelled."""
        self._tasks.start(name, self._said(work, *args, **kwargs))

    def _once(self, name: str, work: Callable[_P, Awaitable[None]], *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Runs `work` unless it is under way already: a second click on Keep is not a second voice."""
        if not self._tasks.running(name):
            self._start(name, work, *args, **kwargs)

    async def _said(self, work: Callable[_P, Awaitable[None]], *args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            await work(*args, **kwargs)
        except StudioError as error:
            self._set(self._failed(error))
