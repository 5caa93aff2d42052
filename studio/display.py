"""Whether a window can open here, asked before Qt is: Qt itself answers a missing display with an abort."""

import os
import sys
from contextlib import suppress

CURSOR_LIBRARY = "libxcb-cursor.so.0"
NO_DISPLAY = "There is no display here."
NO_CURSOR_LIBRARY = "The library libxcb-cursor is missing. Install the package libxcb-cursor0."
ADVICE = "Without a window: voice-studio tour --output DIR, or the commands of voice-studio --help."


def why_no_window() -> str | None:
    """A sentence that says what is missing, or None where a window can open."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or platform in ("offscreen", "minimal", "vnc"):
        return None
    if _wayland_answers() and not platform.startswith("xcb"):
        return None
    if not os.environ.get("DISPLAY"):
        return NO_DISPLAY
    return _why_no_x11()


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    import socket

    path = os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), name)  # an absolute name stands for itself
    with socket.socket(socket.AF_UNIX) as compositor, suppress(OSError):
        compositor.connect(path)
        return True
    return False


def _why_no_x11() -> str | None:
    import ctypes

    try:
        ctypes.CDLL(CURSOR_LIBRARY)  # needed by Qt's xcb plugin since 6.5
    except OSError:
        return NO_CURSOR_LIBRARY
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return "The library libxcb is missing. Install the package libxcb1."
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"The display {os.environ['DISPLAY']} doesn't answer." if refused else None
