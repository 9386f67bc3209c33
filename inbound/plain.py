"""HTML of a mail program as plain text, quotes marked as in plain mails."""

import re
from html.parser import HTMLParser

BLOCKS = {
    "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6",
    "pre", "hr", "section", "article", "header", "footer", "address", "dd", "dt",
}  # fmt: skip
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"}
SILENT = {"style", "script", "head", "title", "template", "noscript", "svg"}
LONGEST = 400_000
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile(r"<[!?][^<>]*>?")
_LONE_SIGN = re.compile(r"<(?![^<>]*>)")
_ATTRIBUTES = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_HREF = re.compile(r"\shref\s*=\s*[\"']?(https?://[^\s\"'<>]{1,2000})", re.IGNORECASE)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines = [[]]
        self.quotes = 0
        self.silent = 0
        self.link = ""
        self.link_words = []

    def handle_starttag(self, tag, attributes):
        if tag in SILENT:
            self.silent += 1
        elif tag == "br":
            self.lines.append([])
        elif tag == "a":
            self.link, self.link_words = dict(attributes).get("href") or "", []
        elif tag == "blockquote":
            self.end_line()
            self.quotes += 1
        elif tag in BLOCKS:
            self.end_line()
            if tag == "li":
                self.write("- ")

    def handle_endtag(self, tag):
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "a":
            self.end_link()
        elif tag == "blockquote":
            self.end_line()
            self.quotes = max(0, self.quotes - 1)
        elif tag in BLOCKS:
            self.end_line()
            if tag in PARAGRAPHS:
                self.lines.append([])

    def handle_data(self, data):
        if not self.silent:
            if self.link:
                self.link_words.append(data)
            self.write(_SPACE.sub(" ", data))

    def end_link(self):
        """Where a link leads is part of what was written, unless it reads the same."""
        words = "".join(self.link_words).strip()
        if self.link and not self.silent and self.link.rstrip("/") != words.rstrip("/"):
            self.write(f" <{self.link}>" if words else "")
        self.link = ""

    def write(self, words):
        line = self.lines[-1]
        if not line:
            words = words.lstrip(" ")
            if words and self.quotes:
                line.append(">" * min(self.quotes, 5) + " ")
        if words:
            line.append(words)

    def end_line(self):
        if self.lines[-1]:
            self.lines.append([])


def text_of(html):
    """Read HTML as text.

    Args:
        html: what a mail program wrote; what lies beyond a bound is left out.

    Returns:
        Plain text; ``<blockquote>`` becomes ``>`` lines.
    """
    reader = _Reader()
    reader.feed(_simplified(html[:LONGEST]))
    reader.close()
    text = "\n".join("".join(line).rstrip() for line in reader.lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _simplified(html):
    """Bare tags and text. The parser reads some broken tags and comments again and
    again to the end, which a hostile mail would use to keep it busy for hours."""
    html = _DECLARATION.sub("", _without_comments(html))
    return _ATTRIBUTES.sub(_bare, _LONE_SIGN.sub("&lt;", html))


def _bare(tag):
    """A tag without attributes, but for where a link leads."""
    if tag[1] in ("a", "A") and (found := _HREF.search(tag[2][:4000])):
        return f'<a href="{found[1]}">'
    return f"<{tag[1]}>"


def _without_comments(html):
    pieces, at = [], 0
    while (start := html.find("<!--", at)) >= 0:
        pieces.append(html[at:start])
        end = html.find("-->", start + 4)
        if end < 0:
            at = start
            break
        at = end + 3
    return "".join(pieces) + html[at:]
