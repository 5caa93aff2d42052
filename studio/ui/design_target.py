"""Where and how a design becomes a voice: language, name, system, region, model, rate and voice id prefix.

What a system or model doesn't have is hidden. What the person picked is kept for when it can be had again.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.domain.languages import Language
from studio.domain.limits import DesignModel, SystemInfo
from studio.domain.memory import Memory
from studio.flows.naming import handle_from
from studio.ui.combo import ComboField
from studio.ui.formats import rate
from studio.ui.messages import region_label
from studio.ui.tab_order import chain
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, WIDE_GAP


class DesignTarget(QWidget):
    """`changed` carries the name of a field of `Memory` and its new value; `followed`: the limits may be others now."""

    changed = Signal(str, object)
    followed = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("design-target")
        self._systems: tuple[SystemInfo, ...] = ()
        self._memory = memory
        self._language, self._rate_hz = memory.language, memory.rate_hz
        self._region, self._model = memory.region, memory.model
        self._build_fields()
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(WIDE_GAP)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._fill(memory)
        self._place(None)
        self._join()
        chain(*self.in_order())

    # -- in and out ---------------------------------------------------------------------------------

    def render_systems(self, systems: tuple[SystemInfo, ...]) -> None:
        if systems == self._systems:
            return
        chosen = self.chosen_system()
        self._systems = systems
        self.system.render_items([(info.label, info.system) for info in systems], chosen)
        self._follow()

    def choose_region(self, region: str) -> None:
        """As if the person had chosen it."""
        self.region.choose(region)

    def info(self) -> SystemInfo | None:
        return next((info for info in self._systems if info.system == self.system.currentData()), None)

    def design_model(self) -> DesignModel | None:
        info = self.info()
        return info.design_model(self._model) if info else None

    def chosen_system(self) -> str:
        return self.system.currentData() or self._memory.system

    def chosen_language(self) -> Language:
        return Language(self.language.currentData())

    def chosen_rate(self) -> int:
        return self.rate.currentData() or self._rate_hz

    def chosen_region(self) -> str:
        """Empty for a system without regions."""
        info = self.info()
        return self.region.currentData() if info and info.regions else ""

    def chosen_model(self) -> str:
        """Empty for a system with one model only, or none known yet."""
        info, model = self.info(), self.design_model()
        return model.model if info and model and len(info.designs) > 1 else ""

    def chosen_handle(self) -> str:
        """Only what is typed."""
        model = self.design_model()
        return self.handle.text().strip() if model and model.limits.handle else ""

    def in_order(self) -> tuple[QWidget, ...]:
        return (
            self.language,
            self.voice_name.editor,
            self.system,
            self.region,
            self.model,
            self.rate,
            self.handle.editor,
        )

    # -- how it is done -----------------------------------------------------------------------------

    def _build_fields(self) -> None:
        self._languages = ComboField(self.tr("Language"), "language", self)
        self.voice_name = TextField(self.tr("Voice name"), "voice-name", self)
        self._of_system = ComboField(self.tr("System"), "system", self)
        self._regions = ComboField(self.tr("Region"), "region", self)
        self._models = ComboField(self.tr("Model"), "model", self)
        self._rates = ComboField(self.tr("Sample rate"), "sample-rate", self)
        self.handle = TextField(self.tr("Voice id prefix"), "voice-id-prefix", self)
        self.language, self.system, self.rate = self._languages.combo, self._of_system.combo, self._rates.combo
        self.region, self.model = self._regions.combo, self._models.combo
        self.voice_name.editor.setPlaceholderText(self.tr("Named for you if empty"))

    def _fill(self, memory: Memory) -> None:
        self.voice_name.set_text(memory.voice_name)
        self.handle.set_text(memory.handle)
        self.language.render_items([(one.label, one) for one in Language], memory.language)
        self.rate.render_items([(rate(memory.rate_hz), memory.rate_hz)], memory.rate_hz)

    def _join(self) -> None:
        self.voice_name.changed.connect(self._on_name)
        self.handle.changed.connect(lambda text: self.changed.emit("handle", text))
        self.language.picked.connect(self._on_language)
        self.rate.picked.connect(self._on_rate)
        self.system.picked.connect(self._on_system)
        self.region.picked.connect(self._on_region)
        self.model.picked.connect(self._on_model)

    def _on_name(self, name: str) -> None:
        self.changed.emit("voice_name", name)
        self._render_prefix(self.design_model())

    def _on_language(self, language: Language) -> None:
        self._language = Language(language)
        self.changed.emit("language", self._language)
        self.followed.emit()

    def _on_rate(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self.changed.emit("rate_hz", rate_hz)

    def _on_system(self, system: str) -> None:
        self.changed.emit("system", system)
        self._follow()

    def _on_region(self, region: str) -> None:
        self._region = region
        self.changed.emit("region", region)

    def _on_model(self, model: str) -> None:
        self._model = model
        self.changed.emit("model", model)
        self._follow()

    # -- what the system and its model have -----------------------------------------------------------

    def _follow(self) -> None:
        info, model = self.info(), self.design_model()
        if info is None or model is None:
            return
        self.region.render_items([(region_label(one), one) for one in info.regions], self._region)
        self.model.render_items([(self._model_label(one), one.model) for one in info.designs], model.model)
        limits = model.limits
        language = self._language if self._language in limits.languages else Language.EN
        self.language.render_items([(one.label, one) for one in limits.languages], language)
        rate_hz = self._rate_hz if self._rate_hz in limits.rates_hz else limits.default_rate_hz
        self.rate.render_items([(rate(one), one) for one in limits.rates_hz], rate_hz)
        self.voice_name.set_limit(limits.name_max, info.label)
        self.handle.set_limit(limits.handle.longest if limits.handle else 0, info.label)
        self._render_prefix(model)
        self._place(info)
        self.followed.emit()

    def _model_label(self, model: DesignModel) -> str:
        return model.model if model.speaks else self.tr("{model} · no speaking yet").format(model=model.model)

    def _render_prefix(self, model: DesignModel | None) -> None:
        if model and model.limits.handle:
            self.handle.editor.setPlaceholderText(handle_from(self.voice_name.text(), model.limits.handle))

    def _place(self, info: SystemInfo | None) -> None:
        """Two columns, filled by what there is; a model's name needs both."""
        model = self.design_model()
        regions = bool(info and info.regions)
        rows: list[tuple[QWidget, QWidget | None]] = [
            (self._languages, self.voice_name),
            (self._of_system, self._regions if regions else self._rates),
        ]
        if info and len(info.designs) > 1:
            rows.append((self._models, None))
        prefix = self.handle if model and model.limits.handle else None
        if regions:
            rows.append((self._rates, prefix))
        elif prefix:
            rows.append((prefix, None))
        shown = {widget for row in rows for widget in row if widget}
        while self._grid.count():
            self._grid.takeAt(0)
        for widget in (self._regions, self._models, self._rates, self.handle):
            widget.setVisible(widget in shown)
        for row, (left, right) in enumerate(rows):
            self._grid.addWidget(left, row, 0, 1, 1 if right else 2)
            if right:
                self._grid.addWidget(right, row, 1)
