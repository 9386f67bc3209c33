from django import template

from markup import rendering

register = template.Library()


@register.filter
def excerpt(text: str | None, words: int = 40) -> str:
    """Return the beginning of a text, cut at a word: ``{{ story.plain|excerpt:40 }}``.

    Args:
        text: Markdown or plain text; None gives nothing.
        words: how many words to keep.
    """
    return rendering.excerpt(text or "", words=words)
