"""Pages of the wiki, by what people do there."""
