"""Our own icons: SVG drawn with `currentColor`, recoloured from the palette, each rendered once."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from studio.assets import asset


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """`colour` as #rrggbb, `size` in the window's pixels, `ratio` of the screen's to them."""
    from PySide6.QtSvg import QSvgRenderer

    source = asset("icons", f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode())
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
