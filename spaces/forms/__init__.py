"""Forms of a space, split by noun."""
