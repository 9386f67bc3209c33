"""What is marked inside a paragraph, each with a bounded look ahead.

Python-Markdown's own patterns for code, links and emphasis look as far as the text
goes, so hostile text costs its length squared; these never look further than a
paragraph of honest size. Links to pages, tags and mentions are only *collected* here
and filled in once the whole text is known (trees.py).
"""

import html
import re
import xml.etree.ElementTree as etree

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString, code_escape

from markup.addresses import is_external, safe_image, safe_link
from markup.formulas import formula
from markup.letters import IN_WORD
from markup.limits import restore
from markup.tags import HASHTAG

# Attributes of elements that wait to be filled; people cannot write attributes at all.
PAGE, SECTION, LABEL, TAG, MENTION, TYPED, BARE_NAME = (
    "w-page", "w-section", "w-label", "w-tag", "w-mention", "w-typed", "w-bare",
)  # fmt: skip
# Not "pre" until the end: Python-Markdown would join an indented block below to it.
FENCE = "fence"
NESTED_LINKS = ("a", "code")

FORMULA = r"\$\$(?=\S|\s\S)([^$]{1,1000}?)\$\$|\$`([^`]{1,500}?)`\$"
CODE = r"(?<!`)(`{1,8})(?!`)(.{1,2000}?)(?<!`)\1(?!`)"
ESCAPE = r"\\([\\`*_{}\[\]()>#+\-.!@~|:<])"
WIKI = r"(?<!!)\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\]"
# One level of brackets inside the label, one of parentheses inside the address.
_LABEL = r"\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,600}?)\]"
_ADDRESS = r"(?:<([^<>\n]{0,2000})>|((?:[^\s()<>]|\([^\s()]{0,200}\)){0,2000}))"
_TITLE = r"(?:\s{1,5}(?:\"([^\"\n]{0,300})\"|'([^'\n]{0,300})'))?"
LINK = rf"(!?){_LABEL}\([ ]{{0,5}}{_ADDRESS}{_TITLE}[ ]{{0,5}}\)"
REFERENCE = rf"(!?){_LABEL}(?:[ ]?\[([^\[\]\n]{{0,200}})\])?"
ANGLE = r"<((?:https?://|mailto:)[^<>\s]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})>"
BARE = r"(?<![\w/@.\"'=])(https?://[^\s<>\"\x02\x03]{1,2000})"
LINE_BREAK = r"  \n|<br ?/?>"
TRIPLE = r"(\*{3}|(?<!\w)_{3})(?=\S)(.{1,1500}?)(?<=\S)\1(?!\w)"
DOUBLE_STAR = r"\*\*(?=[^\s])(.{1,1500}?)(?<=\S)\*\*(?!\*)"
DOUBLE_LINE = r"__(?<![\w_]__)(?=[^\s])(.{1,1500}?)(?<=\S)__(?![\w_])"
STAR = r"(?<!\*)\*(?=[^\s*])([^*]{1,1500}?)(?<=\S)\*(?!\*)"
LINE = r"_(?<![\w_]_)(?=[^\s_])([^_]{1,1500}?)(?<=\S)_(?![\w_])"
STRUCK = r"(?<!~)~~(?=[^\s~])(.{1,1500}?)(?<=\S)~~(?!~)"
# Not inside an address (ben@example.org). Where words stand without spaces between
# them, "@[" is a name all the same: no address has it. The sign itself comes first, so
# that a search leaps from sign to sign (as in ``HASHTAG``).
MENTION_NAME = (
    r"@(?:(?<![A-Za-z0-9_@/.+-]@)\[([^\[\]\n@]{1,120})\]"
    rf"|(?<![{IN_WORD}@/.+-]@)([^\W_](?:[{IN_WORD}.-]{{0,63}}[{IN_WORD}])?))"
)
FOOTNOTE = r"\[\^([^\[\]\n]{1,60})\]"


_ESCAPED = re.compile("\x02(\\d{1,6})\x03")


class Counted(InlineProcessor):
    """An inline processor whose matches count against the text's budget."""

    COST = 400

    def __init__(self, pattern: str, md):
        super().__init__(pattern, md)
        self.compiled_re = re.compile(pattern, re.DOTALL)

    def handleMatch(self, m, data):  # noqa: N802  Python-Markdown's name
        """Count, then let ``element`` make the node."""
        # The text is rebuilt around each match: that is its length, cheaply.
        self.md.budget.spend(self.COST + len(data) // 32)
        element = self.element(m)
        if element is None:
            return None, None, None
        return element, m.start(), m.end()

    def element(self, match):
        """Return an element or text for the match, or None to leave it alone."""
        raise NotImplementedError

    def plainly(self, text: str | None) -> str:
        """Return text from inside a match, nothing escaped or stashed any more."""
        text = _ESCAPED.sub(lambda match: chr(int(match[1])), self.unescape(text or ""))
        return html.unescape(restore(text))


class Code(Counted):
    def element(self, match):
        code = etree.Element("code")
        code.text = AtomicString(code_escape(restore(match[2].strip())))
        return code


class Formula(Counted):
    # Its drawing costs as much as a page of plain words.
    COST = 20_000

    def element(self, match):
        source = match[1] or match[2]
        return formula(self.plainly(source), is_block=match[1] is not None)


class Escape(Counted):
    def element(self, match):
        # The spelling UnescapeTreeprocessor turns back.
        return f"\x02{ord(match[1])}\x03"


class Wrap(Counted):
    """Emphasis of one kind: the element's name, or two nested ones."""

    def __init__(self, pattern: str, md, *names: str):
        super().__init__(pattern, md)
        self.names = names

    def element(self, match):
        outer = inner = etree.Element(self.names[0])
        for name in self.names[1:]:
            inner = etree.SubElement(inner, name)
        inner.text = match[match.lastindex]
        return outer


class LineBreak(Counted):
    def element(self, match):
        return etree.Element("br")


def link(
    address: str, text, *, nofollow: bool, title: str = ""
) -> etree.Element | None:
    """Make a link, or None when the address is refused."""
    address = safe_link(address)
    if not address:
        return None
    element = etree.Element("a", href=address)
    if is_external(address):
        element.set("class", "external")
        element.set("rel", "nofollow ugc noopener" if nofollow else "noopener")
    if title:
        element.set("title", title)
    element.text = text
    return element


def picture(md, address: str, alt: str, title: str) -> etree.Element | None:
    """Make a picture of this site, or a link to one elsewhere."""
    source = safe_image(address)
    if not source:
        text = AtomicString(alt or address)
        return link(address, text, nofollow=md.nofollow, title=title)
    element = etree.Element("img", src=source, alt=alt, loading="lazy")
    if title:
        element.set("title", title)
    return element


class Link(Counted):
    ANCESTOR_EXCLUDES = NESTED_LINKS
    COST = 1_500

    def element(self, match):
        is_picture, label = match[1], match[2]
        address = self.plainly(match[3] if match[3] is not None else match[4])
        title = self.plainly(match[5] or match[6] or "")
        if is_picture:
            return picture(self.md, address, self.plainly(label), title)
        return link(address, label or address, nofollow=self.md.nofollow, title=title)


class Reference(Counted):
    """``[label][name]`` and ``[name]`` with the address given elsewhere."""

    ANCESTOR_EXCLUDES = NESTED_LINKS
    COST = 800

    def element(self, match):
        is_picture, label = match[1], match[2]
        name = re.sub(r"\s+", " ", (match[3] or label).lower().strip())
        if name not in self.md.references:
            return None
        address, title = self.md.references[name]
        if is_picture:
            return picture(self.md, address, self.plainly(label), title or "")
        return link(address, label, nofollow=self.md.nofollow, title=title or "")


class Address(Counted):
    """An address standing in the text becomes a link to itself."""

    ANCESTOR_EXCLUDES = NESTED_LINKS

    def element(self, match):
        address = self.plainly(match[1])
        target = (
            f"mailto:{address}" if "@" in address and ":" not in address else address
        )
        return link(target, AtomicString(address), nofollow=self.md.nofollow)


class BareAddress(Counted):
    ANCESTOR_EXCLUDES = NESTED_LINKS

    def handleMatch(self, m, data):  # noqa: N802  Python-Markdown's name
        """Leave the sentence's own punctuation outside the address."""
        self.md.budget.spend(self.COST + len(data) // 32)
        address = m[1].rstrip(".,;:!?*_~'|")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,;:!?*_~'|")
        element = link(address, AtomicString(address), nofollow=self.md.nofollow)
        if element is None:
            return None, None, None
        return element, m.start(), m.start() + len(address)


class Wiki(Counted):
    """``[[Title]]``, ``[[Title|label]]``, ``[[Title#section]]``: collected."""

    ANCESTOR_EXCLUDES = NESTED_LINKS

    def element(self, match):
        page, _, section = self.plainly(match[1]).partition("#")
        page, section = " ".join(page.split()), " ".join(section.split())
        label = " ".join(self.plainly(match[2] or "").split())
        if not page and not section:
            return None
        waiting = {
            PAGE: page,
            SECTION: section,
            LABEL: label,
            TYPED: self.plainly(match[0]),
        }
        element = etree.Element("span", waiting)
        element.text = AtomicString(label or page or section)
        return element


class Hashtag(Counted):
    ANCESTOR_EXCLUDES = NESTED_LINKS

    def element(self, match):
        element = etree.Element("span", {TAG: match[1], "class": "tag"})
        element.text = AtomicString(match[0])
        return element


class Mention(Counted):
    """``@word``, ``@[Full Name]`` and ``@[Full Name|number]``: collected."""

    ANCESTOR_EXCLUDES = NESTED_LINKS

    def element(self, match):
        name = " ".join(self.plainly(match[1] or match[2]).split())
        if not name:
            return None
        element = etree.Element("span", {MENTION: name})
        if match[2]:
            element.set(BARE_NAME, "1")
        # The number tells two people of one name apart; nobody needs to read it.
        element.text = AtomicString(f"@{name.partition('|')[0].strip()}")
        return element


class FootnoteMark(Counted):
    """``[^name]``, numbered in order of definition."""

    def __init__(self, pattern: str, md, footnotes):
        super().__init__(pattern, md)
        self.footnotes = footnotes

    def element(self, match):
        if match[1] not in self.footnotes.footnotes:
            return None
        number = self.footnotes.number(match[1])
        sup = etree.Element("sup", id=self.footnotes.makeFootnoteRefId(match[1], True))
        mark = etree.SubElement(sup, "a", {"class": "footnote-ref"})
        mark.set("href", f"#{self.footnotes.makeFootnoteId(match[1])}")
        mark.text = AtomicString(str(number))
        return sup


def register_inlines(md, *, breaks: bool) -> None:
    """Put our patterns in place of all of Python-Markdown's.

    Args:
        md: the parser.
        breaks: whether each line end breaks the line (short messages).
    """
    # Emptied in place: the tree processor holds this very registry.
    for name in [item.name for item in md.inlinePatterns._priority]:
        md.inlinePatterns.deregister(name)
    ordered = [
        ("formula", Formula(FORMULA, md)),
        ("code", Code(CODE, md)),
        ("escape", Escape(ESCAPE, md)),
        ("wiki", Wiki(WIKI, md)),
        ("angle", Address(ANGLE, md)),
        ("linebreak", LineBreak(LINE_BREAK, md)),
        ("link", Link(LINK, md)),
        ("mention", Mention(MENTION_NAME, md)),
        ("reference", Reference(REFERENCE, md)),
        ("bare", BareAddress(BARE, md)),
        ("hashtag", Hashtag(HASHTAG.pattern, md)),
        ("triple", Wrap(TRIPLE, md, "strong", "em")),
        ("double_star", Wrap(DOUBLE_STAR, md, "strong")),
        ("double_line", Wrap(DOUBLE_LINE, md, "strong")),
        ("star", Wrap(STAR, md, "em")),
        ("line", Wrap(LINE, md, "em")),
        ("struck", Wrap(STRUCK, md, "del")),
    ]
    if breaks:
        ordered.append(("line_end", LineBreak(r"\n", md)))
    for place, (name, processor) in enumerate(ordered):
        md.inlinePatterns.register(processor, name, 200 - place)
