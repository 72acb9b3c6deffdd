"""Tables that somebody brings, CSV or XLSX, read row by row: a workbook in a limited process."""
