"""Texts made to keep a parser busy, each filled up to a page's cap."""

import random

from markup.limits import PAGE_CAP


def _fill(piece: str) -> str:
    return (piece * (PAGE_CAP // len(piece) + 1))[:PAGE_CAP]


_PIECES = [
    "[",
    "[[",
    "]",
    "![",
    "[a](",
    "[a](b",
    "[a][",
    "[a]: b\n",
    "[^",
    "[^a]",
    "[^1]: x\n",
    "[^1]: x\n\n",
    "(",
    "<",
    "<http://",
    "<a@b.c",
    "http://",
    "http://a.b/(",
    "https://x.y ",
    "*",
    "**",
    "***",
    "*a* ",
    "**a** ",
    "***a** b* ",
    "*a **b ",
    "_",
    "__",
    "_a_ ",
    "__a_ ",
    "`",
    "``",
    "`a` ",
    "```",
    "```\n",
    "```a\n",
    "~~~\n",
    "~",
    "~~",
    "~~a~~ ",
    "> ",
    ">",
    "> a\n",
    ">\n",
    "- ",
    "- a\n",
    "* a\n\n",
    "1. ",
    "1. a\n",
    "    - a\n",
    "+ a\n    + b\n",
    "# a\n",
    "#a ",
    "# ",
    "#",
    "a\n===\n",
    "---\n",
    "***\n",
    "* * *\n",
    "|",
    "|a",
    "|a|\n",
    "a | b\n--|--\n",
    "| a | b |\n|---|---|\n| c | d |\n\n",
    ": a\n",
    "a\n: b\n\n",
    ":   ",
    "!!! note\n",
    "!!! note\n    a\n",
    '!!! a "',
    "*[A]: b\n",
    "*[",
    "@",
    "@a ",
    "@[",
    "@[a] ",
    "[[a]] ",
    "[[a|",
    "[[a|b]] ",
    "&",
    "&amp;",
    "&#",
    "\\",
    "\\*",
    "\t",
    " ",
    "\n",
    "a\n",
    "a\n\n",
    "  \n",
    "a  \n",
    "<b>",
    "</",
    "<!--",
    "<br>",
    "\x02",
    "\x03",
    "\x02klzzwxh:0000\x03",
    "\x0242\x03",
    "\ue000",
    "\ud800",
    "\u200b",
    "\u202e",
    "٪",
    "é",
    "🌾",
    "中",
    "a" * 200 + " ",
    "[a](http://b.c) ",
    "![a](/b) ",
    "![a](http://b) ",
    "- [ ] a\n",
    "- [x] ",
    "```\n```\n",
    "    a\n",
    "        ",
    "-",
    "- - - a\n",
    "> - > - ",
    "1) ",
    "\r",
    "\r\n",
    "a|",
    "^",
    "=",
    "$",
    "%",
    "{",
    "{#a}",
    "a_b",
    "[x][y]\n\n[y]: /z\n\n",
    "[a]: <",
    '[a]: b "',
    "[" + "a" * 50,
    "*[A]: b\n\nA A A A ",
    "<a href='",
    "[a](<",
    '[a](b "',
    "\\[",
    "\\`",
    "a\n\n    b\n\n",
    "* a\n\n    b\n\n",
    "1. a\n\n   ```\n",
    "> ```\n",
    "``` `\n",
    "///Footnotes Go Here///\n\n",
    "﷽",
    "a\u0301",
    "\u0301",
    "#\u0301",
    "##a",
    "-\n",
    "|-",
    ":-",
    ":-|",
]

HOSTILE = {repr(piece): _fill(piece) for piece in _PIECES}
HOSTILE["deep quote"] = ">" * 59_000 + "a"
HOSTILE["deep list"] = "\n".join("    " * level + "- a" for level in range(170))[
    :PAGE_CAP
]
HOSTILE["stairs"] = "\n".join(" " * level + "- a" for level in range(340))[:PAGE_CAP]
HOSTILE["quote stairs"] = "\n\n".join("> " * level + "a" for level in range(240))[
    :PAGE_CAP
]
HOSTILE["half brackets"] = "[" * 30_000 + "]" * 30_000
HOSTILE["half stars"] = "*" * 30_000 + "a" + "*" * 29_999
HOSTILE["half quotes"] = ("*" + "a" * 99) * 300 + ("a" * 99 + "**") * 290
HOSTILE["ticks rising"] = " ".join("`" * size for size in range(1, 345))[:PAGE_CAP]
HOSTILE["wide table"] = "a|" * 500 + "\n" + "-|" * 500 + "\n" + ("b|" * 500 + "\n") * 57
HOSTILE["tall table"] = "a|b\n-|-\n" + "c|d\n" * 14_000
HOSTILE["many notes"] = (
    "".join(f"[^{n}] " for n in range(4_000)) + "\n\n[^1]: x\n" * 2_000
)
HOSTILE["one note"] = "[^1] " * 10_000 + "\n\n[^1]: x\n"
HOSTILE["abbreviations"] = (
    "".join(f"*[A{n}]: b\n" for n in range(600)) + "A1 A2 A3 " * 5_000
)[:PAGE_CAP]
HOSTILE["definitions"] = "".join(f"[{n}]: /a\n" for n in range(4_000))[:PAGE_CAP]
_random = random.Random(20261123)
for _number in range(12):
    HOSTILE[f"mixture {_number}"] = "".join(
        _random.choice(_PIECES) for _ in range(60_000)
    )[:PAGE_CAP]
