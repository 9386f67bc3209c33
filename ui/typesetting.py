"""Typesets one document and ends: ``python -m ui.typesetting`` (``ui/paper.py``).

A process of its own, so that a text which takes for ever takes nothing from the site:
it has bounds of its own, knows no database and no secret, and fetches nothing but the
pictures whose paths it was given.
"""

import json
import os
import resource
import sys

# Bytes of memory, and seconds of processor time.
MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 60

try:
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError:  # Pango, a library of the system, is not there
    sys.exit(os.EX_UNAVAILABLE)


class OnlyGiven(URLFetcher):
    """Answers the addresses it was given paths for, and no others."""

    def __init__(self, paths):
        super().__init__(allowed_protocols=())
        self.paths = paths

    def fetch(self, url, headers=None):
        """Open a picture.

        Raises:
            ValueError: any other address; WeasyPrint leaves the picture out.
        """
        if url not in self.paths:
            raise ValueError("Not a picture of this document.")
        path, content_type = self.paths[url]
        body = open(path, "rb")  # noqa: SIM115  WeasyPrint closes it
        return URLFetcherResponse(url, body, {"Content-Type": content_type})


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
    order = json.load(sys.stdin)
    document = HTML(
        string=order["html"],
        base_url=order["base"],
        url_fetcher=OnlyGiven(order["pictures"]),
    )
    sys.stdout.buffer.write(
        document.write_pdf(stylesheets=[CSS(string=order["css"])], pdf_tags=True)
    )


if __name__ == "__main__":
    main()
