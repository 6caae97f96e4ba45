"""The logical digest of a table: which rows it holds, whatever file, order or Parquet writer they are in.

Each row gives a number: its line (canonical JSON of the month and all columns by name, values as
in ``row_sha256``) through SHAKE-128, 512 bytes, big-endian. The digest is the SHA-256 of the sum of
these numbers modulo 2**4096, again as 512 bytes. A row can so be taken out of a table or put into it
without reading the others, and the digest is that of a table that never was another one.

This is the incremental hash of Bellare and Micciancio (AdHash, 1997). Its modulus is as wide as it is
because of the generalised birthday attack, which costs 2**(2 * sqrt(bits)): here 2**128.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.rows import plain
from pipelines.text import canonical_json, sha256_hex

BYTES = 512
_MODULUS = 1 << (8 * BYTES)

Numbered = tuple[str, Mapping[str, Any]]
"""A row as it counts: its month, and its columns by name."""


def row_number(month: str, row: Mapping[str, Any]) -> int:
    """The number of one row."""
    line = canonical_json({"archived_month": month} | {k: plain(v) for k, v in row.items()})
    return int.from_bytes(hashlib.shake_128(line).digest(BYTES), "big")


def sum_of_rows(rows: Iterable[Numbered]) -> int:
    """The sum over some rows."""
    return sum(row_number(month, row) for month, row in rows) % _MODULUS


def changed_sum(total: int, *, out: Iterable[Numbered] = (), into: Iterable[Numbered] = ()) -> int:
    """The sum of a table after some rows were taken out of it and others put in."""
    return (total - sum_of_rows(out) + sum_of_rows(into)) % _MODULUS


def digest_of_sum(total: int) -> str:
    """The logical digest, in hexadecimal."""
    return sha256_hex(total.to_bytes(BYTES, "big"))


def logical_digest(rows: Iterable[Numbered]) -> str:
    """The logical digest of a table, given all its rows in any order."""
    return digest_of_sum(sum_of_rows(rows))
