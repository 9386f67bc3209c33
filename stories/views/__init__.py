"""Pages of stories, by what people do there."""
