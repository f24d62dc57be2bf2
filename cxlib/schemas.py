"""What a table must look like, declared once: for our data sets, for templates and for uploads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from cxlib.parse import NumberKind, quoted
from cxlib.text import Text, money, number, percent, points, same

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal[NumberKind, "text", "date", "category"]

_UNITS: Final[dict[Kind, Text]] = {
    "money": same("₫"),
    "share": same("%"),
    "points": Text("điểm %", "pp"),
    "date": Text("ngày/tháng/năm", "day/month/year"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Args:
        name: the name in code.
        header: the heading the reader sees, without its unit.
        kind: what a cell holds; shares and points are kept as ratios, money in ₫.
        unit: shown in brackets after the heading; money, shares, points and dates have their own.
        low: smallest allowed value, in the unit kept.
        high: largest allowed value, in the unit kept.
        required: the column must exist and its cells be filled, unless ``blank`` says otherwise.
        blank: what an empty number cell stands for.
        unique: no value may come twice.
        categories: allowed values in their order, each with its label.
        also: other spellings of the heading that we take.
    """

    name: str
    header: Text
    kind: Kind
    unit: Text | None = None
    low: float | None = None
    high: float | None = None
    required: bool = True
    blank: float | None = None
    unique: bool = False
    categories: Mapping[str, Text] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def heading(self) -> Text:
        """The heading with its unit in brackets, as templates show it."""
        unit = self.unit or _UNITS.get(self.kind)
        return self.header if unit is None else self.header + same(" (") + unit + same(")")


@dataclass(frozen=True, slots=True)
class Schema:
    """One table: its title (also the name of its sheet), its columns, its template rows."""

    name: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to mend in a table: the row as numbered in the file, the heading, what to do."""

    row: int
    column: str
    message: Text

    @property
    def sentence(self) -> Text:
        """The whole sentence, with row and column."""
        row = same(f" {self.row}")
        column = Text(", cột ", ", column ") + quoted(self.column) if self.column else same("")
        return Text("Dòng", "Row") + row + column + same(": ") + self.message


def check(frame: pd.DataFrame, schema: Schema) -> Iterator[RowProblem]:
    """Every cell of a typed table that breaks its schema.

    Args:
        frame: one column per schema column by name; its index numbers the rows.
        schema: what to hold it against.
    """
    for column in schema.columns:
        if column.name in frame:
            yield from _check_column(frame[column.name], column)


def _check_column(cells: pd.Series, column: Column) -> Iterator[RowProblem]:
    blank = (cells == "") if column.kind == "text" else cells.isna()
    filled = cells[~blank]
    broken: list[tuple[pd.Series, Text]] = []
    if column.required:
        broken.append(
            (
                cells[blank],
                Text("Ô này đang trống, hãy điền vào.", "This cell is empty; fill it in."),
            )
        )
    if column.low is not None:
        broken.append((filled[filled < column.low], _range(column)))
    if column.high is not None:
        broken.append((filled[filled > column.high], _range(column)))
    if column.kind == "count":
        whole = Text("Phải là số nguyên, hãy sửa lại.", "This must be a whole number; correct it.")
        broken.append((filled[filled % 1 != 0], whole))
    if column.categories:
        known = filled.isin(list(column.categories))
        broken.append((filled[~known], not_a_category(column)))
    if column.unique:
        twice = Text(
            "Giá trị này đã có ở dòng trên, mỗi giá trị chỉ ghi một lần.",
            "This value stands in a row above; each may come only once.",
        )
        broken.append((filled[filled.duplicated()], twice))
    for cells_at_fault, message in broken:
        for row in cells_at_fault.index:
            yield RowProblem(int(row), column.name, message)


def not_a_category(column: Column) -> Text:
    """The message for a value outside the categories of its column."""
    return Text(
        "Hãy ghi một trong các giá trị: {allowed}.", "This must be one of: {allowed}."
    ).format(allowed=same(", ".join(column.categories)))


def _range(column: Column) -> Text:
    low, high = (
        None if end is None else _shown(end, column.kind) for end in (column.low, column.high)
    )
    if low and high:
        return Text(
            "Phải từ {low} đến {high}, hãy sửa lại.",
            "This must be from {low} to {high}; correct it.",
        ).format(low=low, high=high)
    if low:
        return Text(
            "Phải từ {low} trở lên, hãy sửa lại.", "This must be at least {low}; correct it."
        ).format(low=low)
    assert high is not None
    return Text(
        "Phải từ {high} trở xuống, hãy sửa lại.", "This must be at most {high}; correct it."
    ).format(high=high)


def _shown(value: float, kind: Kind) -> Text:
    if kind == "money":
        return money(value)
    if kind == "share":
        return percent(value, 0)
    if kind == "points":
        return points(value, 0)
    return number(value, 0 if value == round(value) else 2)


COST_ITEMS: Final[dict[str, Text]] = {
    "C1": Text("Tuyển chuyên gia CX", "Hiring CX specialists"),
    "C2": Text("Đào tạo và tư vấn về CX", "CX training and consulting"),
    "C3": Text(
        "Công cụ và công nghệ xử lý dữ liệu khách hàng", "Tools and technology for customer data"
    ),
    "C4": Text(
        "Sáng kiến để khách hàng cùng tạo ra trải nghiệm",
        "Initiatives that let customers co-create the experience",
    ),
    "C5": Text(
        "Phối hợp và truyền thông nội bộ để thống nhất chủ đích",
        "Internal coordination and communication around one intent",
    ),
    "C6": Text(
        "Thiết kế lại các điểm chạm trên hành trình", "Redesigning touchpoints on the journey"
    ),
    "C7": Text(
        "Đánh giá, ghi nhận và khuyến khích nỗ lực CX",
        "Evaluating, recognising and encouraging CX efforts",
    ),
    "C8": Text(
        "Chi phí khác để xây dựng văn hóa lấy khách hàng làm trung tâm",
        "Other costs of building a customer-centric culture",
    ),
}
"""The eight kinds of cost of a CX programme, by code."""

BENEFIT_ITEMS: Final[dict[str, Text]] = {
    "B1": Text("Nhiều khách ở lại hơn, ít khách rời bỏ hơn", "More customers stay, fewer leave"),
    "B2": Text("Khách ở lại lâu hơn chi tiêu nhiều hơn", "Customers who stay longer spend more"),
    "B3": Text(
        "Khách giới thiệu thêm khách mới, khách chất lượng hơn",
        "Referrals bring more customers, and better ones",
    ),
    "B4": Text(
        "Khách ủng hộ sản phẩm mới và dễ tha thứ hơn",
        "Customers back new products and forgive more readily",
    ),
    "B5": Text("Giá trị vòng đời khách hàng tăng", "Customer lifetime value rises"),
    "B6": Text(
        "Bớt lệ thuộc vào khách mới, bớt sức ép về giá",
        "Less dependence on new customers, less price pressure",
    ),
    "B7": Text(
        "Chi phí bán hàng, tiếp thị và phục vụ trên một khách hàng giảm",
        "Lower sales, marketing and service cost per customer",
    ),
    "B8": Text("Nơi làm việc tốt hơn, vui hơn", "A better, happier place to work"),
    "B9": Text(
        "Cuộc sống tốt hơn, vì ai cũng là khách hàng hay nhân viên của một nơi nào đó",
        "A better world: everyone is someone's customer or employee",
    ),
    "B10": Text(
        "Văn hóa đậm bản sắc, lấy khách hàng làm trung tâm",
        "A distinctive, customer-centric culture",
    ),
}
"""The ten benefits of a CX programme, by code."""


def _code(items: Mapping[str, Text]) -> Column:
    return Column(
        "code", Text("Mã", "Code"), "category", unique=True, categories=items, also=("Mã số", "ID")
    )


def _rows(items: Mapping[str, Text]) -> tuple[Mapping[str, Text], ...]:
    return tuple({"code": same(code), "item": item} for code, item in items.items())


_ITEM: Final = Column(
    "item", Text("Hạng mục", "Item"), "text", required=False, also=("Khoản mục", "Nội dung")
)

COSTS: Final = Schema(
    "costs",
    Text("Chi phí", "Costs"),
    (
        _code(COST_ITEMS),
        _ITEM,
        Column(
            "one_off",
            Text("Chi một lần", "One-off cost"),
            "money",
            low=0,
            blank=0,
            also=("Chi phí một lần", "Chi phí ban đầu", "One-off", "Upfront cost"),
        ),
        Column(
            "yearly",
            Text("Chi mỗi năm", "Yearly cost"),
            "money",
            low=0,
            blank=0,
            also=(
                "Chi hằng năm",
                "Chi phí hằng năm",
                "Chi phí hàng năm",
                "Chi hàng năm",
                "Yearly",
                "Annual cost",
            ),
        ),
        Column("note", Text("Ghi chú", "Note"), "text", required=False, also=("Notes", "Comment")),
    ),
    _rows(COST_ITEMS),
)
"""What the programme costs: one row per kind of cost, once and each year, in ₫."""

BENEFITS: Final = Schema(
    "benefits",
    Text("Lợi ích", "Benefits"),
    (
        _code(BENEFIT_ITEMS),
        _ITEM,
        *(
            Column(f"year_{year}", Text(f"Năm {year}", f"Year {year}"), "money", blank=0)
            for year in (1, 2, 3)
        ),
        Column(
            "note",
            Text("Nguồn, ghi chú", "Source, note"),
            "text",
            required=False,
            also=("Nguồn", "Ghi chú", "Source", "Note"),
        ),
    ),
    _rows(BENEFIT_ITEMS),
)
"""What the programme brings: one row per benefit, year by year, in ₫."""
