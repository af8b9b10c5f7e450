"""How a person's rows and events are found by employee number, without the number standing in the clear."""

from storage.records import Scope
from storage.secrets import Keyring
from sync.model import EmployeeNumber
from sync.text import number_key


def person_digest(keys: Keyring, scope: Scope, number: EmployeeNumber | None) -> str | None:
    """Give what a number's rows are marked with now, in whichever way it is spelled; None without one."""
    return keys.digest(*_parts(scope, number)) if number else None


def person_digests(keys: Keyring, scope: Scope, number: EmployeeNumber) -> tuple[str, ...]:
    """Give everything that a number's rows may be marked with: older keys marked them otherwise."""
    return keys.digests(*_parts(scope, number))


def _parts(scope: Scope, number: EmployeeNumber) -> tuple[str, ...]:
    return ("person", scope.enterprise_id, scope.team_id, number_key(number))
