"""Makes `corpora/formats/`: the sample notices as docx, doc, pdf, ofd and html, from their texts.

    python -m tools.formats              everything (doc and pdf need LibreOffice, see `libre`)
    python -m tools.formats html docx    only these (ofd takes its places from the pdf)
    python -m tools.formats.scan         tests/data/scans: one of them as pictures of pages, which need OCR

The texts in `corpora/notices` were taken off web pages. Here each is laid out as the office that issued it would have
typed it: `layouts.txt` says which lines are red header, title, recipients, body …; the writers do the rest. Nothing of
`policyparse` is used: what it reads back is a test of it (`tests/test_formats.py`).
"""
