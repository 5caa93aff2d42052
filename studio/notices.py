"""Notices on the desktop, for what happens while the person looks elsewhere: a review that has ended.

Freedesktop's notifications over the session bus on Linux, Qt's own elsewhere. Qt's D-Bus can't send the unsigned number
that `Notify` begins with (PySide6 6.11); jeepney, which the keyring brings along, can. The status line says the same,
so a desktop without notices is no error.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import closing, suppress
from typing import Any, cast

APP = "Voice Studio"
DEADLINE_S = 2.0
AS_LONG_AS_THE_DESKTOP_LIKES = -1


async def notify(words: str) -> None:
    if sys.platform == "linux":
        with suppress(TimeoutError):
            async with asyncio.timeout(DEADLINE_S * 2):
                await asyncio.to_thread(_over_the_bus, words)
    else:
        _by_qt(words)


def _over_the_bus(words: str) -> None:
    import jeepney
    from jeepney.io.blocking import open_dbus_connection

    untyped = cast("Any", jeepney)
    name = "org.freedesktop.Notifications"
    place = untyped.DBusAddress("/org/freedesktop/Notifications", name, name)
    no_actions, no_hints = list[str](), dict[str, object]()
    body = (APP, 0, "", APP, words, no_actions, no_hints, AS_LONG_AS_THE_DESKTOP_LIKES)
    message = untyped.new_method_call(place, "Notify", "susssasa{sv}i", body)
    no_bus = (OSError, KeyError, ValueError, TimeoutError)  # no address of one, nobody there, nobody who answers
    with suppress(*no_bus), closing(cast("Any", open_dbus_connection("SESSION"))) as bus:
        bus.send_and_get_reply(message, timeout=DEADLINE_S)


def _by_qt(words: str) -> None:
    """Through a tray icon, which is there for as long as the notice is."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QSystemTrayIcon

    if QSystemTrayIcon.isSystemTrayAvailable():
        icon = QSystemTrayIcon(QApplication.windowIcon(), QApplication.instance())
        icon.show()
        icon.showMessage(APP, words)
        QTimer.singleShot(10_000, icon.deleteLater)
