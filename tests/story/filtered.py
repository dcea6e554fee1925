"""Runs a program that may make these system calls only; any other is answered ENOSYS, as systemd does for a unit with
SystemCallErrorNumber=ENOSYS. usage: filtered.py NUMBER,… PROGRAM [ARGUMENT…]"""
import ctypes
import errno
import os
import struct
import sys

LOAD, EQUALS, RETURN = 0x20, 0x15, 0x06  # BPF_LD | BPF_W | BPF_ABS, BPF_JMP | BPF_JEQ | BPF_K, BPF_RET | BPF_K
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, FILTER = 22, 38, 2

program = struct.pack("HBBI", LOAD, 0, 0, 0)  # the number of the call
for number in sys.argv[1].split(","):
    program += struct.pack("HBBI", EQUALS, 0, 1, int(number)) + struct.pack("HBBI", RETURN, 0, 0, ALLOW)
program += struct.pack("HBBI", RETURN, 0, 0, ERRNO | errno.ENOSYS)
text = ctypes.create_string_buffer(program)
whole = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(text))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, FILTER, whole, 0, 0):
    sys.exit(f"no filter: {os.strerror(ctypes.get_errno())}")
os.execv(sys.argv[2], sys.argv[2:])
