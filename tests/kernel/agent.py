"""
Builds networks in namespaces, sends packets in them and tells what was seen where.

Started as `unshare --net --mount python3 agent.py`: everything that it makes lies in a network and a mount namespace of
its own, has no way out, and is gone when it ends. Reads one JSON request a line and answers with one JSON line. It knows
nothing of designs: what is to be built and sent is said in the request, what the packets mean is for the reader.
"""

import base64
import ctypes
import errno
import json
import os
import select
import socket
import struct
import subprocess
import sys
import threading
import time

# Nothing is left beside the sources.
sys.dont_write_bytecode = True
import ip_in_ip
import rest
import tcpdump

CLONE_NEWNET = 0x40000000
# linux/if_packet.h, asm-generic/socket.h, linux/in.h, linux/in6.h
PACKET_OUTGOING = 4
SO_TIMESTAMPNS = 35
SO_RCVBUFFORCE = 33
IP_FREEBIND, IPV6_FREEBIND = 15, 78
IP_PKTINFO, IP_MTU_DISCOVER = 8, 10
IPV6_MTU_DISCOVER, IPV6_DONTFRAG = 23, 62
# Don't fragment, and ask nobody but the interface how large a packet may be.
PMTUDISC_DONT, PMTUDISC_PROBE = 0, 3
ETH_P_ALL = 3
SOL_RAW = 255
NETLINK_NETFILTER = 12
# linux/netfilter/nfnetlink_log.h
NFULNL_MSG_PACKET, NFULNL_MSG_CONFIG = 0x400, 0x401
NFULA_PAYLOAD, NFULA_PREFIX = 9, 10
# Enough for Ethernet, IPv6, UDP, VXLAN, Ethernet, IPv6 and TCP.
SNAP_BYTES = 192
BUFFER_BYTES = 1 << 23
# Rounds of markers without anything to be read. Packets that come out of a tunnel stand in queues of their own, each of
# which has its turn once in a round.
STILL_ROUNDS = 4
# What has not come to rest by then never will.
MOST_SECONDS = 30

FAMILIES = {4: socket.AF_INET, 6: socket.AF_INET6}
libc = ctypes.CDLL(None, use_errno=True)

namespaces = {}
base_namespace = os.open("/proc/self/ns/net", os.O_RDONLY)
# File descriptor → what is done when it can be read.
readers = {}
poll = select.epoll()
records = []
held = []
# Bytes that connections have brought.
moved = [0]
captures = []
# Nanoseconds since 1970: all captures are running.
captures_since = [0]
# (namespace, interface) → packets that the sockets have seen since then.
seen_at = {}


def enter(name):
    """Sockets belong to the namespace that they are made in, wherever the process goes afterwards."""
    fd = namespaces[name] if name else base_namespace
    if libc.setns(fd, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), f"setns {name}")


def run(argv, text):
    done = subprocess.run(argv, input=text, capture_output=True, text=True)
    return {"code": done.returncode, "out": done.stdout, "err": done.stderr}


def build(request):
    names = [one["name"] for one in request["namespaces"]]
    faults = []

    def step(name, argv, text):
        if not text:
            return
        enter(name)
        done = run(argv, text)
        if done["code"] != 0 or done["err"]:
            faults.append({"namespace": name, "argv": argv, "text": text, **done})

    step(None, ["ip", "-batch", "-"], "".join(f"netns add {name}\n" for name in names))
    for one in request["namespaces"]:
        name = one["name"]
        namespaces[name] = os.open(f"/run/netns/{name}", os.O_RDONLY)
        enter(name)
        for path, value in one["sysctls"]:
            write_sysctl(path, value)
    step(None, ["ip", "-force", "-batch", "-"], request["wires"])
    for one in request["namespaces"]:
        enter(one["name"])
        for path, value in one["lateSysctls"]:
            write_sysctl(path, value)
        for argv, text in one["steps"]:
            step(one["name"], argv, text)
    for one in request["namespaces"]:
        enter(one["name"])
        await_neighbors(one["awaited"])
        await_links()
    enter(None)
    return {"faults": faults}


def await_links():
    until = time.monotonic() + MOST_SECONDS
    while not rest.links_know_their_carriers():
        if time.monotonic() > until:
            raise OSError(errno.ETIMEDOUT, "wires that come alive and are not noticed")
        time.sleep(0.005)


def await_neighbors(awaited):
    """
    The kernel makes interfaces ready for IPv6 in its own time: it gives them link-local addresses, with which routers ask
    for neighbors, and joins the groups that neighbors are asked by (RFC 4291 §2.7.1).
    """
    until = time.monotonic() + 5
    while time.monotonic() < until:
        groups, local = set(), set()
        with open("/proc/self/net/igmp6", encoding="ascii") as file:
            for line in file:
                words = line.split()
                groups.add((words[1], words[2]))
        with open("/proc/self/net/if_inet6", encoding="ascii") as file:
            for line in file:
                words = line.split()
                tentative = int(words[4], 16) & 0x40
                if words[0].startswith("fe80") and not tentative:
                    local.add(words[5])
        asked = all((name, "ff0200000000000000000001ff" + address[-6:]) in groups for name, address in awaited)
        if asked and all(name in local for name, _ in awaited):
            return
        time.sleep(0.005)


def write_sysctl(path, value):
    try:
        with open(f"/proc/sys/{path}", "w", encoding="ascii") as file:
            file.write(value)
    except OSError:
        # Kernels differ in what a namespace may set; what matters shows in what the packets do.
        pass


def set_all(request):
    """The same settings in every namespace."""
    for name in namespaces:
        enter(name)
        for path, value in request["sysctls"]:
            write_sysctl(path, value)
    enter(None)
    return {}


def run_all(request):
    results = []
    for step in request["steps"]:
        enter(step["namespace"])
        results.append(run(step["argv"], step.get("text", "")))
    enter(None)
    return {"results": results}


def register(sock, on_read):
    sock.setblocking(False)
    held.append(sock)
    readers[sock.fileno()] = on_read
    poll.register(sock.fileno(), select.EPOLLIN)


def drained(sock, take):
    """Reads until nothing is left."""

    def on_read():
        while True:
            try:
                take(sock)
            except BlockingIOError:
                return
            except OSError as error:
                if error.errno not in (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH,
                                       errno.EMSGSIZE, errno.ENOBUFS, errno.EACCES):
                    return
    return on_read


def text_of(data):
    return base64.b64encode(data).decode("ascii")


# --- watching ---------------------------------------------------------------------------------------------------------

def watch(request):
    for one in request["namespaces"]:
        name = one["name"]
        enter(name)
        watch_interfaces(name, set(one["interfaces"]))
        if one["delivery"]:
            for family in (4, 6):
                for protocol in ("tcp", "udp", "icmp"):
                    watch_delivery(name, family, protocol)
        if one["log"]:
            watch_log(name, one["log"])
    enter(None)
    return {}


def capture(request):
    """From now on tcpdump has the word, and the sockets only count."""
    folder = tcpdump.new_folder()
    started = []
    for one in request["namespaces"]:
        enter(one["name"])
        started += [tcpdump.Capture(one["name"], interface, folder) for interface in one["interfaces"]]
    enter(None)
    for one in started:
        one.await_start()
    captures_since[0] = time.time_ns()
    captures.extend(started)
    return {}


def taken():
    tcpdump.await_all(captures, seen_at, captures_since[0])
    return [[one.namespace, one.interface, text_of(one.take())] for one in captures]


def watch_interfaces(name, interfaces):
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_BYTES)
    sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)

    def take(sock):
        data, ancillary, _, address = sock.recvmsg(SNAP_BYTES, 64)
        interface, protocol, kind = address[0], address[1], address[2]
        if interface not in interfaces or protocol not in (0x0800, 0x86DD):
            return
        seconds, nanoseconds = struct.unpack("qq", ancillary[0][2][:16])
        at = seconds * 1_000_000_000 + nanoseconds
        if captures:
            if at >= captures_since[0]:
                seen_at[name, interface] = seen_at.get((name, interface), 0) + 1
            return
        way = "out" if kind == PACKET_OUTGOING else "in"
        records.append(["wire", name, str(at), interface, way, text_of(data)])

    register(sock, drained(sock, take))


def watch_delivery(name, family, protocol):
    """A raw socket gets a copy of what the machine takes for itself, behind its filter and before its programs."""
    number = {"tcp": 6, "udp": 17, "icmp": 1 if family == 4 else 58}[protocol]
    sock = socket.socket(FAMILIES[family], socket.SOCK_RAW, number)
    sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_BYTES)
    if family == 6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)

    def take4(sock):
        data = sock.recv(SNAP_BYTES)
        records.append(["local", name, 4, number, text_of(data)])

    def take6(sock):
        data, ancillary, _, address = sock.recvmsg(SNAP_BYTES, 256)
        found = {kind: value for _, kind, value in ancillary}
        hops = struct.unpack("i", found[socket.IPV6_HOPLIMIT])[0]
        target = socket.inet_ntop(socket.AF_INET6, found[socket.IPV6_PKTINFO][:16])
        source = address[0].split("%")[0]
        records.append(["local", name, 6, number, text_of(data), source, target, hops])

    register(sock, drained(sock, take4 if family == 4 else take6))


def attribute(kind, data):
    return struct.pack("HH", 4 + len(data), kind) + data + bytes(-len(data) % 4)


def watch_log(name, group):
    """What the NFLOG targets of the namespace's rules report: the rule's prefix and the packet as it was there."""
    sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
    sock.bind((0, 0))
    sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_BYTES)
    bind_group = attribute(1, struct.pack("B", 1))
    copy_packets = attribute(2, struct.pack(">IBx", SNAP_BYTES, 2))
    at_once = attribute(5, struct.pack(">I", 1))
    for body in (bind_group, copy_packets, at_once):
        message = struct.pack(">BBH", 0, 0, group) + body
        # NLM_F_REQUEST | NLM_F_ACK
        header = struct.pack("IHHII", 16 + len(message), NFULNL_MSG_CONFIG, 5, 1, 0)
        sock.send(header + message)
        answer = sock.recv(4096)
        code = struct.unpack_from("i", answer, 16)[0]
        if code != 0:
            raise OSError(-code, f"nflog {name}")

    def take(sock):
        data = sock.recv(65536)
        at = 0
        while at + 16 <= len(data):
            length, kind = struct.unpack_from("IH", data, at)
            if kind == NFULNL_MSG_PACKET:
                take_packet(data[at + 20:at + length])
            at += (length + 3) & ~3

    def take_packet(body):
        at, prefix, payload = 0, "", b""
        while at + 4 <= len(body):
            length, kind = struct.unpack_from("HH", body, at)
            value = body[at + 4:at + length]
            if kind == NFULA_PREFIX:
                prefix = value.rstrip(b"\0").decode("utf-8")
            elif kind == NFULA_PAYLOAD:
                payload = value
            at += (length + 3) & ~3
        records.append(["rule", name, prefix, text_of(payload)])

    register(sock, drained(sock, take))


# --- tunnels in programs ----------------------------------------------------------------------------------------------

def tunnel(request):
    for one in request["tunnels"]:
        enter(one["namespace"])
        made = ip_in_ip.Tunnel(one["device"], one["local"], one["peers"])
        held.append(made.sender)
        for end, on_read in ((made.tun, made.encapsulate), (made.receiver, made.decapsulate)):
            held.append(end)
            readers[end.fileno()] = on_read
            poll.register(end.fileno(), select.EPOLLIN)
    enter(None)
    return {}


# --- programs that listen ---------------------------------------------------------------------------------------------

def listen(request):
    for one in request["listeners"]:
        enter(one["namespace"])
        family = one["family"]
        kind = socket.SOCK_STREAM if one["protocol"] == "tcp" else socket.SOCK_DGRAM
        sock = socket.socket(FAMILIES[family], kind)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == 6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            sock.setsockopt(socket.IPPROTO_IPV6, IPV6_FREEBIND, 1)
        else:
            sock.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
        sock.bind((one["address"] or ("0.0.0.0" if family == 4 else "::"), one["port"]))
        if one["protocol"] == "tcp":
            sock.listen(512)
            register(sock, accepting(sock))
        else:
            serve_datagrams(sock, family)
    enter(None)
    return {}


def accepting(sock):
    def take(sock):
        connection, _ = sock.accept()
        echo(connection)
    return drained(sock, take)


def echo(connection):
    """Sends back what it gets."""
    state = {"waiting": b""}
    connection.setblocking(False)
    held.append(connection)

    def on_event():
        try:
            data = connection.recv(1 << 16)
        except BlockingIOError:
            data = None
        except OSError:
            data = b""
        if data == b"":
            forget(connection)
            return
        state["waiting"] += data or b""
        moved[0] += len(data or b"")
        if state["waiting"]:
            try:
                sent = connection.send(state["waiting"])
                state["waiting"] = state["waiting"][sent:]
            except BlockingIOError:
                pass
            except OSError:
                forget(connection)
                return
        wanted = select.EPOLLIN | (select.EPOLLOUT if state["waiting"] else 0)
        poll.modify(connection.fileno(), wanted)

    readers[connection.fileno()] = on_event
    poll.register(connection.fileno(), select.EPOLLIN)


def forget(sock):
    fd = sock.fileno()
    if fd in readers:
        poll.unregister(fd)
        del readers[fd]


def serve_datagrams(sock, family):
    """Answers from the address that was asked, with as many bytes as the question says; a dash behind: without DF."""
    if family == 4:
        sock.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
    else:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
        sock.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_PROBE)
        sock.setsockopt(socket.IPPROTO_IPV6, IPV6_DONTFRAG, 1)

    def take(sock):
        data, ancillary, _, peer = sock.recvmsg(65536, 256)
        text = data[:16].rstrip(b".") or b"32"
        wanted = int(text.rstrip(b"-"))
        discover = PMTUDISC_DONT if text.endswith(b"-") else PMTUDISC_PROBE
        if family == 4:
            sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, discover)
        info = ancillary[0][2]
        if family == 4:
            # The address that the packet was sent to becomes the source; the interface is for the routes to say.
            reply = [(socket.IPPROTO_IP, IP_PKTINFO, struct.pack("I", 0) + info[8:12] + bytes(4))]
        else:
            reply = [(socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, info[:16] + struct.pack("I", 0))]
        try:
            sock.sendmsg([b"a" * wanted], reply, 0, peer)
        except OSError as error:
            if error.errno == errno.EAGAIN:
                raise
            records.append(["answer-error", one_key(peer), errno.errorcode.get(error.errno, "?")])

    register(sock, drained(sock, take))


def one_key(peer):
    return peer[1]


# --- flows ------------------------------------------------------------------------------------------------------------

class Flow:
    def __init__(self, wanted):
        self.wanted = wanted
        self.sock = None
        self.settled = False


def send(request):
    """Sends each flow's packets, waits for what becomes of them, and gives everything that was seen since."""
    come_to_rest()
    records.clear()
    flows = [Flow(wanted) for wanted in request["flows"]]
    for flow in flows:
        enter(flow.wanted["namespace"])
        try:
            start(flow)
        except OSError as error:
            records.append(["error", flow.wanted["id"], errno.errorcode.get(error.errno, "?")])
            flow.settled = True
    enter(None)
    transfers = [flow for flow in flows if flow.wanted["bulk"]]
    await_transfers(transfers, request["stallMs"] / 1000)
    come_to_rest()
    # Before connections are closed: their end is no part of what was asked for.
    files = taken()
    for flow in flows:
        if flow.sock:
            forget(flow.sock)
            linger = struct.pack("ii", 1, 0)
            if flow.wanted["protocol"] == "tcp":
                flow.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            flow.sock.close()
    return {"records": list(records), "captures": files}


def read(seconds):
    """Takes what is there to be read, waiting so long for the first of it; tells whether there was any."""
    ready = poll.poll(seconds)
    for fd, _ in ready:
        on_read = readers.get(fd)
        if on_read:
            on_read()
    return bool(ready)


def come_to_rest():
    """Until every packet has been taken as far as it goes, no neighbor is being asked for, and all of it has been read."""
    until = time.monotonic() + MOST_SECONDS
    rounds = 0
    while rounds < STILL_ROUNDS:
        if time.monotonic() > until:
            raise OSError(errno.ETIMEDOUT, "packets do not come to rest")
        if read(0):
            rounds = 0
            continue
        # A neighbor that is given up is so before its senders are told: the rounds come behind.
        if rounds in (0, STILL_ROUNDS - 1) and anybody_asks():
            read(0.01)
            rounds = 0
            continue
        markers.go_round()
        rounds += 1
        if rounds == STILL_ROUNDS and read(0):
            rounds = 0


def anybody_asks():
    for name in namespaces:
        enter(name)
        if rest.asks_for_neighbors():
            enter(None)
            return True
    enter(None)
    return False


def await_transfers(flows, stall):
    """Until each has ended, or nothing has come in by any of them for so long."""
    last = time.monotonic()
    before = moved[0]
    while not all(flow.settled for flow in flows):
        late = time.monotonic() - last >= stall
        read(0 if late else 0.05)
        if moved[0] != before:
            before, last = moved[0], time.monotonic()
        elif late:
            return


def start(flow):
    wanted = flow.wanted
    family, protocol = wanted["family"], wanted["protocol"]
    kind = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM, "icmp": socket.SOCK_RAW}[protocol]
    number = (socket.IPPROTO_ICMP if family == 4 else socket.IPPROTO_ICMPV6) if protocol == "icmp" else 0
    sock = flow.sock = socket.socket(FAMILIES[family], kind, number)
    sock.setblocking(False)
    discover = PMTUDISC_PROBE if wanted["df"] else PMTUDISC_DONT
    if protocol != "tcp":
        if family == 4:
            sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, discover)
        else:
            sock.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_PROBE)
            sock.setsockopt(socket.IPPROTO_IPV6, IPV6_DONTFRAG, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    any_address = "0.0.0.0" if family == 4 else "::"
    source = wanted["source"] or any_address
    if protocol == "icmp":
        if wanted["source"]:
            sock.bind((source, 0))
        # Not one message is for this socket to read: what arrives is seen by the namespace's own.
        if family == 4:
            sock.setsockopt(SOL_RAW, 1, struct.pack("I", 0xFFFFFFFF))
        else:
            sock.setsockopt(socket.IPPROTO_ICMPV6, 1, b"\xff" * 32)
        # Not connected: source and route are settled at once, as for a packet of the kernel's own.
        message = echo_request(family, wanted["key"], wanted["payload"])
        sock.sendto(message, (wanted["destination"], 0))
        return
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((source, wanted["key"]))
    if protocol == "udp":
        sock.connect((wanted["destination"], wanted["port"]))
        watch_answers(flow)
        for text in wanted["questions"]:
            sock.send(text["answer"].encode("ascii").ljust(text["bytes"], b"."))
        return
    code = sock.connect_ex((wanted["destination"], wanted["port"]))
    if code not in (0, errno.EINPROGRESS):
        raise OSError(code, "connect")
    watch_connection(flow)


def echo_request(family, key, payload):
    kind = 8 if family == 4 else 128
    body = bytes(payload)
    header = struct.pack(">BBHHH", kind, 0, 0, key, 1)
    if family == 6:
        return header + body
    # The payload is all zeros, so that the header alone makes the checksum (RFC 1071).
    total = sum(struct.unpack(">4H", header))
    total = (total & 0xFFFF) + (total >> 16)
    return struct.pack(">BBHHH", kind, 0, ~total & 0xFFFF, key, 1) + body


def watch_answers(flow):
    sock, wanted = flow.sock, flow.wanted

    def on_read():
        while True:
            try:
                data = sock.recv(65536)
            except BlockingIOError:
                return
            except OSError as error:
                records.append(["error", wanted["id"], errno.errorcode.get(error.errno, "?")])
                continue
            records.append(["answer", wanted["id"], len(data)])

    readers[sock.fileno()] = on_read
    poll.register(sock.fileno(), select.EPOLLIN | select.EPOLLERR)


def watch_connection(flow):
    """A connection that opens; where the flow wants so, that many bytes go there and come back."""
    sock, wanted = flow.sock, flow.wanted
    state = {"open": False, "left": wanted["bulk"], "back": 0}

    def end():
        forget(sock)
        flow.settled = True

    def on_event():
        if not state["open"]:
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code != 0:
                records.append(["error", wanted["id"], errno.errorcode.get(code, "?")])
                end()
                return
            state["open"] = True
            records.append(["answer", wanted["id"], 0])
        try:
            if state["left"]:
                state["left"] -= sock.send(bytes(min(state["left"], 1 << 16)))
        except BlockingIOError:
            pass
        except OSError as error:
            records.append(["error", wanted["id"], errno.errorcode.get(error.errno, "?")])
            end()
            return
        try:
            data = sock.recv(1 << 16)
            state["back"] += len(data)
            moved[0] += len(data)
            if data == b"":
                end()
            elif state["back"] >= wanted["bulk"]:
                records.append(["bulk", wanted["id"], state["back"]])
                flow.settled = True
        except BlockingIOError:
            pass
        except OSError as error:
            records.append(["error", wanted["id"], errno.errorcode.get(error.errno, "?")])
            end()
            return
        if sock.fileno() in readers:
            poll.modify(sock.fileno(), select.EPOLLIN | (select.EPOLLOUT if state["left"] else 0))

    readers[sock.fileno()] = on_event
    poll.register(sock.fileno(), select.EPOLLIN | select.EPOLLOUT)


# --- the end of a network ---------------------------------------------------------------------------------------------

def clear(_request):
    # All at once: the end of each takes its time.
    for one in captures:
        one.end()
    for one in captures:
        one.forget()
    if captures:
        os.rmdir(os.path.dirname(captures[0].path))
    captures.clear()
    seen_at.clear()
    for sock in held:
        forget(sock)
    closing = list(held)
    held.clear()
    names = list(namespaces)
    fds = list(namespaces.values())
    namespaces.clear()

    def close():
        # A packet socket's end waits for all processors; nobody has to wait for that.
        for sock in closing:
            sock.close()
        for fd in fds:
            os.close(fd)

    threading.Thread(target=close).start()
    run(["ip", "-batch", "-"], "".join(f"netns delete {name}\n" for name in names))
    return {}


def main():
    global markers, clock
    os.makedirs("/run/netns", exist_ok=True)
    done = run(["mount", "-t", "tmpfs", "none", "/run/netns"], "")
    if done["code"] != 0:
        raise SystemExit(done["err"])
    run(["ip", "link", "set", "lo", "up"], "")
    markers = rest.Markers()
    clock = rest.Clock()
    tasks = {"build": build, "tunnel": tunnel, "run": run_all, "set": set_all, "watch": watch, "capture": capture, "listen": listen, "send": send, "clear": clear}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = tasks[request["do"]](request)
        except OSError as error:
            answer = {"failed": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
