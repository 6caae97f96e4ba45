"""Signatures over manifests, made and checked by the stock ``ssh-keygen`` of OpenSSH.

``<manifest>.json.sig`` beside a manifest signs its bytes in the form ``SSHSIG`` (OpenSSH's
PROTOCOL.sshsig), for :data:`NAMESPACE`. Each manifest holds the digest of the one before, so a
signature covers all commits up to its own; only the newest manifest is ever signed. The key may be
any that ``ssh-keygen -Y sign`` takes: a private key file, or the public half of a key that an agent holds.
"""

from __future__ import annotations

import base64
import binascii
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipelines.archive import Archive, write_durably
from pipelines.errors import ChainError, ConfigurationError, UsageError
from pipelines.manifest import Stored, read_chain

NAMESPACE = "citynews-manifest"
"""What a signature is for: one that was made for another use of the same key is none of ours."""
SIGNER = "archivist"
"""The name under which a key stands in the list of signers that ``ssh-keygen -Y verify`` wants."""
ENDING = ".sig"

_PROGRAM = "ssh-keygen"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"
_WIDTH = 70
"""Characters in a line of the armour, as OpenSSH writes it."""
_KEY = re.compile(r"(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+ [A-Za-z0-9+/=]{40,}(?: .*)?")
_NAMED = re.compile(r'(?:Good "[^"]*" signature.*|Good signature) with (\S+ key \S+)')


class NoProgram(ConfigurationError):
    """``ssh-keygen`` is not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What became of checking one signature."""

    key: str | None = None
    """Kind and fingerprint of the key that made it, as OpenSSH prints it; ``None`` where it is bad."""
    fault: str | None = None
    """Why it is bad."""


def signature_path(stored: Stored) -> Path:
    """Where the signature of a manifest lies, if it has one."""
    return stored.path.with_name(stored.path.name + ENDING)


def sign_newest(archive: Archive, key: Path) -> tuple[Stored, bool] | None:
    """Sign the newest manifest, and with it all before.

    Args:
        archive: the archive; its lock need not be held, since no other file is touched.
        key: a private key, or the public half of a key that the agent at ``SSH_AUTH_SOCK`` holds.

    Returns:
        The manifest, and whether it was signed now (else it was before); ``None`` where
        nothing was committed yet.

    Raises:
        ChainError: the manifests do not form a chain, or the newest has a bad signature; nothing was signed.
        ConfigurationError: the key does not sign, the newest manifest is signed with another one, or there
            is no ``ssh-keygen``; nothing was signed.
    """
    chain = read_chain(archive)
    if not chain:
        return None
    path = signature_path(chain[-1])
    made = make_signature(chain[-1].path.read_bytes(), key)
    if path.is_file():
        _refuse_other(chain[-1], made)
        return chain[-1], False
    write_durably(path, made, mode=0o444)
    return chain[-1], True


def _refuse_other(stored: Stored, made: bytes) -> None:
    """Raise unless the signature beside a manifest is good, and by the key that made another one."""
    path = signature_path(stored)
    there = check_signature(stored)
    if there.fault:
        raise ChainError(
            f"what lies beside the newest manifest is no signature of it ({there.fault}); find out who wrote "
            "it, remove it and sign again",
            place=str(path),
        )
    if _public_key(path.read_bytes()) != _public_key(made):
        raise ConfigurationError(
            f"the newest manifest is signed already, with {there.key}, which is not the given key, and has "
            "one signature only; sign the next commit with the new key, or, where the old one is not to be "
            "believed any more, remove this signature and sign again",
            place=str(path),
        )


def _public_key(armoured: bytes) -> bytes:
    """The public key in a good signature (PROTOCOL.sshsig: a preamble of six bytes and a version of four,
    then the key after its length)."""
    held = base64.b64decode(b"".join(armoured.splitlines()[1:-1]))
    length = int.from_bytes(held[10:14], "big")
    return held[14 : 14 + length]


def make_signature(data: bytes, key: Path) -> bytes:
    """The armoured signature of ``data`` by a key.

    Raises:
        ConfigurationError: the key does not sign, or there is no ``ssh-keygen``.
    """
    done = _run("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key), data=data)
    if done.returncode or not done.stdout.startswith(_BEGIN):
        why = _told(done) if key.exists() else "there is no such file"  # OpenSSH speaks of a public key then
        raise ConfigurationError(
            f"the key does not sign: {why}; give a private key without passphrase, or a public "
            "one whose private half an agent holds",
            place=str(key),
        )
    return done.stdout


def read_keys(path: Path) -> bytes:
    """Public keys, one a line as in ``id_ed25519.pub``, as the list of signers that OpenSSH wants.

    Raises:
        UsageError: the file holds something else.
    """
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"no public key can be read here: {error}", place=str(path)) from error
    keys = [line for line in lines if line and not line.startswith("#")]
    if not keys or not all(map(_KEY.fullmatch, keys)) or _run("-l", "-f", str(path), data=b"").returncode:
        raise UsageError(
            "this is no public key in the form of OpenSSH (ssh-ed25519 AAAA…); give the .pub file",
            place=str(path),
        )
    return "".join(f'{SIGNER} namespaces="{NAMESPACE}" {key}\n' for key in keys).encode()


def check_signature(stored: Stored, signers: bytes | None = None) -> Signature:
    """Check the signature that lies beside a manifest.

    Args:
        stored: the manifest.
        signers: whose keys are believed, as :func:`read_keys` gives them. Without them it is only
            said which key made the signature.

    Raises:
        NoProgram: there is no ``ssh-keygen``.
    """
    path = signature_path(stored)
    armoured = path.read_bytes()
    if not _is_canonical(armoured):
        return Signature(fault="no signature as OpenSSH writes it")
    data = stored.path.read_bytes()
    if signers is None:
        done = _run("-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(path), data=data)
    else:
        with tempfile.NamedTemporaryFile(prefix="citynews-signers-") as file:
            file.write(signers)
            file.flush()
            words = ("-Y", "verify", "-f", file.name, "-I", SIGNER, "-n", NAMESPACE, "-s", str(path))
            done = _run(*words, data=data)
    named = _NAMED.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode or named is None:
        return Signature(fault=_told(done))
    return Signature(key=named[1])


def _is_canonical(armoured: bytes) -> bool:
    """Whether the armour is the one that OpenSSH writes for what it holds: so each changed byte shows."""
    if not (armoured.startswith(_BEGIN) and armoured.endswith(_END)):
        return False
    body = armoured.removeprefix(_BEGIN).removesuffix(_END)
    try:
        held = base64.b64decode(body.replace(b"\n", b""), validate=True)
    except binascii.Error:
        return False
    text = base64.b64encode(held)
    lines = [text[start : start + _WIDTH] for start in range(0, len(text), _WIDTH)]
    return body == b"".join(line + b"\n" for line in lines)


def _run(*words: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run((_PROGRAM, *words), input=data, capture_output=True, check=False)
    except OSError as error:
        raise NoProgram(
            f"{_PROGRAM} cannot be started ({error.strerror}); install OpenSSH's client programs"
        ) from error


def _told(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip().rstrip(".\r") if lines else f"{_PROGRAM} ended with {done.returncode}"
