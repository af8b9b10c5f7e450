"""A whole Renkei on loopback: the stand-ins as real servers, and the bot as it is composed in production."""

import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

from werkzeug.serving import make_server

from bot.process import Process
from bot.schema import migrate_all
from bot.server import slack_server
from bot.settings import Settings
from bot.tempo import Tempo
from sandbox import kinkakuji, smarthr
from sandbox.clock import DemoClock
from sandbox.company import (
    DEMO_KINKAKUJI_TOKEN,
    DEMO_SMARTHR_TOKEN,
    DEMO_SUBDOMAIN,
    Company,
    demo_company,
)
from sandbox.server import Sandbox
from sandbox.slack.demo import (
    ADMIN_CHANNEL,
    DEMO_APP_TOKEN,
    DEMO_BOT_TOKEN,
    DEMO_SIGNING_SECRET,
    HR_ADMIN,
    RENKEI,
    demo_slack,
)
from sandbox.slack.person import Person
from sandbox.slack.screen import Screen

SCALE = 10.0
"""How many times faster than in real life the limits' seconds pass, on both ends."""
TEMPO = Tempo(
    smarthr_spacing=Tempo().smarthr_spacing / SCALE,
    kinkakuji_spacing=Tempo().kinkakuji_spacing / SCALE,
    progress=0.2,
    nap=0.2,
    away_pause=0.2,
    away_limit=timedelta(hours=1),
    tick=0.5,
    settle_after=timedelta(seconds=2),
)
PATIENCE = 30.0
"""Seconds that a journey waits for what must come."""
STEP = 0.02
"""Seconds between two looks."""
ACK_WITHIN = 3_000.0
"""Milliseconds: as long as Slack waits. We promise one second (`make bench`); here the stand-ins, the bot and
other tests share two processors."""


Bot = Callable[[Settings, Tempo], AbstractContextManager[object]]
"""What runs the bot while a journey is played: `running`, or processes of their own."""


@dataclass(frozen=True)
class Stage:
    """Where a journey plays."""

    sandbox: Sandbox
    settings: Settings
    hr: Screen
    """The screen of the HR administrator."""

    def screen(self, user_id: str) -> Screen:
        """Sit somebody else down in front of Slack."""
        return Screen(Person(self.sandbox.slack.workspace, user_id))

    def reports(self) -> list[str]:
        """Give what the admin channel reads, oldest first."""
        return self.hr.messages(ADMIN_CHANNEL)

    def kept(self) -> bytes:
        """Give all that lies on the disk, the engine's notes too, as somebody reads it who has no key."""
        database = self.settings.sqlite_file
        assert database is not None
        return b"".join(file.read_bytes() for file in database.parent.glob("renkei.db*"))

    def slowest_ack(self) -> float:
        """Give the longest time to an acknowledgement, in milliseconds; infinite when one never came."""
        deliveries = self.sandbox.slack.workspace.courier.deliveries
        return max(
            (each.ack_ms if each.ack_ms is not None else float("inf") for each in deliveries), default=0.0
        )


@contextmanager
def renkei(  # noqa: PLR0913 - each given of a journey can be set
    *,
    company: Company | None = None,
    at: time | datetime = time(14, 0),
    over_http: bool = False,
    connected: bool = True,
    database_url: str | None = None,
    tempo: Tempo = TEMPO,
    scale: float = SCALE,
    bot: Bot | None = None,
    smarthr_options: smarthr.Options | None = None,
    kinkakuji_options: kinkakuji.Options | None = None,
) -> Iterator[Stage]:
    """Raise the curtain at `at`, in Tokyo, with Renkei connected unless it is to be the first use."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="renkei-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        clock = DemoClock(folder / "clock")
        clock.jump_to(at)
        port = _free_port()
        app = replace(RENKEI, request_url=f"http://127.0.0.1:{port}/slack/events" if over_http else None)
        sandbox = Sandbox(
            clock=clock,
            company=company or demo_company(clock.now().date()),
            slack=demo_slack(clock, app),
            smarthr_limits=smarthr.Limits(scale=scale),
            smarthr_options=smarthr_options,
            kinkakuji_limits=kinkakuji.Limits(scale=scale),
            kinkakuji_options=kinkakuji_options,
        )
        stack.enter_context(sandbox)
        settings = _settings(sandbox, folder, database_url, port, over_http=over_http)
        stack.enter_context((bot or running)(settings, tempo))
        if not over_http:
            _wait_for_connection(sandbox)
        stage = Stage(sandbox, settings, Screen(Person(sandbox.slack.workspace, HR_ADMIN)))
        if connected:
            connect(stage.hr)
        yield stage
        assert stage.slowest_ack() < ACK_WITHIN, "an acknowledgement took longer than Slack may wait"


@contextmanager
def running(settings: Settings, tempo: Tempo = TEMPO) -> Iterator[Process]:
    """Run the bot as `python -m bot run` does, until the block ends."""
    migrate_all(settings)
    process = Process(settings, tempo)
    try:
        process.work()
        app = process.listen()
        if settings.is_socket_mode:
            yield process
        else:
            with _serving(slack_server(app, process.probes, may_install=False), settings.port):
                yield process
    finally:
        process.stop()


def connect(hr: Screen) -> None:
    """Fill in 連携設定 as the HR administrator does at first."""
    hr.person.command("/renkei settings")
    hr.wait_for("管理チャンネル")
    fill_settings(hr)
    hr.submit()
    hr.wait_for("連携設定を保存しました", PATIENCE)
    hr.close()


def fill_settings(hr: Screen, **instead: str) -> None:
    """Type what connects the demo's company, or something else `instead`."""
    hr.fill("サブドメイン", instead.get("subdomain", DEMO_SUBDOMAIN))
    hr.fill("SmartHRのアクセストークン", instead.get("smarthr_token", DEMO_SMARTHR_TOKEN))
    hr.fill("勤革時のアクセストークン", instead.get("kinkakuji_token", DEMO_KINKAKUJI_TOKEN))
    hr.choose("管理チャンネル", instead.get("channel", "人事労務"))


def _settings(
    sandbox: Sandbox, folder: Path, database_url: str | None, port: int, *, over_http: bool
) -> Settings:
    way: dict[str, Any] = (
        {"slack_signing_secret": DEMO_SIGNING_SECRET} if over_http else {"slack_app_token": DEMO_APP_TOKEN}
    )
    keys: dict[str, Any] = {"secret_keys": KEY} if database_url else {}
    return Settings(
        database_url=database_url or f"sqlite:///{folder / 'renkei.db'}",
        slack_bot_token=DEMO_BOT_TOKEN,
        slack_api_url=f"{sandbox.url}/slack/api/",
        smarthr_url=sandbox.url + "/smarthr/{subdomain}/api/v1",
        kinkakuji_url=f"{sandbox.url}/kinkakuji/v1.0",
        admins=frozenset({HR_ADMIN}),
        demo_clock=folder / "clock",
        port=port,
        **way,
        **keys,
    )


KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


@contextmanager
def _serving(app: Any, port: int) -> Iterator[None]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _wait_for_connection(sandbox: Sandbox) -> None:
    deadline = monotonic() + PATIENCE
    while not sandbox.slack.connections:
        assert monotonic() < deadline, "the bot did not connect"
        sleep(STEP)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
