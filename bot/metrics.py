"""What Renkei counts about itself, for `/metrics`: counts and seconds. No id, number or name is a label."""

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
"""Our own, so that nothing shows that we did not choose."""

ACK_SECONDS = Histogram(
    "renkei_ack_seconds",
    "From a listener's start to its acknowledgement. Slack waits 3 seconds.",
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),
    registry=REGISTRY,
)
PRESSES = Counter(
    "renkei_presses_total",
    "What people did in Slack: commands, clicks, submissions.",
    ["type"],
    registry=REGISTRY,
)
RUNS = Counter(
    "renkei_runs_total",
    "Import runs that have ended, by how.",
    ["state"],
    registry=REGISTRY,
)
OUTCOMES = Counter(
    "renkei_outcomes_total",
    "People of ended runs, by kind of outcome.",
    ["kind"],
    registry=REGISTRY,
)
