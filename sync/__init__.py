"""The product: fetch, compare, plan, guard and run. Knows neither Slack nor the database."""
