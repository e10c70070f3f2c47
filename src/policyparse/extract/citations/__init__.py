"""Documents that the text cites: by number (国发〔2025〕11号), or by title alone after 根据, 按照, 落实 …"""

from .read import extract_citations

__all__ = ["extract_citations"]
