"""Fenced code and formulas, cut out line by line before anything else reads the text.

Python-Markdown finds fences with one regular expression over the whole text, which
is quadratic for unclosed fences and knows none inside lists. Going through the lines
once is linear, and a fence keeps the indentation or quote marks before it.
"""

import re

# A fence may stand in a list or a quotation: its prefix is kept.
_OPENING = re.compile(
    r"^(?P<prefix>(?:[ \t]|>){0,40})(?P<fence>`{3,}|~{3,}|\${2}(?=[ \t]*$))[ \t]*"
    r"(?:\{?\.?(?P<language>[\w+#.-]{1,30})\}?)?(?P<rest>[^`~\n]{0,80})$"
)

# Private-use signs around the number of a cut-out block; people's own are removed
# before (limits.clean), so nobody can write one.
MARK_START, MARK_END = "\ue038", "\ue039"
MARK = re.compile(rf"^[ ]*{MARK_START}(\d+){MARK_END}[ ]*$")


def cut_fences(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Replace each fenced block by a one-line mark.

    Args:
        text: Markdown with "\\n" line ends.

    Returns:
        The text with marks, and the blocks as (language, code). A fence that is
        never closed is ordinary text, as its writer sees at once.
    """
    if not any(fence in text for fence in ("```", "~~~", "$$")):
        return text, []
    lines = text.split("\n")
    closings = _closings(lines)
    kept: list[str] = []
    blocks: list[tuple[str, str]] = []
    number = 0
    while number < len(lines):
        opening = _OPENING.match(lines[number])
        end = opening and _find_closing(closings, number, opening["fence"])
        if not end:
            kept.append(lines[number])
            number += 1
            continue
        prefix = opening["prefix"]
        code = "\n".join(_without(line, prefix) for line in lines[number + 1 : end])
        bare = prefix.rstrip()
        if not bare and 0 < len(prefix) < 4:
            # Two or three spaces are meant as "in this list item", which takes four.
            prefix = "    "
        kept += [bare, f"{prefix}{MARK_START}{len(blocks)}{MARK_END}", bare]
        is_formula = opening["fence"] == "$$"
        blocks.append(("math" if is_formula else opening["language"] or "", code))
        number = end + 1
    return "\n".join(kept), blocks


def without_code(text: str) -> str:
    """Return the text with its fenced blocks left out."""
    kept, _ = cut_fences(text.replace("\r\n", "\n"))
    return re.sub(rf"{MARK_START}\d+{MARK_END}", " ", kept)


def _closings(lines: list[str]) -> dict[tuple[str, int], list[int]]:
    """Map (sign, length) to the lines that could close such a fence, last first."""
    found: dict[tuple[str, int], list[int]] = {}
    for number, line in enumerate(lines):
        bare = line.strip("> \t")
        is_fence = len(bare) >= 3 and bare[0] in "`~" and not bare.strip(bare[0])
        if is_fence or bare == "$$":
            # Longer than any real fence: all count as one, which keeps the keys few.
            length = min(len(bare), 12)
            found.setdefault((bare[0], length), []).append(number)
    for numbers in found.values():
        numbers.reverse()
    return found


def _find_closing(closings, start: int, fence: str) -> int | None:
    """Return the first line after ``start`` that closes the fence."""
    best = None
    for length in range(min(len(fence), 12), 13):
        numbers = closings.get((fence[0], length), [])
        # Lines are visited in order, so what lies behind is never needed again.
        while numbers and numbers[-1] <= start:
            numbers.pop()
        if numbers and (best is None or numbers[-1] < best):
            best = numbers[-1]
    return best


def _without(line: str, prefix: str) -> str:
    """Take the fence's own indentation and quote marks off a line of code."""
    if line.startswith(prefix):
        return line[len(prefix) :]
    position = 0
    for sign in prefix:
        if position < len(line) and line[position] == sign:
            position += 1
        elif sign == ">":
            break
    return line[position:]
