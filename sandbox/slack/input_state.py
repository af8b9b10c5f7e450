"""What stands in a view's inputs.

The server keeps it, and keeps it as people know it from the real Slack: on views.update an input with the
same block_id and action_id holds on to what the user entered, whatever initial value comes along
(bolt-python#572, #629); only a new block_id takes its initial value.
"""

from sandbox.slack.blockkit.walk import elements_of
from sandbox.slack.delivery import Json
from sandbox.slack.element_kinds import KINDS

Values = dict[str, dict[str, Json]]


def initial_values(blocks: list[Json], before: Values | None = None) -> Values:
    """Return `state.values` of these blocks, carrying over what `before` holds for the same inputs."""
    values: Values = {}
    for block in blocks:
        for _, element in elements_of(block):
            if element["type"] in KINDS and element["type"] != "overflow":
                kept = (before or {}).get(block["block_id"], {}).get(element["action_id"])
                same = kept is not None and kept["type"] == element["type"]
                value = kept if kept is not None and same else _initial(element)
                values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def held_value(state: Json) -> object:
    """Return the value in one entry of `state.values`."""
    return state[KINDS[state["type"]].held]


def missing_inputs(blocks: list[Json], values: Values) -> dict[str, str]:
    """Return the complaint that Slack itself shows for each required input left empty."""
    return {
        block["block_id"]: "この必須フィールドに入力してください"
        for block in blocks
        if block["type"] == "input"
        and not block.get("optional")
        and not held_value(values[block["block_id"]][block["element"]["action_id"]])
    }


def _initial(element: Json) -> Json:
    kind = KINDS[element["type"]]
    return {"type": element["type"], kind.held: element.get(kind.initial, kind.empty())}
