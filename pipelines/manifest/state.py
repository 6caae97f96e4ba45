"""What the manifests of an archive say together: its files, what was taken out of them, its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipelines.manifest.chain import Stored
from pipelines.manifest.contents import Manifest, WarcFile
from pipelines.manifest.removed import Loss, Redaction
from pipelines.tables import TableFacts
from pipelines.urls import url_key


def files_of(chain: Iterable[Stored], *, up_to: int | None = None) -> tuple[WarcFile, ...]:
    """The WARC files that manifests name, in commit order, each with the digest that it has now.

    Args:
        chain: the manifests.
        up_to: the last sequence whose files count; all by default. What was redacted later counts even so.
    """
    manifests = [s.manifest for s in chain]
    files = tuple(f for m in manifests if up_to is None or m.sequence <= up_to for f in m.files)
    for manifest in manifests:
        if manifest.redactions:
            now = {r.path: r.after for r in manifest.redactions}
            files = tuple(f.model_copy(update={"sha256": now.get(f.path, f.sha256)}) for f in files)
        files = with_losses(files, manifest.losses or ())
    return files


def with_losses(files: tuple[WarcFile, ...], losses: Sequence[Loss]) -> tuple[WarcFile, ...]:
    """Files as they are once something of them is acknowledged as lost; those that are gone are left out."""
    lost = {loss.path: loss for loss in losses}
    left = (f for f in files if f.path not in lost or lost[f.path].after)
    return tuple(
        f.model_copy(update={"sha256": loss.after, "bytes": loss.bytes, "records": loss.records})
        if (loss := lost.get(f.path))
        else f
        for f in left
    )


def losses_of(chain: Iterable[Stored]) -> tuple[tuple[Stored, Loss], ...]:
    """Everything that was acknowledged as lost, oldest first, each with the manifest that says so."""
    return tuple((s, loss) for s in chain for loss in s.manifest.losses or ())


def redactions_of(chain: Iterable[Stored]) -> tuple[tuple[Stored, Redaction], ...]:
    """Everything that was taken out, oldest first, each with the manifest that says so."""
    return tuple((s, r) for s in chain for r in s.manifest.redactions or ())


def retracted_keys(chain: Iterable[Stored]) -> frozenset[str]:
    """URL keys of the addresses that are not asked again."""
    return frozenset(url_key(url) for s in chain for url in s.manifest.retracted or ())


def tables_of(chain: tuple[Stored, ...]) -> Mapping[str, TableFacts]:
    """The tables as the newest manifest says they are."""
    return chain[-1].manifest.tables if chain else {}


def reading_of(chain: tuple[Stored, ...]) -> Manifest | None:
    """The manifest of the commit that read the tables in place; ``None`` where there are none."""
    stored = stored_reading_of(chain)
    return stored.manifest if stored else None


def stored_reading_of(chain: tuple[Stored, ...]) -> Stored | None:
    """The same, with its digest."""
    sequence = chain[-1].manifest.tables_sequence if chain else 0
    return next((s for s in chain if s.manifest.sequence == sequence), None)
