#!/usr/bin/env python3
"""under_unit.py UNIT FOLDER PROGRAM [ARGUMENT...]: runs a program under what the systemd unit takes away, without systemd.

Carried out as systemd.exec(5) tells: SystemCallFilter with SystemCallErrorNumber, SystemCallArchitectures,
RestrictAddressFamilies, RestrictNamespaces, MemoryDenyWriteExecute, LockPersonality, RestrictRealtime, NoNewPrivileges,
the limits, UMask, and for root CapabilityBoundingSet and ProtectSystem=strict with FOLDER as the one that may be
written. What the unit does not say is not taken away, so that a test sees the unit as it is.
"""

import configparser
import ctypes
import errno
import os
import resource
import subprocess
import sys

ALLOW, ERRNO = 0x7FFF0000, 0x00050000
NE, EQ, MASKED_EQ = 1, 4, 7  # seccomp.h
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16, "AF_PACKET": 17}
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 24, 38
CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE = 0x20000, 4096, 16384, 1 << 18
MOUNT_SETATTR, AT_RECURSIVE, AT_FDCWD, MOUNT_ATTR_RDONLY = 442, 0x8000, -100, 1
NAMESPACES = 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000 | CLONE_NEWNS
PROT_WRITE, PROT_EXEC = 2, 4

libc = ctypes.CDLL(None, use_errno=True)


class Compare(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


class MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "namespace")]


def check(result, what):
    if result < 0:
        number = ctypes.get_errno() or -result
        sys.exit(f"under_unit: {what}: {os.strerror(number)}")


def read_unit(path):
    """Each setting of [Service] as a list of the words of its lines."""
    unit = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=("#",), dict_type=dict)
    unit.optionxform = str
    found = {}
    section = ""
    with open(path, encoding="utf-8") as lines:
        for line in map(str.strip, lines):
            if line.startswith("["):
                section = line
            elif section == "[Service]" and line and not line.startswith("#"):
                name, _, value = line.partition("=")
                found.setdefault(name, []).append(value.split())
    return found


def members(group):
    """The system calls of a group such as @network-io."""
    done = subprocess.run(["systemd-analyze", "syscall-filter", "--no-pager", group], capture_output=True, text=True, check=True)
    calls = set()
    for word in (line.strip() for line in done.stdout.splitlines()[1:]):
        if word.startswith("@"):
            calls |= members(word)
        elif word and not word.startswith("#"):
            calls.add(word)
    return calls


def allowed_calls(unit):
    """The first list says what is allowed; one that begins with ~ takes from it. @default is always there."""
    allowed = members("@default")
    for words in unit["SystemCallFilter"]:
        names = {name for word in words for name in (members(word.lstrip("~")) if "@" in word else {word.lstrip("~")})}
        allowed = allowed - names if words[0].startswith("~") else allowed | names
    return allowed


class Filter:
    def __init__(self, otherwise):
        self.lib = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self.lib.seccomp_init.restype = ctypes.c_void_p
        self.lib.seccomp_init.argtypes = [ctypes.c_uint32]
        self.lib.seccomp_rule_add_array.argtypes = [
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(Compare)]
        self.lib.seccomp_load.argtypes = [ctypes.c_void_p]
        self.context = self.lib.seccomp_init(otherwise)

    def rule(self, action, name, *conditions):
        number = self.lib.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            return  # of another architecture
        each = (Compare * max(1, len(conditions)))(*conditions)
        done = self.lib.seccomp_rule_add_array(self.context, action, number, len(conditions), each)
        if done not in (0, -errno.EACCES):  # the same as what happens otherwise
            check(done, f"rule for {name}")

    def load(self):
        check(self.lib.seccomp_load(self.context), "seccomp_load")


def filter_calls(unit):
    """systemd loads one filter for each setting; a call has to pass all of them."""
    calls = allowed_calls(unit)
    refusals = Filter(ALLOW)
    if "RestrictAddressFamilies" in unit:
        families = sorted(FAMILIES[name] for name in unit["RestrictAddressFamilies"][0])
        low = [0, *(family + 1 for family in families)]
        for first, last in zip(low, [*families, 46]):
            for family in range(first, last):
                refusals.rule(ERRNO | errno.EAFNOSUPPORT, "socket", Compare(0, EQ, family))
                refusals.rule(ERRNO | errno.EAFNOSUPPORT, "socketpair", Compare(0, EQ, family))
    if unit.get("RestrictNamespaces") == [["yes"]]:
        for bit in (1 << number for number in range(32) if NAMESPACES >> number & 1):
            refusals.rule(ERRNO | errno.EPERM, "clone", Compare(0, MASKED_EQ, bit, bit))
            refusals.rule(ERRNO | errno.EPERM, "unshare", Compare(0, MASKED_EQ, bit, bit))
        refusals.rule(ERRNO | errno.EPERM, "setns")
        refusals.rule(ERRNO | errno.ENOSYS, "clone3")
    if unit.get("MemoryDenyWriteExecute") == [["yes"]]:
        both = PROT_WRITE | PROT_EXEC
        refusals.rule(ERRNO | errno.EPERM, "mmap", Compare(2, MASKED_EQ, both, both))
        for name in ("mprotect", "pkey_mprotect"):
            refusals.rule(ERRNO | errno.EPERM, name, Compare(2, MASKED_EQ, PROT_EXEC, PROT_EXEC))
    if unit.get("LockPersonality") == [["yes"]]:
        refusals.rule(ERRNO | errno.EPERM, "personality", Compare(0, NE, 0))
    if unit.get("RestrictRealtime") == [["yes"]]:
        for policy in (1, 2, 6):
            refusals.rule(ERRNO | errno.EPERM, "sched_setscheduler", Compare(1, EQ, policy))
    refusals.load()
    number = getattr(errno, unit["SystemCallErrorNumber"][0][0])
    allowances = Filter(ERRNO | number)
    for name in calls | {"seccomp"}:
        allowances.rule(ALLOW, name)
    allowances.load()


def protect_files(folder):
    """Everything is read-only but the folder."""
    check(libc.unshare(CLONE_NEWNS), "unshare")
    check(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None), "private mounts")
    check(libc.mount(folder.encode(), folder.encode(), None, MS_BIND, None), "bind")
    read_only, writable = MountAttributes(set=MOUNT_ATTR_RDONLY), MountAttributes(clear=MOUNT_ATTR_RDONLY)
    size = ctypes.sizeof(MountAttributes)
    check(libc.syscall(MOUNT_SETATTR, AT_FDCWD, b"/", AT_RECURSIVE, ctypes.byref(read_only), size), "read-only")
    check(libc.syscall(MOUNT_SETATTR, AT_FDCWD, folder.encode(), 0, ctypes.byref(writable), size), "writable")


def drop_capabilities():
    """With an empty bounding set root is given none when it executes a program. capabilities(7)"""
    number = 0
    while libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0) == 0:
        number += 1


def main():
    path, folder, program = sys.argv[1], sys.argv[2], sys.argv[3:]
    unit = read_unit(path)
    calls_known = "SystemCallFilter" in unit
    if os.geteuid() == 0:
        if unit.get("ProtectSystem") == [["strict"]]:
            protect_files(folder)
        if unit.get("CapabilityBoundingSet") == [[]]:
            drop_capabilities()
    if "LimitNOFILE" in unit:
        resource.setrlimit(resource.RLIMIT_NOFILE, (int(unit["LimitNOFILE"][0][0]),) * 2)
    if "LimitCORE" in unit:
        resource.setrlimit(resource.RLIMIT_CORE, (int(unit["LimitCORE"][0][0]),) * 2)
    os.umask(int(unit["UMask"][0][0], 8))
    check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    if calls_known:
        filter_calls(unit)
    os.execv(program[0], program)


if __name__ == "__main__":
    main()
