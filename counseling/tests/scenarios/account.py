"""What a person signs in with, and a second device on which they are signed in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from counseling.sessions import SessionStore, kept_as
from school.models import User

CREDENTIAL = {
    "type": "public-key",
    "id": "ztlYMZs0M-iBUZqsnhw9bgUvKtAoEOZOLZpJH8D-xYs",
    "rawId": "ztlYMZs0M-iBUZqsnhw9bgUvKtAoEOZOLZpJH8D-xYs",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiNUZLS0psdDdnaE1s"
        "VVU0TE13Z3BSeWUxRXZCVTJWS1JkQUJIckhmVjlPdyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODEwMS"
        "IsImNyb3NzT3JpZ2luIjpmYWxzZX0",
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krr"
        "mihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIM7ZWDGbNDPogVGarJ4cPW4FLyrQKBDmTi2aSR_A"
        "_sWLpQECAyYgASFYID6e89qE_tMTYyZ0ogWj_Sx0V2OmwsBt22E7VNJRF9yfIlggif-hnhCBdWFC0ECvZemhFW"
        "I4lXLbr1xmevNq_8266Ac",
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
}
"""What a browser once answered for a new passkey."""


def second_factor(user: User) -> Authenticator:
    """Give a person a code app, backup codes and a passkey, and return the passkey."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    data = {"name": "HP saya", "credential": CREDENTIAL}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def other_device(user: User) -> UserSession:
    """Sign a person in on a phone, beside where a test signs them in."""
    session: Any = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    agent = "Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0.0.0 Mobile Safari/537.36"
    return UserSession.objects.create(
        user=user, session_key=kept_as(session.session_key), ip="127.0.0.1", user_agent=agent
    )
