"""Keeps a process up until it is told to stop, with its HTTP side beside it.

What the internet reaches is served by gunicorn, in one worker process with threads: the parts live in that
process, and its counters with them. A process that Slack does not call shows its health on 127.0.0.1 only.
"""

import gc
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any, Never

import structlog
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # it ships no annotations
from werkzeug.serving import make_server

from bot.lifeline import Lifeline
from bot.process import Process
from bot.server import health_server, slack_server
from bot.settings import Settings
from bot.tempo import Tempo

_log = structlog.get_logger(__name__)

HTTP_THREADS = 48
"""More than there are listeners, so that health answers while all of them are busy."""
STOP_SECONDS = 9.0
"""After this long the process goes without waiting; hosts kill after ten (Docker's default)."""
HEALTH_HOST = "127.0.0.1"
PUBLIC_HOST = "0.0.0.0"  # noqa: S104 - Slack calls from outside


def serve(settings: Settings, *, works: bool, tempo: Tempo | None = None) -> Never:
    """Talk to Slack until told to stop; `works` is whether this process also carries work out."""
    if settings.is_socket_mode and not settings.is_oauth:
        _serve_socket(settings, tempo, works=works)
    Gunicorn(settings, tempo, works=works).run()
    sys.exit()


def serve_work(settings: Settings, tempo: Tempo | None = None) -> Never:
    """Carry work out until told to stop; somebody else talks to Slack."""
    lifeline = _told_by_signals()
    process = Process(settings, tempo, lifeline)
    process.work()
    _tell_started()
    lifeline.stopping.wait()
    _end(process)


def _serve_socket(settings: Settings, tempo: Tempo | None, *, works: bool) -> Never:
    lifeline = _told_by_signals()
    process = Process(settings, tempo, lifeline)
    if works:
        process.work()
    process.listen()
    server = make_server(HEALTH_HOST, settings.port, health_server(process.probes), threaded=True)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    _tell_started(health=f"http://{HEALTH_HOST}:{settings.port}/healthz")
    lifeline.stopping.wait()
    _end(process)


class Gunicorn(BaseApplication):  # type: ignore[misc] # the same
    """Serves what Slack and installing people call."""

    def __init__(self, settings: Settings, tempo: Tempo | None, *, works: bool) -> None:
        self._settings = settings
        self._tempo = tempo
        self._works = works
        self._process: Process | None = None
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to serve."""
        for name, value in {
            "bind": f"{PUBLIC_HOST}:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": HTTP_THREADS,
            "graceful_timeout": int(STOP_SECONDS),
            "loglevel": "warning",
            "worker_exit": self._exit,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Start the parts, in gunicorn's worker process, and give what it serves."""
        self._process = Process(self._settings, self._tempo)
        # gunicorn starts another worker process in the place of one that ends by itself
        threading.Thread(target=_end_when_lost, args=(self._process,), name="lost", daemon=True).start()
        if self._works:
            self._process.work()
        app = self._process.listen()
        _tell_started(port=self._settings.port)
        return slack_server(app, self._process.probes, may_install=bool(self._settings.workspaces))

    def _exit(self, _arbiter: Any, worker: Any) -> None:  # noqa: ANN401 - gunicorn's own, which has no types
        if self._process is None:
            return
        if not worker.booted:  # gunicorn gives up, instead of starting one worker process after the other
            _end(self._process, worker.WORKER_BOOT_ERROR)
        _end(self._process)


def _told_by_signals() -> Lifeline:
    """Give a lifeline that SIGTERM and Ctrl-C end; a second one ends the process at once."""
    lifeline = Lifeline()

    def tell(number: int, _frame: FrameType | None) -> None:
        lifeline.stopping.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    return lifeline


def _end_when_lost(process: Process) -> None:
    process.lifeline.lost.wait()
    _end(process)


def _end(process: Process, code: int = 0) -> Never:
    """Stop in order, at most for STOP_SECONDS, and go: with 1 when the process has lost its place.

    The interpreter would wait for parked runs (`bot.lifeline`), so it is not asked.
    """
    code = code or int(process.lifeline.lost.is_set())
    late = threading.Timer(STOP_SECONDS, os._exit, (code,))
    late.daemon = True
    late.start()
    try:
        process.stop()
    except Exception as error:  # noqa: BLE001 - it goes anyway; the log names what was not let go
        _log.error("stopped_badly", exc_info=error)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _tell_started(**where: object) -> None:
    """Say that all is there; the cycle collector passes over it from now on: it took 0.2 s each time."""
    gc.freeze()
    _log.info("started", **where)
