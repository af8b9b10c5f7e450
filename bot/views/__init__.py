"""What the user sees: pure functions from objects to Block Kit, and back from what was typed."""
