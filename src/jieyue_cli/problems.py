"""What a clerk is told about the input: every finding is a value with a code, a place, a cause and a cure.

A function that reads input returns ``(result, problems)`` and raises only for faults of our own.
All messages live here, in one enum, so that their tone and their completeness can be read at a glance;
each is one Chinese sentence that says what was seen and then how to mend it (docs/contract.md, Problems).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec


class Severity(Enum):
    """How much a problem weighs, heaviest first."""

    ERROR = "error"
    """The answer, or the whole file, does not count."""
    WARNING = "warning"
    """It counts, but somebody should look at it."""
    NOTE = "note"
    """A lenience was applied, such as ７ read as 7."""

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the heaviest, so that sorting by it puts errors first."""
        return list(Severity).index(self)


class Location(msgspec.Struct, frozen=True):
    """Where a problem is; every part that is not known is None."""

    file: str | None = None
    """As the person named it: a path, or ``archive.zip/inner.xlsx``."""
    sheet: str | None = None
    cell: str | None = None
    """The physical A1 address, true even where rows were inserted or hidden."""
    criterion: str | None = None
    """The 编号 of the criterion."""

    def __str__(self) -> str:
        """``file 自评打分表!G14（2.2.3）``, leaving out what is not known."""
        inside = "!".join(part for part in (self.sheet, self.cell) if part)
        criterion = f"（{self.criterion}）" if self.criterion else ""
        return " ".join(part for part in (self.file, inside + criterion) if part)


NOWHERE = Location()


class Code(Enum):
    """Every finding the program can report: its severity and its sentence.

    The sentence is a ``str.format`` template; ``Code.X.at(location, seen="…")`` fills it in.
    """

    def __init__(self, severity: Severity, template: str) -> None:
        self.severity = severity
        self.template = template

    # Files that are read
    FILE_MISSING = (Severity.ERROR, "找不到这个文件或文件夹，请核对路径和文件名。")
    FILE_UNREADABLE = (Severity.ERROR, "文件打不开（没有权限或被其他程序占用），请关闭打开它的程序后重试。")
    FILE_HELD = (
        Severity.ERROR,
        "文件正被别的程序占用（多半是 Excel 或 WPS 正开着它，或网盘正在同步），没有读取，请关闭后重试。",
    )
    FILE_EMPTY = (Severity.ERROR, "文件是空的（0 字节），请让单位重新发送。")
    FILE_DAMAGED = (
        Severity.ERROR,
        "文件已损坏（{detail}），请用 Excel 或 WPS 打开后另存为 .xlsx；打不开就让单位重新发送。",
    )
    FILE_SUSPECT = (
        Severity.ERROR,
        "文件内容不正常（{detail}），为安全起见没有读取，请核实来源，用 Excel 或 WPS 打开后另存为 .xlsx。",
    )
    FILE_TOO_LARGE = (Severity.ERROR, "文件过大（超过 {limit} MB），请删除图片和多余的工作表后另存为 .xlsx。")
    FILE_TOO_MANY_CELLS = (Severity.ERROR, "表格过大（超过 {limit} 个单元格），请删除无关的工作表后重新保存。")
    FILE_EXHAUSTS = (Severity.ERROR, "读取这个文件时内存不够，请删除无关的工作表和图片后另存为 .xlsx。")
    FILE_PASSWORD = (Severity.ERROR, "文件设有打开密码，请取消密码后重新保存。")
    FILE_FOREIGN = (Severity.ERROR, "这是“{what}”，不是电子表格；请让单位交回用 Excel 或 WPS 保存的 .xlsx 表格。")
    FILE_OTHER_TABLE = (
        Severity.ERROR,
        "这是“{what}”，不是真正的工作簿；请用 Excel 或 WPS 打开它，另存为 .xlsx 后再交。",
    )
    FILE_ARCHIVE = (Severity.ERROR, "这是“{what}”，请解压后交里面的表格文件。")
    FILE_LEFTOVER = (Severity.ERROR, "这是“{what}”，不是表格本身，请交同名的原文件。")

    # Sheets of a workbook
    FILE_NO_SHEETS = (Severity.ERROR, "文件里没有可以读取的工作表，请用 Excel 或 WPS 打开核对后另存为 .xlsx。")
    FILE_SHEET_LOST = (
        Severity.ERROR,
        "工作簿列出了工作表“{sheet}”，文件里却没有它的内容，请用 Excel 或 WPS 修复后另存为 .xlsx。",
    )
    SHEET_TOO_LARGE = (
        Severity.ERROR,
        "内容一直到 {cell}，表格过大（最多 {limit} 个单元格），请删除远处多余的内容后重新保存。",
    )
    SHEET_NAME_DOUBLED = (Severity.WARNING, "有 {count} 个工作表都叫“{sheet}”，已分别读取，请改成不同的名称。")

    # Folders and what lies in them
    FILE_NOT_REGULAR = (Severity.ERROR, "这不是普通文件，没有读取，请换成真正的文件。")
    FOLDER_UNREADABLE = (Severity.ERROR, "文件夹打不开（没有权限），其中的表没有读取，请检查权限后重试。")
    FOLDER_LINK = (Severity.WARNING, "这是指向别处的文件夹链接，没有进入，请直接给出那个文件夹。")
    FOLDER_GIVEN = (Severity.ERROR, "这是文件夹，这里要的是文件，请改写路径；整个文件夹的表请用 jieyue batch。")
    FILE_LOCK = (Severity.NOTE, "这是打开表格时留下的临时文件，说明可能有人正打开着原表；已跳过，请关闭后再统计一次。")

    FILE_EVIDENCE = (
        Severity.NOTE,
        "这个表格不是自评打分表，和别的表放在一起，当作佐证材料，没有计分；如是交来的自评，请让单位用下发的空表填写。",
    )

    # Reading that was given up
    FILE_TOO_SLOW = (Severity.ERROR, "读取超过 {seconds} 秒仍未完成，已放弃；请让单位用 Excel 或 WPS 另存一份再交。")
    FILE_KILLED_READER = (Severity.ERROR, "读取时内存不足或异常中断，已放弃；请让单位用 Excel 或 WPS 另存一份再交。")
    FILE_FAULT = (Severity.ERROR, "读取时程序出错（{fault}），这份表没有计分；请把它和这句话一起发给程序的维护者。")

    READ_ALONE = (
        Severity.NOTE,
        "系统不让程序另开进程（内存、文件数、进程数或 /dev/shm 受限），已在一个进程里读完，只是较慢；请放宽限制。",
    )

    # Archives
    ARCHIVE_DAMAGED = (Severity.ERROR, "压缩包（或其中这个文件）已损坏，请重新压缩或解压后再交。")
    ARCHIVE_ENCRYPTED = (Severity.ERROR, "压缩包加了密码，请去掉密码或解压后再交。")
    ARCHIVE_NESTED = (Severity.ERROR, "压缩包里还有压缩包，没有打开，请解压后再统计。")
    ARCHIVE_FOREIGN = (Severity.ERROR, "打不开这种压缩包，请解压后再统计（只能直接读取 .zip）。")
    ARCHIVE_TOO_MANY = (Severity.ERROR, "压缩包里超过 {most} 个文件，没有读取，请分成几个。")
    ARCHIVE_EMPTY = (Severity.WARNING, "压缩包里没有电子表格，请核对。")

    # Files the program writes
    OUTPUT_EXISTS = (Severity.ERROR, "文件已存在，没有覆盖；确实要重新生成请加 --force。")
    OUTPUT_IS_FOLDER = (Severity.ERROR, "这里要的是文件，给出的却是文件夹（或路径中有同名文件），请改写路径。")
    OUTPUT_NOT_FOLDER = (Severity.ERROR, "这里要写许多个文件，请给文件夹，不要给文件。")
    OUTPUT_FOLDER_FULL = (
        Severity.ERROR,
        "文件夹不是空的，没有写入；请换一个新的文件夹，确实要写进这里请加 --force（同名的文件会被覆盖）。",
    )
    OUTPUT_IS_INPUT = (Severity.ERROR, "不能把结果写到要读取的文件上，或写进要读取的文件夹里，请换一个路径。")
    OUTPUT_TWICE = (Severity.ERROR, "这个文件用 -o 写了两次，请只写一次，或换一个文件名。")
    OUTPUT_KEPT = (Severity.ERROR, "没有找到要读取的表，所以什么也没有写入，已有的文件原样保留；请核对路径。")
    OUTPUT_NO_SPACE = (Severity.ERROR, "磁盘空间不足，没有写入，请清理后重试。")
    OUTPUT_NO_SCRATCH = (
        Severity.ERROR,
        "临时文件夹满了或不能写，没有写入；请清理它，或把环境变量 TEMP（Windows）、TMPDIR 设为有空间的文件夹后重试。",
    )
    OUTPUT_REFUSED = (Severity.ERROR, "写不进去（没有权限，或正被 Excel、WPS 打开），请关闭它或换一个路径。")
    OUTPUT_HELD = (
        Severity.ERROR,
        "文件正被别的程序占用（多半是 Excel 或 WPS 正开着它），没有写入，原来的没有动，请关闭后重试，或换一个文件名。",
    )
    OUTPUT_READ_ONLY = (Severity.ERROR, "这个文件是只读的，没有写入，请在文件属性中去掉“只读”，或换一个文件名。")
    OUTPUT_NO_ACCESS = (
        Severity.ERROR,
        "这个文件夹里不能写文件（没有权限，或只读），请换一个文件夹，如“文档”或桌面。",
    )
    OUTPUT_NOWHERE = (Severity.ERROR, "找不到这个盘或共享文件夹，没有写入，请核对路径，或先连上网络驱动器、插好 U 盘。")
    OUTPUT_NAME = (Severity.ERROR, "不能用这个名字：{why}，请换一个。")
    OUTPUT_LOCALE = (
        Severity.ERROR,
        "系统的语言环境写不出这个文件名里的字，没有写入，请改用支持中文的语言环境，或把环境变量 PYTHONUTF8 设为 1。",
    )
    OUTPUT_FORMAT = (Severity.ERROR, "不知道用什么格式写，请用 {known} 结尾的文件名。")

    # Feedback that goes back to an agency
    FEEDBACK_FORMAT = (
        Severity.NOTE,
        "这种格式（不是 .xlsx）的表不能直接批注，另写了一份反馈工作簿；要在原表上批注，请另存为 .xlsx 后再做。",
    )
    FEEDBACK_UNREAD = (Severity.NOTE, "这份表没有读成，另写了一份说明原因的反馈工作簿，请发给单位更正。")
    FEEDBACK_LOCKED = (
        Severity.NOTE,
        "工作簿的结构受保护，加不进“核查反馈”表，另写了一份反馈工作簿；要在原表上批注，请撤销工作簿保护后再做。",
    )
    FEEDBACK_SIGNED = (
        Severity.NOTE,
        "工作簿有数字签名，改动会使签名失效，另写了一份反馈工作簿；要在原表上批注，请让单位去掉签名后再交。",
    )
    FEEDBACK_STRICT = (
        Severity.NOTE,
        "这是“Strict Open XML”格式，不能直接批注，另写了一份反馈工作簿；要在原表上批注，请另存为普通的 .xlsx 后再做。",
    )
    FEEDBACK_ODD = (
        Severity.NOTE,
        (
            "文件的内部结构特殊（{detail}），直接批注不保险，另写了一份反馈工作簿；"
            "要在原表上批注，请用 Excel 或 WPS 另存为 .xlsx 后再做。"
        ),
    )
    FEEDBACK_RENEWED = (
        Severity.NOTE,
        "表中原有的“核查反馈”是按改动以前的填报内容做的，已经换成新的，请不要再用以前发出的反馈。",
    )
    FEEDBACK_STALE = (
        Severity.ERROR,
        "文件已存在，没有覆盖，但它是按以前的填报内容或结果做的，已经过时；要换成新的请加 --force。",
    )
    FEEDBACK_CURRENT = (Severity.NOTE, "文件已存在，就是这个结果的反馈，没有重写；要重写请加 --force。")
    FEEDBACK_CHANGED = (Severity.ERROR, "读取以后文件又有改动（或打不开了），没有做反馈，请重新运行。")

    # Letters and their templates
    LETTER_NOT_DOCX = (Severity.ERROR, "不能当函的模板（{detail}），请用 Word 或 WPS 打开后另存为 .docx。")
    LETTER_FULL_WIDTH = (Severity.ERROR, "占位符用了全角的“{seen}”，请改成半角的 {{{{ }}}} 或 {{% %}}。")
    LETTER_UNCLOSED = (Severity.ERROR, "“{seen}”没有成对，占位符的头尾要在同一段里，请补上另一半。")
    LETTER_QUOTE = (Severity.WARNING, "占位符里有弯引号（{seen}），已当作直引号，请改成直引号。")
    LETTER_REMOTE = (
        Severity.WARNING,
        "模板里有文档以外的内容（{where}），打开函时会到那里去取，请改为嵌入文档或删除。",
    )
    LETTER_SYNTAX = (
        Severity.ERROR,
        "这里的占位符写法不对，if 和 endif、for 和 endfor 要成对，请对照 jieyue letter template 写出的模板改正。",
    )
    LETTER_UNKNOWN = (
        Severity.ERROR,
        "没有“{name}”这个占位符，{hint}请对照 jieyue letter template 写出的模板改正。",
    )
    LETTER_LIST = (Severity.ERROR, "“{name}”是清单，不能直接写出，请用 {{%p for 条 in {name} %}} 逐条写。")
    LETTER_NOT_LIST = (Severity.ERROR, "“{name}”不是清单，不能用 for 逐条写，请直接写 {{{{ {name} }}}}。")
    LETTER_FORBIDDEN = (Severity.ERROR, "模板里不能{what}，请删除；只能写占位符、if 和逐条写清单的 for。")
    LETTER_BROKEN = (
        Severity.ERROR,
        "填好后不成文档，没有写；if 和 for 请各占一段（{{%p %}}）或表格的一行（{{%tr %}}）。",
    )
    LETTER_FAILED = (Severity.ERROR, "用这个模板写函{why}，没有写；请简化模板，或不用 --template。")
    LETTER_CLOCK = (
        Severity.ERROR,
        "电脑的日期不在 1980 年到 2107 年之间，Word 文件记不下，没有写；请先改正电脑的日期和时间。",
    )
    LETTER_NONE = (Severity.NOTE, "没有写{kind}：{reason}（{names}），情况变了请再写一次。")

    # The form
    FORM_NOT_FOUND = (
        Severity.ERROR,
        "没有找到自评打分表（表头应有 编号、评价标准、完成情况 等列），请让单位用下发的空表填写。",
    )
    FORM_IS_RUBRIC = (
        Severity.ERROR,
        "这是评价标准，不是自评打分表；请给出交来的表，这份标准用 --rubric 给出。",
    )
    FORM_SEVERAL = (Severity.ERROR, "有 {count} 个工作表都像自评打分表（{sheets}），请只保留一个后重新保存。")
    FORM_COLUMN_MISSING = (Severity.ERROR, "表头缺少“{column}”列，请从空表复制表头，不要改动列名。")
    FORM_NO_FINDINGS = (
        Severity.WARNING,
        "表头缺少“核查情况”列，按没有核查读取；已经核查的，请从空表恢复这一列的表头。",
    )
    FORM_COLUMN_DOUBLED = (Severity.ERROR, "表头有两个“{column}”列（另一个在 {other}），请删除多余的一列。")
    FORM_OTHER_RUBRIC = (
        Severity.ERROR,
        (
            "这是“{seen}”的表，不是“{expected}”的表，请改用对应的评价标准（--rubric），"
            "或用 jieyue template --from 这份表 把填报内容转到现行空表。"
        ),
    )
    FORM_OTHER_VERSION = (
        Severity.ERROR,
        (
            "这是本标准第 {seen} 版的表{age}，现行为第 {expected} 版，"
            "请用 jieyue template --from 这份表 把填报内容转到现行空表。"
        ),
    )
    FORM_NO_MARK = (
        Severity.WARNING,
        "找不到“标准版本”，无法确认是不是本标准的表；已按编号和条文逐条核对，请核实来源。",
    )
    FORM_BLANK = (Severity.WARNING, "这是一份空表，完成情况一条也没有填，不算已交表，请让单位填写后再交。")
    FORM_HIDDEN = (Severity.NOTE, "{what}被隐藏，已照常读取。")

    # The rows of the form
    ROW_MISSING = (Severity.ERROR, "缺少编号 {criterion} 的行，请从空表补回这一行并填写。")
    ROW_ID_DAMAGED = (Severity.ERROR, "这一行的编号是“{seen}”，条文却是 {criterion} 的，请把编号改回 {criterion}。")
    ROW_DOUBLED = (Severity.ERROR, "编号 {criterion} 出现了 {count} 次（{cells}），请只保留一行。")
    ROW_UNKNOWN = (Severity.WARNING, "编号“{seen}”不在评价标准中，这一行没有计分，请删除或更正编号。")
    ROW_TEXT_CHANGED = (Severity.ERROR, "这一行的条文与评价标准不一致（应以“{expected}”开头），请从空表恢复条文。")

    # From an old form to a new one
    CARRY_RENUMBERED = (Severity.NOTE, "编号由 {old} 改为 {new}，条文相同，已带到新表。")
    CARRY_REWORDED = (Severity.WARNING, "{id} 的条文有改动，填报内容已带到新表，请对照新条文复核。")
    CARRY_GONE = (Severity.WARNING, "新标准没有 {id}（{text}…）这一条，没有带到新表，请核对是否要另填。")
    CARRY_OTHER_TEXT = (Severity.WARNING, "新标准的 {id} 已是另一条内容（原为：{text}…），没有带到新表，请另填。")
    CARRY_SEVERAL = (Severity.WARNING, "几行（{cells}）都对上新标准的 {id}，不知以哪行为准，没有带到新表，请另填。")
    CARRY_ANSWER = (Severity.WARNING, "“{seen}”不适用于新标准 {id} 的填法，没有带到新表，请在新表中另填。")
    CARRY_FIELD = (Severity.WARNING, "{label}“{seen}”不在新标准的选项中，没有带到新表，请在新表中另选。")

    # The published table, typed by hand
    TYPED_TABLE = (
        Severity.NOTE,
        "按手工填写的标准表读取：{scores} 个自评分数（逐条 {single} 个，几条合写 {several} 个）；最好改用空表。",
    )
    TYPED_UNFIT = (
        Severity.ERROR,
        "这是手工填写的标准表，而本标准有基本数据、达标前提或适用类型，手工表里看不出来，请让单位用下发的空表填写。",
    )
    TYPED_OTHER = (Severity.ERROR, "表中的条文与评价标准只对上 {found} 条（共 {all} 条），不像本标准的表，请核对标准。")
    TYPED_MISSING = (Severity.ERROR, "表中找不到 {criterion} 的条文（“{text}…”），请补上这一条。")
    TYPED_DOUBLED = (Severity.ERROR, "{criterion} 的条文出现了几次（{cells}），请只保留一处。")
    TYPED_LEFTOVER = (Severity.WARNING, "这一格有对不上评价标准的文字“{text}”，没有计分，请核对条文。")
    TYPED_PRICE = (Severity.ERROR, "{criterion} 的分值写法与评价标准不同（应为 {points} 分），本条不计分，请恢复条文。")
    TYPED_POINTS = (Severity.WARNING, "分值写的是 {seen}，评价标准是 {expected} 分，按标准计，请核对。")
    TYPED_REWORDED = (
        Severity.ERROR,
        "{criterion} 的条文前后多了“{text}”，与评价标准不同，本条不计分，请恢复条文，说明另写一格。",
    )
    TYPED_STRANGER = (Severity.WARNING, "“{seen}”旁的文字“{text}”不是评价标准的条文，没有计分，请核对。")
    TYPED_COARSE = (Severity.ERROR, "这个分数{why}，分不清算哪几条的，没有计分，请按评价项目或逐条填写。")
    TYPED_ABSENT = (Severity.WARNING, "几条合写一个“{seen}”，看不出是哪几条，按 0 分计，请逐条填写。")
    TYPED_ONLY_SUM = (
        Severity.ERROR,
        "这里的{what}写了 {seen} 分，所管的各条却都空着，没有计分，请逐条或按评价项目填写。",
    )
    TYPED_COLUMN = (Severity.WARNING, "不认识表头“{seen}”，这一列没有读取；如是得分，请改用“自评得分”或“核查得分”。")

    # Scores that somebody typed
    SCORE_NOT_NUMBER = (Severity.ERROR, "“{seen}”不是分数，不计分，请填写数字，如 2。")
    SCORE_TOO_HIGH = (Severity.ERROR, "自填 {seen} 分超过分值 {points} 分，不计分，请更正。")
    SCORE_IMPOSSIBLE = (Severity.ERROR, "自填 {seen} 分不可能得到（只能是 {steps} 分），不计分，请更正。")

    # Who handed it in
    AGENCY_BLANK = (Severity.ERROR, "没有填写单位名称，请填写全称。")
    AGENCY_SEVERAL = (Severity.ERROR, "表中写了几个不同的单位名称（{names}），请只保留一个。")
    AGENCY_INVALID = (Severity.ERROR, "单位名称“{seen}”不是文字名称，请填写单位全称。")
    CATEGORY_UNKNOWN = (Severity.WARNING, "单位类别“{seen}”不在创建范围内，请从下拉列表中选择。")
    CATEGORY_BLANK = (Severity.WARNING, "没有选择单位类别，请从下拉列表中选择。")
    YEAR_INVALID = (Severity.ERROR, "评价年度{seen}无效，请填写四位年份（{first} 年以后），如 {first}。")
    DATE_INVALID = (Severity.WARNING, "{label}“{seen}”不是日期，请填写日期，如 2020-10-20。")
    DATE_OTHER_YEAR = (
        Severity.WARNING,
        "填报日期 {date} 不在评价年度 {year} 年之内，请核对是年度填错了，还是交了往年的表。",
    )
    YEAR_SPELLING = (Severity.NOTE, "评价年度“{seen}”按 {year} 年读取。")

    # Answers
    ANSWER_SPELLING = (Severity.NOTE, "“{seen}”按“{read}”读取。")
    ANSWER_NOT_YES_NO = (Severity.ERROR, "“{seen}”不是“是”或“否”，本条不计分，请从下拉列表中选择。")
    ANSWER_NOT_COUNT = (Severity.ERROR, "“{seen}”不是数量，本条不计分，请填写整数，如 3；没有填 0。")
    ANSWER_NOT_CHOICE = (Severity.ERROR, "“{seen}”不在可选的各档中（{choices}），本条不计分，请从下拉列表中选择。")
    ANSWER_NOT_NUMBER = (Severity.ERROR, "“{seen}”不是数值，本条不计分，请只填数字，如 12.5。")
    ANSWER_TOO_LARGE = (Severity.ERROR, "数值 {seen} 大得不可能，本条不计分，请核对单位和小数点。")
    ANSWER_TOO_SMALL = (Severity.ERROR, "数值 {seen} 不合理，应为{least}，本条不计分，请更正。")
    ANSWER_NOT_DATE = (Severity.ERROR, "“{seen}”不是日期，没有采信，请填写日期，如 2020-10-20。")
    ANSWER_NOT_PERCENT = (Severity.ERROR, "“{seen}”不是 0% 到 100% 之间的百分数，本条不计分，请填写百分数，如 95%。")
    ANSWER_NOT_POINTS = (
        Severity.ERROR,
        "“{seen}”不是 0 到 {most} 之间、以 {step} 分为一档的分数，本条不计分，请更正。",
    )
    ANSWER_OTHER_CLASS = (Severity.WARNING, "这一条不适用于“{group}”，填的“{seen}”没有计分，请核对适用类型。")
    ANSWER_OTHER_CASE = (Severity.WARNING, "{on} 填的是“{case}”，这一条不适用，填的“{seen}”没有计分，请核对。")
    CLASS_BLANK = (Severity.ERROR, "没有选择适用类型（{groups}），分类型的条目都不能计分，请从下拉列表中选择。")
    CLASS_UNKNOWN = (Severity.ERROR, "适用类型“{seen}”不在 {groups} 之中，分类型的条目都不能计分，请从下拉列表中选择。")
    EVIDENCE_MISSING = (Severity.WARNING, "这一条须提供佐证资料，“佐证材料”一栏却空着，请补填文件名或文号。")
    EVIDENCE_ABSENT = (
        Severity.NOTE,
        "有 {claimed} 条填了“是”，其中 {absent} 条的“佐证材料”空着（{criteria}），请让单位补上。",
    )
    ANSWER_NEGATIVE = (Severity.ERROR, "数量 {seen} 是负数，本条不计分，请填写 0 或正整数。")
    ANSWER_FRACTION = (Severity.ERROR, "数量 {seen} 不是整数，本条不计分，请填写整数。")
    ANSWER_HUGE = (Severity.ERROR, "数量 {seen} 大得不可能，本条不计分，请核对是否误填了日期、金额或电话。")
    ANSWER_UNLIKELY = (Severity.WARNING, "数量 {seen} 异常偏大，已按最高分封顶，请核对是否误填。")
    ANSWER_NOT_APPLICABLE = (
        Severity.WARNING,
        "本标准不设“不涉及”，“{seen}”按{worth}计；{instead}。",
    )

    # Cells that are computed
    ANSWER_FORMULA = (Severity.NOTE, "这里是公式，按它保存的结果“{seen}”读取，请核对后改为直接填写。")
    ANSWER_UNCALCULATED = (
        Severity.ERROR,
        "这里的公式从未计算过，没有结果，本条不计分，请用 Excel 或 WPS 打开后保存，或直接填写。",
    )
    ANSWER_ERROR_CELL = (Severity.ERROR, "这里是错误值 {seen}，本条不计分，请改为直接填写。")

    ANSWER_PARTLY_ABSENT = (Severity.ERROR, "“{seen}”只答了这一条的一部分，本条不计分；{cure}。")

    # What the form states against what is computed
    SCORE_DISAGREES = (
        Severity.WARNING,
        "表中的{what}是 {stored} 分，按填报内容应为 {computed} 分，以后者为准，请核对公式是否被改动。",
    )
    TOTAL_DISAGREES = (
        Severity.WARNING,
        "散总不符：{what}写的是 {stored} 分，各项相加为 {computed} 分，以后者为准，请核对。",
    )
    GRADE_DISAGREES = (
        Severity.WARNING,
        "评分与等级不符：写的是“{seen}”，按 {total} 分应为“{verdict}”，以后者为准，请核对。",
    )

    # Verification
    VERIFICATION_PARTIAL = (
        Severity.WARNING,
        "核查未完成：{of} 条中核查了 {found} 条，结论暂按自评，核查完后请{cure}。",
    )
    VERIFICATION_BLANK = (
        Severity.WARNING,
        "核查完成选了“已完成，逐条填写”，却有 {blank} 条核查情况空白，按 0 分计，请补填，或改选“已完成，空白同自评”。",
    )
    VERIFICATION_UNSIGNED = (Severity.NOTE, "核查已完成，但没有填{what}，请补填。")
    COMPLETION_AMBIGUOUS = (
        Severity.ERROR,
        "核查完成只写“{seen}”，说不清空白处怎样计，没有采信，请改选“已完成，逐条填写”或“已完成，空白同自评”。",
    )
    COMPLETION_UNKNOWN = (
        Severity.ERROR,
        "核查完成“{seen}”不是“未完成”“已完成，逐条填写”“已完成，空白同自评”之一，没有采信，请从下拉列表中选择。",
    )

    # Between the files of a batch
    AGENCY_NOT_LISTED = (Severity.WARNING, "“{name}”不在名录中，没有计入进度，{hint}请核对单位名称或补充名录。")
    AGENCY_OUTSIDE = (
        Severity.WARNING,
        "名录写明“{name}”不参评（{reason}），这份表没有计入进度；如应参评，请在名录中更正。",
    )
    AGENCY_OTHER_NAME = (Severity.NOTE, "“{name}”是名录中“{listed}”的另一名称，按“{listed}”计入。")
    AGENCY_TOGETHER = (Severity.NOTE, "“{name}”与{others}合署，这份表对几个单位都算数。")
    SUBMISSION_DOUBLED = (
        Severity.ERROR,
        "“{name}”{year} 年交了几份不同的表（另见 {others}），都没有计入：{answers}，请只保留正确的一份。",
    )
    SUBMISSION_COPIED = (
        Severity.NOTE,
        "“{name}”{year} 年的这份表与 {kept} 填报内容相同（{unlike}），只计后者；多余的可以删去，没有填的核查表请留着。",
    )
    SUBMISSION_SUPERSEDED = (
        Severity.NOTE,
        "“{name}”{year} 年的 {kept} 自评相同且{state}，以它为准，这一份不另计，可以留着。",
    )
    SUBMISSION_AFTER_VERIFICATION = (
        Severity.WARNING,
        "“{name}”{year} 年的 {kept} 已完成核查，以它为准，这一份自评不同，没有计入：{answers}，确要改用请重新核查。",
    )
    SUBMISSION_REPEATED = (
        Severity.WARNING,
        "“{name}”{year} 年的自评与 {earlier} 年的表 {other} 完全相同，请核实是不是把往年的表改了年度又交来。",
    )
    SUBMISSION_LAST_YEARS = (
        Severity.WARNING,
        "“{name}”没有交 {year} 年的表，却把 {earlier} 年的表又交了一份（另见 {other}），请让单位交 {year} 年的表。",
    )
    YEAR_LATER = (Severity.WARNING, "评价年度 {seen} 晚于统计年度 {year}，没有计入进度，请核对年度。")
    YEAR_EARLIER = (Severity.NOTE, "评价年度 {seen} 早于统计年度 {year}，不算 {year} 年已交表；如填错了年度请更正。")
    AGENCIES_TOO_FEW = (Severity.ERROR, "给定的机关总数 {given} 少于已交表的 {handed} 个单位，请核对 --agencies。")
    NO_WORKBOOKS = (Severity.ERROR, "这里没有电子表格文件，请核对文件夹。")

    # The roster
    ROSTER_NO_HEADER = (Severity.ERROR, "名录中找不到“单位名称”列，请在表头写明“单位名称”（可另有“单位类别”）。")
    ROSTER_EMPTY = (Severity.ERROR, "名录中没有单位，请填写后重试。")
    ROSTER_ALL_OUTSIDE = (Severity.ERROR, "名录中的单位都写明不参评，没有可以评价的单位，请核对写原因的那一列。")
    ROSTER_SEVERAL = (Severity.ERROR, "有几个工作表都像名录（{sheets}），请合并成一个后重试。")
    ROSTER_NOT_AGENCY = (Severity.ERROR, "“{seen}”不像单位名称，请改成单位全称；合计、小计行请删除。")
    ROSTER_BLANK_NAME = (Severity.ERROR, "这一行没有单位名称，请补上或删除这一行。")
    ROSTER_SEVERAL_NAMES = (Severity.ERROR, "这一格里像是几个单位（“{seen}”），请每行只写一个；是一个单位就删去换行。")
    ROSTER_FOOTER_WITHIN = (
        Severity.ERROR,
        "“{seen}”不像单位名称，下面却还有单位，请删除第 {row} 行，或移到名单之后。",
    )
    ROSTER_HEADER_MOVED = (
        Severity.ERROR,
        "第 {row} 行像是另一个表头，单位名称不在原来的列，请只留一个表头，各页的列对齐。",
    )
    ROSTER_QUOTE = (
        Severity.ERROR,
        "第 {line} 行的双引号没有成对，会把后面的单位连成一个，请用记事本打开，补上或删除这个引号。",
    )
    ROSTER_ALIAS_LISTED = (
        Severity.ERROR,
        "第 {row} 行的另一名称“{name}”是第 {other} 行的单位，请删去其中一处；两个单位合署的，写在“合署”列。",
    )
    ROSTER_ALIAS_SHARED = (Severity.ERROR, "第 {row} 行和第 {other} 行都写了另一名称“{name}”，请只保留一处。")
    ROSTER_TOGETHER_ALIAS = (
        Severity.NOTE,
        "合署的“{name}”在名录中没有自己的一行，按“{listed}”的另一名称；如另有一行，请写成与那一行相同的全称。",
    )
    ROSTER_TOGETHER_MANY = (
        Severity.ERROR,
        "与“{name}”合署的超过 {most} 个单位，“合署”列写的多半不是合署，请核对；同楼办公、主管部门不写在这里。",
    )
    ROSTER_LEFT_OUT = (Severity.NOTE, "第 {row} 行“{seen}”不是单位，没有计入名录。")
    ROSTER_HEADER_AGAIN = (Severity.NOTE, "第 {row} 行又是表头，已跳过。")
    ROSTER_MERGED = (Severity.NOTE, "第 {row} 行与上面的“{seen}”是合并的一格，只算一个单位。")
    ROSTER_BLOCKS = (Severity.NOTE, "名录分 {count} 栏并排，已从左到右逐栏读取。")
    ROSTER_IGNORED = (Severity.NOTE, "名录中没有用到的列：{names}。")
    ROSTER_DUPLICATE = (Severity.ERROR, "“{name}”与第 {first} 行重复，请只保留一行。")
    ROSTER_CELL = (Severity.ERROR, "名录的这一格是错误值或未计算的公式，请改为直接填写。")
    ROSTER_DETAIL = (Severity.WARNING, "“{title}”的这一格是错误值或未计算的公式，没有采用，请改为直接填写。")
    ROSTER_CODE = (
        Severity.WARNING,
        "统一社会信用代码“{seen}”{fault}，没有采用，应为 18 位数字和大写字母（不含 I、O、S、V、Z），请核对。",
    )
    ROSTER_CODE_DIGIT = (
        Severity.WARNING,
        "统一社会信用代码“{seen}”有误，没有采用：按前 17 位末位应为 {right}，不是 {last}，请对照证书逐位核对。",
    )
    ROSTER_CODE_NUMBER = (
        Severity.WARNING,
        "统一社会信用代码存成了数字，末几位已经丢失，没有采用，请把这一列设为文本格式后重新填写。",
    )
    ROSTER_CODE_TWICE = (
        Severity.ERROR,
        "“{name}”与第 {other} 行“{first}”的代码相同，一个单位会算两次，请更正代码或删去一行，合署的写在“合署”列。",
    )
    ROSTER_CODE_TOGETHER = (
        Severity.WARNING,
        "“{name}”与合署的第 {other} 行“{first}”代码相同，仍算两个单位；要算一个，请删去本行，名称写进那一行的“合署”。",
    )
    ROSTER_BATCH = (Severity.WARNING, "批次年度“{seen}”不是年份，没有采用，请填写四位年份，如 2020。")
    ROSTER_OUTSIDE = (
        Severity.ERROR,
        "从“{title}”列的“{seen}”看不出这个单位参不参评，请写明不参评的原因（如 垂管），参评的留空。",
    )
    ROSTER_TOGETHER_OUTSIDE = (
        Severity.WARNING,
        "“{name}”参评，与它合署的“{other}”不参评，所以只凭“{name}”自己的表评价，请核对两处是否都写对。",
    )
    ROSTER_TOO_LONG = (Severity.ERROR, "名录超过 {most} 个单位，请确认是不是拿错了文件。")

    # The calendar
    RUBRIC_NO_SUCH_DAY = (Severity.ERROR, "没有“{by}”这一天，或者不是每年都有，请改正；二月的最后一天可以写“2月底”。")
    RUBRIC_NO_DATE = (
        Severity.ERROR,
        "写了 step 的要有能推算的日期，“{by}”不是，请改为 2020-08-15、每年10月31日、10月底前一类，或删除 step。",
    )
    RUBRIC_STEP_TWICE = (Severity.ERROR, "“{step}”这一步写了两个期限，请只保留一个。")

    # Evidence
    EVIDENCE_LACKING = (
        Severity.WARNING,
        (
            "“{name}”有 {count} 条得分既没有佐证文件也没有引用（{criteria}），"
            "去掉后 {without} 分（自评 {total} 分），{verdict}，请让单位补交。"
        ),
    )
    EVIDENCE_NOT_FOUND = (Severity.WARNING, "佐证材料写了“{cited}”，交来的文件中没有，请让单位补交或更正文件名。")
    EVIDENCE_OUTSIDE = (
        Severity.WARNING,
        "“{cited}”指向交来的文件夹之外，没有去找，也没有算作佐证材料，请把文件放进文件夹，只写文件名。",
    )
    EVIDENCE_LINK = (Severity.WARNING, "这是指向别处的链接，没有打开，也没有算作佐证材料，请换成文件本身。")
    EVIDENCE_UNREAD = (Severity.WARNING, "读不到内容（{why}），只按文件名核对，没有与别的文件比较，请核对这个文件。")
    EVIDENCE_EMPTY = (Severity.WARNING, "文件是空的（0 字节），没有算作佐证材料，请让单位重新发送。")
    EVIDENCE_SHARED = (
        Severity.WARNING,
        "{agencies}交了内容完全相同的文件（{files}），请核对是不是借用；上级统一印发的文件不用改。",
    )
    EVIDENCE_REUSED = (
        Severity.NOTE,
        "“{name}”的同一个文件用作 {count} 条的佐证材料（{criteria}），请核对是否每一条都能证明。",
    )
    EVIDENCE_OTHER_YEAR = (
        Severity.NOTE,
        "“{seen}”写的时间不在 {year} 年（上年 11 月至次年 1 月也算），请核对是不是往年的材料；仍然有效的制度不用改。",
    )
    EVIDENCE_DOCUMENTS = (Severity.NOTE, "“{name}”引用了 {count} 个文号，没有附件，核查时请查看原件。")
    EVIDENCE_UNCITED = (
        Severity.NOTE,
        "“{name}”的 {count} 个文件表中没有引用（{files}）{unplaced}，请写进“佐证材料”。",
    )
    EVIDENCE_NOBODYS = (
        Severity.NOTE,
        "有 {count} 个文件看不出是哪个机关的（{files}），请放进以单位名称命名的文件夹，或在文件名中写明单位。",
    )
    EVIDENCE_NONE = (Severity.NOTE, "除自评表外没有别的文件，以下只核对表中的引用；有佐证材料的，请放在自评表旁边。")

    # Visits and checking forms
    VISITS_NOBODY = (
        Severity.ERROR,
        "{year} 年没有交了表、还没有核查完的单位，没有抽取；请核对文件夹、名录和 --year，回头看请加 --recheck。",
    )
    VISITS_ALL = (
        Severity.NOTE,
        "要抽查 {asked} 个，除必查的以外只有 {frame} 个，已全部列入；要少查请把 --number 改小。",
    )
    RECHECK_NOBODY = (
        Severity.ERROR,
        "{year} 年以前没有认定、还可以回头看的单位，没有抽取；请给出台账（--ledger）或往年的表，并核对 --year。",
    )
    FINDING_UNEXPLAINED = (Severity.WARNING, "核查情况“{found}”与自评“{claimed}”不同，核查意见却空着，请补写依据。")
    CLAIM_NOT_ENTERED = (Severity.WARNING, "自评“{seen}”不能照样填进核查表，这一格留空，核查时请看原表。")
    CHECKED_ALREADY = (
        Severity.NOTE,
        "这份表已核查完成，核查表中的核查各格留空，供重新核查；只要原结果的请不要列入名单。",
    )
    CHECKED_FROM_EARLIER = (Severity.NOTE, "没有 {year} 年的表，核查表用 {old} 年的自评，评价年度填 {year}，请核对。")
    CHECKED_FROM_SEVERAL = (
        Severity.WARNING,
        "“{name}”按别的标准填的表不止一份（{files}），不知用哪份，没有做核查表，请只留一份。",
    )
    VISITS_NOT_FOUND = (
        Severity.ERROR,
        "没有读到要核查的单位，请给 verify plan 写出的 .json 或 .xlsx，或有“单位名称”列的名单。",
    )
    VISITS_UNKNOWN = (
        Severity.WARNING,
        "没有这些单位的表，没有做核查表：{names}，请核对名称（认曾用名要加 --roster）；今年没交的，加上往年的文件夹。",
    )
    VISITS_OTHER_YEAR = (Severity.WARNING, "名单是 {seen} 年的核查计划，这里按 {year} 年做核查表，请核对。")
    VISITS_OTHER_RUBRIC = (Severity.WARNING, "名单是按 {seen} 做的核查计划，这里用的是 {own}，请核对。")

    # The ledger
    LEDGER_NONE = (Severity.ERROR, "这不是台账，请核对文件名；台账由 jieyue ledger record 写成。")
    LEDGER_NEWER = (Severity.ERROR, "第 {number} 条是更新的程序写的（格式 {format}），请升级程序后再读。")
    LEDGER_BROKEN = (
        Severity.ERROR,
        "台账第 {line} 行起不可信：这一行{why}；请用备份恢复，更正要用 ledger record --note 另记一条，不能改原来的行。",
    )
    LEDGER_RESAVED = (
        Severity.ERROR,
        (
            "台账用记事本一类的编辑器另存过，编码或换行变了（{entries} 条仍前后相接），不能再用；请用备份恢复，"
            "没有备份的，用编辑器另存为 UTF-8（不带 BOM）、换行 LF。"
        ),
    )
    LEDGER_TORN = (
        Severity.WARNING,
        "最后一条没有写完（{size} 字节），那次没有记成，前面的 {entries} 条完好；记下一条时会删去这些字节。",
    )
    LEDGER_UNENDED = (Severity.NOTE, "最后一条完好，只缺行尾的换行，记下一条时会补上。")
    LEDGER_NOTE = (Severity.ERROR, "{what}，没有记入；请核对，确要记录就用 --note 写明原因（依据的文件、会议等）。")
    LEDGER_UNVERIFIED = (
        Severity.ERROR,
        (
            "台账第 {number} 条认定的{names}，这次没有核查完成的表，没有记入；请带上这一年的全部文件夹，"
            "确要取消认定就用 --agency 写明单位。"
        ),
    )
    LEDGER_SAME = (Severity.NOTE, "这次的表、名录和结果与台账第 {number} 条完全相同，没有再记。")
    LEDGER_LATER_YEARS = (
        Severity.WARNING,
        "{years} 年是按 {year} 年原来的记录算出来的，请用 ledger record --note 逐年重新记录。",
    )
    LEDGER_NOT_RECORDED = (
        Severity.ERROR,
        "{what}，不能只更正个别单位，请核对年份和单位名称，或不用 --agency 重新记录这一年。",
    )
    LEDGER_HEAD = (
        Severity.ERROR,
        "台账里没有校验码以 {seen} 开头的一条：台账被改写或删减过，或者不是印出这个校验码的那份台账，请与备份核对。",
    )
    LEDGER_STRANGER = (Severity.ERROR, "台账里没有“{name}”，请核对单位名称（要写记录时的名称）。")
    LEDGER_REMOTE = (
        Severity.WARNING,
        "台账在网络共享上，那里的文件锁不一定可靠，请只让一台电脑记录，最好把台账放在本机并定期备份。",
    )
    LEDGER_CLOCK = (
        Severity.ERROR,
        "电脑的时间是 {today}，早于标准印发的 {issued}，没有记入（记下的时间以后改不了）；请先改正电脑的日期和时间。",
    )
    LEDGER_FOLDER = (Severity.ERROR, "台账所在的文件夹不存在，请核对路径；新台账的文件夹要先建好。")
    FILE_IN_USE = (
        Severity.ERROR,
        "等了 {seconds} 秒，另一个程序或另一台电脑仍在写这个文件（占着 {lock}），没有写入，请等它结束后重试。",
    )
    RECORDED_YEAR = (Severity.NOTE, "台账已记到 {last} 年，{year} 年以台账为准；这份表记录时就有，不再计算。")
    RECORDED_LATER = (
        Severity.WARNING,
        "台账已记到 {last} 年，{year} 年以台账为准；这份表记录时没有，不改变认定，要更正请用 ledger record --note。",
    )
    RECORDED_GONE = (
        Severity.WARNING,
        "台账中的“{name}”{since} 年起已认定，名录里没有这个单位，没有算在已认定中；改了名的请在名录的曾用名中写上。",
    )
    RECORDED_MERGED = (
        Severity.WARNING,
        "台账 {year} 年的{names}在名录中是同一个单位，按{kept}计（同名的为准，没有同名的要都认定才算），请核对。",
    )
    RECORDED_OTHERWISE = (
        Severity.WARNING,
        "“{name}”在台账 {year} 年记的是{recorded}，按这次的表是{now}；要更正请用 ledger record --note。",
    )

    # Comparing
    COMPARED_UNLIKE = (
        Severity.ERROR,
        "不能和 {other} 比较：一个是文件，一个是文件夹或压缩包；请给两份表、两个文件夹，或用 --ledger 给两个年份。",
    )
    COMPARED_YEARS = (Severity.ERROR, "给了 --ledger 时比较的是台账中的两年，请写年份，如 2020 2021。")
    COMPARED_NO_LEDGER = (Severity.ERROR, "找不到这个文件或文件夹；要比较台账中的两年，请用 --ledger 给出台账。")
    COMPARED_NOT_RECORDED = (Severity.ERROR, "台账中没有 {year} 年的记录，{known}，请核对年份。")

    # The rubric's file; the cell of a rubric's location is line:column
    RUBRIC_UNKNOWN = (
        Severity.ERROR,
        "没有名为“{name}”的评价标准，内置的有 {known}；也可以给出标准文件（.yaml 或 .xlsx）的路径。",
    )
    RUBRIC_LOST = (
        Severity.ERROR,
        "程序不完整：随程序安装的评价标准不见了；请重新安装或重新解压程序（如被杀毒软件删除，先把它加入信任名单）。",
    )
    RUBRIC_SPOILT = (
        Severity.ERROR,
        "随程序安装的评价标准已损坏（{detail}）；请重新安装或重新解压程序，不要改动它，本地的标准用 --rubric 给出。",
    )
    RUBRIC_FOLDER = (Severity.ERROR, "这是一个文件夹，请给出评价标准的文件（.yaml 或 .xlsx）。")
    RUBRIC_TOO_LARGE = (Severity.ERROR, "标准文件超过 {limit} KB 的上限，请确认是不是拿错了文件。")
    RUBRIC_NOT_UTF8 = (Severity.ERROR, "标准文件不是 UTF-8 编码，请用记事本打开，另存为，编码选 UTF-8。")
    RUBRIC_EMPTY = (Severity.ERROR, "标准文件是空的，请写入评价标准。")
    RUBRIC_SYNTAX = (Severity.ERROR, "YAML 写法有误，{hint}。")
    RUBRIC_SEVERAL_DOCUMENTS = (Severity.ERROR, "一个文件只能写一个标准，请删除这里的“---”以及后面的内容。")
    RUBRIC_COMMA = (
        Severity.ERROR,
        "花括号里的半角逗号把文字断开了（第 {lines} 行），请给整段文字加双引号，或改用全角逗号“，”。",
    )
    RUBRIC_COMMENT = (
        Severity.WARNING,
        "“#{lost}”被当成注释，没有读入；如是文字的一部分，请给整段文字加双引号。",
    )
    RUBRIC_ANCHOR = (Severity.ERROR, "不允许用锚点（&）和引用（*），请把内容直接写出来。")
    RUBRIC_TAG = (Severity.ERROR, "不允许用标签（!），请删除它，直接写值。")
    RUBRIC_TOO_DEEP = (Severity.ERROR, "嵌套层数过多，请检查缩进和括号。")

    # The rubric's keys and values
    RUBRIC_KEY = (Severity.ERROR, "这里的名称必须是一个词，不能是列表或嵌套，请改正。")
    RUBRIC_DUPLICATE_KEY = (Severity.ERROR, "“{key}”写了两次（第一次在第 {first} 行），请只保留一个。")
    RUBRIC_UNKNOWN_KEY = (Severity.ERROR, "没有“{key}”这一项，{hint}")
    RUBRIC_MISSING_KEY = (Severity.ERROR, "缺少“{key}”这一项，请补上。")
    RUBRIC_VALUE = (Severity.ERROR, "“{key}”的值{seen}不对，应为{expected}，请改正。")

    # The rubric's points and rules
    RUBRIC_SUM = (Severity.ERROR, "{name}写的是 {stated} 分，但其下各项合计 {sum} 分，请改到一致。")
    RUBRIC_CAP = (Severity.ERROR, "最高 {points} 分比每次的 {each} 分还少，永远得不到满一次的分，请改正。")
    RUBRIC_TOP = (Severity.ERROR, "最高只能得到 {top} 分，分值写的是 {points} 分，请改到一致。")
    RUBRIC_UNREACHABLE = (Severity.ERROR, "“{name}”这一档永远得不到：{why}，请改正或删除。")
    RUBRIC_EITHER = (Severity.ERROR, "{names} 要写一个，也只能写一个，请改正。")
    RUBRIC_PARTS = (Severity.ERROR, "{why}，请改正。")
    RUBRIC_GATE_RULE = (Severity.ERROR, "达标前提没有分值，按 1 分算：计分方式最高应得 1 分，现为 {top} 分，请改正。")
    RUBRIC_GATE_POINTS = (Severity.ERROR, "达标前提不计分，请删除它的分值。")
    RUBRIC_BONUS = (Severity.ERROR, "附加分的{name}最多计 {stated} 分，但其下各项合计只有 {sum} 分，请改正。")

    # The rubric's grades and marks
    RUBRIC_PASS_MARK = (Severity.ERROR, "达标线 {mark} 分高于总分 {points} 分，没有单位能达标，请改正。")
    RUBRIC_GRADE_GAP = (
        Severity.ERROR,
        "等级“{upper}”和“{lower}”之间有空档：{example} 分不属于任何等级，请改到首尾相接。",
    )
    RUBRIC_GRADE_OVERLAP = (
        Severity.ERROR,
        "等级“{upper}”和“{lower}”有重叠：{example} 分同属两个等级，请改到首尾相接。",
    )
    RUBRIC_GRADE_END = (Severity.ERROR, "{example} 分不属于任何等级，请让等级从 0 分排到满分。")
    RUBRIC_GRADE_MARK = (
        Severity.ERROR,
        "达标线 {mark} 分不是任何等级的起点，有的等级会一半达标一半不达标，请改到一致。",
    )
    RUBRIC_LIMIT = (
        Severity.ERROR,
        "可以填“不涉及”的得分点（不含附加分）合计只有 {sum} 分，永远超不过 {points} 分，请改正或删除。",
    )
    RUBRIC_ENTRY_CIRCULAR = (
        Severity.ERROR,
        "进入条件绕回了自己：基础分里有这个单元的分，请用 of 指定排在它前面的一个基础单元，或改为附加分单元。",
    )
    RUBRIC_ENTRY_LATER = (
        Severity.ERROR,
        "进入条件只能看排在前面的单元，“{id}”不在它前面，请改为前面的单元，或调整顺序。",
    )
    RUBRIC_ENTRY_REACH = (Severity.ERROR, "{name}最多 {points} 分，永远达不到这个进入条件，请改正。")
    RUBRIC_TARGETS = (Severity.ERROR, "年度目标应按年份递增且比例不降，{before} 年和 {after} 年不符，请改正。")

    # The rubric's names and ids
    RUBRIC_UNKNOWN_NAME = (Severity.ERROR, "“{name}”不在 {where} 中，应为：{known}，请改正。")
    RUBRIC_UNKNOWN_UNIT = (Severity.ERROR, "没有编号为“{id}”的评价单元，请改为已有的编号。")
    RUBRIC_DUPLICATE_ID = (Severity.ERROR, "编号“{id}”用了两次，请改成不重复的编号。")
    RUBRIC_DUPLICATE_NAME = (Severity.ERROR, "名称“{name}”用了两次，请改成不重复的名称。")
    RUBRIC_WHEN = (Severity.ERROR, "这里只适用于 {own}，外面一层却只适用于 {around}，没有单位用得上，请改正。")

    # A rubric that extends another
    RUBRIC_EXTENDS_MISSING = (Severity.ERROR, "找不到上级标准“{name}”，请写内置名称，或标准文件相对于本文件的路径。")
    RUBRIC_EXTENDS_CIRCULAR = (Severity.ERROR, "上级标准绕了一圈又回到“{name}”，请改正 extends。")
    RUBRIC_EXTENDS_DEEP = (Severity.ERROR, "上级标准一层套一层超过 {most} 层，请改为直接沿用较近的一个。")
    RUBRIC_EXTENDS_BROKEN = (Severity.ERROR, "上级标准“{name}”本身有错误，请先改正它。")
    RUBRIC_EXTENDS_UNKNOWN = (Severity.ERROR, "上级标准中没有编号“{id}”，{use}，请核对。")
    RUBRIC_EXTENDS_ONLY = (Severity.ERROR, "“{key}”只能用在有 extends 的标准里，请删除。")

    # A rubric in a spreadsheet
    RUBRIC_IS_FORM = (
        Severity.ERROR,
        "这是自评打分表，不是评价标准；请给出标准的文件，给这份表计分请用 jieyue score。",
    )
    RUBRIC_NO_SHEET = (
        Severity.ERROR,
        (
            "没有工作表“{sheet}”，不是照着填写的评价标准；请用 jieyue rubric new 标准.xlsx 写出样子照着填，"
            "印发的表加 --from 转换。"
        ),
    )
    RUBRIC_FOREIGN = (
        Severity.ERROR,
        "这不是评价标准的文件（.yaml 或 .xlsx）；印发的 Word 表请用 jieyue rubric new 标准.xlsx --from 它 转换。",
    )
    RUBRIC_SHEETS = (Severity.ERROR, "有 {count} 张工作表都像“{sheet}”（{names}），请只保留一张。")
    RUBRIC_NO_COLUMN = (Severity.ERROR, "表头缺少“{column}”，请从 jieyue rubric new 写出的表复制表头，不要改动列名。")
    RUBRIC_TWICE = (Severity.ERROR, "“{label}”写了两次（另一个在 {other}），请只保留一个。")
    RUBRIC_STRANGER = (Severity.WARNING, "不认识“{seen}”，没有读取；如是标准的内容，请改成表里原有的名称。")
    RUBRIC_LONG = (Severity.ERROR, "条文超过 {most} 行，请确认是不是拿错了文件。")
    RUBRIC_MERGED = (Severity.ERROR, "{area} 是合并单元格，看不出各行写的什么，请取消合并，需要的每一格都填上。")
    RUBRIC_FORMULA = (Severity.ERROR, "这一格是公式或公式的错误值，标准要写固定的值，请复制后选择性粘贴为数值。")
    RUBRIC_WORDS = (Severity.ERROR, "“{label}”写的“{seen}”看不懂，应为{expected}，请改正。")
    RUBRIC_UNUSED = (Severity.ERROR, "{called}不用“{label}”，写了也不起作用，请清空。")
    RUBRIC_UNCHECKED = (
        Severity.WARNING,
        "备注里还有 {count} 处“请核对”（{cells}），请逐处对照印发的原文，核对后删去这些字。",
    )
    RUBRIC_NO_LEVEL = (
        Severity.ERROR,
        "看不出这一行是什么，请填写评价单元（单元的一行）、评价项目（项目的一行）或条文。",
    )
    RUBRIC_NO_PLACE = (Severity.ERROR, "这一行上面没有{holder}，不知道属于哪里，请把它移到下面，或填写上级编号。")
    RUBRIC_PARENT = (Severity.ERROR, "上级编号“{id}”不对：没有这个编号的{holder}，请改为已有的编号。")
    RUBRIC_CIRCULAR = (Severity.ERROR, "上级编号绕了一圈又回到“{id}”，请改正。")
    RUBRIC_NESTED = (Severity.ERROR, "上级编号一层套一层超过 {most} 层，请减少层数。")
    RUBRIC_UNSAYABLE = (
        Severity.ERROR,
        "这个标准用 {form} 写不下（一格最多 32767 个字、5000 行，YAML 最多 1024 KB），没有写入，请照旧使用原来的文件。",
    )
    RUBRIC_OTHER_NAME = (Severity.ERROR, "这一行属于“{expected}”，写的却是“{seen}”，请改成一致，或清空这一格。")

    # A published table that a standard is made from
    PUBLISHED_NONE = (
        Severity.ERROR,
        "没有找到印发的评价标准表（表头应有 评价单元、评价项目、评价标准、分值 等列），请核对文件和表头。",
    )
    PUBLISHED_UNREAD = (
        Severity.ERROR,
        "从这个文件读不出表格（{detail}），请把印发的表用 Word、Excel 或 WPS 另存为 .docx 或 .xlsx。",
    )
    PUBLISHED_FORM = (Severity.ERROR, "这是自评打分表，不是印发的评价标准，请给出印发的表。")
    PUBLISHED_SEVERAL = (Severity.ERROR, "有 {count} 个表都像评价标准（{tables}），请只保留一个后重新保存。")
    PUBLISHED_NO_POINTS = (Severity.ERROR, "表头缺少“分值”列，看不出各项的分值，请补上这一列。")
    PUBLISHED_NO_ROWS = (Severity.ERROR, "表头下面没有评价项目和条文，请核对表格是否完整。")
    PUBLISHED_NO_NAME = (Severity.ERROR, "这一行的上面没有评价单元和评价项目的名称，请补上。")
    PUBLISHED_NO_TEXT = (Severity.ERROR, "评价项目“{name}”没有条文，请补上；几个项目合并了条文的，请拆开。")
    PUBLISHED_POINTS = (Severity.ERROR, "分值“{seen}”不是大于 0 的数字，请改正，如 5。")
    PUBLISHED_LONG = (Severity.ERROR, "表格过长（最多 {most} 行、{characters} 字），请确认是不是拿错了文件。")
    PUBLISHED_CELL = (Severity.ERROR, "这一格超过 {most} 字，请确认是不是拿错了文件，或拆成几行。")
    PUBLISHED_MERGED = (Severity.ERROR, "表格的合并单元格互相重叠，看不出各格属于哪里，请取消合并后重新保存。")

    @property
    def slug(self) -> str:
        """The stable name programs see, for example ``file-missing``."""
        return self.name.lower().replace("_", "-")

    def at(self, location: Location = NOWHERE, /, **facts: object) -> Problem:
        """Make the problem at ``location``; ``facts`` fill the sentence's blanks."""
        return Problem(self, location, self.template.format(**facts))


class Problem(msgspec.Struct, frozen=True):
    """One finding about the input."""

    code: Code
    location: Location
    message: str
    """One Chinese sentence: what was seen, and how to mend it."""

    @property
    def severity(self) -> Severity:
        """The code's own severity."""
        return self.code.severity

    def inside(self, file: str) -> Problem:
        """Return the same problem, placed in ``file``."""
        return msgspec.structs.replace(self, location=msgspec.structs.replace(self.location, file=file))


def by_weight(problems: Iterable[Problem]) -> list[Problem]:
    """Errors first, then warnings, then notes; the order within each is kept."""
    return sorted(problems, key=lambda problem: problem.severity.rank)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything in the input does not count."""
    return any(problem.severity is Severity.ERROR for problem in problems)
