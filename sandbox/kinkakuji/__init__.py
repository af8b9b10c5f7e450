"""A stand-in for 勤革時's API, which is the KING OF TIME Web API v1.0."""

from sandbox.kinkakuji.app import Kinkakuji
from sandbox.kinkakuji.options import Limits, Options, Window

__all__ = ["Kinkakuji", "Limits", "Options", "Window"]
