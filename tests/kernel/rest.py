"""
Evidence that the kernel has done what it had to do, so that nobody has to wait for some time and hope.

Packets between namespaces stand in one queue a processor, and a datagram over a loopback interface stands in the same
one: when it has come through, everything that was before it has been taken a step further.
"""

import os
import socket
import struct
import time

# asm-generic/socket.h
SO_TIMESTAMPNS = 35
# linux/rtnetlink.h, linux/neighbour.h, linux/if.h, linux/if_link.h
RTM_GETLINK, RTM_GETNEIGH = 18, 30
NLM_F_REQUEST_DUMP = 0x301
NLMSG_ERROR, NLMSG_DONE = 2, 3
NUD_INCOMPLETE = 0x01
IFF_UP, IFF_LOWER_UP = 0x1, 0x10000
IFLA_OPERSTATE = 16
IF_OPER_UNKNOWN, IF_OPER_UP = 0, 6
# For a machine that has no processor to spare.
MARKER_SECONDS = 30


class Markers:
    """Datagrams that go the loopback interface's way, one on each processor. Made where that interface is up."""

    def __init__(self):
        self.receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.receiver.bind(("127.0.0.1", 0))
        self.receiver.settimeout(MARKER_SECONDS)
        self.sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sender.connect(self.receiver.getsockname())

    def go_round(self):
        processors = os.sched_getaffinity(0)
        for one in processors:
            os.sched_setaffinity(0, {one})
            self.sender.send(b".")
        os.sched_setaffinity(0, processors)
        for _ in processors:
            self.receiver.recv(1)


class Clock:
    """
    Has the kernel note when packets come by, as long as it is there. The kernel begins with that some time after the first
    socket asks for it, and until then gives the time at which the packet was read (net/core/dev.c, `netstamp_work`).
    """

    def __init__(self):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("127.0.0.1", 0))
        self.sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        while not self.notes():
            time.sleep(0.001)

    def notes(self):
        self.sock.sendto(b".", self.sock.getsockname())
        read_at = time.time_ns()
        _, ancillary, _, _ = self.sock.recvmsg(1, 64)
        seconds, nanoseconds = struct.unpack("qq", ancillary[0][2][:16])
        return seconds * 1_000_000_000 + nanoseconds < read_at


def dump(kind, header):
    """What rtnetlink lists in the namespace that the process is in: the messages' bodies."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as sock:
        sock.bind((0, 0))
        sock.send(struct.pack("IHHII", 16 + len(header), kind, NLM_F_REQUEST_DUMP, 1, 0) + header)
        while True:
            data = sock.recv(1 << 16)
            at = 0
            while at + 16 <= len(data):
                length, what = struct.unpack_from("IH", data, at)
                if what == NLMSG_DONE:
                    return
                if what == NLMSG_ERROR:
                    code = struct.unpack_from("i", data, at + 16)[0]
                    raise OSError(-code, f"rtnetlink dump {kind}")
                yield data[at + 16:at + length]
                at += (length + 3) & ~3


def asks_for_neighbors():
    """Whether packets wait for a neighbor's answer here."""
    # struct ndmsg: the state is at byte 8.
    return any(struct.unpack_from("H", body, 8)[0] & NUD_INCOMPLETE for body in dump(RTM_GETNEIGH, bytes(12)))


def links_know_their_carriers():
    """Routes learn later than interfaces that a wire has come alive or died; operational states are told with them."""
    return all(knows_its_carrier(body) for body in dump(RTM_GETLINK, bytes(16)))


def knows_its_carrier(body):
    # struct ifinfomsg: the flags are at byte 8, attributes behind it.
    flags = struct.unpack_from("I", body, 8)[0]
    if not flags & IFF_UP:
        return True
    state = IF_OPER_UNKNOWN
    at = 16
    while at + 4 <= len(body):
        length, kind = struct.unpack_from("HH", body, at)
        if kind == IFLA_OPERSTATE:
            state = body[at + 4]
        at += (length + 3) & ~3
    return state == IF_OPER_UNKNOWN or (state == IF_OPER_UP) == bool(flags & IFF_LOWER_UP)
