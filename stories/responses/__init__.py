"""Responses that mean something: tried, same here, thanks."""
