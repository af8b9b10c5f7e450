"""What the page draws itself from: one JSON object with everything that the acting person may see."""

from sandbox.calls import Call
from sandbox.page.records import panel_record
from sandbox.page.world import World
from sandbox.remote.system import JsonObject, System
from sandbox.slack.demo import EMPLOYEE, HR_ADMIN, SECOND_ADMIN

CALLS_SHOWN = 150
ROLES = {HR_ADMIN: "人事管理者", SECOND_ADMIN: "人事管理者（2人目）", EMPLOYEE: "一般社員"}


def page_state(world: World, user_id: str) -> JsonObject:
    """Return the state for one acting person."""
    return {
        "slack": world.slack.workspace.snapshot(user_id),
        "records": {
            "smarthr": _records(world, System.SMARTHR, "id", world.smarthr.records()),
            "kinkakuji": _records(world, System.KINKAKUJI, "key", world.kinkakuji.records()),
        },
        "editors": world.edits.editors(),
        "calls": _calls(world),
        "faults": world.faults.as_json(),
        "clock": _clock(world),
        "is_demo": world.replay_first_use is not None,
        "roles": ROLES,
    }


def stamp(world: World) -> str:
    """Return a text that changes whenever the state does, cheap enough to ask for twice a second."""
    latest = next((call.number for call in world.calls.calls()[-1:]), 0)
    parts = (world.slack.workspace.version, world.smarthr.version, world.kinkakuji.version, latest)
    return f"{parts} {world.clock.offset} {world.is_closed()} {world.faults.as_json()}"


def _records(world: World, system: System, key: str, records: list[JsonObject]) -> list[JsonObject]:
    return [panel_record(system, each, world.edits.fields(system, each[key])) for each in records]


def _clock(world: World) -> JsonObject:
    return {
        "offset": world.clock.offset,
        "closed": world.is_closed(),
        "closed_hours": [f"{window.start:%H:%M}〜{window.end:%H:%M}" for window in world.closed],
    }


def _calls(world: World) -> JsonObject:
    latest = world.calls.calls()[-CALLS_SHOWN:]
    return {
        "latest": [_call(call) for call in reversed(latest)],
        "counts": {
            "smarthr": _counts(world, System.SMARTHR)
            | {"per_second": world.calls.max_per_second(System.SMARTHR)},
            "kinkakuji": _counts(world, System.KINKAKUJI)
            | {"per_five_minutes": world.calls.max_in_sliding(System.KINKAKUJI)},
        },
    }


def _counts(world: World, system: System) -> JsonObject:
    calls = world.calls.calls(system)
    return {"total": len(calls), "writes": sum(call.is_write for call in calls)}


def _call(call: Call) -> JsonObject:
    return {
        "number": call.number,
        "time": f"{call.moment:%H:%M:%S}",
        "system": call.system.value,
        "method": call.method,
        "path": call.path,
        "status": call.status,
    }
