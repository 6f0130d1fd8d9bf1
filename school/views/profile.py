"""The operator's pages for the school itself: profile, letterhead with logos, letter numbers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from school.forms.profile import (
    LETTERHEAD,
    LetterheadForm,
    LetterNumbersForm,
    LogoForm,
    ProfileForm,
)
from school.logo_image import CONTENT_TYPE
from school.models import Logo, SchoolProfile, User
from school.versioned import VersionedForm
from school.views.for_operator import for_operator
from school.views.record_parts import Link
from school.views.single import Single
from school.workflow.profile import change_profile, set_logo
from workflow.bodies import takes_files
from workflow.errors import NotNow
from workflow.submits import Answer, done, refused
from workflow.versions import Versioned
from workflow.views import say_done

A_YEAR = 365 * 24 * 3600
LONGEST_LINE = 200


class OfSchool(Single):
    """A page for a part of the school's profile."""

    def record(self, **_address: int) -> SchoolProfile:
        return SchoolProfile.current()

    def about(self, record: SchoolProfile) -> str:
        return record.name

    def change(self, record: SchoolProfile, form: VersionedForm, by: User) -> Versioned:
        return change_profile(form.values, by=by, read_at=form.read_at)


class ProfilePage(OfSchool):
    path = "sekolah/profil/"
    name = "profile"
    title = gettext_lazy("School profile")
    form = ProfileForm

    def links(self, record: SchoolProfile) -> list[Link]:
        return [
            Link(gettext_lazy("Letterhead"), reverse("school:letterhead"), "file-earmark-text"),
            Link(gettext_lazy("Letter numbers"), reverse("school:letter_numbers"), "list-check"),
        ]


class LetterheadPage(OfSchool):
    path = "sekolah/kop/"
    name = "letterhead"
    title = gettext_lazy("Letterhead")
    form = LetterheadForm
    template = "school/letterhead.html"

    def context(self, record: SchoolProfile, form: VersionedForm) -> dict[str, object]:
        """Return the letterhead as it is typed, and the two places for a logo."""
        logos = (
            ("kiri", _("Logo on the left"), record.left_logo_id),
            ("kanan", _("Logo on the right"), record.right_logo_id),
        )
        assert isinstance(form, LetterheadForm)
        return {"school": form.instance, "logos": logos, "shown": LETTERHEAD}


class LetterNumbersPage(OfSchool):
    path = "sekolah/nomor-surat/"
    name = "letter_numbers"
    title = gettext_lazy("Letter numbers")
    form = LetterNumbersForm
    template = "school/letter_numbers.html"


@for_operator("GET")
def letterhead_preview(request: HttpRequest) -> HttpResponse:
    """Show the letterhead with what is typed."""
    school = SchoolProfile.current()
    for name in LETTERHEAD:
        if name in request.GET:
            setattr(school, name, request.GET[name][:LONGEST_LINE])
    return render(request, "components/letterhead.html", {"school": school})


@takes_files
@for_operator("POST")
def change_logo(request: HttpRequest) -> Answer:
    """Print the picture of a file on one side of the letterhead, or none."""
    form = LogoForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            set_logo(form.cleaned_data["side"], form.cleaned_data["file"], by=request.user)
            say_done(request, _("Saved."))
            return done(reverse("school:letterhead"))
        why = str(next(iter(form.errors.values()))[0])
    except NotNow as refusal:
        why = str(refusal)
    messages.error(request, why)
    return refused(LetterheadPage().shown(request))


@require_safe
def logo(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a logo, to whoever is signed in."""
    picture = get_object_or_404(Logo, pk=pk).picture
    return HttpResponse(
        bytes(picture),
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": f"private, max-age={A_YEAR}, immutable"},
    )
