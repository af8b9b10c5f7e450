"""The job as Renkei does it: from both systems' JSON to a plan of all fields, text classes included."""

from collections.abc import Mapping
from datetime import datetime

from sync.calendar import TOKYO
from sync.diff import Status
from sync.fields import default_policies
from sync.model import Direction
from sync.parsing import parse_crew, parse_worker, people
from sync.plan import Basis, People, Plan, make_plan
from sync.terms import Terms
from sync.wire import Crew, Worker
from tests.bench.documents import TODAY, Documents

NOON = datetime(2026, 4, 1, 12, tzinfo=TOKYO)
CREWS = people(Crew, parse_crew)
WORKERS = people(Worker, parse_worker)
BASIS = Basis(direction=Direction.PULL, as_of=TODAY, terms=Terms(policies=default_policies(Direction.PULL)))


def differ(documents: Documents) -> Plan:
    """Load, validate and compare."""
    target = [person for page in documents.crews for person in CREWS.validate_json(page)]
    source = [person for page in documents.employees for person in WORKERS.validate_json(page)]
    return make_plan(BASIS, People(source, target), NOON)


def found(plan: Plan) -> Mapping[str, int]:
    """Count what the peer counts, too."""
    counts = plan.counts()
    spelled = counts[Status.VARIANT] + counts[Status.COSMETIC]
    return {"create": counts[Status.CREATE], "update": counts[Status.UPDATE] + spelled}
