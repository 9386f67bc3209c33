"""Verbs of a space, split by noun."""
