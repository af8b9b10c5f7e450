"""The job as Renkei does it: from both systems' JSON to a plan of all fields, text classes included."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import TypeAdapter

from sync.calendar import TOKYO
from sync.diff import Status
from sync.fields import default_policies
from sync.model import Direction
from sync.plan import Basis, People, Plan, make_plan
from sync.terms import Terms
from sync.wire import Crew, Worker
from tests.bench.documents import TODAY, Documents

NOON = datetime(2026, 4, 1, 12, tzinfo=TOKYO)
CREWS = TypeAdapter(list[Crew])
WORKERS = TypeAdapter(list[Worker])
BASIS = Basis(direction=Direction.PULL, as_of=TODAY, terms=Terms(policies=default_policies(Direction.PULL)))


def differ(documents: Documents) -> Plan:
    """Load, validate and compare."""
    target = [crew.to_employee() for page in documents.crews for crew in CREWS.validate_json(page)]
    source = [each.to_employee() for page in documents.employees for each in WORKERS.validate_json(page)]
    return make_plan(BASIS, People(source, target), NOON)


def found(plan: Plan) -> Mapping[str, int]:
    """Count what the peer counts, too."""
    counts = plan.counts()
    spelled = counts[Status.VARIANT] + counts[Status.COSMETIC]
    return {"create": counts[Status.CREATE], "update": counts[Status.UPDATE] + spelled}
