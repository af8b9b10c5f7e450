"""A stand-in for Slack on localhost: Web API, Socket Mode, signed HTTP delivery, and people who press buttons."""
