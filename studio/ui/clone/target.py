"""Where and how a clone is made: system, region and model. This computer makes none: it matches a voice's timbre.

What a system or model doesn't have is hidden. What the person picked is kept for when it can be had again.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.domain.briefs import ON_DEVICE
from studio.domain.limits import CloneModel, SystemInfo
from studio.domain.memory import Memory
from studio.ui.combo import ComboField
from studio.ui.design.target import region_label
from studio.ui.formats import dollars
from studio.ui.labels import Badge
from studio.ui.theme import GAP, LINE_HEIGHT, WIDE_GAP


class CloneTarget(QWidget):
    """`changed` carries the name of a field of `Memory` and its new value; `followed`: the limits may be others now."""

    changed = Signal(str, object)
    followed = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clone-target")
        self._systems: tuple[SystemInfo, ...] = ()
        self._system, self._region, self._model = memory.clone_system, memory.clone_region, memory.clone_model
        self._of_system = ComboField(self.tr("System"), "clone-system", self)
        self._regions = ComboField(self.tr("Region"), "clone-region", self)
        self._models = ComboField(self.tr("Model"), "clone-model", self)
        self.system, self.region, self.model = self._of_system.combo, self._regions.combo, self._models.combo
        self.basic = Badge(self.tr("Local · basic"), "computer", self, name="clone-basic")
        self._build_layout()
        self.system.picked.connect(self._on_system)
        self.region.picked.connect(self._on_region)
        self.model.picked.connect(self._on_model)

    def render_systems(self, systems: tuple[SystemInfo, ...]) -> None:
        if systems != self._systems:
            self._systems = systems
            self.system.render_items([(self.label_of(info), info.system) for info in systems], self._system)
            self._follow()

    def choose_region(self, region: str) -> None:
        """As if the person had chosen it."""
        self.region.choose(region)

    def info(self) -> SystemInfo | None:
        return next((info for info in self._systems if info.system == self.system.currentData()), None)

    def clone_model(self) -> CloneModel | None:
        info = self.info()
        return info.clone_model(self._model) if info else None

    def chosen_region(self) -> str:
        """Empty for a system without regions."""
        info = self.info()
        return self.region.currentData() or "" if info and info.regions else ""

    def matches(self) -> bool:
        """Whether the timbre match of this computer is chosen, which is no clone."""
        return self.system.currentData() == ON_DEVICE

    def label_of(self, info: SystemInfo) -> str:
        """As it is listed here."""
        return self.tr("Timbre match") if info.system == ON_DEVICE else info.label

    def in_order(self) -> tuple[QWidget, ...]:
        return self.system, self.region, self.model

    # -- how it is done -----------------------------------------------------------------------------

    def _on_system(self, system: str) -> None:
        self._system = system
        self.changed.emit("clone_system", system)
        self._follow()

    def _on_region(self, region: str) -> None:
        self._region = region
        self.changed.emit("clone_region", region)

    def _on_model(self, model: str) -> None:
        self._model = model
        self.changed.emit("clone_model", model)
        self._follow()

    def _follow(self) -> None:
        info, model = self.info(), self.clone_model()
        if info is None or model is None:
            return
        self.region.render_items([(region_label(one), one) for one in info.regions], self._region)
        self.model.render_items([(self._model_label(one), one.model) for one in info.clones], model.model)
        self._regions.setVisible(bool(info.regions))
        self._models.setVisible(len(info.clones) > 1)
        self.basic.setVisible(self.matches())
        self.followed.emit()

    def _model_label(self, model: CloneModel) -> str:
        parts = [model.model]
        if model.price_usd is not None:
            parts.append(dollars(model.price_usd) if model.price_usd else self.tr("free"))
        if not model.speaks:
            parts.append(self.tr("no speaking yet"))
        return " · ".join(parts)

    def _build_layout(self) -> None:
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(WIDE_GAP)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 5)  # the names of regions are long
        grid.addWidget(self._of_system, 0, 0)
        grid.addWidget(self._regions, 0, 1)
        beside = QVBoxLayout()  # level with the combo box, below the height of its label
        beside.setContentsMargins(2, 0, 0, (LINE_HEIGHT - self.basic.sizeHint().height()) // 2 + 2)
        beside.addWidget(self.basic, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        grid.addLayout(beside, 0, 1)
        grid.addWidget(self._models, 1, 0, 1, 2)
