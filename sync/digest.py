"""A digest of what a comparison goes by: made with a plan, and again at the press."""

import hashlib
import json
from collections.abc import Mapping

from sync.identity import Ties
from sync.model import System
from sync.terms import Terms


def digest_of(terms: Terms, ties: Ties, companies: Mapping[System, str] | None = None) -> str:
    """Tell terms apart: two digests differ when a mode, a spelling, a suppression or a decision differs.

    And when other names are read.

    And when the two systems are read for other `companies`: what is new to one is nothing to another.

    Matches that are merely certain don't count: remembering them decides nothing.
    """
    said = {
        "policies": {field: [policy.mode, policy.never_blank] for field, policy in terms.policies.items()},
        "spellings": sorted(terms.spellings),
        "repertoire": terms.repertoire,
        "suppressed": {person: sorted(fields) for person, fields in terms.suppressed.items() if fields},
        "confirmed": sorted((link.smarthr_id, link.kinkakuji_key) for link in ties.links if link.confirmed),
        "ignored": sorted(ties.ignored),
        "apart": sorted(ties.apart),
        "companies": dict(companies or {}),
        **({"business_names": True} if terms.business_names else {}),  # earlier releases did not say it
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
