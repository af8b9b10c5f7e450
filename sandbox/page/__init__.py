"""The page in the browser: Slack as a person sees it, both systems from the inside, and switches."""
