"""A mypy plugin: `request.user` is a User, since LoginRequiredMiddleware refuses all others.

Code that also runs for people who are not signed in must ask `is_authenticated` first.
"""

from collections.abc import Callable

from mypy.plugin import AttributeContext, Plugin
from mypy.types import Instance, Type, UnionType, get_proper_type

REQUEST_USER = "django.http.request.HttpRequest.user"
ANONYMOUS = "django.contrib.auth.models.AnonymousUser"


class RequestUserPlugin(Plugin):
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return _known if fullname == REQUEST_USER else None


def _known(context: AttributeContext) -> Type:
    """Return the type of the attribute without AnonymousUser."""
    declared = get_proper_type(context.default_attr_type)
    if not isinstance(declared, UnionType):
        return declared
    return UnionType.make_union([item for item in declared.items if not _is_anonymous(item)])


def _is_anonymous(item: Type) -> bool:
    kind = get_proper_type(item)
    return isinstance(kind, Instance) and kind.type.fullname == ANONYMOUS


def plugin(version: str) -> type[Plugin]:
    return RequestUserPlugin
