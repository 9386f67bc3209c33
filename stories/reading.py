"""How long a story takes."""

WORDS_A_MINUTE = 220


def reading_minutes(plain):
    """Minutes a practised reader needs, at least one.

    Args:
        plain: the story without markup.
    """
    return max(1, round(len(plain.split()) / WORDS_A_MINUTE))
