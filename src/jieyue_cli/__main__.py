"""Where the program starts: ``jieyue`` and ``python -m jieyue_cli``; and what is said where parts of it are missing.

An antivirus program or a copy that broke off takes away any file: a library, a module, a style sheet. So this module
needs nothing but Python to say so (docs/contract.md, Programs).
"""

from __future__ import annotations

import gc
import os
import sys
from types import ModuleType

_UNFIT = 2
_NO_MEMORY = ("Cannot allocate memory", "failed to map segment", "WinError 1455")
"""How a system says that a library or a process finds no room."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    # what starting makes lives to the end: there is no garbage in it to look for
    gc.set_threshold(100_000)
    # pydantic would look through every installed package for plugins, and none of them has a say in a verdict
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from jieyue_cli import interruption

    interruption.watch()
    try:
        from jieyue_cli.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = interruption.EXIT_CODE
    except Exception as error:
        told = explained(error)
        if not told:
            raise
        if sys.stderr:
            sys.stderr.write(f"{told}\n")
        code = _UNFIT
    interruption.finished()
    # what is left goes with the process: looking for garbage in it once more would take longer than some commands
    gc.freeze()
    sys.exit(code)


def explained(error: Exception) -> str:
    """What the installation or the system lacks, for a person; nothing where the fault is our own."""
    reason = " ".join(str(error).split())
    if isinstance(error, MemoryError) or any(words in reason for words in _NO_MEMORY):
        return "内存不够，没有做完；请关闭其他程序后重试，或分几次做。"
    lost = lost_part(error)
    return lost and (
        f"程序不完整：{lost} 不见了、已损坏，或版本不符；请重新安装或重新解压程序"
        f"（如被杀毒软件删除，先把它加入信任名单）。原因：{reason}"
    )


def lost_part(error: Exception) -> str:
    """The part of the installation whose loss this is; nothing where the fault is our own."""
    if isinstance(error, ImportError):
        return error.name or error.path or "某个部件"
    if isinstance(error, AttributeError) and isinstance(error.obj, ModuleType):
        return error.obj.__name__  # a file of which nothing, or an older state, is left
    if isinstance(error, SyntaxError):
        return error.filename or "某个部件"
    return "某个部件" if _was_loading(error) else ""


def _was_loading(error: Exception) -> bool:
    """Whether Python itself raised it over the bytes of a module."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return bool(trace and trace.tb_frame.f_code.co_filename.startswith("<frozen importlib"))


if __name__ == "__main__":
    main()
