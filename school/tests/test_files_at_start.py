"""A server starts also where the database or the folder of photos does not answer."""

import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings

from school.private_files import PrivateFiles


@pytest.mark.parametrize("url", ["postgres://nobody@127.0.0.1:9/none", "sqlite:////proc/none.db"])
def test_a_worker_starts_without_its_database_and_says_so(url: str, tmp_path) -> None:
    (tmp_path / "photos").mkdir()
    left = tmp_path / "photos" / "left.webp"
    left.write_bytes(b"a photo")
    environment = os.environ | {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(tmp_path),
        "SECRET_KEY": "a key of a test that is long enough, a key of a test that is long enough",
        "DJANGO_SETTINGS_MODULE": "counseling.settings",
        "SECURE": "0",
    }
    started = subprocess.run(
        [sys.executable, "-c", "from counseling.wsgi import application; print(application)"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "WSGIHandler" in started.stdout, started.stderr[-500:]
    assert "photos were not swept" in started.stderr
    assert left.exists()


def test_a_folder_that_cannot_be_read_is_left_to_the_next_start(settings, tmp_path, caplog) -> None:
    def known(names):
        raise PermissionError("photos")

    settings.MEDIA_ROOT = tmp_path
    with caplog.at_level(logging.ERROR):
        PrivateFiles("photos", known).sweep_at_start()
    assert "photos were not swept" in caplog.text
