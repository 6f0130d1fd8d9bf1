"""What is encrypted can be read with a key of the environment alone."""

import pytest
from cryptography.fernet import InvalidToken

from workflow.encryption import decrypt, encrypt, reencrypt

WORDS = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def keys(settings):
    def use(*keys: str) -> None:
        settings.ENCRYPTION_KEYS = list(keys)

    use("first")
    return use


def test_what_was_encrypted_is_read_again_and_looks_different_each_time(keys):
    one, other = encrypt(WORDS, purpose="codes"), encrypt(WORDS, purpose="codes")
    assert decrypt(one, purpose="codes") == decrypt(other, purpose="codes") == WORDS
    assert one != other
    assert WORDS not in one


@pytest.mark.parametrize("purpose", ["codes", "notes"])
@pytest.mark.parametrize("key", ["first", "second"])
def test_another_key_or_purpose_reads_nothing(keys, purpose, key):
    token = encrypt(WORDS, purpose="codes")
    keys(key)
    if (purpose, key) == ("codes", "first"):
        assert decrypt(token, purpose=purpose) == WORDS
        return
    with pytest.raises(InvalidToken):
        decrypt(token, purpose=purpose)


def test_a_key_is_replaced_in_three_steps(keys):
    token = encrypt(WORDS, purpose="codes")
    keys("second", "first")
    assert decrypt(token, purpose="codes") == WORDS
    token = reencrypt(token, purpose="codes")
    keys("second")
    assert decrypt(token, purpose="codes") == WORDS
