#!/usr/bin/env python3
"""Runs Sambang's commands, such as `migrate`, `demo` and `semester_report`."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "counseling.settings")
    try:
        settings.is_overridden("SECRET_KEY")  # reads the settings
    except ImproperlyConfigured as error:
        # Django would go on without settings and fail later for another reason.
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
