"""Uploading a file as slack_sdk's files_upload_v2 does it, and reading it as a person does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.clock import DemoClock
from sandbox.slack.demo import ADMIN_CHANNEL, EMPLOYEE, GENERAL_CHANNEL, HR_ADMIN, demo_slack
from sandbox.slack.directory import Channel
from sandbox.slack.person import Person
from sandbox.slack.screen import NotSeenError, Screen
from sandbox.slack.server import Slack
from tests.sandbox.slack.block_builders import Json
from tests.sandbox.slack.running import running_slack, web_client

LIST = "\ufeff社員番号\r\n0012\r\n".encode()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def served() -> Iterator[Slack]:
    with running_slack() as slack:
        yield slack


@pytest.fixture
def client(served: Slack) -> WebClient:
    return web_client(served)


def screen(slack: Slack, user_id: str = HR_ADMIN) -> Screen:
    return Screen(Person(slack.workspace, user_id))


def refused(upload: Callable[[], object]) -> Json:
    with pytest.raises(SlackApiError) as refusal:
        upload()
    data: Json = refusal.value.response.data
    return data


def test_a_shared_file_stands_in_the_channel_byte_for_byte(served: Slack, client: WebClient) -> None:
    client.files_upload_v2(
        channel=ADMIN_CHANNEL, filename="差分一覧.csv", content=LIST, title="一覧", initial_comment="結果"
    )
    assert screen(served).messages(ADMIN_CHANNEL)[-1] == "結果\n差分一覧.csv"
    shared = screen(served).files(ADMIN_CHANNEL)[-1]
    assert (shared.name, shared.content) == ("差分一覧.csv", LIST)


def test_the_message_describes_its_file(served: Slack, client: WebClient) -> None:
    client.files_upload_v2(channel=ADMIN_CHANNEL, filename="差分.xlsx", content=b"PK..", title="差分一覧")
    (described,) = served.workspace.snapshot(HR_ADMIN)["channels"][1]["messages"][-1]["files"]
    assert (described["name"], described["title"], described["size"]) == ("差分.xlsx", "差分一覧", 4)
    assert (described["filetype"], described["mimetype"]) == ("xlsx", XLSX)


def test_several_files_stand_in_one_message(served: Slack, client: WebClient) -> None:
    uploads = [{"filename": name, "content": name} for name in ("a.csv", "a.xlsx")]
    client.files_upload_v2(channel=ADMIN_CHANNEL, file_uploads=uploads)
    assert screen(served).messages(ADMIN_CHANNEL)[-1].split() == ["a.csv", "a.xlsx"]


def test_a_file_for_one_person_goes_to_their_direct_messages(served: Slack, client: WebClient) -> None:
    dm = client.conversations_open(users=EMPLOYEE)["channel"]["id"]
    client.files_upload_v2(channel=dm, filename="差分.csv", content=LIST)
    assert [file.content for file in screen(served, EMPLOYEE).files()] == [LIST]
    with pytest.raises(NotSeenError):
        screen(served).files(dm)


def test_a_users_id_is_no_channel_for_a_file(client: WebClient) -> None:
    answer = refused(lambda: client.files_upload_v2(channel=HR_ADMIN, filename="a.csv", content=LIST))
    assert answer["error"] == "invalid_arguments"
    assert "^[CGDZ]" in answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        (GENERAL_CHANNEL, "not_in_channel"),
        ("C0FILESECRET", "channel_not_found"),
        ("C0NONE", "channel_not_found"),
    ],
)
def test_a_file_is_shared_only_where_the_app_is(
    served: Slack, client: WebClient, channel: str, error: str
) -> None:
    served.workspace.add_channel(Channel("C0FILESECRET", "役員", "private"), [HR_ADMIN])
    answer = refused(lambda: client.files_upload_v2(channel=channel, filename="a.csv", content=LIST))
    assert answer["error"] == error


def test_an_app_without_files_write_uploads_nothing(served: Slack) -> None:
    poor = replace(served.grants.of(web_client(served).token), scopes=frozenset({"chat:write"}))
    served.grants.add("xoxb-poor", poor)
    client = web_client(served, "xoxb-poor")
    answer = refused(lambda: client.files_upload_v2(channel=ADMIN_CHANNEL, filename="a.csv", content=LIST))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "files:write")


def test_a_file_is_downloaded_under_its_own_name(served: Slack, client: WebClient) -> None:
    answer = client.files_upload_v2(channel=ADMIN_CHANNEL, filename="差分 7/22.csv", content=LIST)
    path = urlsplit(answer["files"][0]["url_private"]).path.removeprefix("/slack")
    download = served.wsgi.test_client().get(path)
    assert download.data == LIST
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert served.wsgi.test_client().get("/files/T0TSUBAME/F0NONE/a.csv").status_code == 404


def test_files_outlive_a_restart_and_new_ones_do_not_replace_them(
    served: Slack, client: WebClient, tmp_path: Path
) -> None:
    client.files_upload_v2(channel=ADMIN_CHANNEL, filename="差分.csv", content=LIST)
    served.save(tmp_path / "slack.json")
    after = demo_slack(DemoClock())
    after.load(tmp_path / "slack.json")
    kept = screen(after).files(ADMIN_CHANNEL)[-1]
    assert (kept.name, kept.content) == ("差分.csv", LIST)
    assert after.workspace.ids.new("F") not in after.workspace.files
