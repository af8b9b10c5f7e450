"""What the editor of placement rules works on, and what a change of them would touch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.texts import Texts
from bot.views.rules import touched_text
from bot.views.when import moment_text
from storage.plan_records import IndexEntry
from storage.records import Scope
from storage.rules import RuleBook
from storage.store import Store
from sync.diff import Status
from sync.model import Direction, Employee
from sync.placing import PARTS, Rule, place


def book_of(store: Store, scope: Scope, direction: Direction) -> RuleBook:
    """Give the rules part by part: only among those of one part the order matters."""
    book = store.rules.load(scope, direction)
    parts = PARTS[direction]
    return replace(book, rules=tuple(sorted(book.rules, key=lambda rule: parts.index(rule.part))))


def touched_of(
    store: Store, scope: Scope, direction: Direction, before: Sequence[Rule], after: Sequence[Rule]
) -> int:
    """Count the new people of the newest list of differences whom a change puts elsewhere."""
    newest = store.plans.newest_ready(scope, direction)
    return moved(store.plans.index(newest.id), before, after) if newest else 0


def touched_sentence(t: Texts, store: Store, scope: Scope, direction: Direction, people: int) -> str:
    """Say how many that are, and in which list."""
    newest = store.plans.newest_ready(scope, direction)
    moment = moment_text(t, newest.made_at) if newest and newest.made_at else None
    return touched_text(t, moment, people)


def moved(index: Iterable[IndexEntry], before: Sequence[Rule], after: Sequence[Rule]) -> int:
    """Count the new people whom other rules put elsewhere."""
    standing = Counter(entry.posts for entry in index if entry.status is Status.CREATE)
    people = ((Employee(remote_id="", number=None, posts=posts), n) for posts, n in standing.items())
    return sum(n for person, n in people if place(person, before) != place(person, after))
