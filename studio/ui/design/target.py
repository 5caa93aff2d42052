"""Where and how a design becomes a voice: language, name, system, region, model, rate and voice id prefix.

What a system or model doesn't have is hidden. What the person picked is kept for when it can be had again.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

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
        self._build_rows()
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

    def choose_place(self, system: str, region: str) -> None:
        """As if the person had chosen both; where nothing is designed, all stays as it is."""
        self.system.choose(system)
        if self.system.currentData() == system:
            self.choose_region(region)

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

    def _build_rows(self) -> None:
        """A region's name is long, a model's longer."""
        self._where, self._how = QHBoxLayout(), QHBoxLayout()
        who = QHBoxLayout()
        who.addWidget(self._languages, 1)
        who.addWidget(self.voice_name, 1)
        self._where.addWidget(self._of_system, 2)
        self._where.addWidget(self._regions, 3)
        self._how.addWidget(self.handle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(WIDE_GAP)
        column.addLayout(who)
        column.addLayout(self._where)
        column.addWidget(self._models)
        column.addLayout(self._how)
        for row in (who, self._where, self._how):
            row.setSpacing(GAP)

    def _place(self, info: SystemInfo | None) -> None:
        """What there is; the sample rate stands beside the system where no region does."""
        model = self.design_model()
        regions = bool(info and info.regions)
        self._regions.setVisible(regions)
        self._models.setVisible(bool(info and len(info.designs) > 1))
        self.handle.setVisible(bool(model and model.limits.handle))
        self._where.removeWidget(self._rates)
        self._how.removeWidget(self._rates)
        if regions:
            self._how.insertWidget(0, self._rates, 1)
        else:
            self._where.addWidget(self._rates, 2)
