"""Talks Slack; the only package that does."""
