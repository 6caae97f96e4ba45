"""The guard: what may be connected to, in any notation, and what may not."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Network, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.guard import AddressRefused, refusal, resolve, vet_literal

REFUSED = {
    "0.0.0.0": "this network",
    "10.0.0.1": "private",
    "100.64.0.1": "shared by a carrier's customers",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "169.254.169.254": "link-local",
    "172.31.255.255": "private",
    "192.0.0.8": "reserved",
    "192.168.1.1": "private",
    "198.19.0.1": "benchmarking",
    "203.0.113.9": "documentation",
    "224.0.0.1": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "reserved",
    "::": "reserved",
    "::1": "loopback",
    "::7f00:1": "reserved",
    "::ffff:127.0.0.1": "IPv4-mapped",
    "::ffff:8.8.8.8": "IPv4-mapped",
    "64:ff9b::7f00:1": "NAT64",
    "64:ff9b:1::a00:1": "NAT64",
    "100::1": "reserved",
    "2001::1": "reserved (Teredo and others)",
    "2001:db8::1": "documentation",
    "2002:7f00:1::": "6to4",
    "3fff::1": "documentation",
    "5f00::1": "reserved",
    "fc00::1": "private",
    "fd12:3456::1": "private",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local",
    "fec0::1": "reserved",
    "ff02::1": "multicast",
    "not an address": "no IP address",
}


@pytest.mark.parametrize("address", REFUSED)
def test_refused(address: str) -> None:
    assert refusal(address) == REFUSED[address]


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "103.1.200.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2405:4800::1"]
)
def test_public_addresses_are_allowed(address: str) -> None:
    assert refusal(address) is None


@given(st.ip_addresses())
def test_nothing_is_allowed_that_the_standard_library_calls_private(ip: object) -> None:
    """Our lists are our own; this one is the oracle for what they may have forgotten."""
    known = ip_address(str(ip))
    if refusal(str(ip)) is None:
        assert known.is_global and not known.is_multicast and not known.is_reserved


@given(st.ip_addresses(network="127.0.0.0/8") | st.just(ip_address("::1")))
def test_loopback_can_be_permitted(ip: object) -> None:
    assert refusal(str(ip), allow_loopback=True) is None
    assert refusal(str(ip)) == "loopback"


OTHERS = sorted(set(REFUSED) - {"127.0.0.1", "127.255.255.254", "::1"})


@pytest.mark.parametrize("address", OTHERS)
def test_permitting_loopback_permits_nothing_else(address: str) -> None:
    assert refusal(address, allow_loopback=True) == REFUSED[address]


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_permitting_loopback_changes_only_loopback(ip: object) -> None:
    known = ip_address(str(ip))
    inside = known in (IPv4Network("127.0.0.0/8") if known.version == 4 else IPv6Network("::1/128"))
    if not inside:
        assert refusal(str(ip), allow_loopback=True) == refusal(str(ip))


NOTATIONS = ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "localhost"]


@pytest.mark.parametrize("host", NOTATIONS)
def test_notations_are_resolved_before_they_are_judged(host: str) -> None:
    with pytest.raises(AddressRefused, match="loopback"):
        asyncio.run(resolve(host, 80))
    assert "127.0.0.1" in asyncio.run(resolve(host, 80, allow_loopback=True))


@pytest.mark.parametrize(
    "host", ["0xa000001", "012.0.0.1", "167772161", "::ffff:10.0.0.1", "[::1]", "LOCALHOST."]
)
def test_a_proxy_is_not_asked_for_them_either(host: str) -> None:
    with pytest.raises(AddressRefused):
        asyncio.run(vet_literal(host.strip("[]"), 80))


def test_names_are_left_to_the_proxy() -> None:
    asyncio.run(vet_literal("city.example", 80))
    asyncio.run(vet_literal("8.8.8.8", 80))


@pytest.mark.parametrize("host", ["no-such-city.invalid", "a" * 70 + ".example", "", "ex\0ample"])
def test_names_that_do_not_resolve(host: str) -> None:
    with pytest.raises(socket.gaierror):
        asyncio.run(resolve(host, 80, allow_loopback=True))


def test_every_candidate_is_vetted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a name with public and private addresses only the public ones remain. The
    resolver is stood in for, since no test can own a name."""
    answers = ["10.0.0.1", "8.8.8.8", "::ffff:10.0.0.1", "169.254.169.254", "2606:4700::1111", "8.8.8.8"]

    def resolver(host: object, port: object, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answers]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    assert asyncio.run(resolve("mixed.example", 80)) == ("8.8.8.8", "2606:4700::1111")
    answers[:] = ["10.0.0.1", "fe80::1%eth0"]
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        asyncio.run(resolve("mixed.example", 80))
