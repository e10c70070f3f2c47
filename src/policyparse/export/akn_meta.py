"""The metadata block of an Akoma Ntoso document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from ..model import PolicyDocument
from .akn_marks import Marks, safe, work_of
from .relation import ILLEGAL, iso

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:policyparse:source"
"""Namespace of what Akoma Ntoso has no place for: the source file."""
_UNDATED = "0001-01-01"
"""FRBRdate is not optional; its name then says that the document has none."""
_SOURCE = "#policyparse"


class Identity(NamedTuple):
    """How a document of the file is identified: the whole notice, or a text that it carries."""

    component: str
    """main, annex_1, enclosure_1."""
    title: str | None
    subtype: str | None


def tag(name: str) -> str:
    """A name of the Akoma Ntoso namespace."""
    return f"{{{NAMESPACE}}}{name}"


def child(parent: etree._Element, element: str, /, **attributes: str) -> etree._Element:
    """A new element at the end of `parent`."""
    return etree.SubElement(parent, tag(element), attributes)


def write_meta(parent: etree._Element, document: PolicyDocument, identity: Identity, marks: Marks | None) -> None:
    """Append `meta`; with the entities of `marks` and the source file for the whole notice."""
    meta = child(parent, "meta")
    _identification(meta, document, identity)
    if marks is None:
        return
    references = child(meta, "references", source=_SOURCE)
    child(references, "TLCOrganization", eId="policyparse", href="/akn/ontology/organization/policyparse",
          showAs=f"policyparse {document.parser_version}")  # fmt: skip
    for (element, name), (eid, href) in marks.entities.items():
        child(references, element, eId=eid, href=href, showAs=legal(name))
    source = child(meta, "proprietary", source=_SOURCE)
    values = {"name": document.source.name, "sha256": document.source.sha256, "mediaType": document.source.media_type}
    etree.SubElement(source, f"{{{OWN}}}file", {k: legal(v) for k, v in values.items() if v}, nsmap={"pp": OWN})


def _identification(meta: etree._Element, document: PolicyDocument, identity: Identity) -> None:
    base = work_of(document)
    identification = child(meta, "identification", source=_SOURCE)
    levels = (("FRBRWork", base), ("FRBRExpression", f"{base}/zho@"), ("FRBRManifestation", f"{base}/zho@.xml"))
    for level, uri in levels:
        element = child(identification, level)
        child(element, "FRBRthis", value=f"{uri}/!{identity.component}")
        child(element, "FRBRuri", value=uri)
        if level == "FRBRWork":
            for name, value in _aliases(document, identity):
                child(element, "FRBRalias", value=legal(value), name=name)
        date, name = _date(document)
        child(element, "FRBRdate", date=date, name=name)
        for author in [i.name for i in document.issuers] or ["unknown"]:
            child(element, "FRBRauthor", href=f"/akn/cn/ontology/organization/{safe(author)}")
        if level == "FRBRWork":
            child(element, "FRBRcountry", value="cn")
            if identity.subtype:
                child(element, "FRBRsubtype", value=legal(identity.subtype))
            if identity.component == "main" and document.document_number:
                child(element, "FRBRnumber", value=legal(document.document_number.normalized))
        if level == "FRBRExpression":
            child(element, "FRBRlanguage", language="zho")


def _aliases(document: PolicyDocument, identity: Identity) -> Iterator[tuple[str, str]]:
    if identity.title:
        yield "标题", identity.title
    if identity.component == "main" and document.document_number:
        yield "发文字号", document.document_number.normalized


def _date(document: PolicyDocument) -> tuple[str, str]:
    if document.issue_date and iso(document.issue_date.date):
        return str(document.issue_date.date), "成文日期"
    return _UNDATED, "unknown"


def legal(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text)
