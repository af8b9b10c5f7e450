"""Stand-ins for SmartHR, 勤革時 and Slack on localhost, for the demo and the tests.

They share no code with the clients that they are there to prove: a shared mistake would prove itself.
"""
