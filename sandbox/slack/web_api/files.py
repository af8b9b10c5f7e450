"""files.getUploadURLExternal, the upload itself, files.completeUploadExternal."""

from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote

from sandbox.slack.delivery import Json
from sandbox.slack.errors import SlackError
from sandbox.slack.messages import File
from sandbox.slack.web_api.registry import Call, method

CHANNEL_PATTERN = "^[CGDZ][A-Z0-9]{8,}$"
"""What `channel_id` must look like (slackapi/python-slack-sdk#1426): nobody is written to by a user's id."""


class Kind(NamedTuple):
    """How Slack describes a kind of file."""

    filetype: str
    pretty_type: str
    mimetype: str


KINDS = {
    ".csv": Kind("csv", "CSV", "text/csv"),
    ".txt": Kind("text", "Plain Text", "text/plain"),
    ".xlsx": Kind(
        "xlsx",
        "Excel Spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
BINARY = Kind("binary", "Binary", "application/octet-stream")


@method("files.getUploadURLExternal", "files:write")
def upload_url(call: Call) -> Json:
    """Return where to send a file's content."""
    if int(call.text("length")) <= 0:
        raise SlackError("invalid_arguments", ["[ERROR] must be greater than 0 [json-pointer:/length]"])
    workspace = call.workspace
    file = File(workspace.ids.new("F"), call.text("filename"))
    with workspace.change():
        workspace.files[file.id] = file
    return {"upload_url": f"{call.address}/upload/{workspace.team.id}/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
def complete(call: Call) -> Json:
    """Share uploaded files in one channel; without one they stay private."""
    files = [_file_json(call, each) for each in call.args.get("files") or []]
    if call.args.get("channels"):
        raise SlackError("invalid_arguments", ["[ERROR] this stand-in shares by channel_id alone"])
    if call.args.get("channel_id"):
        _share(call, files)
    return {"files": files}


def _file_json(call: Call, listed: Json) -> Json:
    workspace = call.workspace
    file = workspace.files.get(listed["id"])
    if file is None or not file.content:
        raise SlackError("file_not_found")
    url = f"{call.address}/files/{workspace.team.id}/{file.id}/{quote(file.name)}"
    return {
        "id": file.id,
        "created": int(workspace.clock.now().timestamp()),
        "name": file.name,
        "title": listed.get("title") or file.name,
        **KINDS.get(PurePath(file.name).suffix, BINARY)._asdict(),
        "user": workspace.bot.id,
        "mode": "hosted",
        "size": len(file.content),
        "url_private": url,
        "url_private_download": url,
        "permalink": url,
    }


def _share(call: Call, files: list[Json]) -> None:
    workspace = call.workspace
    # The stand-in's own ids are shorter than Slack's; what counts is that a person's is refused.
    if call.text("channel_id")[0] not in "CGDZ":
        message = f"[ERROR] input must match regex pattern: {CHANNEL_PATTERN} [json-pointer:/channel_id]"
        raise SlackError("invalid_arguments", [message])
    channel = call.writable_channel("channel_id")
    with workspace.change():
        comment = {"text": call.args.get("initial_comment"), "thread_ts": call.args.get("thread_ts")}
        workspace.say(channel.id, comment).files = files
