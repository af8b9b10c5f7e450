"""The product's words as the user reads them."""

from bot.texts import Texts, mark
from sync.diff import Status
from sync.fields import Field
from sync.model import Direction, System
from sync.outcome import OutcomeKind

EMOJI = {Status.CREATE: "🟢", Status.UPDATE: "🟠", Status.UNCHANGED: "⚪", Status.BLOCKED: "⛔"}
_STATUSES = {
    Status.CREATE: mark("New"),
    Status.UPDATE: mark("Different"),
    Status.UNCHANGED: mark("Equal"),
    Status.BLOCKED: mark("Can't be imported"),
}
_DIRECTIONS = {
    Direction.PULL: mark("Import from Kinkakuji into SmartHR"),
    Direction.PUSH: mark("Import from SmartHR into Kinkakuji"),
}
_SYSTEMS = {System.SMARTHR: mark("SmartHR"), System.KINKAKUJI: mark("Kinkakuji")}
_FIELDS = {
    Field.NUMBER: mark("Employee number"),
    Field.LAST_NAME: mark("Last name"),
    Field.FIRST_NAME: mark("First name"),
    Field.LAST_NAME_KANA: mark("Last name (kana)"),
    Field.FIRST_NAME_KANA: mark("First name (kana)"),
    Field.GENDER: mark("Gender"),
    Field.BIRTH_DATE: mark("Date of birth"),
    Field.HIRED_ON: mark("Hired on"),
    Field.RESIGNED_ON: mark("Resigned on"),
    Field.EMAIL: mark("E-mail"),
}
_OUTCOMES = {
    OutcomeKind.SUCCEEDED: mark("Succeeded"),
    OutcomeKind.FAILED: mark("Failed"),
    OutcomeKind.HELD: mark("Held"),
    OutcomeKind.SKIPPED: mark("Not reached"),
    OutcomeKind.UNKNOWN: mark("To be checked"),
}


def status_label(t: Texts, status: Status) -> str:
    """「🟢 新規登録」: never the colour alone."""
    return f"{EMOJI[status]} {t(_STATUSES[status])}"


def direction_label(t: Texts, direction: Direction) -> str:
    """「勤革時からSmartHRに取り込む」."""
    return t(_DIRECTIONS[direction])


def system_label(t: Texts, system: System) -> str:
    """「勤革時」 or 「SmartHR」."""
    return t(_SYSTEMS[system])


def field_label(t: Texts, field: Field) -> str:
    """Give a linked field's name."""
    return t(_FIELDS[field])


def outcome_label(t: Texts, kind: OutcomeKind) -> str:
    """Give a result's name."""
    return t(_OUTCOMES[kind])
