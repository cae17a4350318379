"""Every kind of wrong call of every command: what is said is Chinese, whole, and names the command's help page.

Typer's own sentences are English and change between releases: where one of them gets through, a line here fails.
"""

from __future__ import annotations

import shlex

import pytest

from jieyue_cli.report.office.schema import MODULES, SCORING
from program import Call

WRONG = {
    "": [
        ("-", "没有 - 这个命令。"),
        ("--", "缺少命令。"),
        ("-- --", "没有 -- 这个命令。"),
        ("-- -x", "没有 -x 这个选项。"),
        ("-- --detial", "没有 --detial 这个选项。"),
        ("-- -", "没有 - 这个命令。"),
        ("-x", "没有 -x 这个选项。"),
        ("--detail", "没有 --detail 这个选项。"),
        ("--versio", "没有 --versio 这个选项，是不是想写 --version？"),
        ("--version=1", "选项 --version 后面不带取值。"),
        ("--help=1", "选项 --help 后面不带取值。"),
        ("-h", "没有 -h 这个选项。"),
        ("scor good.xlsx", "没有 scor 这个命令，是不是想写 score？"),
        ("sccore", "没有 sccore 这个命令，是不是想写 score？"),
        ("'打分'", "没有 打分 这个命令。"),
        ("temp", "没有 temp 这个命令，是不是想写 template？"),
        ("'a'\"'\"'b'", "没有 a'b 这个命令。"),
        ("'a\"b'", '没有 a"b 这个命令。'),
        ("—version", "选项前面要用两个半角减号：请把 —version 写成 --version。"),
        ("－－help", "选项前面要用两个半角减号：请把 －－help 写成 --help。"),
        ("'a b'", "没有 a b 这个命令。"),
        ("''", "没有  这个命令。"),
        ("_x", "没有 _x 这个命令。"),
        ("'*x'", "没有 *x 这个命令。"),
        ("'“x”'", "没有 “x” 这个命令。"),
        ("SCORE", "没有 SCORE 这个命令。"),
    ],
    "template": [
        ("template x", "多出了参数 x。"),
        ("template x y", "多出了参数 x y。"),
        ("template --year 1900", "选项 --year 的取值不对：不能小于 1949。"),
        ("template --year abc", "选项 --year 的取值不对：应为整数。"),
        ("template --year", "选项 --year 缺少取值。"),
        ("template --form x", "没有 --form 这个选项，是不是想写 --from、--force？"),
        ("template --froce", "没有 --froce 这个选项，是不是想写 --force、--from、--roster？"),
        ("template --force=yes", "选项 --force 后面不带取值。"),
        ("template --year 2019", "评价年度 2019 早于标准印发的 2020 年。"),
        ("template --roster a.csv --agency b", "--roster 和 --agency 只能给一个。"),
        ("template --roster a.csv --from b", "--roster 和 --from 只能给一个。"),
        ("template -o", "选项 -o 缺少取值。"),
        ("template -x", "没有 -x 这个选项。"),
    ],
    "score": [
        ("-- score", "缺少参数 文件…。"),
        ("score", "缺少参数 文件…。"),
        ("score --", "缺少参数 文件…。"),
        ("score --detial good.xlsx", "没有 --detial 这个选项，是不是想写 --detail？"),
        ("score --det good.xlsx", "没有 --det 这个选项，是不是想写 --detail、--quiet？"),
        ("score --form text good.xlsx", "没有 --form 这个选项，是不是想写 --format？"),
        ("score -x good.xlsx", "没有 -x 这个选项。"),
        ("score -ox good.xlsx -q", "没有 -q 这个选项。"),
        ("score -xo a good.xlsx", "没有 -x 这个选项。"),
        ("score good.xlsx --format", "选项 --format 缺少取值。"),
        ("score good.xlsx --format=", "选项 --format 的取值不对：应为 text、json、csv、markdown 之一。"),
        ("score good.xlsx --format xml", "选项 --format 的取值不对：应为 text、json、csv、markdown 之一。"),
        ("score good.xlsx --format TEXT", "选项 --format 的取值不对：应为 text、json、csv、markdown 之一。"),
        ("score good.xlsx --format jsonl", "选项 --format 的取值不对：应为 text、json、csv、markdown 之一。"),
        ("score good.xlsx --format 'a'\"'\"'b'", "选项 --format 的取值不对：应为 text、json、csv、markdown 之一。"),
        ("score good.xlsx --format=xml --limits 0", "选项 --format 的取值不对：应为 text、json、csv、markdown 之一。"),
        ("score good.xlsx --limits=0", "选项 --limits 的取值不对：不能小于 1。"),
        ("score good.xlsx --limits 101", "选项 --limits 的取值不对：不能大于 100。"),
        ("score good.xlsx --limits 1e3", "选项 --limits 的取值不对：应为整数。"),
        ("score good.xlsx --limits ''", "选项 --limits 的取值不对：应为整数。"),
        ("score good.xlsx --detail=1", "选项 --detail 后面不带取值。"),
        ("score good.xlsx --detail=", "选项 --detail 后面不带取值。"),
        ("score good.xlsx --help=1", "选项 --help 后面不带取值。"),
        ("score good.xlsx --no-detail", "没有 --no-detail 这个选项，是不是想写 --detail？"),
        ("score good.xlsx -o", "选项 -o 缺少取值。"),
        ("score good.xlsx --output", "选项 --output 缺少取值。"),
        ("score good.xlsx --rubric", "选项 --rubric 缺少取值。"),
        ("score good.xlsx --jobs 2", "没有 --jobs 这个选项。"),
        ("score good.xlsx --nosuch=1 --format xml", "没有 --nosuch 这个选项。"),
        ("score --format xml", "选项 --format 的取值不对：应为 text、json、csv、markdown 之一。"),
        ("score --limits 0", "选项 --limits 的取值不对：不能小于 1。"),
        ("score --help --nosuch", "没有 --nosuch 这个选项。"),
        ("score --nosuch --help", "没有 --nosuch 这个选项。"),
    ],
    "batch": [
        ("batch", "缺少参数 文件夹|ZIP…。"),
        ("batch x --jobs 0", "选项 --jobs 的取值不对：不能小于 1。"),
        ("batch x --jobs -1", "选项 --jobs 的取值不对：不能小于 1。"),
        ("batch x --jobs=-1", "选项 --jobs 的取值不对：不能小于 1。"),
        ("batch x --jobs 65", "选项 --jobs 的取值不对：不能大于 64。"),
        ("batch x --jobs 1000", "选项 --jobs 的取值不对：不能大于 64。"),
        ("batch x --jobs '二'", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --jobs 1.5", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --jobs abc", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --jobs 0x10", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --jobs nan", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --jobs inf", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --jobs --year 2024", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --jobs", "选项 --jobs 缺少取值。"),
        ("batch x --year 20", "选项 --year 的取值不对：不能小于 1949。"),
        ("batch x --year 1948", "选项 --year 的取值不对：不能小于 1949。"),
        ("batch x --year 2100", "选项 --year 的取值不对：不能大于 2099。"),
        ("batch x --year '二〇二四'", "选项 --year 的取值不对：应为整数。"),
        ("batch x --agencies 0", "选项 --agencies 的取值不对：不能小于 1。"),
        ("batch x --agencies -3", "选项 --agencies 的取值不对：不能小于 1。"),
        ("batch x --agencies x", "选项 --agencies 的取值不对：应为整数。"),
        ("batch x --limits 0", "选项 --limits 的取值不对：不能小于 1。"),
        ("batch x --format xlsx", "选项 --format 的取值不对：应为 text、json、jsonl、csv、markdown 之一。"),
        ("batch x --format text,json", "选项 --format 的取值不对：应为 text、json、jsonl、csv、markdown 之一。"),
        ("batch x --roster", "选项 --roster 缺少取值。"),
        ("batch x --roster r.csv --agencies 3", "--roster 和 --agencies 只能给一个。"),
        ("batch --roster", "选项 --roster 缺少取值。"),
        ("batch x -o", "选项 -o 缺少取值。"),
        ("batch x —roster r.csv", "选项前面要用两个半角减号：请把 —roster 写成 --roster。"),
        ("batch —roster r.csv x", "选项前面要用两个半角减号：请把 —roster 写成 --roster。"),
        ("batch x ——roster=r.csv", "选项前面要用两个半角减号：请把 ——roster=r.csv 写成 --roster。"),
        ("batch x –roster r.csv", "选项前面要用两个半角减号：请把 –roster 写成 --roster。"),
        ("batch x －－roster r.csv", "选项前面要用两个半角减号：请把 －－roster 写成 --roster。"),
        ("batch x -—Rooster r.csv", "选项前面要用两个半角减号：请把 -—Rooster 写成 --roster。"),
        ("batch x －o r.csv", "选项前面要用两个半角减号：请把 －o 写成 -o。"),
        ("batch x --rooster r.csv", "没有 --rooster 这个选项，是不是想写 --roster？"),
        ("batch x --agency 3", "没有 --agency 这个选项，是不是想写 --agencies？"),
        ("batch x -j 3", "没有 -j 这个选项。"),
        ("batch --jobs 0", "选项 --jobs 的取值不对：不能小于 1。"),
        ("batch x --jobs 99999999999999999999", "选项 --jobs 的取值不对：不能大于 64。"),
        ("batch x --jobs 1.0", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --jobs 1e0", "选项 --jobs 的取值不对：应为整数。"),
        ("batch x --agencies 1.0", "选项 --agencies 的取值不对：应为整数。"),
    ],
    "schema": [
        ("schema x", f"“x”应为 {'、'.join((*SCORING, *MODULES))} 之一。"),
        ("schema --format json", "没有 --format 这个选项。"),
        ("schema --help=1", "选项 --help 后面不带取值。"),
    ],
    "completion": [
        ("completion", "缺少参数 bash|zsh|fish|powershell。"),
        ("completion tcsh", "没有“tcsh”这种命令行，应为 bash、zsh、fish、powershell 之一。"),
        ("completion Bash", "没有“Bash”这种命令行，应为 bash、zsh、fish、powershell 之一。"),
        ("completion bash zsh", "多出了参数 zsh。"),
        ("completion --shell bash", "没有 --shell 这个选项，是不是想写 --help？"),
    ],
    "rubric": [
        ("rubric chek x", "没有 chek 这个命令，是不是想写 check？"),
        ("rubric shwo", "没有 shwo 这个命令，是不是想写 show？"),
        ("rubric --", "缺少命令。"),
        ("rubric -x", "没有 -x 这个选项。"),
        ("rubric --nme", "没有 --nme 这个选项。"),
        ("rubric --help=1", "选项 --help 后面不带取值。"),
        ("rubric '打分'", "没有 打分 这个命令。"),
        ("rubric -- -x", "没有 -x 这个选项。"),
        ("rubric sh", "没有 sh 这个命令，是不是想写 show？"),
    ],
    "rubric check": [
        ("rubric check", "缺少参数 文件。"),
        ("rubric check a.yaml b.yaml", "多出了参数 b.yaml。"),
        ("rubric check a.yaml 'b c.yaml' d", "多出了参数 b c.yaml d。"),
        ("rubric check --frmat", "没有 --frmat 这个选项。"),
    ],
    "rubric show": [
        ("rubric show a b", "多出了参数 b。"),
        ("rubric show --format html", "选项 --format 的取值不对：应为 text、markdown 之一。"),
        ("rubric show --format", "选项 --format 缺少取值。"),
        ("rubric show --format Markdown", "选项 --format 的取值不对：应为 text、markdown 之一。"),
    ],
    "rubric explain": [
        ("rubric explain a b", "多出了参数 b。"),
        ("rubric explain --format json", "选项 --format 的取值不对：应为 text、markdown 之一。"),
    ],
    "rubric diff": [
        ("rubric diff", "缺少参数 甲。"),
        ("rubric diff a", "缺少参数 乙。"),
        ("rubric diff a b c", "多出了参数 c。"),
        ("rubric diff -x", "没有 -x 这个选项。"),
        ("rubric diff a --format x", "没有 --format 这个选项。"),
    ],
    "rubric new": [
        ("rubric new", "缺少参数 文件。"),
        ("rubric new a.yaml b.yaml", "多出了参数 b.yaml。"),
        ("rubric new a.yaml --extends", "选项 --extends 缺少取值。"),
        ("rubric new a.yaml --force=1", "选项 --force 后面不带取值。"),
        ("rubric new a.yaml --forc", "没有 --forc 这个选项，是不是想写 --force、--from？"),
    ],
    "rubric schema": [
        ("rubric schema x", "多出了参数 x。"),
        ("rubric schema --x", "没有 --x 这个选项。"),
    ],
}
"""Command → calls of it, and what is said of each."""
CALLS = [(command, line, said) for command, calls in WRONG.items() for line, said in calls]


@pytest.mark.parametrize(("command", "line", "said"), CALLS, ids=[line for _, line, _ in CALLS])
def test_a_wrong_call_is_explained_in_chinese(command: str, line: str, said: str, call: Call) -> None:
    ran = call(*shlex.split(line))
    assert ran.err == f"{said}\n用法请看 {f'jieyue {command}'.strip()} --help\n"
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("line", ["a\x1b[31mb", "schema \x1b[31m", "score --\x1b[31m", "rubric a\x07"])
def test_control_characters_of_a_call_do_not_reach_the_terminal(line: str, call: Call) -> None:
    assert all(char.isprintable() or char == "\n" for char in call(*line.split()).err)


@pytest.mark.parametrize("command", ["rubric", "letter"])
def test_a_group_without_a_command_shows_its_help_page(command: str, call: Call) -> None:
    ran = call(command)
    assert (ran.code, ran.out, ran.err) == (2, call(command, "--help").out, "")


@pytest.mark.parametrize("jobs", ["1", "64", "01", "+2", " 3 "])
def test_a_whole_number_may_be_spelled_as_people_do(jobs: str, call: Call) -> None:
    assert "--jobs" not in call("batch", "x", "--jobs", jobs).err


def test_a_file_may_be_called_with_a_long_dash(call: Call) -> None:
    assert "——结果" in call("batch", "——结果").err
