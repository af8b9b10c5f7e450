"""files.getUploadURLExternal, the upload itself, files.completeUploadExternal."""

from sandbox.slack.delivery import Json
from sandbox.slack.errors import SlackError
from sandbox.slack.messages import File
from sandbox.slack.web_api.registry import Call, method


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
    """Share uploaded files in a channel."""
    listed = call.args.get("files") or []
    files = [_file_json(call, each) for each in listed]
    channel_id = call.args.get("channel_id") or call.args.get("channels")
    if channel_id:
        _share(call, str(channel_id), files)
    return {"files": files}


def _file_json(call: Call, listed: Json) -> Json:
    file = call.workspace.files.get(listed["id"])
    if file is None or not file.content:
        raise SlackError("file_not_found")
    url = f"{call.address}/files/{call.workspace.team.id}/{file.id}/{file.name}"
    return {
        "id": file.id,
        "name": file.name,
        "title": listed.get("title") or file.name,
        "size": len(file.content),
        "url_private": url,
        "permalink": url,
    }


def _share(call: Call, channel_id: str, files: list[Json]) -> None:
    workspace = call.workspace
    channel = workspace.channels.get(channel_id)
    if channel is None or workspace.bot.id not in channel.members:
        raise SlackError("channel_not_found")
    with workspace.change():
        comment = {"text": call.args.get("initial_comment"), "thread_ts": call.args.get("thread_ts")}
        workspace.say(channel_id, comment).files = files
