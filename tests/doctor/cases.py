"""What each check of ``jieyue doctor`` may see, and what it then finds."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jieyue_cli.clock import ZONE
from jieyue_cli.doctor import disk, installation, place, programs, screen, system
from jieyue_cli.doctor.disk import Folder
from jieyue_cli.doctor.finding import Finding, good, remark, wrong
from jieyue_cli.doctor.installation import REINSTALL, Files, Standard, Version
from jieyue_cli.doctor.libraries import Library
from jieyue_cli.doctor.place import Place
from jieyue_cli.doctor.screen import Encoding, Width
from jieyue_cli.doctor.system import Clock, Locale, Workers

EAST = dt.timedelta(hours=8)
PINNED = "1604361600"


def day(year: int, month: int = 11, date: int = 28) -> dt.datetime:
    """Half past eight in the morning, in China."""
    return dt.datetime(year, month, date, 8, 30, tzinfo=ZONE)


CASES: dict[str, list[tuple[Any, Finding]]] = {
    "版本": [
        (Version("0.2.0", "0.2.0", (3, 11, 7), 64), good("jieyue 0.2.0，Python 3.11.7（64 位）")),
        (Version("0.2.0", None, (3, 14, 0), 32), good("jieyue 0.2.0，Python 3.14.0（32 位）")),
        (Version("0.2.0", None, (3, 10, 9), 64), wrong("Python 3.10.9（64 位） 太旧", installation.UPGRADE_PYTHON)),
        (
            Version("0.2.0", "0.1.0", (3, 12, 1), 64),
            wrong("程序是 0.2.0，安装记录是 0.1.0：升级没有做完", REINSTALL),
        ),
    ],
    "程序文件": [
        (Files(300, ""), good("300 个文件齐全，与发布时相同")),
        (Files(900, "大小"), good("900 个文件齐全，大小与发布时相同")),
        (Files(31, None), good("31 个数据文件都在（没有安装记录，未比对内容）")),
        (Files(300, "", lost=("a.py", "b.css")), wrong("少了 a.py、b.css", REINSTALL)),
        (Files(31, None, lost=tuple("abcde")), wrong("少了 a、b、c 等 5 个", REINSTALL)),
        (Files(300, "", changed=("a.py",)), wrong("与发布时不同：a.py", REINSTALL)),
    ],
    "评价标准": [
        (
            Standard("standard_2020（1 版）", "0123456789abcdef01"),
            good("standard_2020（1 版），校验码 0123456789abcdef"),
        ),
        (
            Standard("standard_2020", "", "程序不完整：标准不见了；请重新安装。"),
            wrong("程序不完整：标准不见了", REINSTALL),
        ),
    ],
    "依赖的库": [
        ((Library("typer", "0.29.2", "<0.30,>=0.29"), Library("rich", None, "")), good("2 个都能用，版本合适")),
        (
            (Library("typer", "0.29.2"), Library("msgspec", "0.19", "", "ImportError: DLL load failed")),
            wrong("用不了 msgspec（ImportError: DLL load failed）", REINSTALL),
        ),
        (
            (Library("typer", "0.30.0", "<0.30,>=0.29"), Library("rich", "9.13", ">=14.3.4")),
            wrong("版本不符：typer 0.30.0（应 <0.30,>=0.29）、rich 9.13（应 >=14.3.4）", REINSTALL),
        ),
    ],
    "安装位置": [
        (Place("/opt/jieyue", ("/scratch",)), good("/opt/jieyue")),
        (Place("/scratches/jieyue", ("/scratch",)), good("/scratches/jieyue")),
        (Place("D:\\jieyue", ("C:\\Users\\a\\Temp",), windows=True), good("D:\\jieyue")),
        (
            Place("C:\\Users\\A\\TEMP\\Rar$1\\jieyue", ("C:\\Users\\a\\Temp",)),
            remark("在临时文件夹里：C:\\Users\\A\\TEMP\\Rar$1\\jieyue", place.UNPACK),
        ),
        (
            Place("D:\\下载\\a.zip\\jieyue"),
            remark("还没有解压到固定的地方：D:\\下载\\a.zip\\jieyue", place.UNPACK),
        ),
        (
            Place("/private/var/folders/x/AppTranslocation/1/jieyue"),
            remark("还没有解压到固定的地方：/private/var/folders/x/AppTranslocation/1/jieyue", place.UNPACK),
        ),
        (
            Place("C:\\Users\\a\\OneDrive - 示例市\\jieyue"),
            remark("在会同步到网上的文件夹里：C:\\Users\\a\\OneDrive - 示例市\\jieyue", place.MOVE),
        ),
        (Place("/home/a/坚果云/jieyue"), remark("在会同步到网上的文件夹里：/home/a/坚果云/jieyue", place.MOVE)),
        (
            Place("C:\\Users\\a\\Downloads"),
            remark("在下载文件夹里：C:\\Users\\a\\Downloads", place.MOVE),
        ),
        (Place("\\\\server\\share\\jieyue"), remark("在网络共享上，启动会慢：\\\\server\\share\\jieyue", place.MOVE)),
        (
            Place("D:\\" + "深" * 140, windows=True),
            remark("路径有 143 个字：D:\\" + "深" * 140, place.SHORTEN),
        ),
        (Place("/" + "深" * 140), good("/" + "深" * 140)),
        (Place("D:\\jieyue", windows=True, blocked=True), remark("Windows 仍把它标为从网上下载的文件", place.UNBLOCK)),
    ],
    "屏幕编码": [
        (Encoding("utf-8", "UTF-8"), good("utf-8，能显示中文")),
        (Encoding("gbk", "cp936"), good("gbk，能显示中文（有 1 种符号显示为 ?）")),
        (Encoding("gb18030", "gb18030", terminal=False), good("gb18030，能显示中文")),
        (Encoding("ascii", "ascii"), wrong("ascii cannot show Chinese / 显示不了中文", screen.CHOOSE_UTF8)),
        (Encoding("cp1252", "cp1252"), wrong("cp1252 cannot show Chinese / 显示不了中文", screen.CHOOSE_UTF8)),
        (
            Encoding("utf-8", "ANSI_X3.4-1968"),
            remark("系统的编码 ANSI_X3.4-1968 显示不了中文，程序改用了 UTF-8", screen.CHOOSE_LOCALE),
        ),
    ],
    "屏幕宽度": [
        (Width(80, terminal=True), good("80 列")),
        (Width(20, terminal=False), good("不是窗口（写入文件或交给别的程序），按 80 列排版")),
        (Width(79, terminal=True), remark("窗口只有 79 列", screen.WIDEN)),
    ],
    "语言区域": [
        (Locale("zh_CN.UTF-8", known=True, names="utf-8"), good("zh_CN.UTF-8，文件名用 utf-8")),
        (Locale("", known=True, names="utf-8"), good("没有设置，文件名用 utf-8")),
        (
            Locale("xx_YY", known=False, names="utf-8"),
            remark("xx_YY：系统没有这个语言区域", system.SET_LOCALE),
        ),
        (Locale("C", known=True, names="ascii"), wrong("C：文件名用 ascii，写不了中文文件名", system.SET_LOCALE)),
    ],
    "当前文件夹": [
        (Folder("D:\\年", free=200), good("能写，剩 200 MB：D:\\年")),
        (Folder("D:\\年", free=72_000), good("能写，剩 70 GB：D:\\年")),
        (Folder("D:\\年", free=199), remark("只剩 199 MB（最好有 200 MB）：D:\\年", disk.FREE_SPACE)),
        (Folder("D:\\年", free=19), wrong("只剩 19 MB（至少要 20 MB）：D:\\年", disk.FREE_SPACE)),
        (
            Folder("C:\\", free=900, refused="denied"),
            wrong("写不进去（denied）：C:\\", disk.GO_ELSEWHERE),
        ),
        (Folder("", missing=True), wrong("已经被删除或移走", disk.GO_SOMEWHERE)),
    ],
    "临时文件夹": [
        (Folder("/scratch", free=100), good("能写，剩 100 MB：/scratch")),
        (Folder("/scratch", free=99), remark("只剩 99 MB（最好有 100 MB）：/scratch", disk.SET_TEMPORARY)),
        (Folder("/scratch", free=9), wrong("只剩 9 MB（至少要 10 MB）：/scratch", disk.SET_TEMPORARY)),
        (
            Folder("/scratch", free=900, refused="full"),
            wrong("写不进去（full）：/scratch", disk.SET_TEMPORARY),
        ),
        (
            Folder("/scratch", free=900, asked="/nowhere"),
            remark("指定的 /nowhere 用不了，改用 /scratch", disk.SET_TEMPORARY),
        ),
        (Folder("", missing=True), wrong("没有一个能写的临时文件夹", disk.SET_TEMPORARY)),
    ],
    "主文件夹": [("/home/a", good("/home/a")), (None, remark("没有，或不存在", system.NO_MATTER))],
    "长路径": [
        (None, good("这个系统没有 260 个字的限制")),
        (True, good("Windows 已放开 260 个字的限制")),
        (False, remark("Windows 限制路径在 260 个字以内", system.ALLOW_LONG_PATHS)),
    ],
    "日期时间": [
        (Clock(day(2026), EAST), good("2026-11-28 08:30")),
        (Clock(day(2026), dt.timedelta()), good("2026-11-28 08:30（系统时区 UTC+0，程序一律按北京时间）")),
        (
            Clock(day(2026), dt.timedelta(hours=-3, minutes=-30)),
            good("2026-11-28 08:30（系统时区 UTC-3.5，程序一律按北京时间）"),
        ),
        (Clock(day(2020, 8, 3), EAST), good("2020-08-03 08:30")),
        (Clock(day(2020, 8, 2), EAST), wrong("2020-08-02 08:30，早于标准印发的 2020-08-03", system.SET_CLOCK)),
        (Clock(day(1980, 1, 1), EAST), wrong("1980-01-01 08:30，早于标准印发的 2020-08-03", system.SET_CLOCK)),
        (Clock(day(2051), EAST), wrong("2051-11-28 08:30，远在以后", system.SET_CLOCK)),
        (Clock(day(2026), EAST, PINNED), remark(f"被环境变量固定为 {PINNED}（实际 2026-11-28 08:30）", system.UNPIN)),
    ],
    "多进程": [
        (Workers(2, 2), good("能同时开 2 个进程")),
        (Workers(8, 3), remark("有 8 个处理器，系统只许开 3 个进程", system.ALLOW_PROCESSES)),
        (Workers(8, 0), remark("开不了新进程，只能一份一份地读", system.ALLOW_PROCESSES)),
    ],
    "字体": [
        (
            frozenset({"宋体 & 新宋体 (truetype) simsun", "仿宋_gb2312", "黑体", "方正小标宋简体"}),
            good("宋体、仿宋、黑体都有"),
        ),
        (frozenset({"simsun", "fangsong", "simhei"}), good("宋体、仿宋、黑体都有；没有方正小标宋简体，函的标题用宋体")),
        (
            frozenset({"simsun", "noto serif cjk sc,noto serif cjk sc semibold"}),
            remark("没有仿宋、黑体，有别的中文字体代替", programs.INSTALL_FONTS),
        ),
        (
            frozenset({"dejavu sans"}),
            remark("没有宋体、仿宋、黑体，也没有别的中文字体，中文会显示为方框", programs.INSTALL_FONTS),
        ),
        (None, remark("这里没有 fc-list，看不到装了哪些字体", programs.LOOK_YOURSELF)),
    ],
    "表格软件": [
        (("Excel", "WPS 表格"), good("Excel、WPS 表格")),
        ((), remark("没有找到 Excel、WPS 或 LibreOffice", programs.INSTALL_OFFICE)),
    ],
}
