"""Assets as a school serves them: collected, named by their content, compressed."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client, override_settings

from counseling import settings as app
from counseling.tests.crawl import pages_of
from school.tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

MANIFEST = {"staticfiles": {"BACKEND": "counseling.static_files.StaticFilesStorage"}}


def test_every_page_finds_its_assets_in_the_manifest(tmp_path: Path, every_state: Cast) -> None:
    with override_settings(
        STATIC_ROOT=tmp_path,
        STORAGES=app.STORAGES | MANIFEST,
        # With these, templates are read again, and draw again what they keep.
        TEMPLATES=app.TEMPLATES,
    ):
        call_command("collectstatic", "--no-input", verbosity=0)
        for user in (
            every_state.guru,
            every_state.wali,
            every_state.bk,
            every_state.principal,
        ):
            for page in pages_of(user, enough=1, more={}):
                for asset in page.markup.assets:
                    stored = tmp_path / asset.removeprefix("/static/")
                    assert stored.exists(), (page.url, asset)
        for address in ("/sw.js", "/offline/", "/masuk/"):
            response: Any = Client().get(address)
            assert response.status_code == 200, address
        assert staticfiles_storage.url("css/sambang.css") != "/static/css/sambang.css"
