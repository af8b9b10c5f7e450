"""The web application that each stand-in starts from."""

from flask import Flask
from flask.json.provider import DefaultJSONProvider


class PlainJson(DefaultJSONProvider):
    """JSON as the real systems send it: Japanese as it is, keys in the order of the document."""

    ensure_ascii = False
    sort_keys = False


class JsonFlask(Flask):
    """Flask that answers in plain JSON and serves no files."""

    json_provider_class = PlainJson

    def __init__(self, import_name: str) -> None:
        super().__init__(import_name, static_folder=None)
