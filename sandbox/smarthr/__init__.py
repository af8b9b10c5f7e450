"""A stand-in for SmartHR's public API v1."""

from sandbox.smarthr.app import SmartHR
from sandbox.smarthr.options import Limits, Options, Rights

__all__ = ["Limits", "Options", "Rights", "SmartHR"]
