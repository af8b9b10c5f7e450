"""A run is for the companies that it was started for."""

from dataclasses import replace

import pytest

from storage.records import Credentials, Integration
from storage.store import Store
from tests.storage.builders import SCOPE, started

FIRST = Integration(
    scope=SCOPE,
    smarthr=Credentials(subdomain="example", token="shr_made_up"),
    kinkakuji=Credentials(token="kot-made-up"),
)


@pytest.mark.parametrize(
    ("changed", "is_misdirected"),
    [
        (replace(FIRST, smarthr=Credentials(subdomain="another", token="shr_made_up")), True),
        (replace(FIRST, kinkakuji=Credentials(token="kot-of-another")), True),
        (replace(FIRST, smarthr=Credentials(subdomain="example", token="shr_renewed")), False),
        (replace(FIRST, prefer_business_name=True), False),
    ],
)
def test_other_companies_than_at_the_start_are_noticed(
    store: Store, changed: Integration, *, is_misdirected: bool
) -> None:
    store.integrations.save(FIRST)
    run = started(store)
    assert not store.runs.is_misdirected(run.id)
    store.integrations.save(replace(changed, revision=1))
    assert store.runs.is_misdirected(run.id) is is_misdirected
