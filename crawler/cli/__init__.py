"""The front door: one file per verb, and the one place where errors end."""
