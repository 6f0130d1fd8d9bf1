import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from school.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def teacher() -> User:
    return User.objects.create_user("guru1", "sembilan belas kunci", name="Sri", honorific="IBU")


def language_seen(client: Client, **headers) -> str:
    return client.get(reverse("account_logout"), follow=True, **headers)["Content-Language"]


def choose(client: Client, language: str, **data):
    return client.post(reverse("set_language"), {"language": language, **data})


def test_an_english_browser_is_answered_in_indonesian(client: Client) -> None:
    assert language_seen(client, HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9") == "id"


def test_a_guest_s_choice_stays_in_a_cookie(client: Client) -> None:
    choose(client, "en")
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert language_seen(client) == "en"


def test_a_person_s_choice_follows_them_to_another_device(client: Client, teacher: User) -> None:
    client.force_login(teacher)
    choose(client, "en")
    elsewhere = Client()
    elsewhere.force_login(teacher)
    assert language_seen(elsewhere) == "en"


def test_a_person_s_choice_outweighs_the_cookie(client: Client, teacher: User) -> None:
    choose(client, "en")
    User.objects.filter(pk=teacher.pk).update(language="id")
    client.force_login(teacher)
    assert language_seen(client) == "id"


@pytest.mark.parametrize("language", ["", "fr", "id; DROP TABLE", "x" * 5000])
def test_an_unknown_language_changes_nothing(client: Client, teacher: User, language: str) -> None:
    client.force_login(teacher)
    assert choose(client, language).status_code == 302
    teacher.refresh_from_db()
    assert teacher.language == ""


@pytest.mark.parametrize(
    ("page", "goes_to"),
    [
        ("/masuk/", "/masuk/"),
        ("https://example.com/", "/"),
        ("//example.com/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_it_goes_back_to_pages_of_ours_only(client: Client, page: str, goes_to: str) -> None:
    assert choose(client, "en", next=page).url == goes_to


def test_it_takes_a_post(client: Client) -> None:
    assert client.get(reverse("set_language")).status_code == 405
