"""Teachers and staff from a file: who they are already, and what the file would change."""

from collections.abc import Iterable, Mapping
from itertools import chain, count

from django.utils.translation import gettext as _

from school import names
from school.forms.person import USER_NAME
from school.imports.plan import Asked, Field, Line, Plan, Question, Refused, Waiting
from school.imports.staff_rows import (
    COLUMNS,
    GENDER,
    LABELS,
    NAME,
    NIP,
    USER,
    Said,
    read_row,
    written,
)
from school.models import User
from school.sheets.cells import folded

NEW = "new"


def plan_of(asked: Asked) -> Plan:
    plan = Plan(asked.answers)
    _Staff(plan, [read_row(row, plan) for row in asked.rows]).compare()
    return plan


class _Staff:
    def __init__(self, plan: Plan, rows: list[Said]) -> None:
        self.plan = plan
        self.rows = rows
        people = list(User.objects.order_by("pk"))
        self.people = people
        self.by_nip = {each.nip: each for each in people if each.nip}
        self.by_user_name = {each.username.lower(): each for each in people}
        self.by_name: dict[str, list[User]] = {}
        for each in people:
            _spoken, plain = names.split_address(each.name)
            self.by_name.setdefault(folded(plain), []).append(each)
        self.guarded = set(User.objects.guarded().values_list("pk", flat=True))
        typed = {said.values[USER] for said in rows if USER in said.values}
        self.taken = {*self.by_user_name, *typed}
        """A name that is made from a person's name is none that another row has."""
        self.seen: dict[tuple[str, object], Said] = {}
        self.there: set[int] = set()

    def compare(self) -> None:
        for said in self.rows:
            try:
                self._take(said)
            except Refused as why:
                self.plan.refuse(said.row, said.who, why)
            except Waiting:
                continue
        for each in self.people:
            if each.is_active and each.pk not in self.there:
                self.plan.gone.append(Line(0, each.full_name, each.username))

    def _take(self, said: Said) -> None:
        if said.problems:
            raise Refused(" ".join(said.problems))
        person = self._meant(said)
        if person:
            self.there.add(person.pk)
        if self._is_repeated(said, person):
            self.plan.unchanged += 1
        elif person:
            self._compare(said, person)
        else:
            self._add(said)

    def _meant(self, said: Said) -> User | None:
        """Return the person of a row, None for a new one. Raises Refused or Waiting."""
        nip, user_name = said.values.get(NIP, ""), said.values.get(USER, "")
        first, second = self.by_nip.get(nip), self.by_user_name.get(user_name)
        if first and second and first != second:
            words = {"first": first.full_name, "second": second.full_name}
            text = _(
                "NIP belongs to %(first)s, the user name to %(second)s. Correct one of the two."
            )
            raise Refused(text % words)
        if first or second:
            return first or second
        alike = [
            each
            for each in self.by_name.get(folded(said.values[NAME]), ())
            if not (nip and each.nip and nip != each.nip)
        ]
        if not alike:
            return None
        if len(alike) == 1 and alike[0].honorific == said.values[GENDER]:
            return alike[0]
        return self._asked(said, alike)

    def _asked(self, said: Said, alike: Iterable[User]) -> User | None:
        text = _("Is “%(name)s” already among the staff?") % {"name": said.row[NAME]}
        known = [(str(each.pk), f"{each.full_name} ({each.username})") for each in alike]
        choices = (*known, (NEW, _("No, somebody else")))
        answer = self.plan.ask(
            Question(f"who-{said.row.number}", text, choices, row=said.row.number)
        )
        if not answer:
            raise Waiting
        return next((each for each in alike if str(each.pk) == answer), None)

    def _is_repeated(self, said: Said, person: User | None) -> bool:
        keys: list[tuple[str, object]] = [
            (name, said.values[name]) for name in (NIP, USER) if name in said.values
        ]
        if person:
            keys.append(("pk", person.pk))
        elif not keys:
            keys.append((NAME, folded(said.values[NAME])))
        earlier = next((self.seen[key] for key in keys if key in self.seen), None)
        if earlier and earlier.row.cells != said.row.cells:
            raise Refused(
                _("Row %(row)s is about the same person. Keep one of the two.")
                % {"row": earlier.row.number}
            )
        self.seen.update(dict.fromkeys(keys, said))
        return earlier is not None

    def _add(self, said: Said) -> None:
        """Note a new person, who can sign in once they have a first password."""
        person = User(must_change_password=True)
        person.set_unusable_password()
        said.values.setdefault(USER, self._free(said.values[NAME]))
        fields = self._fields(person, said.values)
        self._set(person, said.values)
        self.plan.create(person)
        self.plan.note(self._line(said, person, fields), is_new=True)

    def _compare(self, said: Said, person: User) -> None:
        changed = [
            each
            for each in self._fields(person, said.values)
            if not each.was or self.plan.replaces(each.name, LABELS[each.name])
        ]
        if person.pk in self.guarded and USER in {each.name for each in changed}:
            raise Refused(_("The user name of somebody who sees cases stays as it is."))
        if not person.is_active:
            self.plan.remark(_("Cannot sign in, and stays so."), said.row.number)
        self._set(person, {each.name: said.values[each.name] for each in changed})
        if changed:
            self.plan.update(person, *(each.name for each in changed))
        self.plan.note(self._line(said, person, changed), is_new=False)

    def _line(self, said: Said, person: User, changed: list[Field]) -> Line:
        note = " · ".join(filter(None, (person.username, person.nip)))
        return Line(said.row.number, person.full_name, note, tuple(changed), f"user {person.pk}")

    def _fields(self, person: User, values: Mapping[str, str]) -> list[Field]:
        """Return what the values change. Raises Refused for a user name that nobody can have."""
        new = values.get(USER, "")
        if new and new != person.username and not USER_NAME.fullmatch(new):
            said = _("User name “%(typed)s”: small letters, digits, dots; at least three signs.")
            raise Refused(said % {"typed": new})
        changed = [n for n in COLUMNS if n in values and getattr(person, n) != values[n]]
        return [
            Field(n, LABELS[n], written(n, getattr(person, n)), written(n, values[n]))
            for n in changed
        ]

    def _set(self, person: User, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            setattr(person, name, value)
        self.taken.add(person.username.lower())

    def _free(self, name: str) -> str:
        """Return a user name that follows from a name and that nobody has."""
        proposed = names.user_name(name)
        numbered = (f"{proposed}{n}" for n in count(2))
        return next(one for one in chain([proposed], numbered) if one not in self.taken)
