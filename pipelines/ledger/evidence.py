"""Which sealed files are evidence of which run, and in which order the runs came."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive import Archive
from pipelines.importing.origins import Taken, declared, names_itself
from pipelines.warc.framing import WarcName, parse_name


def sealed_runs(archive: Archive) -> dict[str, list[Path]]:
    """The sealed files of each run, in commit order: by manifest, then by start.
    (Where a clock stepped back, the order of the manifests is the right one.) Only files of
    this portal under the name they were written under, or that a run says it imported; what else
    lies there is no evidence."""
    named: list[tuple[WarcName, Path]] = []
    imports: dict[str, dict[str, Taken]] = {}
    for path in archive.warc.glob("*/*.warc.gz"):
        name = parse_name(path.name)
        if name is not None and _is_evidence(archive, path, name, imports):
            named.append((name, path))
    places, last = _places(archive), (1 << 62, 0)
    named.sort(key=lambda item: (places.get(item[0].run_id, last), item[0].run_id, item[0].number))
    runs: dict[str, list[Path]] = {}
    for name, path in named:
        runs.setdefault(name.run_id, []).append(path)
    return runs


def _is_evidence(
    archive: Archive, path: Path, name: WarcName, imports: dict[str, dict[str, Taken]]
) -> bool:
    if name.slug != archive.portal.slug or path != archive.root / name.filename:
        return False
    if names_itself(path):
        return True
    if name.run_id not in imports:
        imports[name.run_id] = declared(archive, name.run_id)
    taken = imports[name.run_id].get(name.filename)
    return taken is not None and taken.bytes == path.stat().st_size


def started_of(run_id: str) -> datetime:
    """When a run began, by its name."""
    return datetime.strptime(run_id[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _places(archive: Archive) -> dict[str, tuple[int, int]]:
    """For each run the sequence of the manifest that names its first file, and the file's place there. The
    files of a killed run are named by the manifest of the run after it, before that one's own."""
    found: dict[str, tuple[int, int]] = {}
    for path in sorted(archive.manifests.glob("*-*.json")):
        number, _, run_id = path.stem.partition("-")
        if not number.isdigit():
            continue
        try:
            files = [file["path"].rpartition("/")[2] for file in json.loads(path.read_bytes())["files"]]
            runs = [name.run_id for name in map(parse_name, files) if name]
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            runs = [run_id]  # no manifest any more, as verify says; its name still tells
        for place, run in enumerate(runs):
            found.setdefault(run, (int(number), place))
    return found
