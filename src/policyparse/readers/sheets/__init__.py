"""Spreadsheets and lists of values: Excel in its forms, WPS tables, csv."""
