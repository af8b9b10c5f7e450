"""Where new people are put: by rules, from where they stand in the source. Nobody who is there is moved."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sync.model import Choice, Direction, Employee, Placement, Post, PostKind
from sync.text import search_key


class Part(StrEnum):
    """One part of a placement; its value is the name of the attribute of `Placement` that holds it."""

    ESTABLISHMENT = "establishment"
    DIVISION = "division"
    CATEGORY = "category"


PARTS = {
    Direction.PULL: (Part.ESTABLISHMENT,),
    Direction.PUSH: (Part.DIVISION, Part.CATEGORY),
}
"""What a creation needs, by direction."""
BASES = {
    Part.ESTABLISHMENT: (PostKind.DIVISION, PostKind.CATEGORY),
    Part.DIVISION: (PostKind.DEPARTMENT, PostKind.ESTABLISHMENT, PostKind.EMPLOYMENT_TYPE),
    Part.CATEGORY: (PostKind.EMPLOYMENT_TYPE, PostKind.DEPARTMENT, PostKind.ESTABLISHMENT),
}
"""What a part can be decided by; the first is the usual one, by which is asked."""
STANDS_AS = {
    Part.ESTABLISHMENT: PostKind.ESTABLISHMENT,
    Part.DIVISION: PostKind.DIVISION,
    Part.CATEGORY: PostKind.CATEGORY,
}
"""The post that a part becomes once the person is in the target."""


_folded = lru_cache(maxsize=10_000)(search_key)
"""A company has few posts and many people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Whoever stands at a post of the source is put there."""

    part: Part
    choice: Choice
    basis: PostKind | None = None
    """None: everybody."""
    code: str = ""
    """The post's code; "" to go by its name, or by there being no such post."""
    name: str = ""

    def fits(self, person: Employee) -> bool:
        """Tell whether it is about this person."""
        if self.basis is None:
            return True
        post = post_of(person, self.basis)
        if post is None:
            return not self.code and not self.name
        return post.code == self.code if self.code else _folded(post.name) == _folded(self.name)


@dataclass(frozen=True, slots=True)
class Question:
    """A part of the placement that no rule decides, for everybody at one post."""

    part: Part
    post: Post | None
    """None: people without a post of the usual kind."""
    people: int

    def answered(self, choice: Choice) -> Rule:
        """Give the answer as a rule."""
        code, name = (self.post.code, self.post.name) if self.post else ("", "")
        return Rule(part=self.part, choice=choice, basis=BASES[self.part][0], code=code, name=name)


def place(person: Employee, rules: Sequence[Rule]) -> Placement:
    """Put a person by the first rule that fits, for each part; a part that none decides is None."""
    parts = {part.value: _choice(person, part, rules) for part in Part}
    return Placement(**parts)


def questions(
    people: Iterable[Employee], rules: Sequence[Rule], direction: Direction
) -> tuple[Question, ...]:
    """Ask once for all who stand at the same post and whom no rule puts anywhere; the most first."""
    asked: Counter[tuple[Part, Post | None]] = Counter()
    for person in people:
        for part in PARTS[direction]:
            if _choice(person, part, rules) is None:
                asked[part, post_of(person, BASES[part][0])] += 1
    by_part = sorted(asked.items(), key=lambda each: (PARTS[direction].index(each[0][0]), -each[1]))
    return tuple(Question(part, post, size) for (part, post), size in by_part)


def stands_elsewhere(person: Employee, existing: Employee, rules: Sequence[Rule]) -> bool:
    """Tell whether the rules for single posts would put somebody elsewhere than they are in the target."""
    special = [rule for rule in rules if rule.basis is not None]
    return any(_is_elsewhere(existing, part, _choice(person, part, special)) for part in Part)


def post_of(person: Employee, kind: PostKind) -> Post | None:
    """Give where a person stands, in one respect."""
    return next((post for post in person.posts if post.kind is kind), None)


def _is_elsewhere(existing: Employee, part: Part, choice: Choice | None) -> bool:
    stands = post_of(existing, STANDS_AS[part])
    return choice is not None and stands is not None and stands.code != choice.code


def _choice(person: Employee, part: Part, rules: Iterable[Rule]) -> Choice | None:
    return next(_fitting(person, part, rules), None)


def _fitting(person: Employee, part: Part, rules: Iterable[Rule]) -> Iterator[Choice]:
    return (rule.choice for rule in rules if rule.part is part and rule.fits(person))
