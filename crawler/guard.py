"""Which network addresses may be connected to.

A page can link to anything, and a name can resolve to anything: to this machine,
to its neighbours, to a cloud's metadata service. So every address is vetted after
the name was resolved, and the connection goes to the vetted address itself: a
second look-up could answer differently. Notations such as ``2130706433``,
``0x7f000001`` or ``0177.0.0.1`` need no rule of their own, since the system's
resolver turns them into the address that is then judged.

The refused networks are those of the IANA special-purpose registries (RFC 6890);
they are listed here because :mod:`ipaddress` judges some of them differently from
one Python to the next. Of IPv6 only the global unicast range is allowed at all, so
mapped, translated (NAT64) and local addresses are outside; 6to4 and Teredo, which
lie inside, are named.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from scrapy.exceptions import IgnoreRequest

_REFUSED_4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by a carrier's customers",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_REFUSED_6 = {
    "::1/128": "loopback",
    "::ffff:0:0/96": "IPv4-mapped",
    "64:ff9b::/96": "NAT64",
    "64:ff9b:1::/48": "NAT64",
    "2001::/23": "reserved (Teredo and others)",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3fff::/20": "documentation",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "ff00::/8": "multicast",
}
_NETWORKS: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ip_network(network), why) for network, why in (_REFUSED_4 | _REFUSED_6).items()
)
_GLOBAL_6 = IPv6Network("2000::/3")
_LOOPBACK_4 = IPv4Network("127.0.0.0/8")
_LOOPBACK_6 = IPv6Address("::1")


class AddressRefused(IgnoreRequest):
    """The address may not be connected to; nothing was sent."""


def refusal(address: str, *, allow_loopback: bool = False) -> str | None:
    """Why an IP address (as the resolver prints it) may not be connected to, or ``None``.

    ``allow_loopback`` permits 127.0.0.0/8 and ::1, and nothing else that is private.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "no IP address"
    if allow_loopback and _is_loopback(ip):
        return None
    for network, why in _NETWORKS:
        if ip.version == network.version and ip in network:
            return why
    return "reserved" if isinstance(ip, IPv6Address) and ip not in _GLOBAL_6 else None


async def resolve(host: str, port: int, *, allow_loopback: bool = False) -> tuple[str, ...]:
    """The IP addresses of a host that may be connected to, in the resolver's order.

    Every address is vetted; where some are refused, only the others are returned.

    Raises:
        socket.gaierror: the name does not resolve.
        AddressRefused: it resolves to refused addresses only.
    """
    found = await _look_up(host, port, flags=0)
    allowed = tuple(ip for ip in found if refusal(ip, allow_loopback=allow_loopback) is None)
    if not allowed:
        raise _refused(host, found[0], allow_loopback)
    return allowed


async def vet_literal(host: str, port: int, *, allow_loopback: bool = False) -> None:
    """Vet a host that a proxy will resolve: only an address written as a number, in
    any notation, or the name ``localhost``, can be judged from here.

    Raises:
        AddressRefused: it is one that may not be connected to.
    """
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        found: tuple[str, ...] = ("127.0.0.1",)
    else:
        try:
            found = await _look_up(host, port, flags=socket.AI_NUMERICHOST)
        except socket.gaierror:
            return
    if refusal(found[0], allow_loopback=allow_loopback):
        raise _refused(host, found[0], allow_loopback)


async def _look_up(host: str, port: int, *, flags: int) -> tuple[str, ...]:
    loop = asyncio.get_running_loop()
    try:
        answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    except (UnicodeError, ValueError) as error:
        raise socket.gaierror(socket.EAI_NONAME, f"no valid host name: {error}") from error
    found = tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
    return found


def _is_loopback(ip: IPv4Address | IPv6Address) -> bool:
    return ip in _LOOPBACK_4 if isinstance(ip, IPv4Address) else ip == _LOOPBACK_6


def _refused(host: str, ip: str, allow_loopback: bool) -> AddressRefused:
    why = refusal(ip, allow_loopback=allow_loopback)
    return AddressRefused(f"{host} is {ip} ({why}), which is never connected to")
