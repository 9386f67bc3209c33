"""The parser: Python-Markdown with our blocks, our inline marks and a budget."""

import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.util import AtomicString, code_escape

from markup.fences import MARK
from markup.formulas import formula
from markup.inlines import (
    FENCE,
    FOOTNOTE,
    FootnoteMark,
    Formula,
    register_inlines,
)
from markup.limits import Budget


class SpacedHash(HashHeaderProcessor):
    """A heading needs a space: a line starting with ``#tag`` is talk, no title."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>[^\n]*?)(?:[ \t]+#+)?[ \t]*(?:\n|$)"
    )


class Fence(BlockProcessor):
    """Puts a cut-out block of code back (fences.py)."""

    def test(self, parent, block):
        """Say whether this block is the mark of one."""
        return bool(MARK.match(block))

    def run(self, parent, blocks):
        """Make ``<pre><code>``; a number nobody made leaves the block alone."""
        number = int(MARK.match(blocks[0])[1])
        cut = self.parser.md.fences
        if number >= len(cut):
            return False
        blocks.pop(0)
        language, code = cut[number]
        if language and language.lower() == "math":
            self.parser.md.budget.spend(Formula.COST)
            drawn = formula(code, is_block=True)
            if drawn is not None:
                etree.SubElement(parent, "p").append(drawn)
                return None
        element = etree.SubElement(etree.SubElement(parent, FENCE), "code")
        if language:
            element.set("class", f"language-{language.lower()}")
        element.text = AtomicString(code_escape(code) + "\n")
        return True


class Footnotes(FootnoteExtension):
    """Footnotes whose ids are numbers: no text chooses an id."""

    def __init__(self):
        super().__init__(SEPARATOR="-")

    def extendMarkdown(self, md):  # noqa: N802  Python-Markdown's name
        """Register, with our bounded mark in place of the original."""
        super().extendMarkdown(md)
        md.inlinePatterns.deregister("footnote")
        # After code and escapes, before "[[": it has brackets too.
        md.inlinePatterns.register(FootnoteMark(FOOTNOTE, md, self), "footnote", 198.5)
        md.postprocessors.deregister("footnote")

    def number(self, name: str) -> int:
        """Return a footnote's place among the definitions, from 1."""
        return list(self.footnotes).index(name) + 1

    def makeFootnoteId(self, id):  # noqa: N802, A002  Python-Markdown's names
        """Return the id of a note."""
        return f"fn-{self.number(id)}"

    def makeFootnoteRefId(self, id, found=False):  # noqa: N802, A002
        """Return the id of a place that refers to a note."""
        return self.unique_ref(f"fnref-{self.number(id)}", found)


def build_parser(profile: str) -> Markdown:
    """Make a parser for one profile. Not for two threads at once.

    Args:
        profile: ``message``, ``page`` or ``story``.
    """
    is_message = profile == "message"
    md = Markdown(output_format="html")
    md.fences, md.nofollow, md.budget = [], True, Budget()
    # Raw HTML is text like any other.
    md.preprocessors.deregister("html_block")
    md.treeprocessors.deregister("prettify")
    register_inlines(md, breaks=is_message)
    extensions = [
        TableExtension(use_align_attribute=True),
        SaneListExtension(),
        DefListExtension(),
        AbbrExtension(),
        AdmonitionExtension(),
    ]
    if not is_message:
        # Several messages share a page, so their notes would share ids.
        extensions.append(Footnotes())
    md.registerExtensions(extensions, {})
    md.parser.blockprocessors.register(SpacedHash(md.parser), "hashheader", 70)
    md.parser.blockprocessors.register(Fence(md.parser), "fence", 85)
    md.parser.parseBlocks = _counted_blocks(md)
    return md


def _counted_blocks(md: Markdown):
    """Return ``parseBlocks`` that counts: every processor searches the whole block."""
    parser = md.parser

    def parse_blocks(parent, blocks):
        while blocks:
            md.budget.spend(200 + len(blocks[0]))
            for processor in parser.blockprocessors:
                if (
                    processor.test(parent, blocks[0])
                    and processor.run(parent, blocks) is not False
                ):
                    break

    return parse_blocks
