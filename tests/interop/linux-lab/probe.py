"""Tries flows between network namespaces: a JSON request on standard input, for each flow whether it was answered.

One process listens in all namespaces and sends from all: a socket belongs to the namespace that its thread was in
when it was made.
"""

import ctypes
import json
import os
import selectors
import socket
import sys
import time

CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)
kinds = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}


def enter(namespace):
    fd = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    if libc.setns(fd, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), f"setns {namespace}")
    os.close(fd)


def made(one):
    enter(one["namespace"])
    family = socket.AF_INET6 if one["family"] == 6 else socket.AF_INET
    made = socket.socket(family, kinds[one["protocol"]])
    if family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    made.setblocking(False)
    return made


def main():
    request = json.load(sys.stdin)
    selector = selectors.DefaultSelector()
    for one in request["listeners"]:
        listener = made(one)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("", one["port"]))
        if one["protocol"] == "tcp":
            listener.listen(64)
        selector.register(listener, selectors.EVENT_READ, ("listener", one["protocol"]))
    answered = [False] * len(request["flows"])
    open_flows = set()
    for at, flow in enumerate(request["flows"]):
        client = made(flow)
        try:
            client.connect_ex((flow["address"], flow["port"]))
            if flow["protocol"] == "udp":
                client.send(b"?")
        except OSError:
            continue
        selector.register(client, selectors.EVENT_READ, ("flow", at))
        open_flows.add(at)
    end = time.monotonic() + request["seconds"]
    while open_flows and time.monotonic() < end:
        for key, _ in selector.select(0.1):
            what, detail = key.data
            try:
                if what == "flow":
                    answered[detail] = key.fileobj.recv(1) == b"!"
                    open_flows.discard(detail)
                    selector.unregister(key.fileobj)
                elif detail == "udp":
                    _, peer = key.fileobj.recvfrom(64)
                    key.fileobj.sendto(b"!", peer)
                else:
                    connection, _ = key.fileobj.accept()
                    connection.sendall(b"!")
                    connection.close()
            except OSError:
                if what == "flow":
                    open_flows.discard(detail)
                    selector.unregister(key.fileobj)
    json.dump(answered, sys.stdout)


main()
