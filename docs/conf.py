"""How Sphinx makes the offline pages of what `making/pages.py` gathers: ``make docs``."""

from making.searching import BY_PAIRS, Pairs
from sphinx.application import Sphinx

project = "jieyue · 节约型机关评分工具"
language = "zh_CN"
extensions = ["myst_parser"]
myst_heading_anchors = 4
html_theme = "furo"
html_static_path = ["making/pages.css"]
html_css_files = ["pages.css"]
html_title = "节约型机关评分工具"
html_search_language = BY_PAIRS
html_copy_source = False
html_show_search_summary = False  # would be fetched, which a browser does not allow for pages from the disk
html_show_copyright = False
html_show_sphinx = False
# what the fonts of Windows, macOS and Linux call themselves: nothing is fetched
_FONTS = '"Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif'
# first those that hold both scripts, one twice as wide as the other: the columns of a screen stand below each other
_CODE = '"Noto Sans Mono CJK SC", "Sarasa Mono SC", NSimSun, Consolas, Menlo, monospace'
html_theme_options = {
    f"{scheme}_css_variables": {"font-stack": _FONTS, "font-stack--monospace": _CODE} for scheme in ("light", "dark")
}


def setup(app: Sphinx) -> None:
    """Let the search find Chinese words without a dictionary."""
    app.add_search_language(Pairs)
