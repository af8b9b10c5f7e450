"""One Slack workspace: who is in it, what was said, which views are open."""

from sandbox.slack.delivery import Delivery, Json


class Workspace:
    """The state of one workspace; every change raises `version` and wakes who waits for it."""

    deliveries: list[Delivery]

    def snapshot(self, user_id: str) -> Json:
        """Return what one user sees, with JSON-ready values only.

        {"version": int, "me": {user}, "team": {"id", "name"}, "users": [{"id", "name", "real_name",
        "is_admin", "is_bot", …}], "channels": [{"id", "name", "kind": channel|private|dm|home, "messages":
        [{"ts", "user", "bot": bool, "text", "blocks", "edited": bool, "ephemeral": bool, "thread_ts",
        "files": [{"id", "name", "url"}]}]}], "modals": [view, … bottom to top, each with "state" and
        "errors": {block_id: text}], "home": view | None, "commands": [{"command", "description",
        "usage_hint"}], "shortcuts": [{"callback_id", "name", "description"}]}
        """
        raise NotImplementedError

    def wait_for_change(self, since_version: int, timeout: float) -> int:
        """Wait until `version` is above `since_version`, at most `timeout` seconds; return the version."""
        raise NotImplementedError
