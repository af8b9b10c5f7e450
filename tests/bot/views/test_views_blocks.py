"""Long texts are cut where nobody notices."""

import pytest

from bot.views.blocks import clip, clip_both, length


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("山田太郎", "山田太郎"),
        ("山田太郎次", "山田太…"),
        ("𠮷野", "𠮷野"),
        ("𠮷𠮷𠮷", "𠮷…"),
        ("山葛\U000e0100城の里", "山…"),
        ("東京か\u3099い", "東京…"),
    ],
)
def test_a_text_is_cut_to_four_letters(text: str, cut: str) -> None:
    assert clip(text, 4) == cut
    assert length(cut) <= 4


@pytest.mark.parametrize(
    ("old", "new", "cut"),
    [
        ("東京", "大阪", ("東京", "大阪")),
        ("x" * 30 + "東京", "x" * 30 + "大阪", ("…xxxxxxxxxx東京", "…xxxxxxxxxx大阪")),
        ("x" * 30, "x" * 31, ("…xxxxxxxxxx", "…xxxxxxxxxxx")),
        ("x" * 30, "x" * 30, ("x" * 14 + "…", "x" * 14 + "…")),
        ("東京" + "x" * 30, "大阪" + "x" * 30, ("東京" + "x" * 12 + "…", "大阪" + "x" * 12 + "…")),
        (
            "か\u3099" * 10 + "い",
            "か\u3099" * 10 + "う",
            ("…" + "か\u3099" * 5 + "い", "…" + "か\u3099" * 5 + "う"),
        ),
    ],
)
def test_two_texts_that_differ_are_cut_so_that_it_shows(old: str, new: str, cut: tuple[str, str]) -> None:
    assert clip_both(old, new, 15) == cut
