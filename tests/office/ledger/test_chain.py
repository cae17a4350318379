"""The chain names the first line that does not fit, whatever was done to the file."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from jieyue_cli.office.ledger.chain import Chain, chain
from jieyue_cli.office.ledger.entry import hash_of
from office.ledger.made import entry, lines

LINES = lines([entry(2020), entry(2021), entry(2022, note="第三年"), entry(2022, note="更正"), entry(2023)])
OTHER = lines([entry(2020, digest="d"), entry(2021, digest="d"), entry(2022, digest="d")])
WHOLE = b"".join(LINES)


def told(data: bytes) -> str:
    """What is said of the line that does not fit."""
    problem = chain(data).problem
    if problem is None:
        return "完好"
    return problem.message.removeprefix("台账").partition("；请用备份恢复")[0].replace("起不可信：这一行", " ")


def test_a_chain_that_holds() -> None:
    read = chain(WHOLE)
    assert (len(read.entries), len(read.hashes), read.ended, read.rest, read.problem) == (5, 6, True, b"", None)
    assert chain(b"") == Chain()


ALTERED: dict[str, tuple[bytes, str]] = {
    "edited": (
        WHOLE.replace("第三年".encode(), "第四年".encode()),
        "第 3 行 与第 4 条记下的校验码不符，记录之后被改过，或被换过",
    ),
    "a link edited": (
        WHOLE.replace(hash_of(LINES[1].rstrip()).encode(), b"1" * 64),
        "第 3 行 记下的上一条的校验码不对，记录之后被改过",
    ),
    "saved by an editor": (
        WHOLE.replace(b"\n", b"\r\n"),
        "第 1 行 写法与程序写的不同，记录之后被改过，或用编辑器另存过",
    ),
    "with a byte order mark": (b"\xef\xbb\xbf" + WHOLE, "第 1 行 不是一条完整的记录，记录之后被改过或截断"),
    "spaced": (
        WHOLE.replace(b'"number":2', b'"number": 2'),
        "第 2 行 写法与程序写的不同，记录之后被改过，或用编辑器另存过",
    ),
    "an unknown key": (WHOLE.replace(b'"number":2', b'"number":2,"numbers":3'), "第 2 行 项目不对，记录之后被改过"),
    "a number in another way": (
        WHOLE.replace(b'"self":91.5', b'"self":91.50', 1),
        "第 1 行 与第 2 条记下的校验码不符，记录之后被改过，或被换过",
    ),
    "a huge number": (
        b"".join(lines([entry(2020)])).replace(b'"self":91.5', b'"self":9E+999999'),
        "第 1 行 写法与程序写的不同，记录之后被改过，或用编辑器另存过",
    ),
    "a long number": (
        b"".join(lines([entry(2020)])).replace(b'"self":91.5', b'"self":' + b"9" * 5000),
        "第 1 行 写法与程序写的不同，记录之后被改过，或用编辑器另存过",
    ),
    "cut in the middle": (b"".join([*LINES[:1], *LINES[3:]]), "第 2 行 是第 4 条，缺少第 2 条：有的行被删除了"),
    "cut at the start": (b"".join(LINES[1:]), "第 1 行 是第 2 条，缺少第 1 条：有的行被删除了"),
    "cut within a line": (WHOLE.replace(b'"note":"",', b"", 1), "第 1 行 项目不对，记录之后被改过"),
    "doubled": (b"".join([*LINES[:3], LINES[1], *LINES[3:]]), "第 4 行 与第 2 行完全相同，是重复的一行"),
    "swapped": (
        b"".join([LINES[0], LINES[2], LINES[1], *LINES[3:]]),
        "第 2 行 是第 3 条，第 2 条在它后面：各行的次序被改过",
    ),
    "two ledgers, one after the other": (
        WHOLE + b"".join(OTHER),
        "第 6 行 按校验码是最前面的一条，而第 1 行已经是第 1 条：有插入的，或合并了两份台账",
    ),
    "two ledgers, mixed": (
        LINES[0] + LINES[1] + OTHER[1] + LINES[2],
        "第 3 行 是第 2 条，却不接在前面任何一条之后：是另一份台账的，或被插入的",
    ),
    "two ledgers that began as one": (
        WHOLE + b"".join(lines([entry(2020), entry(2021), entry(2022, note="另一台电脑记的")])[2:]),
        "第 6 行 接在第 2 条之后，而第 3 行已经是第 3 条：有插入的，或合并了两份台账",
    ),
    "renumbered": (
        b"".join([*LINES[:4], LINES[4].replace(b'"number":5', b'"number":6')]),
        "第 5 行 编号是 6，应为 5，记录之后被改过",
    ),
    "a blank line": (LINES[0] + b"\n" + LINES[1], "第 2 行 不是一条完整的记录，记录之后被改过或截断"),
    "too deep": (
        LINES[0] + b'{"agencies":' + b"[" * 100_000 + b"\n",
        "第 2 行 不是一条完整的记录，记录之后被改过或截断",
    ),
    "words after the end": (WHOLE + "谢谢".encode(), "第 6 行 不是没写完的一条，记录之后被改过"),
    "its last byte edited": (WHOLE[:-1] + b" ", "第 5 行 不是没写完的一条，记录之后被改过"),
    "a newer format": (
        WHOLE + LINES[0].replace(b'"format":1,', b'"format":2,"place":"?",').replace(b'"number":1', b'"number":6'),
        "第 6 条是更新的程序写的（格式 2），请升级程序后再读。",
    ),
    "a newer format, its end missing": (
        WHOLE + LINES[0].replace(b'"format":1,', b'"format":2,').replace(b'"number":1', b'"number":6')[:-1],
        "第 6 条是更新的程序写的（格式 2），请升级程序后再读。",
    ),
    "another json": (b'{"rubric":{}}\n', "第 1 行 不是一条完整的记录，记录之后被改过或截断"),
    "a spreadsheet": (b"PK\x03\x04\x14", "这不是台账，请核对文件名；台账由 jieyue ledger record 写成。"),
    "some text": ("台账\n".encode(), "这不是台账，请核对文件名；台账由 jieyue ledger record 写成。"),
}


@pytest.mark.parametrize(("data", "said"), ALTERED.values(), ids=ALTERED)
def test_what_was_done_to_it(data: bytes, said: str) -> None:
    assert told(data) == said


def test_any_byte_changed_is_found_in_its_line_or_shows_in_the_head() -> None:
    chosen = random.Random(16)  # noqa: S311
    data, place = b"".join(LINES[:3]), 0
    for number, text in enumerate(LINES[:3], 1):
        for byte in text:
            other = (byte + chosen.randrange(1, 256)) % 256
            changed = data[:place] + bytes([other]) + data[place + 1 :]
            said = told(changed)
            if said == "完好":
                assert number == 3
                assert chain(changed).hashes[-1] != chain(data).hashes[-1]
            else:
                assert said.startswith(f"第 {number} ") or "或者是后一条" in said, said
            place += 1


REARRANGED: dict[str, Callable[[int], tuple[list[bytes], int]]] = {
    "removed": lambda at: ([*LINES[:at], *LINES[at + 1 :]], at + 1),
    "doubled": lambda at: ([*LINES[: at + 1], *LINES[at:]], at + 2),
    "swapped with the next": lambda at: ([*LINES[:at], LINES[at + 1], LINES[at], *LINES[at + 2 :]], at + 1),
    "of another ledger": lambda at: ([*LINES[: at + 1], OTHER[0], *LINES[at + 1 :]], at + 2),
}


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("rearranged", REARRANGED.values(), ids=REARRANGED)
def test_a_line(rearranged: Callable[[int], tuple[list[bytes], int]], at: int) -> None:
    made, number = rearranged(at)
    assert told(b"".join(made)).startswith(f"第 {number} 行 ")


def test_a_line_that_was_not_written_to_its_end_is_told_and_no_other_is_lost() -> None:
    for number in (0, 4):
        before = b"".join(LINES[:number])
        for size in range(1, len(LINES[number]) - 1):
            for tail in (b"", b"\0" * 7):
                rest = LINES[number][:size] + tail
                read = chain(before + rest)
                assert (len(read.entries), read.rest, read.problem) == (number, rest, None)
    read = chain(WHOLE[:-1])
    assert (len(read.entries), read.ended, read.rest, read.problem) == (5, False, b"", None)
