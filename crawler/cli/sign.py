"""``citynews sign``: a signature of the archivist's over all that was committed."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.cli.opening import open_word
from crawler.cli.options import every_verb, signing_key
from crawler.cli.outcome import Outcome
from pipelines.archive import Archive
from pipelines.errors import UsageError


@click.command("sign")
@click.argument("word", metavar="PORTAL")
@signing_key
@every_verb
def command(word: str, sign_key: Path | None, output: Path, as_json: bool) -> Outcome:
    """Sign PORTAL's newest manifest, and with it all commits before.

    The key is any that ssh-keygen -Y sign takes: a private key, or the public half of one
    that an agent holds. Keep the public half where nobody who writes the archive can change it.

    \b
    citynews sign city.example --sign-key ~/.ssh/id_ed25519
    """
    if sign_key is None:
        raise UsageError("give the key with --sign-key, or in CITYNEWS_SIGN_KEY")
    return sign_archive(open_word(word, output), sign_key)


def sign_archive(archive: Archive, key: Path) -> Outcome:
    """Sign an archive's newest manifest and say so."""
    from pipelines.manifest.signature import sign_newest, signature_path

    signed = sign_newest(archive, key)
    if signed is None:
        raise UsageError("nothing was committed yet; run crawl on this portal first", place=str(archive.root))
    stored, fresh = signed
    path = signature_path(stored)
    told = "signed" if fresh else "was signed before"
    return Outcome(
        summary={
            "portal": archive.portal.slug,
            "manifest": stored.path.name,
            "manifest_sha256": stored.sha256,
            "signature": str(path),
            "fresh": fresh,
            "exit_code": 0,
        },
        lines=(
            f"{archive.portal.slug}: manifest {stored.path.name} {told}",
            f"  sha256 {stored.sha256}",
            f"  in {path}",
        ),
    )
