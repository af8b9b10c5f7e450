"""What the stand-ins of SmartHR and 勤革時 have in common: names, the network in front of them, counting."""
