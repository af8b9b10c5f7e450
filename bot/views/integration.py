"""連携設定: the two connections, who may use Renkei, and where it reports."""

from collections.abc import Iterator, Mapping, Sequence

from bot.ids import Action, Callback
from bot.texts import Texts, mark
from bot.views.blocks import (
    Json,
    actions,
    alert,
    context,
    header,
    input_block,
    modal,
    option,
    placeholder,
    section,
)
from bot.views.buttons import settings_button, start_button
from bot.views.closed_hours import closed_hours_text
from bot.views.labels import system_label
from bot.views.loading import loading_view
from bot.views.metadata import dump_metadata
from bot.views.modes import modes_button
from bot.views.rules import rules_button
from bot.views.sentences import check_text
from bot.views.settings_form import BUSINESS_NAME_ON
from bot.views.when import moment_text
from storage.records import Check, Credentials, Draft, Integration
from sync.model import Direction, System
from sync.text import Repertoire

TOKEN_MOST = 500
_REPERTOIRES = {
    Repertoire.UNICODE: mark("Every character (Unicode)"),
    Repertoire.WINDOWS: mark("Only those of Windows-31J"),
}
TOKENS = {System.SMARTHR: Action.SMARTHR_TOKEN, System.KINKAKUJI: Action.KINKAKUJI_TOKEN}


def settings_view(
    t: Texts,
    integration: Integration,
    draft: Draft | None,
    administrators: Sequence[str],
    problems: Mapping[str, str],
) -> Json:
    """Show the settings, as typed where there is a draft. `problems`: block_id → sentence, shown above it.

    A token is never shown again: only that there is one. `metadata`: {"revision"} of the settings.
    """
    blocks = [
        *_smarthr(t, integration.smarthr, draft),
        *_kinkakuji(t, integration.kinkakuji, draft),
        header(t("Who and where")),
        _channel(t, draft.admin_channel if draft else integration.admin_channel),
        _administrators(t, draft.administrators if draft else administrators),
        header(t("Details")),
        _closed_hours(t, draft or integration),
        _business_name(t, chosen=(draft or integration).prefer_business_name),
        _repertoire(t, (draft or integration).repertoire),
        header(t("Fields and placement")),
        *(actions(modes_button(t, each), rules_button(t, each)) for each in Direction),
        context(t("These are saved by themselves, without a test of the connections.")),
    ]
    return modal(
        t("Integration settings"),
        list(_with_problems(blocks, problems)),
        callback=Callback.SETTINGS,
        submit=t("Test and save"),
        close=t("Cancel"),
        metadata=dump_metadata(revision=integration.revision),
    )


def testing_view(t: Texts) -> Json:
    """Say that the connections are being tested."""
    return loading_view(
        t,
        t("Integration settings"),
        t("Testing both connections. This takes up to a minute; you may close this window."),
    )


def settings_saved_view(t: Texts, integration: Integration) -> Json:
    """Say that the settings are saved, and how both connections stand."""
    blocks = [alert(t("The settings are saved."), "success"), *_accesses(t, integration)]
    buttons = actions(start_button(t), settings_button(t))
    return modal(t("Integration settings"), [*blocks, buttons], callback=Callback.NOTICE, close=t("Close"))


def settings_saved_message(t: Texts, integration: Integration, problems: Mapping[str, str]) -> Json:
    """{"text", "blocks"} for whoever closed the modal during the test: saved, or what to mend."""
    text = t("The settings are not saved yet.") if problems else t("The settings are saved.")
    told = [section(problem) for problem in problems.values()] or _accesses(t, integration)
    return {"text": text, "blocks": [section(text), *told, actions(settings_button(t))]}


def _accesses(t: Texts, integration: Integration) -> list[Json]:
    accesses = {System.SMARTHR: integration.smarthr, System.KINKAKUJI: integration.kinkakuji}
    lines = [f"{system_label(t, each)}\n{_standing(t, access, each)}" for each, access in accesses.items()]
    return [section(line) for line in lines]


def _with_problems(blocks: Sequence[Json], problems: Mapping[str, str]) -> Iterator[Json]:
    placed = {block.get("block_id") for block in blocks}
    yield from (alert(problem, "error") for name, problem in problems.items() if name not in placed)
    for block in blocks:
        problem = problems.get(block.get("block_id", ""))
        if problem:
            yield alert(problem, "error")
        yield block


def _smarthr(t: Texts, access: Credentials | None, draft: Draft | None) -> list[Json]:
    subdomain = (draft.subdomain if draft else None) or (access.subdomain if access else "")
    element: Json = {"type": "plain_text_input", "action_id": Action.SUBDOMAIN, "max_length": 63}
    if subdomain:
        element["initial_value"] = subdomain
    hint = t("The part of your SmartHR address before .smarthr.jp")
    return [
        header(system_label(t, System.SMARTHR)),
        section(_standing(t, access, System.SMARTHR)),
        input_block(Action.SUBDOMAIN, t("Subdomain"), element, hint=hint),
        _token(t, System.SMARTHR, access, draft.smarthr_token if draft else None),
    ]


def _kinkakuji(t: Texts, access: Credentials | None, draft: Draft | None) -> list[Json]:
    return [
        header(system_label(t, System.KINKAKUJI)),
        section(_standing(t, access, System.KINKAKUJI)),
        _token(t, System.KINKAKUJI, access, draft.kinkakuji_token if draft else None),
    ]


def _token(t: Texts, system: System, access: Credentials | None, typed: str | None) -> Json:
    action = TOKENS[system]
    is_known = bool(typed) or access is not None
    element: Json = {"type": "plain_text_input", "action_id": action, "max_length": TOKEN_MOST}
    if is_known:
        standing = t("Entered") if typed else t("Saved")
        element["placeholder"] = placeholder(standing)
    hint = t("Stored encrypted and never shown again. Leave it empty to keep the present one.")
    fresh = t("Stored encrypted and never shown again.")
    return input_block(
        action,
        t("{system} access token", system=system_label(t, system)),
        element,
        hint=hint if is_known else fresh,
        optional=is_known,
    )


def _standing(t: Texts, access: Credentials | None, system: System) -> str:
    check = access.check if access else Check.MISSING
    match check:
        case Check.VERIFIED:
            return t("✅ Connection verified") + _when(t, access)
        case Check.UNVERIFIED:
            return t("🕒 Not verified yet. The connection is tested when the system is open.")
        case Check.FAILED:
            happened, remedy = check_text(t, (access and access.problem) or "unavailable", system)
            failed = t("⛔ Connection failed") + _when(t, access)
            return f"{failed}\n{happened}\n{remedy}"
        case Check.MISSING:
            return t("Not connected yet")


def _when(t: Texts, access: Credentials | None) -> str:
    if access is None or access.checked_at is None:
        return ""
    return t(" ({moment})", moment=moment_text(t, access.checked_at))


def _channel(t: Texts, channel: str | None) -> Json:
    element: Json = {
        "type": "conversations_select",
        "action_id": Action.ADMIN_CHANNEL,
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    if channel:
        element["initial_conversation"] = channel
    hint = t("Numbers, employee numbers and reasons are posted here, never names. Renkei must be a member.")
    return input_block(Action.ADMIN_CHANNEL, t("Admin channel"), element, hint=hint)


def _administrators(t: Texts, administrators: Sequence[str]) -> Json:
    element: Json = {"type": "multi_users_select", "action_id": Action.ADMINISTRATORS}
    if administrators:
        element["initial_users"] = list(administrators)
    hint = t("Only they can see and import employee records and change these settings.")
    return input_block(Action.ADMINISTRATORS, t("Administrators"), element, hint=hint)


def _closed_hours(t: Texts, holder: Draft | Integration) -> Json:
    element = {
        "type": "plain_text_input",
        "action_id": Action.CLOSED_HOURS,
        "initial_value": closed_hours_text(holder.closed_hours),
        "max_length": 200,
    }
    hint = t("Every day, Japan time, separated by commas. Renkei makes no call to Kinkakuji in these hours.")
    return input_block(Action.CLOSED_HOURS, t("Kinkakuji's closed hours"), element, hint=hint)


def _business_name(t: Texts, *, chosen: bool) -> Json:
    entry = option(t("Prefer the business name"), BUSINESS_NAME_ON)
    element: Json = {"type": "checkboxes", "action_id": Action.BUSINESS_NAME, "options": [entry]}
    if chosen:
        element["initial_options"] = [entry]
    hint = t("Towards Kinkakuji, SmartHR's business name is written where there is one.")
    return input_block(Action.BUSINESS_NAME, t("Names"), element, hint=hint, optional=True)


def _repertoire(t: Texts, repertoire: Repertoire) -> Json:
    options = {each: option(t(_REPERTOIRES[each]), each) for each in _REPERTOIRES}
    element: Json = {
        "type": "static_select",
        "action_id": Action.REPERTOIRE,
        "options": list(options.values()),
        "initial_option": options[repertoire],
    }
    hint = t(
        "Windows-31J has 髙 and 﨑, but neither 𠮷 nor variation selectors: such people are not imported."
    )
    return input_block(Action.REPERTOIRE, t("Characters that Kinkakuji can hold"), element, hint=hint)
