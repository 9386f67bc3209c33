"""A checker of drawn HTML that shares no code with the cleaners."""

import re
from html.parser import HTMLParser

TAGS = set(
    "a abbr blockquote br caption code dd del div dl dt em h2 h3 h4 h5 h6 hr img input"
    " ins label li ol p pre section span strong sub sup table tbody td th thead tr"
    " ul"
    # MathML Core, without the elements that lead back to HTML.
    " math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt"
    " mstyle msub msubsup msup mtable mtd mtext mtr munder munderover".split()
)
OF_FORMULAS = {tag for tag in TAGS if re.fullmatch("math|m[a-z]+", tag)}
VOID = {"br", "hr", "img", "input"}
VALUES = {
    "dir": r"auto|ltr|rtl",
    "class": r"[a-z0-9+.# -]+",
    "id": r"(s-[^\s\"'<>&]+|fn-\d+|fnref\d*-\d+)",
    "href": r"(https?://[^\s\"<>\\]+|mailto:[^\s\"<>\\?]+@[^\s\"<>\\?]+|/(?![/\\])[^\s\"<>\\]*|[#?][^\s\"<>\\]*)",
    "src": r"/(?![/\\])[^\s\"<>\\]*",
    "rel": r"nofollow ugc noopener|noopener",
    "title": r"[^\x00]*",
    "alt": r"[^\x00]*",
    "loading": r"lazy",
    "type": r"checkbox",
    "disabled": r"",
    "checked": r"",
    "start": r"\d+",
    "align": r"left|center|right",
    "scope": r"col|row",
    "tabindex": r"0",
    "alttext": r"[^\x00]*",
    **dict.fromkeys(
        ("accent accentunder columnalign columnlines display displaystyle fence form"
         " height linethickness lspace mathvariant maxsize minsize movablelimits"
         " notation rowlines rspace scriptlevel separator stretchy symmetric voffset"
         " width").split(),
        r"[a-z0-9.%+ -]+",
    ),
}  # fmt: skip
ONLY_ON = {
    "href": {"a"}, "src": {"img"}, "alt": {"img"}, "rel": {"a"}, "loading": {"img"},
    "title": {"a", "abbr", "img"}, "type": {"input"}, "disabled": {"input"},
    "checked": {"input"}, "start": {"ol"}, "align": {"td", "th"}, "scope": {"th", "td"},
    "tabindex": {"div"}, "alttext": {"math"}, "width": OF_FORMULAS,
    "height": OF_FORMULAS,
    "id": {"h2", "h3", "h4", "h5", "h6", "li", "sup"},
}  # fmt: skip


class _Checker(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults, self.open, self.ids = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in VALUES or tag not in ONLY_ON.get(name, {tag}):
                self.faults.append(f"<{tag} {name}>")
            elif not re.fullmatch(VALUES[name], value or "", re.DOTALL):
                self.faults.append(f"<{tag} {name}={value!r}>")
            if name == "id":
                self.ids.append(value)
        if tag == "input" and not {("type", "checkbox"), ("disabled", "")} <= set(
            attrs
        ):
            self.faults.append("<input> that can be used")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data):
        self.faults.append("comment")

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults(html: str) -> list[str]:
    """Return everything in some HTML that may not be there."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    if checker.open:
        checker.faults.append(f"left open: {checker.open}")
    if len(checker.ids) != len(set(checker.ids)):
        checker.faults.append("an id twice")
    return checker.faults
