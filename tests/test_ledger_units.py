"""Which names are one unit: what the documents show, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from policyparse.export.ledger.gather import Gathered
from policyparse.export.ledger.units import Home, full_names, home, key
from policyparse.model import DocumentNumber, Measure, Name, PolicyDocument, Responsibility, Source, Title
from policyparse.pipeline import parse_text
from policyparse.text import Span

AT = Span(0, 1)
_count = iter(range(10**6))


def notice(issuer: str | None, *names: str | tuple[str, str], text: str = "", **more: Any) -> PolicyDocument:
    """A document with a task a name; (short, full) is a name with what was restored."""
    given = [n if isinstance(n, tuple) else (n, None) for n in names]
    units = [Responsibility(name=n, full_name=full, role="lead", span=AT) for n, full in given]
    number = next(_count)
    return PolicyDocument(
        source=Source(name=f"{number}.txt", sha256=f"{number:064}"),
        text=text or f"这是第{number}份通知，内容与其他通知都不相同。",
        issuers=[Name(name=issuer, span=AT)] if issuer else [],
        measures=[Measure(text=f"第{number}份的事。", responsibilities=[u], span=AT) for u in units],
        **more,
    )


def blocks(*documents: PolicyDocument) -> list[tuple[str, int]]:
    """The units with the number of their tasks."""
    gathered = Gathered()
    for i, document in enumerate(documents):
        gathered.add(document, f"{i}.txt", None)
    return [(u.name, len(u.duties)) for u in gathered.units.values()]


class TestOneDocument:
    def test_a_restored_name_is_the_full_one(self) -> None:
        assert blocks(notice("青禾市交通局", "局办公室", ("规划科", "局规划科"), "局规划科")) == [
            *(("局办公室", 1), ("局规划科", 2))
        ]

    def test_a_short_name_that_the_document_introduces(self) -> None:
        text = "青禾市教育和体育局（以下简称“市教体局”）牵头，有关单位配合，抓好落实。"
        assert blocks(notice("青禾市人民政府", "青禾市教育和体育局", "市教体局", text=text)) == [
            ("青禾市教育和体育局", 2)
        ]

    @pytest.mark.parametrize(
        "said",
        [
            "（简称：市教体局）",
            "（以下简称市教体局）",
            "(以下统称「市教体局」)",
            "（以下称市教体局）",
            "（下文简称“市教体局”）",
            "（以下简称‘市教体局’）",
        ],
    )
    def test_ways_to_introduce_it(self, said: str) -> None:
        document = notice("青禾市人民政府", "青禾市教育和体育局", text=f"由青禾市教育和体育局{said}牵头办理本项工作。")
        assert full_names(document) == {"市教体局": "青禾市教育和体育局"}

    @pytest.mark.parametrize(
        "text",
        [
            "青禾市教育和体育局负责，市教体局配合，其他单位按职责分工落实。",
            "《青禾市河道整治方案》（以下简称《方案》）由青禾市教育和体育局落实。",
            "青禾市水利局（以下简称市教体局以外的单位）",
            "青禾市教育和体育局（简体字）",
            "青禾市教育和体育局（称职）",
        ],
    )
    def test_nothing_is_made_of_likeness(self, text: str) -> None:
        assert full_names(notice("青禾市人民政府", "青禾市教育和体育局", text=text)) == {}

    @pytest.mark.parametrize("names", [("市教育局", "教育局"), ("青禾市教育局", "市教育局"), ("发改委", "发展改革委")])
    def test_names_that_are_only_alike_are_two_units(self, names: tuple[str, str]) -> None:
        assert blocks(notice("青禾市人民政府", *names)) == [(names[0], 1), (names[1], 1)]

    def test_signs_do_not_tell_units_apart(self) -> None:
        assert blocks(notice("青禾市人民政府", "各县(市、区)政府", "各县（市、区）政府")) == [("各县(市、区)政府", 2)]

    def test_the_text_of_a_notice(self) -> None:
        document = parse_text(
            "青禾市人民政府办公室关于做好防汛工作的通知\n各县（市、区）人民政府：\n"
            "青禾市水利建设管理局（以下简称市水管局）统筹全市防汛工作。\n"
            "一、加强巡查。落实巡查责任。（责任单位：青禾市水利建设管理局、市应急局）\n"
            "二、备足物资。及时补充物资。（责任单位：市水管局）\n"
        )
        assert blocks(document) == [("青禾市水利建设管理局", 2), ("市应急局", 1)]


class TestSeveralDocuments:
    @pytest.mark.parametrize(
        ("name", "one", "other"),
        [
            ("市教育局", "青禾市人民政府", "青禾市人民政府办公室"),  # of the same city
            ("县教育局", "青禾市云溪县人民政府", "青禾市云溪县教育局"),
            ("局办公室", "青禾市交通局", "青禾市交通局"),  # of the same organ
            ("青禾市教育局", "青禾市人民政府", "云溪县人民政府"),  # says where it belongs
            ("财政部", "交通运输部", "国务院办公厅"),
            ("国家发展改革委", "交通运输部", "国务院办公厅"),
        ],
    )
    def test_one_unit(self, name: str, one: str, other: str) -> None:
        assert blocks(notice(one, name), notice(other, name)) == [(name, 2)]

    @pytest.mark.parametrize(
        ("name", "one", "other"),
        [
            ("市教育局", "青禾市人民政府", "柳泉市人民政府"),
            ("局办公室", "青禾市交通局", "青禾市水利局"),
            ("教育局", "青禾市人民政府", "青禾市人民政府办公室"),  # of the city, or of its district?
            ("林业局", "青禾市人民政府", "柳泉市人民政府"),
            ("宣传部", "青禾市人民政府", "柳泉市人民政府"),
            ("各县（市、区）政府", "青禾市人民政府", "柳泉市人民政府"),
            ("贫困县乡镇政府", "青禾市人民政府", "柳泉市人民政府"),
            ("办公室", None, None),
        ],
    )
    def test_two_units(self, name: str, one: str | None, other: str | None) -> None:
        assert blocks(notice(one, name), notice(other, name)) == [(name, 1), (name, 1)]

    def test_the_number_tells_the_organ_where_there_is_no_issuer(self) -> None:
        number = DocumentNumber(text="青交发〔2021〕7号", normalized="青交发〔2021〕7号", organ_code="青交发", span=AT)
        assert blocks(*(notice(None, "办公室", document_number=number) for _ in range(2))) == [("办公室", 2)]

    def test_the_title_tells_the_place_where_there_is_no_issuer(self) -> None:
        title = Title(text="青禾市防汛工作方案", span=AT)
        assert home(notice(None, title=title), "id") == Home("id", "青禾市")

    @pytest.mark.parametrize("title", ["各县区防汛工作方案", "全市防汛工作方案", "城市社区建设方案", "防汛工作方案"])
    def test_no_place(self, title: str) -> None:
        assert home(notice(None, title=Title(text=title, span=AT)), "id").place == "id"

    def test_a_place_within_a_place(self) -> None:
        assert home(notice("湖州省青禾市云溪县人民政府"), "id").place == "湖州省青禾市云溪县"
        assert key("市教育局", Home("甲", "乙")).context == "乙"
