"""A stand-in for Slack on localhost: Web API, Socket Mode, signed HTTP, and people who press buttons."""
