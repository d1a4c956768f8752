"""Runs commands in network namespaces as containerlab runs them in containers: taken apart as by a shell, without one.

Standard input: JSON, pairs of namespace and command. Ends with 1 at the first that fails.
"""

import ctypes
import json
import os
import shlex
import subprocess
import sys

CLONE_NEWNET = 0x40000000
libc = ctypes.CDLL(None, use_errno=True)


def main():
    for namespace, command in json.load(sys.stdin):
        fd = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
        if libc.setns(fd, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"setns {namespace}")
        os.close(fd)
        done = subprocess.run(shlex.split(command), capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{namespace}: {command}: {done.stderr}{done.stdout}")


main()
