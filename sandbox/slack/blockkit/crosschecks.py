"""The rules between parts: ids that must differ, initial values that must exist, surfaces that must fit."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sandbox.slack.blockkit.blocks import Surface, surfaces_of
from sandbox.slack.blockkit.elements import MODAL_ONLY, NOT_ON_HOME
from sandbox.slack.blockkit.schema import Problem
from sandbox.slack.blockkit.walk import characters, elements_of, options_of

Json = dict[str, Any]
Placed = tuple[str, Json]

DATA_TABLE_CHARACTERS = 20_000


def block_problems(blocks: list[Json], surface: Surface) -> list[Problem]:
    """Return what is wrong with blocks that are each well-formed."""
    placed = [(f"/blocks/{index}", block) for index, block in enumerate(blocks)]
    elements = [(at + below, element) for at, block in placed for below, element in elements_of(block)]
    found = list(_repeated("block_id", placed))
    for at, block in placed:
        found += _one_block(at, block, surface)
    for at, element in elements:
        found += _one_element(at, element, surface)
    found += _at_most_one(placed, "table in a message", lambda block: block["type"].endswith("table"))
    found += _at_most_one(elements, "focus_on_load", lambda element: element.get("focus_on_load") is True)
    return found


def _one_block(at: str, block: Json, surface: Surface) -> Iterator[Problem]:
    if surface not in surfaces_of(block["type"]):
        yield Problem(at, f"block type {block['type']} is not supported on a {surface}")
    yield from _repeated("action_id", [(at + below, element) for below, element in elements_of(block)])
    if block["type"] == "data_table":
        yield from _data_table(at, block)


def _one_element(at: str, element: Json, surface: Surface) -> Iterator[Problem]:
    kind = element["type"]
    misplaced = (kind in MODAL_ONLY and surface != "modal") or (kind in NOT_ON_HOME and surface == "home")
    if misplaced:
        yield Problem(at, f"element type {kind} is not supported on a {surface}")
    if "options" in element and "option_groups" in element:
        yield Problem(at, "options and option_groups exclude each other")
    yield from _initial_options(at, element)
    yield from _lengths(at, element)


def _initial_options(at: str, element: Json) -> Iterator[Problem]:
    chosen = element.get("initial_options", [])
    single = [element["initial_option"]] if "initial_option" in element else []
    if not element["type"].endswith("external_select"):
        known = options_of(element)
        for option in [*chosen, *single]:
            if option not in known:
                yield Problem(at, f"initial option {option['value']!r} is not among the options")
    if len(chosen) > element.get("max_selected_items", len(chosen)):
        yield Problem(f"{at}/initial_options", "more than max_selected_items")


def _lengths(at: str, element: Json) -> Iterator[Problem]:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if least > most:
        yield Problem(f"{at}/min_length", "must not be above max_length")
    if element["type"] == "plain_text_input" and len(element.get("initial_value", "")) > most:
        yield Problem(f"{at}/initial_value", f"must be less than {most + 1} characters")


def _repeated(key: str, placed: Iterable[Placed]) -> Iterator[Problem]:
    counts: Counter[str] = Counter()
    for at, part in placed:
        name = part.get(key)
        if name is None:
            continue
        counts[name] += 1
        if counts[name] > 1:
            yield Problem(f"{at}/{key}", f"{key} {name!r} already exists")


def _at_most_one(placed: list[Placed], what: str, matches: Callable[[Json], bool]) -> Iterator[Problem]:
    for at, _ in [place for place in placed if matches(place[1])][1:]:
        yield Problem(at, f"only one {what} allowed")


def _data_table(at: str, block: Json) -> Iterator[Problem]:
    rows = block["rows"]
    if len({len(row) for row in rows}) > 1:
        yield Problem(f"{at}/rows", "all rows must have the same number of cells")
    if any(cell["type"] != "raw_text" for cell in rows[0]):
        yield Problem(f"{at}/rows/0", "header cells must be raw_text")
    if characters(rows) > DATA_TABLE_CHARACTERS:
        yield Problem(f"{at}/rows", f"more than {DATA_TABLE_CHARACTERS} characters")
