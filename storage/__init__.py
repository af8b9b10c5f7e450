"""Remembers: tables, migrations, encryption. Fits the Protocols that `sync` states."""
