"""A company of any size, the same for the same seed."""

from datetime import date

from sandbox.company.model import Company


def generated_company(
    n: int,
    seed: int = 1,
    *,
    today: date,
    only_smarthr: float = 0.05,
    only_kinkakuji: float = 0.05,
    differing: float = 0.1,
) -> Company:
    """Return `n` people; the given shares are in one system only or differ, the rest is equal in both."""
    del n, seed, today, only_smarthr, only_kinkakuji, differing
    return Company(name="株式会社はやぶさ工業")
