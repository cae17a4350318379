"""``jieyue rubric``: check, show, compare and begin a standard; ``jieyue schema``: the machine contract."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jieyue_cli.cli import options, usage
from jieyue_cli.report.formats import TEXT, Format
from jieyue_cli.terminal import console

app = typer.Typer(rich_markup_mode=None)

_NAME = "内置名称或标准文件（.yaml、.xlsx）"
_YAML, _WORKBOOK = frozenset({".yaml", ".yml"}), ".xlsx"
_DOCUMENTS = frozenset({".docx", ".doc", ".wps", ".pdf"})
"""Files that are no standard, but may hold the table of one as it was published."""


@app.command("check", cls=usage.Command)
def check(
    file: Annotated[Path, typer.Argument(metavar="文件", readable=False, help="评价标准的文件（.yaml、.xlsx）。")],
) -> None:
    """检查评价标准文件：一次列出全部错误的位置（行列或单元格），再列出请与条文对照的地方。"""
    from jieyue_cli.report.standard.cautions import cautions_view
    from jieyue_cli.rubric.cautions import cautions
    from jieyue_cli.rubric.source import load
    from jieyue_cli.text.numbers import plain

    rubric, problems = load(file)
    if rubric is None:
        options.stop(problems)
    counts = f"{len(rubric.units)} 个单元、{len(rubric.items)} 个项目、{len(rubric.criteria)} 条"
    marks = f"满分 {rubric.full_marks}，达标线 {plain(rubric.pass_mark)} 分"
    options.report(problems)
    found = f"没有错误，有 {len(problems)} 处提醒" if problems else "没有问题"
    console.show(f"{file}：{found}。{rubric.title}，{counts}，{marks}。")
    listed = cautions(rubric)
    if file.suffix.lower() not in _YAML:
        from jieyue_cli.rubric.spreadsheet.words import in_cells

        listed = list(map(in_cells, listed))
    if listed:
        console.show(cautions_view(listed))


@app.command("show", cls=usage.Command)
def show(
    name: Annotated[str, typer.Argument(metavar="[名称|文件]", help=f"{_NAME}，默认 standard_2020。")] = (
        options.DEFAULT_RUBRIC
    ),
    format: Annotated[Format, options.format_option("rubric show")] = TEXT,
) -> None:
    """按印发的表格样式显示评价标准。"""
    rubric = options.load_rubric(name)
    if format is TEXT:
        from jieyue_cli.report.standard.console import standard_view

        console.show(standard_view(rubric))
    else:
        console.emit(format.render(rubric))


@app.command("explain", cls=usage.Command)
def explain(
    name: Annotated[str, typer.Argument(metavar="[名称|文件]", help=f"{_NAME}，默认 standard_2020。")] = (
        options.DEFAULT_RUBRIC
    ),
    format: Annotated[Format, options.format_option("rubric explain")] = TEXT,
) -> None:
    """逐条说明评价标准怎样计分，供与条文对照。"""
    rubric = options.load_rubric(name)
    if format is TEXT:
        from jieyue_cli.report.standard.meaning import meaning_view

        console.show(meaning_view(rubric))
    else:
        console.emit(format.render(rubric))


@app.command("diff", cls=usage.Command)
def diff(
    old: Annotated[str, typer.Argument(metavar="甲", help=f"原来的标准：{_NAME}。")],
    new: Annotated[str, typer.Argument(metavar="乙", help=f"现在的标准：{_NAME}。")],
) -> None:
    """用文字列出乙与甲的差别：总则、分值、条文、计分方式、增删和改号。"""
    from jieyue_cli.report.standard.difference import difference_view
    from jieyue_cli.rubric.difference import differences

    before, after = options.load_rubric(old), options.load_rubric(new)
    console.show(difference_view(before, after, differences(before, after)))


@app.command("new", cls=usage.Command)
def new(
    file: Annotated[Path, typer.Argument(metavar="文件", readable=False, help="要新建的文件：.yaml 或 .xlsx。")],
    extends: Annotated[
        str | None, typer.Option(metavar="名称|文件", help="只写与这个标准的差别，不从头写（.yaml）。")
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="名称|文件", help="由这个标准转换：.yaml 与 .xlsx 可以互转，也可以是印发的表。"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件。")] = False,
) -> None:
    """新建一份评价标准，或把标准换一种写法：.xlsx 用表格软件填写，.yaml 用记事本填写。"""
    from jieyue_cli.files import output
    from jieyue_cli.problems import Code
    from jieyue_cli.rubric import schema as editor

    suffix = file.suffix.lower()
    if suffix not in {*_YAML, _WORKBOOK}:
        options.stop([Code.OUTPUT_FORMAT.at(known=".xlsx .yaml").inside(str(file))])
    if extends and (source or suffix == _WORKBOOK):
        raise typer.BadParameter("--extends 只能单独用，写成 .yaml。")
    inputs = [Path(options.rubric_name(name)) for name in (extends, source) if name]
    if problem := output.check(file, inputs=inputs, replace=force):
        options.stop([problem])
    written = [(file, _begun(file, extends) if source is None else _converted(file, source))]
    beside = file.with_name(editor.FILE_NAME)
    if suffix in _YAML and (force or not output.is_other(beside)):
        written.append((beside, _dumped(editor.schema())))
    for path, data in written:
        if problem := output.write(path, data):
            options.stop([problem])
        console.say(f"已写入 {path}")


def _begun(file: Path, extends: str | None) -> bytes:
    """A standard to begin with."""
    from jieyue_cli.rubric import catalogue

    if extends:
        return catalogue.new_difference(_beside(extends, file)).encode()
    begun = catalogue.new_standard().encode()
    if file.suffix.lower() in _YAML:
        return begun
    from jieyue_cli.rubric.spreadsheet import written
    from jieyue_cli.rubric.tree import parse

    data = parse(begun).data
    assert isinstance(data, dict)  # noqa: S101 -- our own file
    return written(data)


def _converted(file: Path, source: str) -> bytes:
    """The standard called ``source`` in the form that the file's suffix asks for; ends the run where that loses any."""
    from jieyue_cli.problems import Code
    from jieyue_cli.rubric.as_yaml import as_yaml
    from jieyue_cli.rubric.source import whole
    from jieyue_cli.rubric.spreadsheet import written

    name = options.rubric_name(source)
    is_yaml = file.suffix.lower() in _YAML
    if Path(name).suffix.lower() in _DOCUMENTS:
        return _proposed(file, Path(name), is_yaml=is_yaml)
    standard, problems = whole(name)
    if standard is None and {problem.code for problem in problems} & {Code.RUBRIC_NO_SHEET, Code.RUBRIC_FOREIGN}:
        return _proposed(file, Path(name), is_yaml=is_yaml)
    if standard is None:
        options.stop(problems)
    options.report(problems)
    data = as_yaml(standard.data).encode() if is_yaml else written(standard.data)
    if not standard.said_by(data):
        options.stop([Code.RUBRIC_UNSAYABLE.at(form="YAML" if is_yaml else "表格").inside(name)])
    return data


def _proposed(file: Path, table: Path, *, is_yaml: bool) -> bytes:
    """What a table as it was published gives; in a spreadsheet, where everything to look at can be marked."""
    from jieyue_cli.problems import Code
    from jieyue_cli.rubric.published import offered
    from jieyue_cli.rubric.spreadsheet import written

    if is_yaml:
        options.stop([Code.OUTPUT_FORMAT.at(known=_WORKBOOK).inside(str(file))])
    offer, problems = offered(options.contents(table), str(table))
    options.report(problems)
    if offer is None:
        raise typer.Exit(options.WRONG_USAGE)
    for sentence in offer.told:
        console.say(sentence)
    return written(offer.data, offer.doubts)


def _beside(extends: str, file: Path) -> str:
    """How the new file names the standard that it extends, which must hold."""
    import os

    from jieyue_cli.rubric.catalogue import shipped

    options.load_rubric(extends)
    if extends in shipped():
        return extends
    path = options.rubric_name(extends)
    try:
        return Path(os.path.relpath(path, file.parent)).as_posix()
    except ValueError:  # on another drive of Windows
        return Path(path).absolute().as_posix()


@app.command("schema", cls=usage.Command)
def rubric_schema() -> None:
    """输出评价标准文件的 JSON Schema，供编辑器提示和检查。"""
    from jieyue_cli.rubric.schema import schema as made

    console.emit(_dumped(made()))


def schema(
    command: Annotated[
        list[str] | None, typer.Argument(metavar="命令", help="哪个命令，如 evidence 或 verify plan；默认 batch。")
    ] = None,
) -> None:
    """输出 --format json 的 JSON Schema，供其他程序核对。"""
    from jieyue_cli.report.office.schema import MODULES, SCORING
    from jieyue_cli.report.office.schema import schema as made

    name = " ".join(command or SCORING[:1])
    if name not in {*SCORING, *MODULES}:
        raise typer.BadParameter(f"“{name}”应为 {'、'.join((*SCORING, *MODULES))} 之一。")
    console.emit(_dumped(made(name)))


def _dumped(schema: object) -> bytes:
    import json

    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"
