"""Edits by hand on the page: somebody else at work in SmartHR or 勤革時, who can also take it back."""

from dataclasses import dataclass
from threading import Lock

from pydantic import BaseModel, ConfigDict

from sandbox.kinkakuji import Kinkakuji
from sandbox.page.editors import kinkakuji_editors, smarthr_editors
from sandbox.remote.system import JsonObject, System
from sandbox.smarthr import SmartHR


class Edit(BaseModel):
    """What was typed into a record's form, by the panel's names of its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    system: System
    key: str
    values: dict[str, str]


class Undo(BaseModel):
    """Whose edits shall go."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    system: System
    key: str


@dataclass(frozen=True)
class _Change:
    before: object
    after: object


class Edits:
    """Carries edits out and remembers what stood there before.

    A record or a field that doesn't exist raises LookupError.
    """

    def __init__(self, smarthr: SmartHR, kinkakuji: Kinkakuji) -> None:
        self._stand_ins: dict[System, SmartHR | Kinkakuji] = {
            System.SMARTHR: smarthr,
            System.KINKAKUJI: kinkakuji,
        }
        self._editors = {
            System.SMARTHR: {editor.name: editor for editor in smarthr_editors(smarthr)},
            System.KINKAKUJI: {editor.name: editor for editor in kinkakuji_editors(kinkakuji)},
        }
        self._lock = Lock()
        self._changes: dict[tuple[System, str], dict[str, _Change]] = {}

    def editors(self) -> JsonObject:
        """Return how each system's fields are edited, for the page."""
        return {
            system.value: [editor.to_json() for editor in editors.values()]
            for system, editors in self._editors.items()
        }

    def make(self, edit: Edit) -> None:
        """Carry an edit out, unchecked."""
        editors = self._editors[edit.system]
        stand_in = self._stand_ins[edit.system]
        with self._lock:
            held = stand_in.held(edit.key)
            known = self._standing(edit.system, edit.key)
            made = {
                name: _Change(
                    known[name].before if name in known else held.get(editors[name].wire),
                    editors[name].parse(text),
                )
                for name, text in edit.values.items()
            }
            stand_in.overwrite(edit.key, {editors[name].wire: change.after for name, change in made.items()})
            self._changes[edit.system, edit.key] = {**known, **made}

    def undo(self, undo: Undo) -> None:
        """Put back what stood there before; what others have written since then stays."""
        editors = self._editors[undo.system]
        with self._lock:
            changes = self._standing(undo.system, undo.key)
            before = {editors[name].wire: change.before for name, change in changes.items()}
            self._stand_ins[undo.system].overwrite(undo.key, before)
            self._changes.pop((undo.system, undo.key), None)

    def fields(self, system: System, key: str) -> list[str]:
        """Return the fields of a record that stand as they were edited, by the panel's names."""
        with self._lock:
            return list(self._standing(system, key))

    def _standing(self, system: System, key: str) -> dict[str, _Change]:
        changes = self._changes.get((system, key), {})
        if not changes:
            return {}
        held = self._stand_ins[system].held(key)
        editors = self._editors[system]
        return {
            name: change
            for name, change in changes.items()
            if change.before != change.after and held.get(editors[name].wire) == change.after
        }
