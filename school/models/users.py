from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from school import names
from school.models.dated import Dated, DatedQuerySet, ends_after_start
from school.models.history import kept_history
from school.roles import GUARDED, OFFICES, Role, office_choices
from school.ties import NOBODY, Ties, ties_on
from workflow import clock
from workflow.versions import Versioned


class Honorific(models.TextChoices):
    BAPAK = "BAPAK", _("Mr")
    IBU = "IBU", _("Ms")


HONORIFICS = {names.PAK: Honorific.BAPAK, names.BU: Honorific.IBU}
CALLED = ("name", "honorific", "goes_by")
"""The columns from which `User.called` follows, for queries that load no others."""
PRINTED = ("title_before", "title_after", *CALLED)
"""Those from which `User.full_name` follows too."""


def address_of(honorific: str) -> str:
    return names.BU if honorific == Honorific.IBU else names.PAK


def called(name: str, honorific: str, goes_by: str) -> str:
    """Return `User.called` from its columns: "Bu Retno"."""
    return goes_by or names.called(address_of(honorific), name)


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, username: str, password: str | None = None, **fields: str | bool
    ) -> "User":
        """Return a person who can sign in, without any office."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def holding(self, office: Role) -> models.QuerySet["User"]:
        """Return the active persons who hold `office` today."""
        holdings = OfficeHolding.objects.today().filter(office=office.code)
        return self.filter(is_active=True, pk__in=holdings.values("user"))

    def holding_guarded(self) -> models.QuerySet["User"]:
        """Return the persons who hold a guarded office today or later, disabled ones too."""
        offices = [office.code for office in GUARDED]
        holdings = OfficeHolding.objects.from_today().filter(office__in=offices)
        return self.filter(pk__in=holdings.values("user"))

    def guarded(self) -> models.QuerySet["User"]:
        """Return who holds or ever held a guarded office, and for whom one is asked.

        Whoever was a counselor still reads the reports of the home visits that they made.
        """
        offices = [office.code for office in GUARDED]
        held = Q(pk__in=OfficeHolding.objects.filter(office__in=offices).values("user"))
        asked = Q(office_requests__what="OFFICE", office_requests__status="ASKED")
        return self.filter(pk__in=self.filter(asked).values("pk")) | self.filter(held)

    def who_held(self, offices: Iterable[Role], first: date, last: date) -> models.QuerySet["User"]:
        """Return who held one of the offices on a day of a span, disabled ones too."""
        held = OfficeHolding.objects.between(first, last)
        of_offices = held.filter(office__in=[office.code for office in offices])
        return self.filter(pk__in=of_offices.values("user"))

    def who_signs(self, office: Role, *, on: date | None = None) -> "User | None":
        """Return who took `office` up last of those who hold it on a day, today by default."""
        last = OfficeHolding.objects.who_signs(office, on=on)
        return last.user if last else None


class User(AbstractBaseUser, Versioned):
    username = models.CharField(_("user name"), max_length=60, unique=True)
    title_before = models.CharField(_("title before the name"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=120)
    title_after = models.CharField(_("title after the name"), max_length=60, blank=True)
    honorific = models.CharField(max_length=5, choices=Honorific.choices)
    goes_by = models.CharField(_("form of address"), max_length=40, blank=True)
    """How others call the person, e.g. "Bu Retno"; empty for what follows from the name."""
    nip = models.CharField("NIP", max_length=18, blank=True)
    grade_rank = models.CharField(_("rank"), max_length=60, blank=True)
    position = models.CharField(_("position"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    is_active = models.BooleanField(_("can sign in"), default=True)
    must_change_password = models.BooleanField(default=False)
    """Whether somebody else made the password; until it is changed it opens nothing else."""
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    """Sessions hold only while it stays the same."""

    objects = UserManager()
    history = kept_history(
        but=["password", "last_login", "session_epoch", "language", "must_change_password"]
    )
    _ties = NOBODY
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def ties(self) -> Ties:
        """Return the offices and assignments that the person holds today.

        They are read once for each user object and day, so once a request. Code that changes an
        assignment or an office and goes on with the same object must call `forget_ties`.
        """
        if not self.is_active:
            return NOBODY
        if self._ties.day != clock.today():
            self._ties = ties_on(clock.today(), self.pk)
        return self._ties

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must hold; it changes with password and epoch."""
        said = f"{self.password} {self.session_epoch}"
        return salted_hmac("school.session", said, secret=secret, algorithm="sha256").hexdigest()

    def forget_ties(self) -> None:
        self._ties = NOBODY

    @property
    def office_names(self) -> list[str]:
        """Return the names of the offices held today."""
        held = self.ties.offices
        return [str(office.label) for code, office in OFFICES.items() if code in held]

    @property
    def full_name(self) -> str:
        """Return the name as papers print it: "Dra. Hj. Sri Wahyuni, M.Pd."."""
        return names.with_titles(self.title_before, self.name, self.title_after)

    @property
    def called(self) -> str:
        """Return the name as colleagues say it and screens show it: "Bu Retno", "Pak Agus"."""
        return called(self.name, self.honorific, self.goes_by)

    @property
    def usually_called(self) -> str:
        """Return the form of address that follows from the name."""
        return called(self.name, self.honorific, "")

    @property
    def vault_key(self) -> str:
        """Return the key with which browsers keep what this person typed (static/js/vault.js)."""
        key = salted_hmac("school.vault", str(self.pk), algorithm="sha256").digest()
        return b64encode(key).decode()

    @property
    def initials(self) -> str:
        return names.initials(self.name)

    @property
    def nip_written(self) -> str:
        """Return the NIP as printed, "19860926 201505 1 001"; "-" if there is none."""
        n = self.nip
        return f"{n[:8]} {n[8:14]} {n[14]} {n[15:]}" if len(n) == 18 else "-"  # noqa: PLR2004

    @property
    def title_line(self) -> str:
        """Return the person's position, or else the first office."""
        if self.position:
            return self.position
        return next(iter(self.office_names), gettext("Teacher"))


class Acting(models.TextChoices):
    """For whom an office is held in somebody's place; papers print the abbreviation."""

    PLT = "Plt.", _("acting, the office is vacant (Plt.)")
    PLH = "Plh.", _("acting, the holder is away (Plh.)")


class OfficeHoldingQuerySet(DatedQuerySet["OfficeHolding"]):
    def who_signs(self, office: Role, *, on: date | None = None) -> "OfficeHolding | None":
        """Return the holding of who took `office` up last of those who hold it on a day.

        Today only active persons sign. A paper of a past day keeps its signer; of a day before
        anybody's first one it is who signs today.
        """
        held = self.filter(office=office.code).select_related("user").order_by("starts_on", "pk")
        signed = held.on(on).last() if on and on < clock.today() else None
        return signed or held.today().filter(user__is_active=True).last()


class OfficeHolding(Dated):
    """A person's office, from a day to a day. Whoever acts for the principal holds it too."""

    user = models.ForeignKey(User, models.CASCADE, related_name="office_holdings")
    office = models.CharField(max_length=20, choices=office_choices)
    acting = models.CharField(_("acting"), max_length=4, choices=Acting.choices, blank=True)
    also_teaches = models.BooleanField(default=False)
    """Whether an operator's lessons and classes give them rights (`school.ties`)."""

    objects = OfficeHoldingQuerySet.as_manager()
    history = kept_history()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "office"], condition=Q(ends_on=None), name="one_open_office"
            ),
            ends_after_start("office_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.office}"

    @property
    def title(self) -> str:
        """Return the office as people say it: "Guru BK", "Plt. Kepala Sekolah"."""
        return f"{self.acting} {OFFICES[self.office].label}".strip()
