"""All that was new in one digest's window: where "and 12 more" leads.

A letter shows what fits and counts the rest. Here its reader finds every item of that
window and of no other moment, chosen by the same rule, with the right to see asked now.
"""

from digests.collect import collect
from digests.personalise import Selection, learn, news_of


def whole(issue):
    """Find all that was news to a digest's reader.

    Args:
        issue: an ``Issue``, its membership with the person and the space loaded.

    Returns:
        (section → list of ``Entry``, best first; section → how many lie beyond what is
        ever fetched), without the sections where nothing is.
    """
    membership = issue.membership
    # In memory only: as it stood when the letter was written.
    membership.since_last_delivered = issue.since
    pairs = [(membership, issue.until)]
    collected = collect(pairs)
    personal = learn(pairs, collected.items)
    news = news_of(membership, issue.until, collected, personal)
    if news is None:
        return {}, {}
    entries = {
        section: sorted(news.fresh[section], key=lambda entry: entry.rank)
        for section in Selection.ORDER
        if news.fresh.get(section)
    }
    return entries, {key: number for key, number in news.beyond.items() if number}
