"""Taking Markdown in: a folder or a zip, looked through first and taken in then."""
