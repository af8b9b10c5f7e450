"""Block Kit's rules: is this view or message one that Slack would take?

The figures are those of docs.slack.dev/reference/block-kit and docs.slack.dev/reference/views as of
November 2026, cross-checked with the validators of slack_sdk 3.47; where sources differ the stricter one
counts. Blocks that Renkei has no use for (video, card, carousel, container, plan …) are unknown here.
"""

from sandbox.slack.blockkit.check import check_message, check_view
from sandbox.slack.blockkit.schema import Problem

__all__ = ["Problem", "check_message", "check_view"]
