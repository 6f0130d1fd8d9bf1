"""What the table of access is made of: people, pages, and who may open which."""

from dataclasses import dataclass, field

from counseling.tests.scenarios.access import ANONYMOUS, DISABLED, PEOPLE

GET, POST = "GET", "POST"
BOTH = (GET, POST)
ALLOW, DENY, UNSEEN, LOGIN, METHOD = "allow", "403", "404", "login", "405"
LIST = "list"

Who = frozenset[str]


def those(words: str = "") -> Who:
    people = frozenset(words.split())
    assert people <= set(PEOPLE), people
    return people


SIGNED_IN = frozenset(PEOPLE) - {ANONYMOUS, DISABLED}


@dataclass(frozen=True)
class Grant:
    """The people who may open an object, and those who see that it exists but are refused."""

    may: Who
    refused: Who = frozenset()


Grants = dict[str, Grant]


@dataclass(frozen=True)
class Page:
    """The grants of a URL name. `kind` names the ids in the scenario that make its address."""

    kind: str
    grants: Grants
    methods: tuple[str, ...] = BOTH
    logged: str = ""
    """The kind of the entry that a request leaves in the access log; empty for none."""
    many: bool = False
    """Whether it is a list: its entry in the access log has no id."""
    post: Grants = field(default_factory=dict)
    """Grants of a POST if they differ from those of a GET."""
    is_open: bool = False
    """Whether everybody may open it, signed in or not."""
    by_key: bool = False
    """Whether only a key in the query opens it, so that nobody, whoever it is, finds it by name."""

    def expected(self, variant: str, person: str, method: str) -> str:
        if self.is_open:
            return ALLOW if method in self.methods else METHOD
        if self.by_key:
            return UNSEEN if method in self.methods else METHOD
        if person in {ANONYMOUS, DISABLED}:
            return LOGIN
        if method not in self.methods:
            return METHOD
        grant = (self.post if method == POST and self.post else self.grants)[variant]
        if person in grant.may:
            return ALLOW
        return DENY if person in grant.refused else UNSEEN


def seen_by(**variants: str) -> dict[str, Who]:
    return {variant: those(words) for variant, words in variants.items()}


def allow(seen: dict[str, Who], may: dict[str, Who] | None = None) -> Grants:
    """Grant it to all who see it, or only to those in `may` and refuse the others who see it."""
    if may is None:
        return {variant: Grant(people) for variant, people in seen.items()}
    assert all(may.get(variant, Who()) <= seen[variant] for variant in seen)
    return {
        variant: Grant(may.get(variant, Who()), people - may.get(variant, Who()))
        for variant, people in seen.items()
    }


def without(seen: dict[str, Who], *variants: str) -> dict[str, Who]:
    return {variant: who for variant, who in seen.items() if variant not in variants}


def page(may: str, *, refused: Who = SIGNED_IN) -> Grants:
    """Grant a list or a report to `may`; those in `refused` get 403, all others 404."""
    people = SIGNED_IN if may == "everyone" else those(may)
    return {LIST: Grant(people, refused - people)}


def act(kind: str, grants: Grants, logged: str = "") -> Page:
    """Return a page for an act that is done by a POST at once and has no page to GET."""
    return Page(kind, grants, methods=(POST,), logged=logged)


def shown(kind: str, grants: Grants, logged: str) -> Page:
    return Page(kind, grants, methods=(GET,), logged=logged)


def listing(may: str, logged: str, refused: Who = SIGNED_IN) -> Page:
    return Page("", page(may, refused=refused), methods=(GET,), logged=logged, many=True)


OPEN = {LIST: Grant(SIGNED_IN)}
