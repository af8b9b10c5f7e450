"""Everything that can go wrong has a sentence and a remedy, in both languages, short enough for its place."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from bot.texts import LANGUAGES, Texts
from bot.views.blocks import ALERT_MOST, length
from bot.views.failures import error_text, failure_of, reason_of
from bot.views.row_sentences import block_text, outcome_text
from bot.views.sentences import check_text, failure_text, reason_text
from storage.errors import (
    ChoiceMoved,
    LastAdministrator,
    NotFound,
    NotUndoable,
    PlanExpired,
    PlanStarted,
    SettingsMoved,
    TermsMoved,
    WhyNot,
    WrittenSince,
)
from sync.calendar import TOKYO
from sync.diff import BlockReason
from sync.errors import (
    CanaryFailed,
    ClosedNow,
    CredentialProblem,
    CredentialsRejected,
    IdentityChange,
    IncompleteFetch,
    OutcomeUnknown,
    OutOfRange,
    PageInstead,
    PeopleMissing,
    RemoteRejected,
    RemoteUnavailable,
    RenkeiError,
    RunCancelled,
    RunEnded,
    RunTakenOver,
    StalePlan,
    TooManyCreates,
    TooManyRequests,
    TooManyUpdates,
    UnsafePlan,
)
from sync.fields import Field
from sync.model import Direction, System
from sync.outcome import Outcome, OutcomeKind, Reason

JA = Texts("ja")
OPENING = datetime(2026, 11, 22, 10, 0, tzinfo=TOKYO)
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


def errors() -> Iterator[RenkeiError]:
    yield ClosedNow(OPENING, is_foreseen=False)
    yield from (ClosedNow(OPENING), StalePlan(), OutOfRange(date(2023, 11, 22), date(2027, 11, 22)))
    yield from (
        PlanExpired(),
        PlanStarted("r"),
        ChoiceMoved(),
        NotFound(),
        LastAdministrator(),
        SettingsMoved(),
        TermsMoved(),
        WrittenSince(),
    )
    yield from (RunEnded(), RunCancelled(), RunTakenOver(), CanaryFailed())
    yield from (NotUndoable(why) for why in WhyNot)
    yield from (kind(31, 22) for kind in (UnsafePlan, TooManyUpdates, TooManyCreates, IdentityChange))
    for system in System:
        yield from (PeopleMissing(system, 10, 9), PeopleMissing(system, 10, 10))
        yield from (IncompleteFetch(system, 10, 9), RemoteUnavailable(system, "x"), OutcomeUnknown(system))
        yield from (
            TooManyRequests(system, "x"),
            PageInstead(system, "x"),
            RemoteRejected(system, 400, ("山田 太郎",)),
        )
        yield from (CredentialsRejected(system, problem) for problem in CredentialProblem)


def _may_stop_a_run(error: RenkeiError) -> bool:
    """Only a preview looks for people who are missing."""
    return hasattr(error, "system") and not isinstance(error, PeopleMissing)


def subclasses(of: type[Any]) -> set[type[Any]]:
    return {each for direct in of.__subclasses__() for each in (direct, *subclasses(direct))}


def test_the_examples_hold_every_error_of_sync_and_storage() -> None:
    known = {each for each in subclasses(RenkeiError) if each.__module__ in {"sync.errors", "storage.errors"}}
    assert known - {type(each) for each in errors()} == {
        each for each in known if each.__name__ == "RemoteError"
    }


@in_every_language
@pytest.mark.parametrize("error", list(errors()), ids=repr)
def test_an_error_is_a_sentence_and_what_to_do(error: RenkeiError, language: str) -> None:
    happened, remedy = error_text(Texts(language), error)
    assert happened
    assert remedy
    assert length(happened) <= ALERT_MOST
    assert "{" not in happened + remedy
    assert "予期しない" not in happened


@pytest.mark.parametrize("error", list(errors()), ids=repr)
def test_a_kept_error_says_the_same_as_a_fresh_one(error: RenkeiError) -> None:
    code, detail = failure_of(error)
    assert all(isinstance(value, str) for value in detail.values())
    assert failure_text(JA, code, detail) == error_text(JA, error)


@pytest.mark.parametrize("error", [e for e in errors() if _may_stop_a_run(e)], ids=repr)
def test_a_runs_reason_is_kept_in_a_word_and_says_the_same(error: RenkeiError) -> None:
    assert reason_text(JA, reason_of(error)) == error_text(JA, error)


def test_no_error_quotes_the_remote() -> None:
    assert "山田" not in str(error_text(JA, RemoteRejected(System.SMARTHR, 400, ("山田 太郎",))))


def test_closed_hours_are_told_with_the_time_when_they_end() -> None:
    assert "2026/11/22 10:00" in error_text(JA, ClosedNow(OPENING)).remedy


def test_where_kinkakuji_is_closed_unforeseen_no_time_is_given_at_which_it_opens() -> None:
    said = error_text(JA, ClosedNow(OPENING, is_foreseen=False)).together
    assert "連携設定のメンテナンス時間帯の外です" in said
    assert "10:00" not in said
    assert "まで" not in said


def test_a_run_that_an_earlier_release_stopped_as_closed_can_be_told() -> None:
    assert reason_text(JA, "closed_now") == reason_text(JA, "stayed_closed")


def test_japanese_sentences_follow_each_other_without_a_blank_and_english_ones_with_one() -> None:
    assert " " not in error_text(JA, StalePlan()).together.replace("/renkei ", "")
    assert ". This press" in error_text(Texts("en"), StalePlan()).together


def test_a_day_out_of_range_is_told_with_the_range() -> None:
    happened, _ = error_text(JA, OutOfRange(date(2023, 11, 22), date(2027, 11, 22)))
    assert "2023年11月22日から2027年11月22日まで" in happened


@pytest.mark.parametrize(
    ("direction", "place"),
    [
        (Direction.PULL, "選択した所属事業所がSmartHRに"),
        (Direction.PUSH, "選択した所属または雇用区分が勤革時に"),
    ],
)
def test_a_place_that_has_gone_is_called_what_its_system_calls_it(direction: Direction, place: str) -> None:
    gone = Outcome(OutcomeKind.FAILED, Reason.PLACEMENT_GONE)
    assert place in outcome_text(JA, gone, direction).happened


def test_a_failure_of_an_unknown_kind_is_unexpected_and_named() -> None:
    happened, _ = failure_text(JA, "from_the_future", {})
    assert "予期しないエラー" in happened
    assert "from_the_future" in happened


def test_an_error_that_nobody_gave_a_sentence_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="no sentence for RenkeiError"):
        failure_of(RenkeiError())


@in_every_language
@pytest.mark.parametrize("system", list(System))
@pytest.mark.parametrize("problem", [*CredentialProblem, "unavailable"])
def test_a_failed_check_fits_above_its_input(problem: str, system: System, language: str) -> None:
    assert length(" ".join(check_text(Texts(language), problem, system))) <= ALERT_MOST


@in_every_language
@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("reason", list(BlockReason))
def test_a_blocked_row_is_a_sentence_and_what_to_mend(
    reason: BlockReason, direction: Direction, language: str
) -> None:
    happened, remedy = block_text(Texts(language), reason, direction)
    assert happened
    assert remedy


@in_every_language
@pytest.mark.parametrize("reason", list(Reason))
def test_an_outcome_is_a_sentence_with_a_remedy_unless_all_is_well(reason: Reason, language: str) -> None:
    well = reason in {Reason.WRITTEN, Reason.ALREADY_THERE, Reason.CONFIRMED_BY_READING}
    happened, remedy = outcome_text(Texts(language), Outcome(OutcomeKind.HELD, reason), Direction.PULL)
    assert happened
    assert bool(remedy) is not well


def test_an_outcome_names_the_fields_that_moved_and_the_system_in_which_they_did() -> None:
    moved = Outcome(OutcomeKind.HELD, Reason.SOURCE_MOVED, (Field.LAST_NAME, Field.HIRED_ON))
    happened, _ = outcome_text(JA, moved, Direction.PULL)
    assert "勤革時の値が変わった" in happened
    assert "姓、入社日" in happened
