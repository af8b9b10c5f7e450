"""Edits by hand on the page: what a third party does between a preview and a run."""

from collections.abc import Iterator

import httpx
import pytest

from sandbox.company import masters
from sandbox.remote.system import JsonObject
from sandbox.server import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as started:
        yield started


def post(sandbox: Sandbox, path: str, **body: object) -> int:
    return httpx.post(f"{sandbox.url}/page/{path}", json=body).status_code


def edit(sandbox: Sandbox, system: str, key: str, **values: str) -> int:
    return post(sandbox, "edits", system=system, key=key, values=values)


def undo(sandbox: Sandbox, system: str, key: str) -> int:
    return post(sandbox, "edits/undo", system=system, key=key)


def shown(sandbox: Sandbox, system: str, key: str) -> JsonObject:
    records: list[JsonObject] = httpx.get(f"{sandbox.url}/page/state").json()["records"][system]
    return next(record for record in records if record["key"] == key)


def test_every_field_that_is_linked_can_be_edited_and_the_number(sandbox: Sandbox) -> None:
    editors = httpx.get(f"{sandbox.url}/page/state").json()["editors"]
    names = {system: {editor["name"] for editor in its} for system, its in editors.items()}
    for system, key in (("smarthr", "0002"), ("kinkakuji", "0002")):
        records = httpx.get(f"{sandbox.url}/page/state").json()["records"][system]
        record = next(each for each in records if each["number"] == key)
        assert names[system] == record["fields"].keys() - {"updated_at"}
        assert list(record["fields"].values())[:3] == ["0002", "青木", "葵"]


def test_an_edit_is_held_as_the_system_holds_it(sandbox: Sandbox) -> None:
    key = sandbox.smarthr.crew("0002")["id"]
    department = masters.department_id("310")
    assert edit(sandbox, "smarthr", key, number="0902", department=department, birth_at="") == 204
    crew = sandbox.smarthr.crew("0902")
    assert (crew["department"], crew["birth_at"]) == ("製造部/加工課", None)
    key = sandbox.kinkakuji.employee("0002")["key"]
    addresses = "a@mail.example、b@mail.example"
    assert edit(sandbox, "kinkakuji", key, divisionName="3100", emailAddresses=addresses) == 204
    assert sandbox.kinkakuji.employee("0002")["emailAddresses"] == ["a@mail.example", "b@mail.example"]
    assert shown(sandbox, "kinkakuji", key)["fields"]["divisionName"] == "加工課"


def test_an_edit_is_marked_and_can_be_taken_back(sandbox: Sandbox) -> None:
    key = sandbox.kinkakuji.employee("0002")["key"]
    before = shown(sandbox, "kinkakuji", key)
    edit(sandbox, "kinkakuji", key, lastName="赤木", typeName="2")
    edit(sandbox, "kinkakuji", key, lastName="岩田")
    assert set(shown(sandbox, "kinkakuji", key)["edited"]) == {"lastName", "typeName"}
    assert undo(sandbox, "kinkakuji", key) == 204
    assert shown(sandbox, "kinkakuji", key) == before


def test_what_was_written_over_an_edit_stays(sandbox: Sandbox) -> None:
    key = sandbox.smarthr.crew("0002")["id"]
    edit(sandbox, "smarthr", key, last_name="赤木", first_name="茜")
    sandbox.smarthr.edit("0002", last_name="岩田")
    assert shown(sandbox, "smarthr", key)["edited"] == ["first_name"]
    undo(sandbox, "smarthr", key)
    assert shown(sandbox, "smarthr", key)["name"] == "岩田 葵"


def test_an_edit_of_nobody_or_of_an_unknown_field_is_refused(sandbox: Sandbox) -> None:
    key = sandbox.smarthr.crew("0002")["id"]
    assert edit(sandbox, "smarthr", "nobody", last_name="赤木") == 400
    assert edit(sandbox, "smarthr", key, bank_accounts="") == 400
    assert edit(sandbox, "slack", key, last_name="赤木") == 400
    assert undo(sandbox, "smarthr", "nobody") == 400
