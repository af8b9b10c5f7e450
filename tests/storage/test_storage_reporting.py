"""Who posts a run's messages, and when it is tried again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

from storage.reporting import LONGEST_PAUSE, REPORTED_WITHIN
from storage.run_records import RunHead, RunState
from storage.store import Store
from tests.storage.builders import NOON, Watch, started

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def test_one_posts_at_a_time_and_whoever_died_at_it_is_waited_for_a_minute(
    store: Store, watch: Watch
) -> None:
    run = started(store)
    assert store.reporting.claim_message(run.id)
    watch.advance(MINUTE - SECOND)
    assert not store.reporting.claim_message(run.id)
    assert store.reporting.claim_result(run.id) is None
    watch.advance(SECOND)
    assert store.reporting.claim_message(run.id)


def test_a_message_is_posted_once_and_leaves_the_way_free_for_the_result(store: Store) -> None:
    run = started(store)
    assert store.reporting.claim_message(run.id)
    store.runs.save_message(run.id, "C1", "1.0")
    assert not store.reporting.claim_message(run.id)
    assert store.reporting.claim_result(run.id) is None, "it has not ended"
    end(store, run)
    assert store.reporting.claim_result(run.id) == 0
    store.runs.save_result(run.id, "C1", "2.0")
    assert store.reporting.claim_result(run.id) is None


def test_without_a_message_there_is_none_to_be_posted_after_the_result(store: Store) -> None:
    run = started(store)
    store.runs.save_result(run.id, "C1", "1.0")
    assert not store.reporting.claim_message(run.id)


def test_a_message_that_was_deleted_may_be_posted_anew_unless_it_was_already(store: Store) -> None:
    run = started(store)
    store.runs.save_message(run.id, "C1", "1.0")
    store.reporting.forget_message(run.id, "1.0")
    assert store.reporting.claim_message(run.id)
    store.runs.save_message(run.id, "C1", "2.0")
    store.reporting.forget_message(run.id, "1.0")
    assert not store.reporting.claim_message(run.id)


def test_slack_says_itself_how_long_nobody_is_to_try(store: Store, watch: Watch) -> None:
    run = started(store)
    for seconds in (30, 300):
        assert store.reporting.claim_message(run.id)
        store.reporting.put_off(run.id, seconds)
        watch.advance((seconds - 1) * SECOND)
        assert not store.reporting.claim_message(run.id)
        watch.advance(SECOND)


def test_a_message_of_an_earlier_leg_is_not_taken_for_one_of_the_next(store: Store) -> None:
    run = started(store)
    store.runs.save_message(run.id, "C1", "1.0", leg=1)
    store.runs.save_result(run.id, "C1", "2.0", leg=1)
    kept = store.runs.get(run.id)
    assert (kept.leg, kept.message_ts, kept.result_ts) == (0, None, None)


def test_of_many_who_want_to_post_one_does(store: Store) -> None:
    run = started(store)
    end(store, run)
    with ThreadPoolExecutor(8) as processes:
        claimed = list(processes.map(store.reporting.claim_result, [run.id] * 16))
    assert len([leg for leg in claimed if leg is not None]) == 1


def test_a_result_is_tried_at_growing_intervals_for_three_days(store: Store, watch: Watch) -> None:
    run = started(store)
    assert store.reporting.due() == []  # it has not ended
    store.runs.set_state(run.id, RunState.FINISHED, moment=watch())
    tried = tries(store, watch, run.id)
    assert tried[:6] == [0, 1, 2, 4, 8, 16]
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    assert max(pauses) == LONGEST_PAUSE // MINUTE
    assert tried[-1] >= (REPORTED_WITHIN - LONGEST_PAUSE) // MINUTE
    watch.moment = NOON + REPORTED_WITHIN
    assert store.reporting.due() == []


def test_what_is_posted_is_never_tried_again(store: Store, watch: Watch) -> None:
    run = started(store)
    store.runs.set_state(run.id, RunState.STOPPED, moment=watch())
    assert store.reporting.due() == [run.id]
    store.runs.save_result(run.id, "C1", "1.0")
    assert store.reporting.due() == []
    assert store.reporting.claim_result(run.id) is None


def end(store: Store, run: RunHead) -> None:
    store.runs.set_state(run.id, RunState.FINISHED, moment=NOON)


def tries(store: Store, watch: Watch, run_id: str) -> list[int]:
    """Look every minute for two hours, then once an hour; give the minutes at which it was tried."""
    tried = []
    for minute in [*range(125), *range(184, REPORTED_WITHIN // MINUTE, 60)]:
        watch.moment = NOON + minute * MINUTE
        if store.reporting.due() == [run_id] and store.reporting.claim_result(run_id) is not None:
            tried.append(minute)
    return tried
