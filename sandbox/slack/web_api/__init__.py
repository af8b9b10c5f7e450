"""The Web API's methods, one file for each family; each fails as docs.slack.dev/reference/methods says."""

from sandbox.slack.web_api import apps, chat, conversations, files, oauth, users, views
from sandbox.slack.web_api.registry import METHODS

__all__ = ["METHODS", "apps", "chat", "conversations", "files", "oauth", "users", "views"]
