"""Formulas: LaTeX as people type it, MathML Core as browsers draw it without a script
(https://www.w3.org/TR/mathml-core/).

    $$ \\frac{alive}{planted} $$      a formula in a line of its own
    $`n = 12`$                       in the middle of a sentence
"""

from defusedxml import ElementTree as DefusedTree
from latex2mathml.converter import convert
from markdown.util import AtomicString

# Elements of MathML Core that a formula is made of; ``sanitising`` lets no other pass.
TAGS = frozenset({
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom",
    "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable",
    "mtd", "mtext", "mtr", "munder", "munderover",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "accent", "accentunder", "columnalign", "columnlines", "display", "displaystyle",
    "fence", "form", "height", "linethickness", "lspace", "mathvariant", "maxsize",
    "minsize", "movablelimits", "notation", "rowlines", "rspace", "scriptlevel",
    "separator", "stretchy", "symmetric", "voffset", "width",
})  # fmt: skip
# One text has room for some hundred signs of honest formulas.
MOST_LETTERS = 1_000
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


def formula(source, *, is_block):
    """Draw a formula.

    Args:
        source: LaTeX.
        is_block: on a line of its own.

    Returns:
        a ``math`` element, or None for what cannot be read: it stays as it was typed.
    """
    source = source.strip()
    if not source or len(source) > MOST_LETTERS:
        return None
    try:
        drawn = convert(source, display="block" if is_block else "inline")
        root = DefusedTree.fromstring(drawn)
    except Exception:  # noqa: BLE001  whatever a library says of what people typed
        return None
    for element in root.iter():
        element.tag = element.tag.removeprefix(_NAMESPACE)
        kept = {name: value for name, value in element.items() if name in ATTRIBUTES}
        element.attrib.clear()
        element.attrib.update(kept)
        # Nothing in it is markup.
        element.text = AtomicString(element.text) if element.text else None
        element.tail = None
    root.set("alttext", source)
    return root
