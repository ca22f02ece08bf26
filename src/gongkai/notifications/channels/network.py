"""Where a gateway may stand: the address is resolved once, judged, and that very one is called.

So a name that answers differently the second time cannot lead into the machine's own network.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl

from gongkai.notifications.channels import PermanentError, TemporaryError

TIMEOUT = 15.0
_IP = ipaddress.IPv4Address | ipaddress.IPv6Address


def resolved(host: str, port: int, *, private: bool) -> str:
    """The address of a host that may be called. Addresses of one's own network only where the
    settings allow them; those of the link, of groups and of nobody never."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise TemporaryError("找不到消息网关的地址") from None
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    for address in addresses:
        _judge(_plain(address), private=private)
    return str(addresses[0])


def is_private(address: str) -> bool:
    """Whether an address belongs to a network of one's own, where TLS may be dispensed with."""
    return not _plain(ipaddress.ip_address(address)).is_global


def _plain(address: _IP) -> _IP:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _judge(address: _IP, *, private: bool) -> None:
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        raise PermanentError("消息网关的地址不允许访问")
    if not address.is_global and not private:
        raise PermanentError("消息网关在内网，设置没有允许（GONGKAI_WEBHOOK_PRIVATE）")


class Line(http.client.HTTPConnection):
    """A connection to one resolved address, under TLS with the name of the host unless `plain`."""

    def __init__(self, host: str, port: int, *, address: str, plain: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address
        self._plain = plain

    def connect(self) -> None:
        """Calls the resolved address, whatever the name means by now."""
        line = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._plain:
            self.sock = line
            return
        context = ssl.create_default_context()
        try:
            self.sock = context.wrap_socket(line, server_hostname=self.host)
        except BaseException:
            line.close()
            raise
