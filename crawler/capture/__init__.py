"""Capture: every exchange with a server, byte for byte and durable, before anything reads it."""
