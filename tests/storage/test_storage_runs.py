"""取り込み: one run a plan, of exactly what was confirmed, and a history of what became of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage.errors import ChoiceMoved, NotFound, PlanExpired, PlanStarted
from storage.plan_records import PlanState
from storage.run_records import OutcomeRow, RunHead, RunState
from storage.store import Store
from sync.diff import Status
from sync.errors import RunTakenOver, StalePlan
from sync.outcome import OutcomeKind, Reason, failed, held, skipped, succeeded, unknown
from sync.service import skip_open
from tests.storage.builders import (
    ALL_IN_TOKYO,
    ANNA,
    ELSEWHERE,
    IN_TOKYO,
    NOON,
    SCOPE,
    TERMS,
    TODAY,
    Watch,
    begun,
    plan_of,
    ready,
    saved,
    start,
    started,
)

MINUTE = timedelta(minutes=1)


def test_a_run_takes_what_is_ticked_with_the_rules(store: Store) -> None:
    head = ready(store)
    store.plans.tick(head.id, add=[0])
    store.plans.save_rules(head.id, ALL_IN_TOKYO)
    run = start(store, head.id)
    assert (run.state, run.total, run.done, run.rules) == (RunState.QUEUED, 1, 0, ALL_IN_TOKYO)
    assert (run.plan_id, run.user_id, run.as_of, run.created_at) == (head.id, ANNA, TODAY, NOON)
    assert [row.position for row in store.runs.ledger(run.id).load_open()] == [0]
    assert store.plans.load(SCOPE, head.id).state is PlanState.STARTED
    assert run == store.runs.get(run.id) == store.runs.load(SCOPE, run.id)


def test_a_second_press_is_told_of_the_first_ones_run(store: Store) -> None:
    run = started(store)
    with pytest.raises(PlanStarted) as refused:
        start(store, run.plan_id)
    assert refused.value.run_id == run.id


def test_of_many_presses_at_once_one_makes_a_run(store: Store) -> None:
    head = ready(store, plan_of(20))
    store.plans.tick(head.id, add=range(20))
    with ThreadPoolExecutor(8) as pool:
        pressed = list(pool.map(lambda _: _pressed(store, head.id), range(8)))
    runs = [each for each in pressed if isinstance(each, RunHead)]
    assert len(runs) == 1
    assert {each for each in pressed if isinstance(each, str)} == {runs[0].id}
    assert len(store.runs.history(SCOPE, 0, 20)) == 1


def _pressed(store: Store, plan_id: str) -> RunHead | str:
    choice = store.plans.chosen_fingerprint(plan_id)
    try:
        return store.runs.start(SCOPE, plan_id, ANNA, choice=choice, terms=TERMS)
    except PlanStarted as error:
        return error.run_id


def test_what_was_ticked_after_confirming_is_refused(store: Store) -> None:
    head = ready(store)
    store.plans.tick(head.id, add=[0])
    choice = store.plans.chosen_fingerprint(head.id)
    store.plans.tick(head.id, add=[1])
    with pytest.raises(ChoiceMoved):
        store.runs.start(SCOPE, head.id, ANNA, choice=choice, terms=TERMS)
    assert store.plans.load(SCOPE, head.id).state is PlanState.READY
    assert store.runs.history(SCOPE, 0, 20) == []


def test_other_rules_after_confirming_is_refused(store: Store) -> None:
    head = ready(store)
    store.plans.tick(head.id, add=[0])
    choice = store.plans.chosen_fingerprint(head.id)
    store.plans.save_rules(head.id, ALL_IN_TOKYO)
    with pytest.raises(ChoiceMoved):
        store.runs.start(SCOPE, head.id, ANNA, choice=choice, terms=TERMS)


def test_only_a_plan_that_can_be_carried_out_is_loaded_as_ready(store: Store, watch: Watch) -> None:
    head = ready(store)
    assert store.plans.load_ready(SCOPE, head.id) == store.plans.load(SCOPE, head.id)
    with pytest.raises(NotFound):
        store.plans.load_ready(ELSEWHERE, head.id)
    with pytest.raises(PlanStarted):
        store.plans.load_ready(SCOPE, started(store).plan_id)
    watch.advance(timedelta(hours=24))
    with pytest.raises(PlanExpired):
        store.plans.load_ready(SCOPE, head.id)


@pytest.mark.parametrize("erased", [False, True])
def test_a_plan_older_than_a_day_is_refused(store: Store, watch: Watch, *, erased: bool) -> None:
    head = ready(store)
    store.plans.tick(head.id, add=[0])
    choice = store.plans.chosen_fingerprint(head.id)
    watch.advance(timedelta(hours=24))
    if erased:
        store.erase_expired()
    with pytest.raises(PlanExpired):
        store.runs.start(SCOPE, head.id, ANNA, choice=choice, terms=TERMS)


def test_a_plan_that_is_not_ready_is_refused(store: Store) -> None:
    head = begun(store)
    with pytest.raises(StalePlan):
        start(store, head.id)


def test_another_workspace_does_not_find_the_run(store: Store) -> None:
    run = started(store)
    with pytest.raises(NotFound):
        store.runs.load(ELSEWHERE, run.id)
    assert store.runs.history(ELSEWHERE, 0, 20) == []


def test_a_runs_states_leave_their_moments(store: Store) -> None:
    run = started(store)
    store.runs.set_state(run.id, RunState.RUNNING, moment=NOON + MINUTE)
    opens_at = NOON + timedelta(hours=6)
    store.runs.set_state(
        run.id, RunState.WAITING, reason="closed", wakes_at=opens_at, moment=NOON + 2 * MINUTE
    )
    waiting = store.runs.get(run.id)
    assert (waiting.state, waiting.reason, waiting.wakes_at) == (RunState.WAITING, "closed", opens_at)
    store.runs.set_state(run.id, RunState.RUNNING, moment=opens_at)
    store.runs.set_state(run.id, RunState.FINISHED, moment=opens_at + MINUTE)
    finished = store.runs.get(run.id)
    assert (finished.started_at, finished.finished_at) == (NOON + MINUTE, opens_at + MINUTE)
    assert (finished.reason, finished.wakes_at, finished.waiting_since) == (None, None, None)


def test_the_time_that_a_run_has_waited_is_added_up(store: Store) -> None:
    run = started(store)
    store.runs.set_state(run.id, RunState.RUNNING, moment=NOON)
    for begins, ends in ((1, 3), (5, 10)):
        store.runs.set_state(run.id, RunState.WAITING, reason="closed", moment=NOON + begins * MINUTE)
        store.runs.set_state(run.id, RunState.RUNNING, moment=NOON + ends * MINUTE)
    assert store.runs.get(run.id).waited == 7 * MINUTE


def test_the_time_in_which_nobody_carried_a_run_out_is_none_in_which_it_worked(
    store: Store, watch: Watch
) -> None:
    run = started(store, plan_of(3))
    store.runs.hold(run.id, "one")
    store.runs.set_state(run.id, RunState.RUNNING, moment=NOON)
    assert store.runs.get(run.id).waiting_since is None
    watch.advance(MINUTE)
    store.runs.ledger(run.id, "one").save_outcome(0, succeeded())
    for holder in ("two", "three"):  # the second dies, too
        watch.advance(5 * MINUTE)
        store.runs.hold(run.id, holder)
        assert store.runs.get(run.id).waiting_since == NOON + MINUTE
    store.runs.set_state(run.id, RunState.RUNNING, moment=NOON + 12 * MINUTE)
    assert store.runs.get(run.id).waited == 11 * MINUTE


def test_the_pause_before_a_run_was_taken_up_again_is_counted_once(store: Store, watch: Watch) -> None:
    run = started(store, plan_of(3))
    store.runs.hold(run.id, "one")
    store.runs.set_state(run.id, RunState.RUNNING, moment=watch())
    store.runs.ledger(run.id, "one").save_outcome(0, succeeded())
    skip_open(store.runs.ledger(run.id, "one"), Reason.CANCELLED)
    store.runs.set_state(run.id, RunState.CANCELLED, moment=watch())
    watch.advance(300 * MINUTE)
    store.runs.resume(SCOPE, run.id, ANNA, terms=TERMS)
    store.runs.hold(run.id, "two", leg=1)
    store.runs.set_state(run.id, RunState.RUNNING, moment=watch())
    watch.advance(MINUTE)
    store.runs.hold(run.id, "three", leg=1)
    store.runs.set_state(run.id, RunState.RUNNING, moment=watch())
    assert store.runs.get(run.id).waited == 300 * MINUTE


def test_waiting_for_one_reason_began_when_it_was_first_noted(store: Store) -> None:
    run = started(store)
    for minutes, reason in enumerate(["unavailable", "unavailable", "closed"]):
        store.runs.set_state(run.id, RunState.WAITING, reason=reason, moment=NOON + minutes * MINUTE)
        since = store.runs.get(run.id).waiting_since
        assert since == (NOON if reason == "unavailable" else NOON + 2 * MINUTE)


def test_only_what_has_not_ended_is_unfinished(store: Store) -> None:
    runs = [started(store) for _ in RunState]
    for run, state in zip(runs, RunState, strict=True):
        store.runs.set_state(run.id, state, moment=NOON)
    unfinished = {run.state for run in store.runs.unfinished()}
    assert unfinished == {RunState.QUEUED, RunState.RUNNING, RunState.WAITING}


def test_history_begins_with_the_newest(store: Store, watch: Watch) -> None:
    runs = []
    for _ in range(3):
        runs.append(started(store))
        watch.advance(MINUTE)
    newest_first = [run.id for run in reversed(runs)]
    assert [run.id for run in store.runs.history(SCOPE, 0, 2)] == newest_first[:2]
    assert [run.id for run in store.runs.history(SCOPE, 2, 2)] == newest_first[2:]
    assert (store.runs.count(SCOPE), store.runs.count(ELSEWHERE)) == (3, 0)


def test_the_admin_channels_message_is_remembered(store: Store) -> None:
    run = started(store)
    store.runs.save_message(run.id, "C0001", "1775012400.000100")
    told = store.runs.get(run.id)
    assert (told.channel, told.message_ts) == ("C0001", "1775012400.000100")


def test_outcomes_are_counted_and_listed_by_kind_first_those_to_be_looked_at(store: Store) -> None:
    run = started(store, plan_of(6))
    ledger = store.runs.ledger(run.id)
    refused = failed(Reason.REJECTED, detail=("名前が長すぎます",))
    ends = [succeeded(), refused, held(Reason.TARGET_MOVED), skipped(Reason.UNAVAILABLE), unknown()]
    for position, outcome in enumerate(ends):
        ledger.save_outcome(position, outcome)
    head = store.runs.get(run.id)
    assert head.counts == dict.fromkeys(OutcomeKind, 1)
    assert head.done == 5
    assert store.runs.outcomes(run.id, [OutcomeKind.FAILED], 0, 20) == [
        OutcomeRow(
            position=1,
            number="00003",
            name="山田 太郎",
            status=Status.CREATE,
            outcome=refused,
            placement=IN_TOKYO,
        )
    ]
    everybody = store.runs.outcomes(run.id, None, 4, 20)
    assert [(row.position, row.outcome) for row in everybody] == [(5, None), (0, succeeded())]


def test_everybody_who_was_not_written_is_retried(store: Store) -> None:
    run = started(store, plan_of(6))
    ledger = store.runs.ledger(run.id)
    ends = [
        succeeded(),
        failed(Reason.REJECTED),
        held(Reason.SOURCE_GONE),
        skipped(Reason.UNAVAILABLE),
        unknown(),
    ]
    for position, outcome in enumerate(ends):
        ledger.save_outcome(position, outcome)
    assert store.runs.retry_people(run.id) == ["id-30000", "id-50000", "id-00000", "id-20000"]


def test_a_retry_remembers_what_it_retries(store: Store) -> None:
    first = started(store)
    again = store.plans.begin(SCOPE, ANNA, first.direction, TODAY, "V", press="t1", retry_of=first.id)
    saved(store, again, plan_of(1))
    store.plans.tick(again.id, add=[0])
    assert start(store, again.id).retry_of == first.id


def test_where_a_run_stands_is_said_by_who_holds_it_until_it_ends(store: Store) -> None:
    run = started(store)
    store.runs.hold(run.id, "one")
    store.runs.set_state(run.id, RunState.RUNNING, moment=NOON, holder="one")
    store.runs.hold(run.id, "another")
    with pytest.raises(RunTakenOver):
        store.runs.set_state(run.id, RunState.WAITING, moment=NOON, holder="one")
    store.runs.set_state(run.id, RunState.FINISHED, moment=NOON)
    with pytest.raises(RunTakenOver):
        store.runs.set_state(run.id, RunState.RUNNING, moment=NOON, holder="another")
    assert store.runs.get(run.id).state is RunState.FINISHED
