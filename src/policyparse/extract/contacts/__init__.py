"""Contacts (联系人, 联系电话, 邮箱), in lines, in prose and in brackets (GB/T 9704-2012 §7.3.6 附注)."""

from .read import extract_contacts

__all__ = ["extract_contacts"]
