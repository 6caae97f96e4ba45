"""Certificates that nobody vouches for: refused, unless the portal block names the very one."""

from __future__ import annotations

import hashlib
import json
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import trustme

from crawler.capture.failures import TlsFailed
from crawler.portal import Request, resolve
from pipelines.archive import Portal, create
from pipelines.errors import ConfigurationError
from pipelines.manifest import read_chain
from pipelines.tls_exception import TlsException
from pipelines.urls import host
from tests.crawling import crawl
from tests.rawserver import plain, serving
from tests.test_connections import facts, tls_server
from tests.test_run import SITE, page
from tests.test_run import crawl as run

DAY = timedelta(days=1)
HTML = b"Content-Type: text/html; charset=utf-8"


def contexts(authority: trustme.CA) -> dict[str, ssl.SSLContext]:
    """Servers as cities have them, each with what is wrong with it."""
    long_over = datetime.now(UTC) - 2 * DAY
    lone = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued = authority.create_child_ca().issue_cert("127.0.0.1")
    issued.private_key_pem.write_to_path("key.pem")
    issued.cert_chain_pems[0].write_to_path("leaf.pem")  # without the one that issued it
    lone.load_cert_chain("leaf.pem", "key.pem")
    return {
        "self-signed": tls_server(trustme.CA(), "127.0.0.1"),
        "wrong host": tls_server(authority, "other.example"),
        "expired": tls_server(authority, "127.0.0.1", not_before=long_over, not_after=long_over + DAY),
        "missing intermediate": lone,
    }


def excepted(port: int, *, sha256: str | None = None, days: int = 1) -> TlsException:
    """An exception for what the server at ``port`` shows, until ``days`` after the day it is now."""
    served = ssl.get_server_certificate(("127.0.0.1", port))
    return TlsException(
        host=f"127.0.0.1:{port}",
        certificate_sha256=sha256 or hashlib.sha256(ssl.PEM_cert_to_DER_cert(served)).hexdigest(),
        reason="the city renews it in spring",
        expires=f"{datetime.now(UTC) + days * DAY:%Y-%m-%d}",
    )


@pytest.mark.parametrize("wrong", ["self-signed", "wrong host", "expired", "missing intermediate"])
def test_only_the_certificate_that_is_named_is_believed(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    authority = trustme.CA()
    authority.cert_pem.write_to_path("ca.pem")
    with serving(contexts(authority)[wrong]) as server:
        url = server.on("/", [plain(b"here")])
        exceptions = {
            "none": (),
            "another host's": (excepted(server.port).model_copy(update={"host": "127.0.0.1"}),),
            "another certificate": (excepted(server.port, sha256="0" * 64),),
            "over": (excepted(server.port, days=-1),),
        }
        for name, given in exceptions.items():
            done = crawl(tmp_path / name, [[url]], CITYNEWS_CA_FILE="ca.pem", CITYNEWS_TLS_EXCEPTIONS=given)
            assert isinstance(done.failure(url), TlsFailed), name
            said = facts(done.exchanges(url)[0])
            assert said["error"] == "tls"
            if name in ("another certificate", "over"):
                assert "archive.json" in said["detail"]
        assert not server.log, "nothing was sent to a host that is not believed"
        given = (excepted(server.port),)
        done = crawl(tmp_path / "named", [[url]], CITYNEWS_CA_FILE="ca.pem", CITYNEWS_TLS_EXCEPTIONS=given)
    assert [r.body for r in done.responses] == [b"here"]
    said = facts(done.exchanges(url)[0])
    assert (said["tlsVerified"], said["tlsPinned"]) == ("false", "true")
    assert said["tlsCertificateSha256"] == given[0].certificate_sha256


def test_the_last_day_counts_to_its_end_in_utc() -> None:
    exception = TlsException(
        host="city.example", certificate_sha256="0" * 64, reason="known", expires="2027-02-28"
    )
    midnight = datetime(2027, 3, 1, tzinfo=UTC)
    in_hai_phong = (midnight - timedelta(microseconds=1)).astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert in_hai_phong.date() == midnight.date(), "there it is the next day"
    assert exception.refuses("0" * 64, in_hai_phong) is None
    assert "ended on 2027-02-28" in str(exception.refuses("0" * 64, midnight))


def test_an_exception_stands_in_every_report_and_manifest_and_ends(tmp_path: Path) -> None:
    with serving(tls_server(trustme.CA(), "127.0.0.1")) as server:
        seed = server.on("/", [plain(page("/mot.html").body, HTML)])
        server.on("/mot.html", [plain(SITE["/mot.html"].body, HTML)])
        assert "cannot be trusted" in str(run(seed, tmp_path / "plain").reason)
        exception = excepted(server.port)
        portal = Portal(slug="city", seed=seed, scope=(host(seed),), delay_ms=0, tls_exceptions=(exception,))
        archive = create(tmp_path, portal, now=datetime.now(UTC))
        summary = run("city", tmp_path)
        assert summary.exit_code == 0 and summary.articles == 1
        assert summary.notes == (exception.told(),) and exception.reason in exception.told()
        report = json.loads((archive.runs / summary.run / "run.json").read_bytes())
        assert report["notes"] == [exception.told()]
        assert read_chain(archive)[-1].manifest.portal.tls_exceptions == (exception,)
        over = exception.model_copy(update={"expires": "2020-01-01"})
        archive.with_portal(portal.model_copy(update={"tls_exceptions": (over,)}))
        later = run("city", tmp_path)
    assert later.exit_code == 5 and "ended on 2020-01-01" in str(later.reason) and later.articles == 1


def test_a_line_that_means_nothing_is_told_with_its_place(tmp_path: Path) -> None:
    good = {
        "host": "city.example",
        "certificate_sha256": "0" * 64,
        "reason": "known",
        "expires": "2027-02-28",
    }
    portal = Portal(
        slug="city.example", seed="https://city.example/", scope=("city.example",), contact="a@b.c"
    )
    archive = create(tmp_path, portal, now=datetime.now(UTC))
    path = archive.root / "archive.json"
    value = json.loads(path.read_bytes())
    for change in (
        {"expires": "2027-02-30"}, {"expires": "soon"}, {"host": "https://www.City.example/"},
        {"certificate_sha256": "AB"}, {"reason": ""}, {"issuer": "x"},
    ):  # fmt: skip
        value["portal"]["tls_exceptions"] = [good | change]
        path.write_text(json.dumps(value))
        (field,) = change
        with pytest.raises(ConfigurationError, match=f"portal.tls_exceptions.0.{field}"):
            resolve(Request(word="city.example", output=tmp_path))
    value["portal"]["tls_exceptions"] = [good]
    path.write_text(json.dumps(value))
    assert resolve(Request(word="city.example", output=tmp_path)).portal.tls_exceptions
