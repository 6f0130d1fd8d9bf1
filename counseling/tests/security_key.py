"""A security key in software, for tests of signing in by a passkey."""

import json
import secrets
from hashlib import sha256

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from school.models import User

HOST = "testserver"
Flag = AuthenticatorData.FLAG


class SecurityKey:
    """A key that is set up for a person, and signs for whoever touches it."""

    def __init__(self, owner: User) -> None:
        self.owner, self.id = owner, secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        kept = AttestationObject.create("none", self._says(Flag.UP | Flag.AT, bytes(made)), {})
        credential = self._sent("create", secrets.token_bytes(16), attestationObject=bytes(kept))
        data = {"name": "Kunci", "credential": credential}
        Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data=data)

    def answer(self, browser: Client, *, checks_owner: bool) -> str:
        """Return what the browser sends for its challenge; a PIN or finger `checks_owner`."""
        challenge = browser.session[STATE_SESSION_KEY]["challenge"]
        says = self._says(Flag.UP | Flag.UV if checks_owner else Flag.UP)
        client_data = _client_data("get", challenge)
        signed = self.key.sign(bytes(says) + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        handle = user_pk_to_url_str(self.owner).encode()
        sent = self._sent(
            "get", challenge, authenticatorData=bytes(says), signature=signed, userHandle=handle
        )
        return json.dumps(sent)

    def _says(self, flags: AuthenticatorData.FLAG, made: bytes = b"") -> AuthenticatorData:
        return AuthenticatorData.create(sha256(HOST.encode()).digest(), flags, 1, made)

    def _sent(self, what: str, challenge: str | bytes, **response: bytes) -> dict[str, object]:
        ident = websafe_encode(self.id)
        response["clientDataJSON"] = _client_data(what, challenge)
        return {
            "id": ident,
            "rawId": ident,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {name: websafe_encode(value) for name, value in response.items()},
        }


def _client_data(what: str, challenge: str | bytes) -> bytes:
    if isinstance(challenge, bytes):
        challenge = websafe_encode(challenge)
    said = {"type": f"webauthn.{what}", "challenge": challenge, "origin": f"https://{HOST}"}
    return json.dumps(said).encode()
