"""Tells every text that the accessibility bus carries, one JSON line each; runs on the system's Python."""

import json

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


def tell(event):
    print(json.dumps([event.type, str(event.any_data)]), flush=True)


listener = Atspi.EventListener.new(tell)
for kind in ("object:text-changed", "object:property-change:accessible-value"):
    listener.register(kind)
print(json.dumps(["ready", ""]), flush=True)
Atspi.event_main()
