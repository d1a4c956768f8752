"""
IP-in-IP (RFC 2003) on a tun device, for kernels that were built without it: what Linux does by `tunl0`.

TTL and DF of the outer packet are the inner one's, as `ttl inherit nopmtudisc` has it (net/ipv4/ip_tunnel.c,
`ip_tunnel_xmit`). The next hop of a route does not reach a tun device, so the other end is found by the inner
destination, in a table that is the same as the routes into the tunnel.
"""

import errno
import fcntl
import os
import socket
import struct

# linux/if_tun.h
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
IPPROTO_IPIP = 4
DONT_FRAGMENT = 0x4000
LARGEST = 65535


class Tunnel:
    """Belongs to the namespace that it is made in. The device is there, and gets its carrier by this."""

    def __init__(self, device, local, peers):
        self.local = socket.inet_aton(local)
        self.peers = [(*network_of(one["cidr"]), socket.inet_aton(one["node"])) for one in peers]
        descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH22x", device.encode("ascii"), IFF_TUN | IFF_NO_PI))
        self.tun = os.fdopen(descriptor, "r+b", buffering=0)
        self.sender = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
        self.receiver = socket.socket(socket.AF_INET, socket.SOCK_RAW, IPPROTO_IPIP)
        self.receiver.setblocking(False)

    def encapsulate(self):
        """Sends what the kernel routes into the tunnel."""
        while True:
            packet = self.tun.read(LARGEST)
            if not packet:
                return
            remote = self.remote_of(packet)
            if remote is None:
                continue
            fragment = struct.unpack_from(">H", packet, 6)[0] & DONT_FRAGMENT
            # The kernel fills in identification and checksum (raw(7)).
            header = struct.pack(">BBHHHBBH4s4s", 0x45, packet[1], 20 + len(packet), 0, fragment, packet[8],
                                 IPPROTO_IPIP, 0, self.local, remote)
            try:
                self.sender.sendto(header + packet, (socket.inet_ntoa(remote), 0))
            except OSError as error:
                # Lost as it would be without a route, a neighbor or room on the link.
                if error.errno not in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EMSGSIZE, errno.EPERM):
                    raise

    def decapsulate(self):
        """Gives the kernel what comes out of the tunnel."""
        while True:
            try:
                packet = self.receiver.recv(LARGEST)
            except BlockingIOError:
                return
            self.tun.write(packet[(packet[0] & 0xF) * 4:])

    def remote_of(self, packet):
        if packet[0] >> 4 != 4:
            return None
        target = struct.unpack_from(">I", packet, 16)[0]
        return next((node for network, mask, node in self.peers if target & mask == network), None)


def network_of(cidr):
    address, length = cidr.split("/")
    mask = (0xFFFFFFFF << (32 - int(length))) & 0xFFFFFFFF
    return struct.unpack(">I", socket.inet_aton(address))[0] & mask, mask
