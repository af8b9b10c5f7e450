"""The audit finds what it is there to find."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from sandbox.remote.system import System
from storage.run_records import OutcomeRow
from sync.diff import Status
from sync.outcome import Outcome, OutcomeKind, Reason, succeeded, unknown
from tests.soak.audit import Evidence, Records, breaches
from tests.soak.truth import Look, Write

SETTLES = 2.0
DONE = succeeded()


def crew(number: str, **values: Any) -> dict[str, Any]:
    return {"id": f"id of {number}", "emp_code": number, "entered_at": "2020-04-01"} | values


def employee(number: str) -> dict[str, Any]:
    return {"key": f"key of {number}", "code": number, "hiredDate": "2020-04-01"}


def row(number: str, outcome: Outcome | None, status: Status = Status.CREATE) -> OutcomeRow:
    return OutcomeRow(
        position=int(number), number=number, name="", status=status, outcome=outcome, placement=None
    )


def creation(number: str, arrived: float, status: int | None = 201) -> Write:
    done = arrived if status else None
    return Write(System.SMARTHR, number, True, {"emp_code": number}, arrived, done, status)


def change(key: str, status: int | None = 200, **values: str) -> Write:
    return Write(System.SMARTHR, key, False, values, 0.0, 0.1, status)


def looks(*moments: float, number: str | None = "1", system: System = System.SMARTHR) -> list[Look]:
    return [Look(system, number, moment) for moment in moments]


def run(
    outcome: Outcome | None = DONE,
    *,
    before: Records | None = None,
    after: Records | None = None,
    writes: Sequence[Write] = (),
    seen: Sequence[Look] = (),
) -> Evidence:
    """Give a run that was to create 1, and by default did."""
    return Evidence(
        rows=[row("1", outcome)],
        sends={1: 1},
        source={"1": [employee("1")]},
        before=before or {},
        after={"1": [crew("1")]} if after is None else after,
        writes=writes or [creation("1", 0.0)],
        looks=seen,
        settle_after=SETTLES,
    )


def test_a_run_that_wrote_what_it_says_is_in_order() -> None:
    assert breaches(run()) == []
    assert breaches(run(unknown())) == []
    assert breaches(run(unknown(), after={})) == []


@pytest.mark.parametrize(
    ("told", "evidence"),
    [
        ("1 is 2 times in the target", run(after={"1": [crew("1"), crew("1")]})),
        ("1 was created 2 times", run(writes=[creation("1", 0.0), creation("1", 9.0)])),
        ("1 has no outcome", run(None)),
        ("1 is said to be written, and is not", run(after={})),
        ("1 is said to be written, and is not", run(after={"1": [crew("1", entered_at="2020-04-02")]})),
        ("1 is said to be written, and is not", run(after={"1": [crew("1", email="a@mail.example")]})),
        ("1 is said not to be written, and was changed", run(Outcome(OutcomeKind.HELD, Reason.NUMBER_TAKEN))),
        ("nothing stood in its way", run(Outcome(OutcomeKind.FAILED, Reason.REJECTED), after={})),
        ("2 was not chosen, and was changed", run(after={"1": [crew("1")], "2": [crew("2")]})),
        (
            "was written 2 times with different values",
            run(writes=[change("7", entered_at="2020-04-01"), change("7", entered_at="2020-04-02")]),
        ),
    ],
)
def test_what_is_not_as_it_must_be_is_told(told: str, evidence: Evidence) -> None:
    assert any(told in breach for breach in breaches(evidence))


AGAIN = [creation("1", 0.0, None), creation("1", 5.0)]


def test_a_creation_may_be_sent_again_after_two_reads_the_second_of_them_late_enough() -> None:
    assert breaches(run(writes=AGAIN, seen=looks(0.1, 2.1))) == []
    assert breaches(run(writes=AGAIN, seen=looks(0.1, 2.1, number=None))) == []
    assert breaches(run(writes=[creation("1", 0.0, 503), creation("1", 0.1)])) == []


@pytest.mark.parametrize(
    "seen",
    [
        [],
        looks(2.1),
        looks(0.1, 1.0),
        looks(0.1, 5.1),
        looks(-1.0, 2.1),
        looks(0.1, 2.1, number="2"),
        looks(0.1, 2.1, system=System.KINKAKUJI),
    ],
)
def test_it_is_rash_to_send_a_creation_again_on_less(seen: list[Look]) -> None:
    (breach,) = breaches(run(writes=AGAIN, seen=seen))
    assert "1 was sent again 5.00 s later" in breach


def test_it_is_rash_to_send_again_what_had_its_effect_even_if_it_is_refused() -> None:
    evidence = run(writes=[creation("1", 0.0), creation("1", 5.0, 400)], seen=looks(0.1, 2.1))
    assert breaches(evidence) == ["1 was sent again although it had been created"]


def test_a_change_may_be_sent_again_with_the_same_values() -> None:
    again = [change("7", None, entered_at="2020-04-01"), change("7", entered_at="2020-04-01")]
    assert breaches(run(writes=[creation("1", 0.0), *again])) == []


def updates(people: int, given_up: int, sends: int) -> Evidence:
    """Give a run that was to change so many, and does not know of some of them."""
    numbers = [str(number) for number in range(1, people + 1)]
    outcomes = [unknown()] * given_up + [DONE] * (people - given_up)
    pairs = zip(numbers, outcomes, strict=True)
    return replace(
        run(),
        rows=[row(number, outcome, Status.UPDATE) for number, outcome in pairs],
        sends=dict.fromkeys(range(1, people + 1), sends),
        source={number: [employee(number)] for number in numbers},
        after={number: [crew(number)] for number in numbers},
        writes=[],
    )


def test_one_row_in_a_hundred_may_be_in_question() -> None:
    assert breaches(updates(300, 3, sends=3)) == []
    assert breaches(updates(300, 4, sends=3)) == ["4 of 300 rows are in question, at most 3 may be"]
    assert breaches(updates(60, 60, sends=3)) == ["60 of 60 rows are in question, at most 1 may be"]


def test_a_change_may_be_in_question_only_after_it_was_sent_three_times() -> None:
    assert breaches(updates(300, 1, sends=2)) == ["1 was given up after 2 of 3 sendings"]


def test_an_outcome_that_is_in_question_still_allows_nobody_to_be_there_twice() -> None:
    twice = replace(run(unknown()), after={"1": [crew("1"), crew("1")]})
    assert breaches(twice) == ["1 is 2 times in the target"]
