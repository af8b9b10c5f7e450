"""What Alembic runs: `storage.schema` gives it the connection, in whose transaction everything happens."""

from alembic import context

from storage.schema import is_ours
from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    include_name=is_ours,
    # SQLite can't alter a table: Alembic makes a new one and copies.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
