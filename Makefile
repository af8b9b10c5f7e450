# Every target makes .venv from the lock when it is missing or older than the lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo demo-reset test coverage check format bench soak screenshots lock clean

demo: $(READY)
	@$(BIN)/python -m sandbox

demo-reset:
	rm -rf .demo

test: $(READY)
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 3 --dist loadgroup

# The same, and which branches of bot, sync and storage it takes; half as slow again.
coverage: $(READY)
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# A table, and .bench/results.json; fails when a goal is missed.
bench: $(READY)
	@$(BIN)/python -m tests.bench

# Kills the bot 200 times over 10,000 writes; .soak/results.json; `SEED=…` chooses the moments again.
soak: $(READY)
	@$(BIN)/python -m tests.soak $(if $(SEED),--seed $(SEED))

screenshots: $(READY)
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m tests.screenshots

# Pins every package with its hashes for every platform; names no registry.
lock:
	$(PYTHON) -m venv .lock-venv && .lock-venv/bin/pip install --quiet uv
	.lock-venv/bin/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.lock
	.lock-venv/bin/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements-dev.lock
	rm -rf .lock-venv

clean:
	rm -rf $(VENV) .demo .soak .mypy_cache .ruff_cache .pytest_cache .coverage

$(READY): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit("Renkei needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@echo "Installing into $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $(READY)
