"""Why a host gave no answer, in words, with what to do about it."""

from __future__ import annotations

_WHY = {
    "dns": "the name {host} does not resolve; check the address and the network",
    "refused": "{host} refuses the connection; check the address, or try again later",
    "unreachable": "{host} cannot be reached; check the network, or try again later",
    "timeout": "{host} does not answer in time; try again later",
    "tls": "the certificate of {host} cannot be trusted; tell its administrators, or try again later",
    "disconnect": "{host} breaks off its answer; try again later",
    "protocol": "{host} does not answer as a web server does; check the address",
    "length": "the answer of {host} is too large for a web page; check the address",
    "guard": "{host} is an address that is never connected to; check the address",
    "proxy": "the proxy does not lead to {host}; check http_proxy and https_proxy",
}


def why(error: str, host: str, detail: str | None = None) -> str:
    """A sentence for a class of failure, as an exchange's metadata record names it. Of a certificate its
    ``detail`` says more, where it says what to do."""
    if error == "tls" and detail and "archive.json" in detail:
        return detail
    sentence = _WHY.get(error)
    return sentence.format(host=host) if sentence else f"{host} gives no answer ({error}); try again later"
