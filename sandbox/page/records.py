"""A person's record as the side panel shows it: a title, and every field under a Japanese label."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.remote.system import JsonObject, System


@dataclass(frozen=True)
class Layout:
    """Which fields of one system's record stand where."""

    key: str
    name: tuple[str, ...]
    kana: tuple[str, ...]
    summary: tuple[str, ...]
    resigned: str
    labels: dict[str, str]


SMARTHR = Layout(
    key="id",
    name=("last_name", "first_name"),
    kana=("last_name_yomi", "first_name_yomi"),
    summary=("entered_at", "establishment", "email"),
    resigned="resigned_at",
    labels={
        "number": "社員番号",
        "last_name": "姓",
        "first_name": "名",
        "last_name_yomi": "姓（カナ）",
        "first_name_yomi": "名（カナ）",
        "gender": "性別",
        "birth_at": "生年月日",
        "entered_at": "入社日",
        "resigned_at": "退職日",
        "emp_status": "在籍状況",
        "email": "メールアドレス",
        "establishment": "事業所",
        "department": "部署",
        "employment_type": "雇用形態",
        "updated_at": "更新日時",
    },
)

KINKAKUJI = Layout(
    key="key",
    name=("lastName", "firstName"),
    kana=("lastNamePhonetics", "firstNamePhonetics"),
    summary=("hiredDate", "divisionName", "typeName", "emailAddresses"),
    resigned="resignationDate",
    labels={
        "number": "社員番号",
        "lastName": "姓",
        "firstName": "名",
        "lastNamePhonetics": "姓（カナ）",
        "firstNamePhonetics": "名（カナ）",
        "gender": "性別",
        "birthDate": "生年月日",
        "hiredDate": "入社日",
        "resignationDate": "退職日",
        "emailAddresses": "メールアドレス",
        "divisionName": "所属",
        "typeName": "雇用区分",
    },
)

LAYOUTS = {System.SMARTHR: SMARTHR, System.KINKAKUJI: KINKAKUJI}
WORDS = {"male": "男性", "female": "女性", "employed": "在籍中", "absent": "休職中", "retired": "退職済み"}


def panel_record(system: System, record: JsonObject, edited: Sequence[str] = ()) -> JsonObject:
    """Arrange one of a stand-in's `records()` for the panel; `edited` are the fields edited on the page."""
    layout = LAYOUTS[system]
    fields = {name: _text(record.get(name)) for name in layout.labels if name in record}
    return {
        "key": str(record[layout.key]),
        "number": record.get("number") or "",
        "name": _joined(fields, layout.name),
        "name_fields": layout.name,
        "kana": _joined(fields, layout.kana),
        "kana_fields": layout.kana,
        "summary": layout.summary,
        "note": f"{fields[layout.resigned]} 退職" if fields.get(layout.resigned) else "",
        "fields": fields,
        "labels": layout.labels,
        "edited": edited,
    }


def _joined(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return " ".join(part for name in names if (part := fields.get(name)))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(_text(each) for each in value)
    return WORDS.get(str(value), str(value))
