"""Modals in stacks of at most three, and one Home tab for each person."""

from dataclasses import dataclass, field

from sandbox.slack.delivery import Json
from sandbox.slack.element_kinds import NewId, with_ids
from sandbox.slack.errors import SlackError
from sandbox.slack.ids import Ids
from sandbox.slack.input_state import Values, initial_values

STACK = 3
"""A root view and two pushed ones; docs.slack.dev/reference/methods/views.push."""


@dataclass
class OpenView:
    """A view on somebody's screen."""

    id: str
    user_id: str
    source: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """block_id → complaint, as the app's last answer put it."""
    offered: dict[str, list[Json]] = field(default_factory=dict)
    """block_id → the options that the app last offered to an external select."""

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks, each with its block_id."""
        blocks: list[Json] = self.source["blocks"]
        return blocks

    @property
    def is_modal(self) -> bool:
        """Whether it is a modal; else it is a Home tab."""
        return bool(self.source["type"] == "modal")


class Views:
    """All views that are open in a workspace. The workspace's lock guards it."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._new_id = NewId()
        self.stacks: dict[str, list[OpenView]] = {}
        self.homes: dict[str, OpenView] = {}

    def open(self, user_id: str, source: Json) -> OpenView:
        """Open a modal as the root of a new stack."""
        self._raise_if_taken(source)
        view = self._new(user_id, source)
        self.stacks[user_id] = [view]
        return view

    def push(self, user_id: str, source: Json) -> OpenView:
        """Put a modal on top of the stack."""
        stack = self.stacks.get(user_id, [])
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK:
            raise SlackError("push_limit_reached")
        self._raise_if_taken(source)
        view = self._new(user_id, source)
        view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def publish(self, user_id: str, source: Json, known_hash: str | None) -> OpenView:
        """Set somebody's Home tab."""
        home = self.homes.get(user_id)
        if home is None:
            home = self.homes[user_id] = self._new(user_id, source)
            return home
        return self.update(home, source, known_hash)

    def update(self, view: OpenView, source: Json, known_hash: str | None = None) -> OpenView:
        """Replace what a view shows; its inputs keep what people entered."""
        if known_hash and known_hash != view.hash:
            raise SlackError("hash_conflict")
        if source.get("external_id") != view.source.get("external_id"):
            self._raise_if_taken(source)
        view.source = self._named(source)
        view.values = initial_values(view.blocks, view.values)
        view.errors = {}
        view.hash = self._ids.hash()
        return view

    def find(self, view_id: str | None, external_id: str | None = None) -> OpenView:
        """Return an open view; `not_found` when it is closed or never was."""
        for view in self._all():
            if view.id == view_id or (external_id and view.source.get("external_id") == external_id):
                return view
        raise SlackError("not_found")

    def close(self, view: OpenView) -> list[OpenView]:
        """Close a modal and all above it; return those that closed, topmost first."""
        stack = self.stacks[view.user_id]
        at = stack.index(view)
        closed = stack[at:][::-1]
        del stack[at:]
        return closed

    def clear(self, user_id: str) -> list[OpenView]:
        """Close somebody's whole stack; return the views, topmost first."""
        return self.stacks.pop(user_id, [])[::-1]

    def _all(self) -> list[OpenView]:
        modals = [view for stack in self.stacks.values() for view in stack]
        return [*modals, *self.homes.values()]

    def _new(self, user_id: str, source: Json) -> OpenView:
        view_id = self._ids.new("V")
        view = OpenView(view_id, user_id, self._named(source), self._ids.hash(), root_id=view_id)
        view.values = initial_values(view.blocks)
        return view

    def named(self, blocks: list[Json]) -> list[Json]:
        """Return the blocks with the ids that Slack adds where they are missing."""
        return with_ids(blocks, self._new_id)

    def _named(self, source: Json) -> Json:
        return source | {"blocks": self.named(source["blocks"])}

    def _raise_if_taken(self, source: Json) -> None:
        external_id = source.get("external_id")
        if external_id and any(view.source.get("external_id") == external_id for view in self._all()):
            raise SlackError("duplicate_external_id")
