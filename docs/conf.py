"""How Sphinx makes the offline pages from the Markdown of this folder: ``make docs``."""

project = "jieyue · 节约型机关评分工具"
language = "zh_CN"
extensions = ["myst_parser"]
exclude_patterns: list[str] = []
html_theme = "furo"
