"""Notices on a real session bus, with somebody there to show them, and with nobody."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from jeepney import HeaderFields, MessageType, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from studio.notices import notify

NAME = "org.freedesktop.Notifications"


@contextmanager
def desktop() -> Generator[list[tuple[Any, ...]]]:
    """Somebody who shows notices, on the bus of this test."""
    shown: list[tuple[Any, ...]] = []
    bus = open_dbus_connection("SESSION")
    bus.send_and_get_reply(message_bus.RequestName(NAME))
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            with suppress(TimeoutError):
                message = bus.receive(timeout=0.05)
                if message.header.message_type is MessageType.method_call:
                    assert message.header.fields[HeaderFields.member] == "Notify"
                    shown.append(message.body)
                    bus.send(new_method_return(message, "u", (1,)))

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        yield shown
    finally:
        over.set()
        serving.join()
        bus.close()


async def test_a_notice_is_shown_by_the_desktop() -> None:
    with desktop() as shown:
        await notify("“Announcer” has passed its review")
    ((app, replaces, _, summary, body, actions, hints, expires),) = shown
    assert (app, summary, body) == ("Voice Studio", "Voice Studio", "“Announcer” has passed its review")
    assert (replaces, actions, hints, expires) == (0, [], {}, -1)


async def test_nobody_who_shows_notices_is_no_error() -> None:
    await notify("Nobody reads this")


async def test_no_bus_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    await notify("Nobody reads this")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    await notify("Nor this")
