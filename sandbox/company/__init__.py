"""The made-up companies that live in the stand-ins: one by hand for the demo, any size by a seed."""

from sandbox.company.demo import demo_company
from sandbox.company.generated import Shares, generated_company
from sandbox.company.model import (
    DEMO_KINKAKUJI_TOKEN,
    DEMO_SMARTHR_TOKEN,
    DEMO_SUBDOMAIN,
    Company,
)

__all__ = [
    "DEMO_KINKAKUJI_TOKEN",
    "DEMO_SMARTHR_TOKEN",
    "DEMO_SUBDOMAIN",
    "Company",
    "Shares",
    "demo_company",
    "generated_company",
]
