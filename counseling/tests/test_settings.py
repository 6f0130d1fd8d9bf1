"""Headers that browsers get, and the defaults of a school's settings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.module_loading import import_string

from counseling import urls
from school.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def signed_in(client: Client) -> Client:
    teacher = User.objects.create_user("guru1", "sembilan belas kunci", name="Sri", honorific="IBU")
    client.force_login(teacher)
    return client


def in_a_fresh_process(setting: str, **env: str) -> str:
    """Return the value of a setting in a process that has only `env` in its environment."""
    code = f"from counseling import settings; print(settings.{setting})"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "s" * 60, **env},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DEBUG", "False"),
        ("SESSION_COOKIE_SECURE", "True"),
        ("CSRF_COOKIE_SECURE", "True"),
        ("LANGUAGE_COOKIE_SECURE", "True"),
        ("SECURE_SSL_REDIRECT", "True"),
        ("SECURE_HSTS_SECONDS", "31536000"),
        ("DATABASES['default']['ENGINE']", "django.db.backends.sqlite3"),
    ],
)
def test_a_set_up_that_says_nothing_is_safe(setting: str, value: str) -> None:
    assert in_a_fresh_process(setting) == value


@pytest.mark.parametrize("url", ["sqlite:////srv/sambang.sqlite3", "postgres://bk:x@db/sambang"])
def test_connections_last_on_both_databases(url: str) -> None:
    assert in_a_fresh_process("DATABASES['default']['CONN_MAX_AGE']", DATABASE_URL=url) == "600"


def test_pages_of_signed_in_people_are_kept_nowhere(signed_in: Client) -> None:
    assert "no-store" in signed_in.get(reverse("account_logout"))["Cache-Control"]


def test_nothing_inline_runs(client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert directives["img-src"] == "'self' data:"
    assert directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert "script-src" not in directives


def test_a_stranger_is_sent_to_the_sign_in_page_and_back(client: Client) -> None:
    response = client.get(reverse("home"))
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={reverse('home')}"


def test_a_form_without_its_token_is_told_what_to_do(signed_in: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    response = strict.post(reverse("account_logout"))
    assert response.status_code == 403
    assert response.templates[0].name == "errors/csrf.html"


@pytest.mark.parametrize(
    ("handler", "error", "status"),
    [
        (urls.handler400, (BadRequest(),), 400),
        (urls.handler403, (PermissionDenied(),), 403),
        (urls.handler429, (), 429),
        (urls.handler500, (), 500),
    ],
    ids=["400", "403", "429", "500"],
)
def test_each_error_has_a_page_of_ours(handler, error: tuple, status: int) -> None:
    request = RequestFactory().get("/")
    request.user = import_string("django.contrib.auth.models.AnonymousUser")()
    response = handler(request, *error)
    assert response.status_code == status
    assert b"<html" in response.content


def test_a_page_that_is_not_there_is_a_404_of_ours(signed_in: Client) -> None:
    response = signed_in.get("/tidak-ada/")
    assert response.status_code == 404
    assert response.templates[0].name == "errors/404.html"


def test_the_page_for_a_failed_server_asks_the_database_nothing(
    django_assert_num_queries,
) -> None:
    with django_assert_num_queries(0):
        urls.handler500(RequestFactory().get("/"))


def test_migrating_alone_makes_the_table_of_the_cache() -> None:
    assert settings.CACHES["default"]["LOCATION"] in connection.introspection.table_names()


@pytest.mark.sqlite
@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1)])
def test_sqlite_is_set_up_for_many_readers_and_one_writer(pragma: str, value) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def test_sqlite_syncs_each_commit_to_the_disk_in_a_school() -> None:
    assert "synchronous=FULL" in in_a_fresh_process("SQLITE_OPTIONS['init_command']")


@pytest.mark.parametrize("seed", range(3))
def test_a_command_without_a_key_says_what_to_do_and_nothing_else(
    seed: int, tmp_path: Path
) -> None:
    """The order of Django's own checks, which used to fail first at times, follows the seed."""
    (tmp_path / "counseling").mkdir()
    for name in ("manage.py", "counseling/settings.py"):
        shutil.copy(settings.BASE_DIR / name, tmp_path / name)
    result = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("SECRET_KEY is not set. Set it in the environment")
    assert result.stderr.count("\n") == 1
