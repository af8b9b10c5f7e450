from sandbox.calls import Arrival, Calls
from sandbox.remote.limits import FixedWindow, SlidingWindow
from sandbox.remote.system import System
from tests.sandbox.remote.service import NOON


def arrival(monotonic: float) -> Arrival:
    return Arrival(
        moment=NOON, monotonic=monotonic, system=System.SMARTHR, method="GET", path="/", token_id=None
    )


def logged(*arrivals: float) -> Calls:
    calls = Calls()
    for monotonic in arrivals:
        calls.record(arrival(monotonic), status=200)
    return calls


def test_calls_are_counted_by_clock_second_and_by_sliding_stretch() -> None:
    calls = logged(10.1, 10.9, 11.0, 11.1, 11.2, 400.0)
    assert calls.max_per_second(System.SMARTHR) == 3
    assert calls.max_per_second(System.SMARTHR, scale=0.1) == 5
    assert calls.max_in_sliding(System.SMARTHR, 300) == 5
    assert calls.max_in_sliding(System.SMARTHR, 0.9) == 4
    assert calls.max_per_second(System.KINKAKUJI) == calls.max_in_sliding(System.KINKAKUJI) == 0


def test_numbers_go_on_when_the_log_is_cleared() -> None:
    calls = logged(1.0, 2.0)
    calls.clear()
    calls.record(arrival(3.0), status=200)
    assert [call.number for call in calls.calls()] == [3]


def test_a_fixed_window_counts_what_it_let_in_and_starts_anew() -> None:
    window = FixedWindow(2, 1.0)
    taken = [window.take("a", now) for now in (5.0, 5.5, 5.75, 6.0)]
    assert [each.exceeded for each in taken] == [False, False, True, False]
    assert [each.remaining for each in taken] == [1, 0, 0, 1]
    assert taken[2].reset == 0.25
    assert not window.take("b", 5.75).exceeded


def test_a_sliding_window_forgets_one_by_one() -> None:
    window = SlidingWindow(2, 300.0)
    assert [window.take("a", now) for now in (0.0, 100.0, 299.0, 300.0, 301.0, 400.0)] == [
        *(True, True, False, True, False, True)
    ]
