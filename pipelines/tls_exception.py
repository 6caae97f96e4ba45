"""A host whose certificate is believed although no authority vouches for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pydantic import BaseModel, ConfigDict, Field


class TlsException(BaseModel):
    """One host's exception, a line of the portal block: for cities that let a certificate run out, sign
    it themselves, or leave out an intermediate one. It holds for this very certificate only."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    host: str
    """The host in small letters, without ``www.``, with the port where one is written."""
    certificate_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """SHA-256 of the server's own certificate (DER), 64 hex digits in small letters."""
    reason: str = Field(min_length=1)
    """Why it is believed, and who looked at it."""
    expires: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    """The last day on which it counts, UTC, like ``2027-03-31``."""

    @property
    def last_day(self) -> date:
        """Raises ValueError where ``expires`` is no day of the calendar."""
        return date.fromisoformat(self.expires)

    def refuses(self, certificate_sha256: str, now: datetime) -> str | None:
        """Why a certificate is not believed, as a sentence; ``None`` where it is."""
        if now.astimezone(UTC).date() > self.last_day:
            return (
                f"the exception for the certificate of {self.host} ended on {self.expires}; look at the "
                "certificate, and write a later day or remove the exception in archive.json"
            )
        if certificate_sha256 != self.certificate_sha256:
            return (
                f"{self.host} shows another certificate (sha256 {certificate_sha256}) than the one that is "
                "excepted; look at it, and mend or remove the exception in archive.json"
            )
        return None

    def told(self) -> str:
        """What every report says of it."""
        return (
            f"TLS exception: {self.host} is believed by its certificate alone (sha256 "
            f"{self.certificate_sha256[:16]}…) until {self.expires}, because: {self.reason}"
        )
