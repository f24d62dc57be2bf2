"""Ten much-quoted statistics: judge each, then turn the card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from cxlib.charts import pilot as charts
from cxlib.data import load
from cxlib.learning.fields import Pick, Quantity
from cxlib.learning.lab import Preset, lab
from cxlib.learning.predict import Prediction
from cxlib.learning.view import KeyFigure, Table, View
from cxlib.text import LANGS, Text, held_together, number, out_of, same

_NEWEST: Final = "newest"
JUDGEMENTS: Final = {
    "believe": Text("tin, dùng ngay", "believe, use it"),
    "care": Text("dùng, kèm lưu ý", "use with care"),
    "no": Text("không dùng", "do not use"),
}


SHORT: Final = {
    "believe": Text("tin ngay", "believe"),
    "care": Text("kèm lưu ý", "with care"),
    "no": Text("không dùng", "do not use"),
}
_ORIGINS: Final = {
    "verified": Text("đã tìm ra", "found"),
    "literature": Text("chưa tìm ra", "not found"),
}


@dataclass(frozen=True)
class _Side:
    """What the course adds to a card: a short name, its own judgement, who has an interest."""

    name: Text
    judgement: str
    interest: Text


_SIDES: Final[Mapping[str, _Side]] = {
    "acquire_5x": _Side(
        Text("đắt gấp 5 lần", "5 times dearer"),
        "no",
        Text(
            "Bên bán phần mềm giữ chân khách.",
            "Sellers of retention software.",
        ),
    ),
    "retention_25_95": _Side(
        Text("giữ khách 25–95 %", "retention 25–95%"),
        "care",
        Text(
            "Bên tư vấn về lòng trung thành, trong đó có hãng của tác giả.",
            "Loyalty consultants, the author's firm among them.",
        ),
    ),
    "leaders_beat_sp500": _Side(
        Text("cổ phiếu dẫn đầu", "leaders' shares"),
        "care",
        Text("Bên công bố bán tư vấn CX.", "The publisher sells CX consulting."),
    ),
    "meta_analysis_72": _Side(
        Text("“phân tích gộp” 72 %", "“meta-analysis” 72%"),
        "no",
        Text("Bên đăng bán giải pháp xếp hàng.", "The page sells queueing solutions."),
    ),
    "gallup_23": _Side(
        Text("gắn kết, lãi 23 %", "engagement, 23%"),
        "care",
        Text("Bên công bố bán khảo sát gắn kết.", "The publisher sells engagement surveys."),
    ),
    "nps_one_number": _Side(
        Text("NPS, con số duy nhất", "NPS, the one number"),
        "no",
        Text("Chính người đề xướng và bên tư vấn NPS.", "Its proponent and NPS consultants."),
    ),
    "promoters_80_90": _Side(
        Text("lời giới thiệu 80–90 %", "referrals 80–90%"),
        "no",
        Text("Bên công bố bán tư vấn NPS.", "The publisher sells NPS consulting."),
    ),
    "correlation_082": _Side(
        Text("tương quan 0,82", "correlation 0.82"),
        "care",
        Text(
            "Bên công bố bán nghiên cứu và phần mềm CX.",
            "The publisher sells CX research and software.",
        ),
    ),
    "pay_more_86": _Side(
        Text("86 % trả thêm", "86% pay more"),
        "no",
        Text(
            "Bên đặt khảo sát bán phần mềm chăm sóc khách.",
            "The survey's sponsor sells service software.",
        ),
    ),
    "under_promise": _Side(
        Text("hứa ít, làm nhiều", "under-promise"),
        "care",
        Text(
            "Cả chúng tôi: khóa học dựa trên những bài viết ấy.",
            "We ourselves: the course rests on those articles.",
        ),
    ),
}


@cache
def _cards() -> Mapping[str, Mapping[str, str]]:
    table = load("statistics_cards").astype(str).set_index("key")
    return {
        str(key): {str(name): cell for name, cell in row.items()} for key, row in table.iterrows()
    }


def _side_text(key: str, side: str) -> Text:
    card = _cards()[key]
    return Text(*(held_together(card[f"{side}_{lang}"]) for lang in LANGS))


_FIELDS: Final[dict[str, Any]] = {
    **{
        key: Pick(
            label=Text("Bạn chấm", "You judge"),
            options=JUDGEMENTS,
            row=same(f"{place}. ") + _side_text(key, "claim"),
        )
        for place, key in enumerate(_SIDES, start=1)
    },
    "turned": Pick(
        label=Text("Lật thẻ nào", "Card to turn"),
        options={
            _NEWEST: Text("thẻ cuối cùng đã chấm", "the last one judged"),
            **{
                key: same(f"{place}. ") + side.name
                for place, (key, side) in enumerate(_SIDES.items(), start=1)
            },
        },
        default=_NEWEST,
    ),
}


@lab(
    key="source-hunt",
    title=Text("Truy tận gốc", "The source hunt"),
    presets={
        "trusting": Preset(
            Text("Tình huống 1: nghe gì tin nấy", "Case 1: believe it all"),
            dict.fromkeys(_SIDES, "believe"),
        ),
        "cynic": Preset(
            Text("Tình huống 2: không tin gì hết", "Case 2: believe nothing"),
            dict.fromkeys(_SIDES, "no"),
        ),
        "ours": Preset(
            Text("Tình huống 3: chấm như chúng tôi", "Case 3: as we judge"),
            {key: side.judgement for key, side in _SIDES.items()},
        ),
    },
    sources=(
        "reichheld1990",
        "sharp2005",
        "watermark2015",
        "fornell2016",
        "jacobson2009",
        "gallup2020",
        "harter2002",
        "reichheld2003",
        "keiningham2007",
        "bain",
        "temkin2018",
        "rightnow2010",
        "mittal1998",
    ),
    arrangement="stack",
    **_FIELDS,
)
def source_hunt(turned: str, **judged: str | None) -> View:
    """Compare the learner's judgements with ours and show what stands behind one card."""
    done = {key: judgement for key, judgement in judged.items() if judgement}
    shown = (next(reversed(done), None)) if turned == _NEWEST else turned
    agreed = sum(_SIDES[key].judgement == judgement for key, judgement in done.items())
    believed = sum(judgement == "believe" for judgement in done.values())
    traced = sum(_cards()[key]["status"] == "verified" for key in done)
    return View(
        finding=_finding(len(done), agreed, believed, traced),
        chart=partial(
            charts.source_cards,
            [side.name for side in _SIDES.values()],
            [
                (judged[key], side.judgement if judged[key] else None)
                for key, side in _SIDES.items()
            ],
            SHORT,
            _opened(shown, shown in done),
        ),
        key_figures=(
            KeyFigure(Text("Đã chấm", "Judged"), out_of(len(done), len(_SIDES))),
            *_compared(agreed, traced, len(done)),
        ),
        table=_table(done),
    )


def _compared(agreed: int, traced: int, done: int) -> tuple[KeyFigure, ...]:
    """Return what can be told once a card is judged."""
    if not done:
        return ()
    return (
        KeyFigure(Text("Giống chúng tôi", "As we judge"), out_of(agreed, done)),
        KeyFigure(Text("Lần được tới gốc", "Traced to the origin"), out_of(traced, done)),
    )


def _opened(key: str | None, judged: bool) -> tuple[Text, list[tuple[Text, Text]]]:
    """Return the claim of a card and, once it is judged, what stands on its other side."""
    if key is None:
        return Text("Hãy chấm một thẻ: thẻ sẽ tự lật.", "Judge a card and it turns."), []
    claim = _side_text(key, "claim")
    if not judged:
        wait = Text("Hãy chấm thẻ này trước đã.", "Judge this card first.")
        return claim, [(Text("Mặt sau", "Its other side"), wait)]
    origin = _ORIGINS[_cards()[key]["status"]]
    return claim, [
        (Text("Ai nói", "Said by"), _side_text(key, "said_by")),
        (Text("Ai có lợi", "Who gains"), _SIDES[key].interest),
        (Text("Gốc gác: ", "Origin: ") + origin, _side_text(key, "origin")),
        (Text("Chúng tôi chấm", "We judge"), _side_text(key, "verdict")),
    ]


def _finding(done: int, agreed: int, believed: int, traced: int) -> Text:
    if done == 0:
        return Text(
            "Mười câu, câu nào nghe cũng lọt tai. Hãy chấm như thể mai bạn phải trình hội đồng.",
            "Ten claims, each of which sounds right. Judge as if you faced the board tomorrow.",
        )
    if done < len(_SIDES):
        return Text(
            "Đã chấm {done}/{all}, giống chúng tôi {agreed}.",
            "{done} of {all} judged, {agreed} as we do.",
        ).format(done=number(done), all=number(len(_SIDES)), agreed=number(agreed))
    return Text(
        "Bạn tin ngay {believed} câu, chúng tôi thì 0. Lần được tới gốc {traced}/{all} câu, mà "
        "biết gốc rồi vẫn phải dùng kèm lưu ý, hoặc bỏ.",
        "You believed {believed}, we 0. {traced} of {all} were traced to the origin, "
        "and even those need care or must be dropped.",
    ).format(believed=number(believed), traced=number(traced), all=number(len(_SIDES)))


def _table(done: Mapping[str, str]) -> Table:
    hidden = Text("chưa chấm", "not judged")
    rows = []
    for key, side in _SIDES.items():
        row = [_side_text(key, "claim"), *[hidden] * 4]
        if key in done:
            row[1:] = [
                JUDGEMENTS[done[key]],
                JUDGEMENTS[side.judgement],
                _ORIGINS[_cards()[key]["status"]],
                side.interest,
            ]
        rows.append(row)
    heads = (
        Text("Câu hay nghe", "Claim"),
        Text("Bạn chấm", "You judge"),
        Text("Chúng tôi chấm", "We judge"),
        Text("Gốc gác", "Origin"),
        Text("Ai có lợi", "Who gains"),
    )
    return Table(heads, rows)


traced_cards: Final = Prediction(
    key="traced-cards",
    question=Quantity(
        Text(
            "Mười câu hay được nhắc trong các buổi nói chuyện về CX. Theo bạn, chúng tôi lần được "
            "bao nhiêu câu tới tận gốc?",
            "Ten claims often heard in talks about CX. How many of them could we trace to "
            "their origin?",
        ),
        None,
        0,
        10,
        1,
    ),
    answer=lambda: sum(card["status"] == "verified" for card in _cards().values()),
)
