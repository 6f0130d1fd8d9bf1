import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "counseling.settings")

application = get_wsgi_application()

# What a process that was killed has left behind. Its models can be imported only now.
from homevisits.models import PHOTO_FILES  # noqa: E402

PHOTO_FILES.sweep_at_start()
