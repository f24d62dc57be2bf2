"""The learner's company, entered once: what every "your company" lab starts from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cxlib.catalogue.terms import INDUSTRIES
from cxlib.data import load
from cxlib.learning.fields import Entries, Field, Money, Pick, Quantity, Share, Words
from cxlib.learning.panel import Action, Face, Layout, Screen, paragraph
from cxlib.learning.store import Store
from cxlib.text import Lang, Text, needed_decimals, number, percent, same

PROFILE: Final = "profile"
"""The store key of the profile."""

UNITS: Final[dict[str, tuple[float, Text]]] = {
    "dong": (1.0, same("₫")),
    "thousand": (1e3, Text("nghìn ₫", "₫ thousand")),
    "million": (1e6, Text("triệu ₫", "₫ million")),
    "billion": (1e9, Text("tỷ ₫", "₫ billion")),
}
"""The units in which sums of money can be shown: how many dong, and what it is called."""

_NO_BREAK: Final = "\u00a0"
_CUSTOMERS: Final = Text("Khách hàng", "The customers")
_CONTACT: Final = Text("Tiếp xúc", "Contact")

FIELDS: Final[dict[str, Field]] = {
    "name": Words(label=Text("Tên công ty (không bắt buộc)", "Company name (optional)")),
    "industry": Pick(label=Text("Ngành", "Industry"), options=INDUSTRIES),
    "unit": Pick(
        label=Text("Đơn vị tiền khi tóm tắt", "Unit of money in summaries"),
        options={key: name for key, (_, name) in UNITS.items()},
        default="billion",
    ),
    "customers": Quantity(
        Text("Số khách hàng", "Customers"), None, 1, 100e6, 1, group=_CUSTOMERS, slider=False
    ),
    "revenue_per_customer": Money(
        Text("Doanh thu mỗi khách một năm", "Revenue per customer and year"),
        None,
        1_000,
        100e9,
        1_000,
        group=_CUSTOMERS,
        slider=False,
    ),
    "margin": Share(
        Text("Biên lợi nhuận đóng góp, so với doanh thu", "Contribution margin, share of revenue"),
        None,
        0.01,
        1.0,
        0.01,
        group=_CUSTOMERS,
        slider=False,
    ),
    "retention": Share(
        Text("Tỷ lệ khách ở lại sau một năm", "Customers who stay for another year"),
        None,
        0.01,
        0.99,
        0.01,
        group=_CUSTOMERS,
        slider=False,
    ),
    "contacts": Quantity(
        Text("Số lần mỗi khách liên hệ một năm", "Contacts per customer and year"),
        None,
        0,
        1_000,
        0.1,
        group=_CONTACT,
        slider=False,
    ),
    "contact_intensity": Quantity(
        Text("Mức nhân viên tiếp xúc với khách", "How much employees deal with customers"),
        None,
        0.0,
        1.0,
        0.05,
        group=_CONTACT,
        hint=Text(
            "0: khách tự làm hết · 1: luôn có người phục vụ",
            "0: all self-service · 1: always served by a person",
        ),
    ),
    "employees": Quantity(
        Text("Số nhân viên", "Employees"), None, 1, 1e6, 1, group=_CONTACT, slider=False
    ),
}
"""What the learner tells about her company."""

FIGURES: Final = (
    "customers",
    "revenue_per_customer",
    "margin",
    "retention",
    "contacts",
    "contact_intensity",
    "employees",
)
"""The fields an industry template fills."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One company.

    Attributes:
        name: what the learner calls it, may be empty.
        industry: a key of :data:`cxlib.catalogue.terms.INDUSTRIES`.
        customers: how many there are.
        revenue_per_customer: dong a year.
        margin: contribution margin as a share of revenue.
        retention: share of customers who are still customers a year later.
        contacts: contacts per customer and year.
        contact_intensity: how much employees deal with customers, from 0 to 1.
        employees: how many there are.
        unit: a key of :data:`UNITS`, the unit in which sums of money are shown.
    """

    name: str
    industry: str
    customers: float
    revenue_per_customer: float
    margin: float
    retention: float
    contacts: float
    contact_intensity: float
    employees: float
    unit: str

    @classmethod
    def kept(cls, store: Store) -> Profile | None:
        """Return the profile in the store, or None until all of it is there and valid."""
        entries = Entries.start(FIELDS, "vi").recall(store.get(PROFILE))
        return cls(**entries.values) if entries.complete() else None

    @property
    def margin_per_customer(self) -> float:
        """Contribution margin, dong per customer and year."""
        return self.revenue_per_customer * self.margin

    def money(self, dong: float) -> Text:
        """Write an amount in the learner's own unit."""
        scale, unit = UNITS[self.unit]
        amount = number(dong / scale, needed_decimals(dong / scale, 2))
        written = Text(f"{amount.vi} {unit.vi}", unit.en.replace("₫", f"₫{amount.en}", 1))
        return Text(written.vi.replace(" ", _NO_BREAK), written.en.replace(" ", _NO_BREAK))


@cache
def templates() -> Mapping[str, Mapping[str, float]]:
    """The illustrative figures of each industry, by field."""
    table = load("industry_templates").set_index("industry")
    table = table.rename(columns={"revenue_per_customer_vnd": "revenue_per_customer"})
    return {
        str(industry): {name: float(row[name]) for name in FIGURES}
        for industry, row in table.iterrows()
    }


def examples() -> Iterator[Profile]:
    """Yield a company of each industry, made of its illustrative figures."""
    for industry, figures in templates().items():
        yield Profile(name="", industry=industry, unit="billion", **figures)


def borrowed(values: Mapping[str, Any]) -> list[str]:
    """Name the figures that still stand as the industry's template has them."""
    template = templates().get(values["industry"], {})
    return [name for name in FIGURES if name in template and values[name] == template[name]]


def moved(values: Mapping[str, Any], industry: str) -> dict[str, Any]:
    """Give a company another industry: template figures follow, figures of her own stay."""
    follow = [name for name in FIGURES if values[name] is None] + borrowed(values)
    template = templates()[industry]
    return {**values, "industry": industry, **{name: template[name] for name in follow}}


_TITLE: Final = Text("Hồ sơ công ty bạn", "Your company")
_TEMPLATE: Final = Action(
    "template", Text("Lấy lại số mẫu của ngành", "Back to the industry's figures")
)
_EMPTY: Final = Text(
    "Hãy chọn ngành. Các ô sẽ có sẵn số minh họa để bạn thay dần bằng số của công ty mình.",
    "Choose an industry. The boxes then hold illustrative figures, to be replaced by your own.",
)
_SUMMARY: Final = Text(
    "{name}: doanh thu {revenue} một năm, biên lợi nhuận đóng góp {margin}. Với tỷ lệ ở lại "
    "{retention}, mỗi năm khoảng {lost} khách rời đi.",
    "{name}: revenue of {revenue} a year, contribution margin of {margin}. With a retention rate "
    "of {retention}, about {lost} customers leave every year.",
)
_NAMELESS: Final = Text("Công ty bạn", "Your company")
_BORROWED: Final = Text(
    "Còn là số minh họa của ngành, hãy thay khi bạn có số thật: {figures}.",
    "Still illustrative figures of the industry, replace them when you have your own: {figures}.",
)
_ALL_BORROWED: Final = Text(
    "Tất cả mới là số minh họa của ngành. Hãy thay dần bằng số của công ty bạn.",
    "All of these are illustrative figures of the industry. Replace them by your own.",
)
_OWN: Final = Text("Không còn số minh họa nào.", "No illustrative figure is left.")


class ProfileFace(Face):
    """Takes the figures of the company and keeps them in the browser."""

    def __init__(self, lang: Lang, store: Store) -> None:
        self._store = store
        self._entries = Entries.start(FIELDS, lang)
        self.layout = Layout(
            key=PROFILE,
            lang=lang,
            fields=FIELDS,
            title=_TITLE,
            actions=(_TEMPLATE,),
            arrangement="profile",
        )
        self.watches = frozenset({PROFILE})
        self.recall()

    def screen(self) -> Screen:
        lang = self.layout.lang
        profile = Profile.kept(self._store)
        said = _EMPTY if profile is None else summary(profile)
        told = paragraph(said(lang), "cx-finding")
        if profile is not None:
            told += paragraph(self._origin()(lang), "cx-hint")
        chosen = self._entries.values["industry"] is not None
        return Screen(
            entries=self._entries,
            html=told,
            spoken=said(lang),
            hidden=frozenset() if chosen else frozenset({_TEMPLATE.name}),
        )

    def enter(self, name: str, raw: Any) -> None:
        entries = self._entries.enter(name, raw)
        if name == "industry" and name not in entries.problems:
            entries = self._entries.put(moved(self._entries.values, entries.values[name]))
        self._keep(entries)

    def act(self, name: str) -> None:
        self._keep(self._entries.put(templates()[self._entries.values["industry"]]))

    def recall(self) -> None:
        entries = Entries.start(FIELDS, self.layout.lang)
        self._entries = entries.recall(self._store.get(PROFILE))

    def _keep(self, entries: Entries) -> None:
        self._entries = entries
        given = {name: value for name, value in entries.values.items() if value not in (None, "")}
        self._store.put(PROFILE, given)

    def _origin(self) -> Text:
        labels = [FIELDS[name].label for name in borrowed(self._entries.values)]
        if len(labels) in (0, len(FIGURES)):
            return _ALL_BORROWED if labels else _OWN
        return _BORROWED.format(
            figures=Text(
                "; ".join(label.vi.lower() for label in labels),
                "; ".join(label.en.lower() for label in labels),
            )
        )


def summary(profile: Profile) -> Text:
    """Say in one breath what the company's figures come to."""
    revenue = profile.customers * profile.revenue_per_customer
    return _SUMMARY.format(
        name=same(profile.name) if profile.name else _NAMELESS,
        revenue=profile.money(revenue),
        margin=profile.money(revenue * profile.margin),
        retention=percent(profile.retention, needed_decimals(profile.retention * 100, 1)),
        lost=number(profile.customers * (1 - profile.retention)),
    )
