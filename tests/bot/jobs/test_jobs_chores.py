"""What is due again and again."""

from bot.jobs.chores import Chores


def test_one_that_fails_keeps_nobody_from_the_next() -> None:
    done: list[str] = []

    def fail() -> None:
        done.append("first")
        raise OSError

    Chores({"first": fail, "second": lambda: done.append("second")}).do_all()
    assert done == ["first", "second"]
