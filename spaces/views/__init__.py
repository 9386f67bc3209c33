"""Pages of a space, split by noun."""
