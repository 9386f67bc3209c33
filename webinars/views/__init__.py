"""Pages of webinars, by what people do there."""
