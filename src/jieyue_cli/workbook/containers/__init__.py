"""What wraps the parts of a workbook: zip (xlsx, xlsb, ods) and OLE (xls), and the plain XML of a part."""
