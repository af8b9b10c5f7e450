"""What the user sees: pure functions from the product's objects to Block Kit, and back from what was typed."""
