"""How the Web API says no."""

from collections.abc import Sequence

from sandbox.slack.blockkit import Problem


class SlackError(Exception):
    """A refused call: `code` as docs.slack.dev/reference/methods lists it, and details for people."""

    def __init__(self, code: str, messages: Sequence[str] = (), **extra: str) -> None:
        super().__init__(code)
        self.code = code
        self.messages = list(messages)
        self.extra = extra


class RateLimited(SlackError):
    """Answered with status 429; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


def raise_if_refused(problems: list[Problem], default: str, below: str = "") -> None:
    """Raise when Block Kit's rules found problems; `below` leads their JSON pointers ("/view")."""
    if not problems:
        return
    messages = [f"[ERROR] {problem.message} [json-pointer:{below}{problem.pointer}]" for problem in problems]
    raise SlackError(next((problem.code for problem in problems if problem.code), default), messages)
