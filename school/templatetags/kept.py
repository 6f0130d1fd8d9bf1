"""{% kept key … %} … {% endkept %}: a part of a page that is the same for all who read a language.

Django's {% cache %} asks a cache, which takes as long as drawing a menu; what depends on the code
and the keys alone can stay beside the template until the process ends.
"""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
MOST = 500
"""So many drawings of a part are kept; then the part begins again."""


@register.tag
def kept(parser: Parser, token: Token) -> "Kept":
    """Draw what is inside once for each language and each value of the keys.

    It may say nothing that follows from anything else, and nothing about a person.
    """
    _name, *keys = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(inside, [parser.compile_filter(key) for key in keys])


class Kept(template.Node):
    def __init__(self, nodelist: NodeList, keys: list[FilterExpression]) -> None:
        self.nodelist, self.keys = nodelist, keys
        self.drawn: dict[tuple[str | None, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        key = get_language(), *[str(key.resolve(context)) for key in self.keys]
        if (drawn := self.drawn.get(key)) is None:
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            drawn = self.drawn[key] = self.nodelist.render(context)
        return drawn
