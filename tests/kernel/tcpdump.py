"""Captures by tcpdump: one program and one file for each interface, in its namespace."""

import os
import struct
import subprocess
import tempfile
import time

# pcap-savefile(5): the file's own header, and that of each packet; with nanoseconds.
FILE_HEADER, PACKET_HEADER = 24, 16
SNAP_BYTES = 192
IP_TYPES = (0x0800, 0x86DD)


class Capture:
    """Belongs to the namespace that it is started in."""

    def __init__(self, namespace, interface, folder):
        self.namespace, self.interface = namespace, interface
        self.path = os.path.join(folder, f"{namespace}.{interface}.pcap")
        argv = ["tcpdump", "-i", interface, "-n", "-U", "--immediate-mode", "--time-stamp-precision=nano",
                "-s", str(SNAP_BYTES), "-Z", "root", "-w", self.path]
        self.program = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.taken = 0

    def await_start(self):
        for line in self.program.stderr:
            if b"listening on" in line:
                return
        raise OSError(self.program.wait(), f"tcpdump at {self.interface} of {self.namespace}")

    def read(self):
        with open(self.path, "rb") as file:
            return file.read()

    def packets(self, since):
        """How many IP packets are in the file, from that time on. Nanoseconds since 1970."""
        data, at, count = self.read(), FILE_HEADER, 0
        while at + PACKET_HEADER <= len(data):
            seconds, nanoseconds, length = struct.unpack_from("=III", data, at)
            start = at + PACKET_HEADER
            if start + length > len(data):
                break
            is_late = seconds * 1_000_000_000 + nanoseconds >= since
            count += is_late and struct.unpack_from(">H", data, start + 12)[0] in IP_TYPES
            at = start + length
        return count

    def take(self):
        """The file with what was captured since the last time."""
        data = self.read()
        start = max(self.taken, FILE_HEADER)
        self.taken = len(data)
        return data[:FILE_HEADER] + data[start:]

    def end(self):
        self.program.kill()

    def forget(self):
        self.program.wait()
        self.program.stderr.close()
        os.unlink(self.path)


def new_folder():
    return tempfile.mkdtemp(prefix="hopscope-captures-")


def await_all(captures, seen, since, seconds=5):
    """Until every file has as many packets as were seen at its interface by other means since then."""
    until = time.monotonic() + seconds
    for capture in captures:
        wanted = seen.get((capture.namespace, capture.interface), 0)
        while capture.packets(since) < wanted and time.monotonic() < until:
            time.sleep(0.01)
