"""A browser whose person has confirmed that it is they who sit there."""

import time
from typing import Any

from django.test import Client
from django.urls import reverse

from workflow.tests.browser_free import signed_in

PASSWORD = "sembilan belas kunci"
ASKS = reverse("account_reauthenticate")


def with_password(user: Any) -> Any:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def confirm(client: Client, password: str = PASSWORD) -> Any:
    return client.post(ASKS, {"password": password})


def confirmed(user: Any) -> Client:
    """Return a browser in which `user` has just confirmed, without the time that a hash takes."""
    client = signed_in(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
