"""Taking the wiki home: as Markdown, on paper, for feed readers and for programs."""
