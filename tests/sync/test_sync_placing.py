"""New people are put where the rules say, in the order in which they are given; nobody is moved."""

from hypothesis import given
from hypothesis import strategies as st

from sync.model import Choice, Direction, Employee, Placement, Post, PostKind
from sync.placing import BASES, PARTS, Part, Rule, place, questions, stands_elsewhere
from tests.sync.people import a_person

TOKYO, OSAKA, STAFF = Choice("1", "東京"), Choice("2", "大阪"), Choice("3", "正社員")
SALES = Post(PostKind.DEPARTMENT, "sales", "営業部")
LABOUR = Post(PostKind.DEPARTMENT, "labour", "労務部")
FULL_TIME = Post(PostKind.EMPLOYMENT_TYPE, "full", "正社員")

CODES = st.sampled_from(["a", "b", "c"])
POSTS = st.builds(lambda kind, code: Post(kind, code, f"{code}部"), st.sampled_from(PostKind), CODES)
CROWDS = st.lists(
    st.builds(
        lambda posts: a_person(posts=tuple(posts)),
        st.lists(POSTS, unique_by=lambda post: post.kind, max_size=5),
    ),
    max_size=6,
)
RULES = st.lists(
    st.builds(
        Rule,
        part=st.sampled_from(Part),
        choice=st.sampled_from([TOKYO, OSAKA]),
        basis=st.none() | st.sampled_from(PostKind),
        code=st.just("") | CODES,
        name=st.sampled_from(["", "a部", "ｂ部"]),
    ),
    max_size=4,
)
DIRECTIONS = st.sampled_from(Direction)


def stands(*posts: Post) -> Employee:
    return a_person(posts=posts)


def by_department(post: Post, choice: Choice, part: Part = Part.DIVISION) -> Rule:
    return Rule(part=part, choice=choice, basis=PostKind.DEPARTMENT, code=post.code)


def test_the_first_rule_that_fits_decides_part_by_part() -> None:
    rules = [
        by_department(SALES, OSAKA),
        Rule(part=Part.DIVISION, choice=TOKYO),
        Rule(part=Part.CATEGORY, choice=STAFF, basis=PostKind.EMPLOYMENT_TYPE, name="正社員"),
    ]
    assert place(stands(SALES, FULL_TIME), rules) == Placement(division=OSAKA, category=STAFF)
    assert place(stands(LABOUR), rules) == Placement(division=TOKYO)
    assert place(stands(SALES), rules[::-1]) == Placement(division=TOKYO)


def test_a_code_says_more_than_a_name() -> None:
    rule = Rule(part=Part.DIVISION, choice=TOKYO, basis=PostKind.DEPARTMENT, code="sales", name="旧営業部")
    assert rule.fits(stands(SALES))
    assert not rule.fits(stands(Post(PostKind.DEPARTMENT, "other", "旧営業部")))


def test_a_name_fits_however_it_is_typed() -> None:
    rule = Rule(part=Part.DIVISION, choice=TOKYO, basis=PostKind.DEPARTMENT, name="第２ 営業ﾌﾞ")
    assert rule.fits(stands(Post(PostKind.DEPARTMENT, "x", "第2営業ブ")))
    assert not rule.fits(stands(Post(PostKind.ESTABLISHMENT, "x", "第2営業ブ")))


def test_a_rule_without_a_post_is_for_whoever_has_none() -> None:
    rule = Rule(part=Part.DIVISION, choice=TOKYO, basis=PostKind.DEPARTMENT)
    assert rule.fits(stands(FULL_TIME))
    assert not rule.fits(stands(SALES))


def test_who_has_no_rule_is_asked_for_once_for_each_post_the_most_people_first() -> None:
    people = [stands(LABOUR, FULL_TIME), stands(SALES, FULL_TIME), stands(SALES), stands()]
    asked = questions(people, [by_department(LABOUR, TOKYO)], Direction.PUSH)
    assert [(each.part, each.post, each.people) for each in asked] == [
        (Part.DIVISION, SALES, 2),
        (Part.DIVISION, None, 1),
        (Part.CATEGORY, FULL_TIME, 2),
        (Part.CATEGORY, None, 2),
    ]


@given(CROWDS, RULES, DIRECTIONS)
def test_answered_questions_place_everybody_and_are_not_asked_again(
    people: list[Employee], rules: list[Rule], direction: Direction
) -> None:
    asked = questions(people, rules, direction)
    answers = [question.answered(STAFF) for question in asked]
    assert {answer.basis for answer in answers} <= {BASES[part][0] for part in PARTS[direction]}
    complete = [*answers, *rules]
    assert questions(people, complete, direction) == ()
    assert all(place(person, complete).is_complete_for(direction.target) for person in people)


@given(CROWDS, RULES, DIRECTIONS)
def test_answers_put_nobody_elsewhere_whom_a_rule_had_placed(
    people: list[Employee], rules: list[Rule], direction: Direction
) -> None:
    answers = [question.answered(STAFF) for question in questions(people, rules, direction)]
    for person in people:
        before, after = place(person, rules), place(person, [*rules, *answers])
        assert all(getattr(before, part) in {None, getattr(after, part)} for part in Part)


def test_who_stands_elsewhere_than_a_rule_for_their_post_says_has_moved() -> None:
    rules = [by_department(SALES, OSAKA), Rule(part=Part.DIVISION, choice=TOKYO)]
    in_tokyo = stands(Post(PostKind.DIVISION, TOKYO.code, "東京"))
    in_osaka = stands(Post(PostKind.DIVISION, OSAKA.code, "旧大阪"))
    assert stands_elsewhere(stands(SALES), in_tokyo, rules)
    assert not stands_elsewhere(stands(SALES), in_osaka, rules)
    assert not stands_elsewhere(stands(SALES), stands(), rules), "nobody knows where"
    assert not stands_elsewhere(stands(LABOUR), in_osaka, rules), "a rule for everybody moves nobody"
