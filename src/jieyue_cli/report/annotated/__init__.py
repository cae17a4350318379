"""The agency's own workbook with what it is told: comments at the cells, and one sheet 核查反馈."""
