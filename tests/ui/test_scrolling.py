"""Asked for a scroll bar that has just gone, Qt's accessibility bridge crashes; ours never goes."""

import os
import subprocess
import sys

ASKED_AS_A_SCREEN_READER_ASKS = """
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
from studio.ui.scrolling import ScrollColumn
app, area, tall = QApplication([]), ScrollColumn("area"), QLabel("x")
tall.setMinimumHeight(1000); area.setWidget(tall); area.resize(200, 200); area.show(); app.processEvents()
many = QAccessible.queryAccessibleInterface(area).childCount()
tall.setMinimumHeight(10); app.processEvents(); app.processEvents()
interface = QAccessible.queryAccessibleInterface(area)
for _ in range(200): interface.child(many - 1)
area.hide(); app.processEvents()
for _ in range(200): QAccessible.queryAccessibleInterface(area).child(many - 1)
print(many, interface.childCount())
"""


def test_children_stay_as_many_when_there_is_nothing_to_scroll() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ASKED_AS_A_SCREEN_READER_ASKS],
        capture_output=True,
        text=True,
        timeout=30,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert (ended.returncode, ended.stdout) == (0, "1 1\n")
