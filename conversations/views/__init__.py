"""Pages of the exchange, split by noun."""
