"""Verification from outside: who signed the manifests, and whether a digest kept elsewhere is theirs.

The chain alone proves that nothing was changed by accident. Whoever can write in the archive can write all of
it anew; only a key or a digest that he cannot reach tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.archive import Archive
from pipelines.counted import counted
from pipelines.errors import UsageError
from pipelines.manifest import Stored
from pipelines.manifest.signature import ENDING, NoProgram, check_signature, read_keys, signature_path
from pipelines.verify.findings import Finding

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What comes from outside the archive."""

    pubkey: Path | None = None
    """A file of public keys whose signatures are believed."""
    anchor: str | None = None
    """The digest of a manifest, kept elsewhere: 64 hex digits."""


@dataclass(slots=True)
class Trust:
    """What signatures and anchor say."""

    findings: list[Finding] = field(default_factory=list)
    proved: list[str] = field(default_factory=list)
    """Sentences on what they prove."""
    not_checked: list[str] = field(default_factory=list)
    """Sentences on what nobody asked for, and what it leaves open."""
    unverifiable: list[str] = field(default_factory=list)
    """Sentences on what was asked for and could not be checked."""


def check_trust(archive: Archive, chain: tuple[Stored, ...], outside: Outside) -> Trust:
    """Check the manifests against what comes from outside.

    Raises:
        UsageError: the file of keys holds none, or the anchor is no digest.
    """
    trust = Trust()
    _check_anchor(chain, outside.anchor, trust)
    try:
        _check_signatures(archive, chain, outside.pubkey, trust)
    except NoProgram as error:
        trust.unverifiable.append(f"SIGNATURES NOT CHECKED: {error}")
    trust.findings += _strays(archive, chain)
    return trust


def _check_anchor(chain: tuple[Stored, ...], anchor: str | None, trust: Trust) -> None:
    if anchor is None:
        trust.not_checked.append("NOT ANCHORED: no digest kept elsewhere was compared with the manifests")
        return
    wanted = anchor.strip().lower().removeprefix("sha256:")
    if not _DIGEST.fullmatch(wanted):
        raise UsageError(f"--anchor takes a manifest's digest, 64 hex digits, and not {anchor!r}")
    held = next((s for s in chain if s.sha256 == wanted), None)
    if held is None:
        newest = chain[-1].sha256 if chain else "no manifest at all"
        trust.findings.append(
            Finding(code="manifest.anchor", path="manifests", expected=wanted, found=newest)
        )
        return
    sequence, last = held.manifest.sequence, chain[-1].manifest.sequence
    trust.proved.append(f"ANCHORED: {_up_to(sequence)} what they were when the digest was kept")
    if sequence < last:
        trust.not_checked.append(f"NOT ANCHORED: {_span(sequence + 1, last)} came after that digest")


def _check_signatures(archive: Archive, chain: tuple[Stored, ...], pubkey: Path | None, trust: Trust) -> None:
    signed = [s for s in chain if signature_path(s).is_file()]
    if pubkey is not None and not pubkey.is_file():
        trust.unverifiable.append(f"SIGNATURES NOT CHECKED: the key is missing [{pubkey}]")
        pubkey = None
    elif pubkey is None and not signed:
        trust.not_checked.append(
            "NOT SIGNED: the manifests carry no signature; whoever can write here can rewrite all of it"
        )
    elif pubkey is None:
        count = counted(len(signed), "manifest is", "manifests are")
        trust.unverifiable.append(
            f"SIGNATURES NOT CHECKED: {count} signed; give the public key with --pubkey"
        )
    signers = read_keys(pubkey) if pubkey else None
    keys = {s.manifest.sequence: key for s in signed if (key := _key_of(archive, s, signers, trust))}
    if signers is not None:
        _say_signed(chain, keys, trust)


def _key_of(archive: Archive, stored: Stored, signers: bytes | None, trust: Trust) -> str | None:
    """The key that made a good signature; a bad one is a finding."""
    checked = check_signature(stored, signers)
    if checked.fault is not None:
        path = signature_path(stored).relative_to(archive.root).as_posix()
        expected = "a signature by the given key" if signers else "a signature of this manifest"
        trust.findings.append(
            Finding(code="manifest.signature", path=path, expected=expected, found=checked.fault)
        )
    return checked.key


def _say_signed(chain: tuple[Stored, ...], keys: dict[int, str], trust: Trust) -> None:
    """A good signature covers all manifests before its own."""
    newest, last = max(keys, default=0), chain[-1].manifest.sequence if chain else 0
    if newest:
        trust.proved.append(f"SIGNED: {_up_to(newest)} signed with {keys[newest]}")
    if newest < last or not chain:
        unsigned = _span(newest + 1, last)
        trust.unverifiable.append(f"NOT SIGNED: no signature by the given key covers {unsigned}")


def _strays(archive: Archive, chain: tuple[Stored, ...]) -> Iterator[Finding]:
    """Signatures of manifests that are not there: something was taken away."""
    known = {signature_path(s).name for s in chain} | {
        p.name + ENDING for p in archive.manifests.glob("*.json")
    }
    for path in sorted(archive.manifests.glob(f"*{ENDING}")):
        if path.name not in known:
            where = path.relative_to(archive.root).as_posix()
            yield Finding(code="manifest.signature", path=where, expected="the manifest that it signs")


def _up_to(sequence: int) -> str:
    return "manifest 1 is" if sequence == 1 else f"manifests 1 to {sequence} are"


def _span(first: int, last: int) -> str:
    return f"manifest {first}" if first >= last else f"manifests {first} to {last}"
