"""Say by the exit code whether this Python can load the wheels beside this file: 0 it can, 3 it cannot (and why).

Any Python 3 there is may be asked, so this must run on an old one too.
"""

import platform
import struct
import sys
import sysconfig
from pathlib import Path

machine = sysconfig.get_platform().split("-")[-1] if sys.platform == "win32" else platform.machine().lower()
bits = str(struct.calcsize("P") * 8)
python = f"{sys.version_info[0]}.{sys.version_info[1]}"
wanted = (Path(__file__).resolve().parent / "target.txt").read_text(encoding="ascii").split()
if [python, sys.platform, machine, bits] != wanted:
    print(f"  找到 Python {platform.python_version()}（{bits} 位，{machine}），不合用")
    sys.exit(3)
