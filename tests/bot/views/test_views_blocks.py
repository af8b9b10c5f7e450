"""Long texts are cut where nobody notices."""

import pytest

from bot.views.blocks import clip, length


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
