"""The product's words as the user reads them."""

from bot.texts import Texts, mark
from sync.diff import Status
from sync.fields import Field, Value
from sync.model import Direction, Gender, System
from sync.outcome import OutcomeKind

EMOJI = {
    Status.CREATE: "🟢",
    Status.UPDATE: "🟠",
    Status.VARIANT: "🟡",
    Status.BLOCKED: "⛔",
    Status.COSMETIC: "⚪",
    Status.UNCHANGED: "⚪",
}
_STATUSES = {
    Status.CREATE: mark("New"),
    Status.UPDATE: mark("Different"),
    Status.VARIANT: mark("Variant letters only"),
    Status.BLOCKED: mark("Can't be imported"),
    Status.COSMETIC: mark("Equal (other spelling only)"),
    Status.UNCHANGED: mark("Equal"),
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
_GENDERS = {Gender.MALE.value: mark("Male"), Gender.FEMALE.value: mark("Female")}
OUTCOME_EMOJI = {
    OutcomeKind.SUCCEEDED: "✅",
    OutcomeKind.FAILED: "❌",
    OutcomeKind.HELD: "⚠️",
    OutcomeKind.SKIPPED: "⏸️",
    OutcomeKind.UNKNOWN: "❓",
}
_OUTCOMES = {
    OutcomeKind.SUCCEEDED: mark("Succeeded"),
    OutcomeKind.FAILED: mark("Failed"),
    OutcomeKind.HELD: mark("Held"),
    OutcomeKind.SKIPPED: mark("Not reached"),
    OutcomeKind.UNKNOWN: mark("To be checked"),
}


def status_label(t: Texts, status: Status, *, undoes: bool = False) -> str:
    """「🟢 新規登録」: never the colour alone."""
    return f"{EMOJI[status]} {status_name(t, status, undoes=undoes)}"


def status_name(t: Texts, status: Status, *, undoes: bool = False) -> str:
    """「新規登録」: for where there is no colour, as in a file. `undoes`: in a list that takes back a run."""
    return t("Can't be undone") if undoes and status is Status.BLOCKED else t(_STATUSES[status])


def direction_label(t: Texts, direction: Direction) -> str:
    """「勤革時からSmartHRに取り込む」."""
    return t(_DIRECTIONS[direction])


def system_label(t: Texts, system: System) -> str:
    """「勤革時」 or 「SmartHR」."""
    return t(_SYSTEMS[system])


def field_label(t: Texts, field: Field) -> str:
    """Give a linked field's name."""
    return t(_FIELDS[field])


def value_text(t: Texts, field: Field, value: Value) -> str:
    """Give a field's value to the letter; a word only for a gender and for an empty value."""
    if value is None:
        return t("(empty)")
    return t(_GENDERS[value]) if field is Field.GENDER and value in _GENDERS else value


def outcome_label(t: Texts, kind: OutcomeKind) -> str:
    """「✅ 成功」: never the sign alone."""
    return f"{OUTCOME_EMOJI[kind]} {t(_OUTCOMES[kind])}"
