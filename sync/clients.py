"""Makes the two clients from what an administrator has entered."""

import re
from collections.abc import Callable

from sync.calendar import Clock, today
from sync.errors import CredentialProblem, CredentialsRejected
from sync.gate import Gate
from sync.http import Http, Retries, Rules
from sync.kinkakuji import KINKAKUJI_CODES, Kinkakuji
from sync.model import System
from sync.remote import Pace
from sync.smarthr import SMARTHR_CODES, SmartHR
from sync.timeouts import Timeouts

KINKAKUJI_RETRIES = Retries(after_too_many=30.0)
"""Its limit slides over 5 minutes: a tenth of them frees about 50 calls."""

_SUBDOMAIN = re.compile(r"[a-z0-9-]+")


def smarthr_client(  # noqa: PLR0913 - the entered values, then what tests scale
    url_template: str,
    subdomain: str,
    token: str,
    pace: Pace,
    *,
    prefer_business_name: bool = False,
    timeouts: Timeouts | None = None,
    retries: Retries | None = None,
) -> SmartHR:
    """Make SmartHR's client; `url_template` holds `{subdomain}`.

    Raises CredentialsRejected when the subdomain or the token can't be one.
    """
    if not _SUBDOMAIN.fullmatch(subdomain):
        raise CredentialsRejected(System.SMARTHR, CredentialProblem.ADDRESS)
    rules = Rules(
        System.SMARTHR, SMARTHR_CODES, pace, timeouts=timeouts or Timeouts(), retries=retries or Retries()
    )
    http = Http(url_template.format(subdomain=subdomain), token, rules)
    return SmartHR(http, prefer_business_name=prefer_business_name)


def kinkakuji_client(  # noqa: PLR0913 - the entered values, then what tests scale
    base_url: str,
    token: str,
    pace: Pace,
    *,
    gate: Callable[[], None],
    clock: Clock,
    timeouts: Timeouts | None = None,
    retries: Retries | None = None,
) -> Kinkakuji:
    """Make 勤革時's client; `gate` raises ClosedNow when no call may start.

    Raises CredentialsRejected when the token can't be one.
    """
    rules = Rules(
        System.KINKAKUJI,
        KINKAKUJI_CODES,
        pace,
        gate=Gate(gate, clock),
        timeouts=timeouts or Timeouts(),
        retries=retries or KINKAKUJI_RETRIES,
    )
    return Kinkakuji(Http(base_url, token, rules), lambda: today(clock()))
