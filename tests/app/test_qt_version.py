"""PySide6 6.12.0 aborts on Python 3.11 after some thousand Qt calls (`none_dealloc`); the one installed must not."""

import subprocess
import sys

MANY_CALLS = """
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel
class Sender(QObject):
    sent = Signal(object)
app, sender = QApplication([]), Sender()
label = QLabel()
sender.sent.connect(lambda value: None)
for _ in range(5000): sender.sent.emit(None)
for number in range(20000): label.setText(str(number))
"""


def test_thousands_of_qt_calls_end_well() -> None:
    ended = subprocess.run([sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
