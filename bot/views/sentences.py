"""What happened and what to do about it, for everything that can go wrong with a screen, a plan or a run."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from bot.texts import Texts, joined, mark
from bot.views.labels import system_label
from bot.views.when import day_text, moment_text
from storage.errors import WhyNot
from sync.errors import CredentialProblem
from sync.model import System


class Sentence(NamedTuple):
    """A sentence that says what happened, and one that says what to do."""

    happened: str
    remedy: str

    @property
    def together(self) -> str:
        """Both as one text."""
        return joined(*self)


UNEXPECTED = "unexpected"
"""The code of what nobody foresaw. Its detail: {"reference": an id that is logged}."""

_SENTENCES = {
    "closed_now": Sentence(
        mark("Kinkakuji is in its closed hours until {opens_at}."),
        mark("Nothing was sent. Please try again after {opens_at}."),
    ),
    "closed_unannounced": Sentence(
        mark("Kinkakuji answered that it is not available, outside the closed hours in the settings."),
        mark("This press wrote nothing. Please try again in about ten minutes."),
    ),
    "stayed_closed": Sentence(
        mark("Kinkakuji kept answering that it is not available, outside the closed hours in the settings."),
        mark("Check the closed hours in the integration settings, and go on once Kinkakuji is available."),
    ),
    "stale_plan": Sentence(
        mark("This list of differences can't be carried out any more."),
        mark("This press wrote nothing. Look at the differences again with /renkei."),
    ),
    "plan_expired": Sentence(
        mark("This list of differences is more than 24 hours old."),
        mark("This press wrote nothing. Look at the differences again with /renkei."),
    ),
    "plan_started": Sentence(
        mark("This list of differences was carried out already."),
        mark("This press wrote nothing. The import history shows how it went."),
    ),
    "choice_moved": Sentence(
        mark("The choice of people or of their placement has changed since this screen was opened."),
        mark("This press wrote nothing. Go back, check the choice and confirm again."),
    ),
    "terms_moved": Sentence(
        mark("Settings or decisions that this list goes by have changed since it was made."),
        mark("This press wrote nothing. Make the list anew; who has not changed stays chosen."),
    ),
    "written_since": Sentence(
        mark("Another import has written, since this list was made, what it would put back."),
        mark("This press wrote nothing. Make the list anew; who has not changed stays chosen."),
    ),
    "unsafe_plan": Sentence(
        mark("More people would be written today than is usual."),
        mark("This press wrote nothing. Check the choice, and give the reason when you confirm it."),
    ),
    "incomplete_fetch": Sentence(
        mark("{system} gave only a part of its list of employees."),
        mark("Nothing is compared with half a list. Please try again in a few minutes."),
    ),
    "people_missing": Sentence(
        mark("{system}'s list lacks {missing} of the {known} people who are known to be there."),
        mark(
            "No list of differences is made from it: whoever is missing would be taken for new. "
            "Read it again; if they are gone indeed, go on with a reason."
        ),
    ),
    "list_empty": Sentence(
        mark("{system}'s list is empty, though {known} people are known to be there."),
        mark("Nothing is compared with an empty list. Check {system}, then read it again."),
    ),
    "out_of_range": Sentence(
        mark("The as-of date must be between {earliest} and {latest}."),
        mark("Please choose another day: three years back at most, and one year ahead at most."),
    ),
    "unavailable": Sentence(
        mark("{system} can't be reached, or doesn't answer in time."),
        mark("Please try again in a few minutes. {system}'s own status page may say more."),
    ),
    "page_instead": Sentence(
        mark("{system} answers with a page instead of data: it may be under maintenance."),
        mark("If that lasts, check the subdomain in the integration settings."),
    ),
    "too_many_requests": Sentence(
        mark("{system} takes no more calls for the moment."),
        mark("Please try again in five minutes. Other services may be using {system} at the same time."),
    ),
    "rejected": Sentence(
        mark("{system} did not accept the request."),
        mark("Please try again. If it stays, tell whoever runs Renkei when it happened."),
    ),
    "outcome_unknown": Sentence(
        mark("{system}'s answer was lost: whether the write arrived is unknown."),
        mark("Please look at the person in {system} before you do it again."),
    ),
    "refused": Sentence(
        mark("Only the administrators named in the integration settings may do this."),
        mark("Ask an administrator to add you to “Administrators” in the integration settings."),
    ),
    "unanswered": Sentence(
        mark("Checking what became of the writes that were not answered."),
        mark("Nothing needs to be done."),
    ),
    "canary_failed": Sentence(
        mark("One of the first people holds other values than were written, so nobody else was written."),
        mark("Look at the first people in the target, then make a new list of differences."),
    ),
    "run_cancelled": Sentence(
        mark("The import was cancelled."),
        mark("Go on with the rest from the import history, or make a new list of differences."),
    ),
    "run_taken_over": Sentence(
        mark("Another process carries this import on."),
        mark("Nothing needs to be done."),
    ),
    "run_ended": Sentence(
        mark("This import does not go on."),
        mark("The import history shows how it went."),
    ),
    "company_changed": Sentence(
        mark("The connection to SmartHR or Kinkakuji was changed after the start; nobody else was written."),
        mark("Check the integration settings, then make a new list of differences."),
    ),
    "not_integrated": Sentence(
        mark("The integration settings are not complete yet."),
        mark("An administrator can complete them with /renkei settings."),
    ),
    "settings_moved": Sentence(
        mark("Somebody else has saved the settings since you opened them."),
        mark("Nothing of yours is saved yet. Check what is entered below, then save again."),
    ),
    "last_administrator": Sentence(
        mark("The last administrator can't be removed."),
        mark("Name at least one person who may use Renkei."),
    ),
    "outdated_screen": Sentence(
        mark("This screen or button is from before Renkei's last update."),
        mark("This press wrote nothing. Please start again with /renkei."),
    ),
    "too_late": Sentence(
        mark("The screen could not be opened in time."),
        mark("Please press the button or type the command again."),
    ),
    "slack_busy": Sentence(
        mark("Slack takes no more screens from Renkei at the moment."),
        mark("Please wait about half a minute, then try again."),
    ),
    "not_found": Sentence(
        mark("What this button is about no longer exists."),
        mark("Please start again with /renkei, or look at the import history."),
    ),
    f"not_undoable_{WhyNot.AN_UNDO}": Sentence(
        mark("This takes an import back itself, and can't be undone."),
        mark("To write the values of the source again, make a list of differences with /renkei."),
    ),
    f"not_undoable_{WhyNot.UNDER_WAY}": Sentence(
        mark("The import has not ended yet."),
        mark("Wait for its end, or cancel it; then it can be undone."),
    ),
    f"not_undoable_{WhyNot.NOTHING}": Sentence(
        mark("This import has written nothing."),
        mark("There is nothing to put back."),
    ),
    f"not_undoable_{WhyNot.ELSEWHERE}": Sentence(
        mark("The connection leads to another company than at the time of the import."),
        mark("It can be undone once the integration settings lead to the same company again."),
    ),
    UNEXPECTED: Sentence(
        mark("Something unexpected happened. Reference: {reference}"),
        mark("Please try again. If it happens again, give the reference to whoever runs Renkei."),
    ),
    f"credentials_{CredentialProblem.TOKEN}": Sentence(
        mark("{system} does not accept the access token."),
        mark("Check in {system} that the token is valid, and enter it again in the integration settings."),
    ),
    f"credentials_{CredentialProblem.PERMISSION}:{System.SMARTHR}": Sentence(
        mark("The access token lacks a permission in {system}."),
        mark(
            "Allow the token to read and update employees and the linked items, and to read establishments."
        ),
    ),
    f"credentials_{CredentialProblem.PERMISSION}:{System.KINKAKUJI}": Sentence(
        mark("The access token lacks a permission in {system}."),
        mark("Allow the token to read and write employees, and to read divisions and employment categories."),
    ),
    f"credentials_{CredentialProblem.IP_ADDRESS}": Sentence(
        mark("{system} does not allow calls from Renkei's IP address, or its limit of calls is used up."),
        mark("Add the IP address of Renkei's server to the allowed ones in {system}."),
    ),
    f"credentials_{CredentialProblem.ADDRESS}": Sentence(
        mark("There is no {system} at this subdomain."),
        mark("Check the subdomain in the integration settings: the part before .smarthr.jp."),
    ),
    f"credentials_{CredentialProblem.PLAN_LIMIT}": Sentence(
        mark("{system}'s contract does not allow more people."),
        mark("Check the contract and the number of people with {system}."),
    ),
}


def failure_text(t: Texts, code: str, detail: Mapping[str, str]) -> Sentence:
    """Say what a kept failure means; a code that this version doesn't know is said to be unexpected."""
    sentence = _SENTENCES.get(f"{code}:{detail.get('system')}") or _SENTENCES.get(code)
    if sentence is None:
        return unexpected_text(t, code)
    values = {name: _shown(t, name, value) for name, value in detail.items()}
    return Sentence(t(sentence.happened, **values), t(sentence.remedy, **values))


def unexpected_text(t: Texts, reference: str) -> Sentence:
    """Say that nobody foresaw this; `reference` finds it in the log."""
    return failure_text(t, UNEXPECTED, {"reference": reference})


def reason_text(t: Texts, reason: str) -> Sentence:
    """Say what a run's reason means; it must be one that needs to know no more than the system."""
    code, _, system = reason.partition(":")
    if code == "closed_now":  # an earlier release has stopped it so, and kept no time
        code = "stayed_closed"
    return failure_text(t, code, {"system": system} if system else {})


def check_text(t: Texts, problem: str, system: System) -> Sentence:
    """Say why a connection's check failed; `problem` is a CredentialProblem's value or "unavailable"."""
    code = problem if problem in _SENTENCES else f"credentials_{problem}"
    return failure_text(t, code, {"system": system})


def _shown(t: Texts, name: str, value: str) -> str:
    match name:
        case "system":
            return system_label(t, System(value))
        case "opens_at":
            return moment_text(t, datetime.fromisoformat(value))
        case "earliest" | "latest":
            return day_text(t, date.fromisoformat(value))
        case _:
            return value
