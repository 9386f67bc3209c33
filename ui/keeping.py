"""Parts of a page that are drawn once; the tag is ``{% kept %}``."""

from django.template import Node
from django.utils.translation import get_language


class KeptNode(Node):
    """Draws its body once for each language and each set of its values."""

    MOST = 200

    def __init__(self, values, nodelist):
        self.values = values
        self.nodelist = nodelist
        self.kept = {}

    def render(self, context):
        values = {name: given.resolve(context) for name, given in self.values.items()}
        key = (get_language(), *values.values())
        drawn = self.kept.get(key)
        if drawn is None:
            if len(self.kept) >= self.MOST:
                self.kept.clear()
            # The body sees its values and nothing else, so it cannot hang on more.
            drawn = self.kept[key] = self.nodelist.render(context.new(values))
        return drawn
