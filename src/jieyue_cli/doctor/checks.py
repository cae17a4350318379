"""Every check of ``jieyue doctor``, in the order shown; each has its section in docs/office/doctor.md."""

from __future__ import annotations

from jieyue_cli.doctor import disk, installation, libraries, place, programs, screen, system
from jieyue_cli.doctor.finding import Check

CHECKS = (
    Check("版本", installation.look_at_version, installation.judge_version),
    Check("程序文件", installation.look_at_files, installation.judge_files),
    Check("评价标准", installation.look_at_standard, installation.judge_standard),
    Check("依赖的库", libraries.look_at_libraries, libraries.judge_libraries),
    Check("安装位置", place.look_at_place, place.judge_place),
    Check("屏幕编码", screen.look_at_encoding, screen.judge_encoding),
    Check("屏幕宽度", screen.look_at_width, screen.judge_width),
    Check("语言区域", system.look_at_locale, system.judge_locale),
    Check("当前文件夹", disk.look_here, disk.judge_here),
    Check("临时文件夹", disk.look_at_temporary, disk.judge_temporary),
    Check("主文件夹", system.look_at_home, system.judge_home),
    Check("长路径", system.look_at_long_paths, system.judge_long_paths),
    Check("日期时间", system.look_at_clock, system.judge_clock),
    Check("多进程", system.look_at_workers, system.judge_workers),
    Check("字体", programs.look_at_fonts, programs.judge_fonts),
    Check("表格软件", programs.look_at_office, programs.judge_office),
)
