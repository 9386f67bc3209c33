"""The one allow-list, read by two cleaners.

bleach is first, as chosen for this project, but it ended in June 2026 and will see no
more security releases; nh3 has another parser (the one of a browser engine), so what
slips through one is stopped by the other. Both ask the same function about every
attribute. nh3 speaks last and also sets what every element must have.
"""

import re
import threading
from collections.abc import Iterable
from functools import lru_cache

import nh3
from bleach.sanitizer import Cleaner
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251  this is markup/

from markup import formulas
from markup.addresses import safe_image, safe_link

# Blocks take their direction from their own first strong letter, so an Arabic
# paragraph on an English page reads the right way.
BLOCKS = ("p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th", "dt", "dd")
TAGS = frozenset(BLOCKS) | {
    "a", "abbr", "br", "caption", "code", "del", "div", "dl", "em", "hr", "img",
    "input", "ins", "label", "ol", "pre", "section", "span", "strong", "sub", "sup",
    "table", "tbody", "thead", "tr", "ul",
} | formulas.TAGS  # fmt: skip

CLASSES = {
    "a": {"wiki", "missing", "tag", "mention", "external", "footnote-ref",
          "footnote-backref"},
    "div": {"admonition", "note", "tip", "hint", "important", "warning", "caution",
            "danger", "question", "example", "quote", "table-wrap", "footnote"},
    "p": {"admonition-title", "heading"},
    "span": {"tag", "mention", "wiki", "visually-hidden"},
    "ul": {"task-list"},
    "li": {"task"},
    "ins": {"added"},
    "del": {"removed"},
}  # fmt: skip
_LANGUAGE = re.compile(r"^language-[a-z0-9+.#-]{1,30}$")

# Ids are only ever ours, so no text can take a name the page or a script relies on.
_ID = re.compile(r"^(?:s-[^\s\"'<>&]{1,120}|fn-\d{1,4}|fnref\d{0,4}-\d{1,4})$")
_NUMBER = re.compile(r"^\d{1,6}$")
_ALTTEXT = re.compile(r"^[^\ue000-\ue03f]{0,1000}$", re.DOTALL)
_PLAIN = re.compile(r"^[^\ue000-\ue03f]{0,500}$")
# Letters. A block over it is cleaned each time, so that no text fills the memory.
LONGEST_KEPT = 8_000
# Blocks. Beginning anew for each of very many costs more than cleaning them in one go.
MOST_KEPT = 500
RELATIONS = {"nofollow ugc noopener", "noopener"}


def _classes(tag: str, value: str) -> str | None:
    allowed = CLASSES.get(tag, set())
    kept = [
        name
        for name in value.split()
        if name in allowed or (tag == "code" and _LANGUAGE.match(name))
    ]
    return " ".join(kept) or None


def _id(_tag: str, value: str) -> str | None:
    return value if _ID.match(value) else None


def _one_of(*values):
    return lambda _tag, value: value if value in values else None


def _matching(pattern: re.Pattern):
    return lambda _tag, value: value if pattern.match(value) else None


# Lengths, names of variants, true and false.
_FORMULA = re.compile(r"^[a-z0-9.%+ -]{1,40}$")
_EVERYWHERE = {"class": _classes, "dir": _one_of("auto", "ltr", "rtl")}
_RULES = {
    "a": {
        "href": lambda _tag, value: safe_link(value),
        "rel": _one_of(*RELATIONS),
        "title": _matching(_PLAIN),
    },
    "abbr": {"title": _matching(_PLAIN)},
    "div": {"tabindex": _one_of("0")},
    "img": {
        "src": lambda _tag, value: safe_image(value),
        "alt": _matching(_PLAIN),
        "title": _matching(_PLAIN),
        "loading": _one_of("lazy"),
    },
    "input": {
        "type": _one_of("checkbox"),
        "disabled": lambda _tag, _value: "",
        "checked": lambda _tag, _value: "",
    },
    "ol": {"start": _matching(_NUMBER)},
    "td": {"align": _one_of("left", "center", "right")},
    "th": {"align": _one_of("left", "center", "right"), "scope": _one_of("col", "row")},
    "li": {"id": _id},
    "sup": {"id": _id},
    **{tag: {"id": _id} for tag in ("h2", "h3", "h4", "h5", "h6")},
}
ATTRIBUTES = {tag: {**_EVERYWHERE, **_RULES.get(tag, {})} for tag in TAGS} | {
    tag: dict.fromkeys(formulas.ATTRIBUTES, _matching(_FORMULA))
    for tag in formulas.TAGS
}
ATTRIBUTES["math"]["alttext"] = _matching(_ALTTEXT)

# Set by nh3 whatever came in: an enabled or text input can never stand in a text.
ALWAYS = {
    **{tag: {"dir": "auto"} for tag in BLOCKS},
    "input": {"type": "checkbox", "disabled": ""},
    "img": {"loading": "lazy"},
}


def allowed_value(tag: str, attribute: str, value: str) -> str | None:
    """Return what may stand as this attribute, or None.

    Args:
        tag: element name, lower case.
        attribute: attribute name, lower case.
        value: what was found there.
    """
    rule = ATTRIBUTES.get(tag, {}).get(attribute)
    return rule(tag, value) if rule else None


def _for_bleach(tag: str, attribute: str, value: str) -> bool:
    return allowed_value(tag, attribute, value) is not None


class _Bleach(threading.local):
    """A cleaner for each thread: its parser keeps the text it is in the middle of, and
    two threads in one parser give one person's words to another."""

    def __init__(self):
        self.cleaner = Cleaner(
            tags=TAGS,
            attributes=_for_bleach,
            protocols=("http", "https", "mailto"),
            strip=True,
        )


_BLEACH = _Bleach()
_NH3 = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(rules) for tag, rules in ATTRIBUTES.items()},
    attribute_filter=allowed_value,
    set_tag_attribute_values=ALWAYS,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    # Their text is kept like everyone's, but as text (bleach has done so before).
    clean_content_tags=set(),
)


def sanitise(html: str) -> SafeString:
    """Keep of some HTML only what a text may hold. The last step, always.

    Args:
        html: HTML of any origin: from our renderer, from a difference, from people.

    Returns:
        HTML safe to send. Text of refused elements stays, as text.
    """
    # nh3 is written in Rust, where half a surrogate pair is no string.
    html = html.encode("utf-8", "replace").decode("utf-8")
    return mark_safe(_NH3.clean(_BLEACH.cleaner.clean(html)))  # noqa: S308  just cleaned, twice


# A page is saved again with most of its blocks as they were, and shown before in the
# preview. Some 2,000 blocks of a few hundred letters: about 2 MB in each process.
_block = lru_cache(maxsize=2048)(sanitise)


def sanitise_blocks(blocks: Iterable[str]) -> SafeString:
    """``sanitise`` for a text that comes in whole blocks, each cleaned by itself.

    What is cleaned is balanced, so nothing that stands in one block can reach into
    another; a block that was cleaned lately is not cleaned again.

    Args:
        blocks: the HTML of each block.

    Returns:
        HTML safe to send.
    """
    blocks = list(blocks)
    if len(blocks) > MOST_KEPT:
        return sanitise("".join(blocks))
    return SafeString(
        "".join(
            _block(block) if len(block) <= LONGEST_KEPT else sanitise(block)
            for block in blocks
        )
    )


def sanitised(stored: str) -> SafeString:
    """Take what ``sanitise`` gave, and a row has kept since, for safe again.

    Args:
        stored: a field that is written from ``sanitise`` alone (``body_html``).
    """
    return SafeString(stored)
