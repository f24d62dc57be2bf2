"""Customer comments. Six hundred open answers in Vietnamese, made by a small grammar.

Nobody wrote them: every comment about the fictional chain An Nhiên is put together like this.

1. A sentence is drawn from ``SENTENCES``: it belongs to one touchpoint and carries its labels:
   sentiment −1, 0 or 1; the gap to what was promised (early, met, late; none when no promise is
   mentioned); severity 0–3. ``{p}`` and ``{a}`` are days promised and days taken; a late day or
   two is severity 1, three or four 2, more 3.
2. A closing word of the same sentiment is added, in the way people speak in the North, the Centre
   or the South; ``REGIONAL_WORDS`` turns some words of the sentence into that region's.
3. Eighteen of the comments praise in words and complain in fact (``SARCASM``, sentiment −1).
4. 90 comments lose their diacritics, 60 are written in teencode, 30 mix in English words; the
   other 420, among them the sarcastic ones, are written as at school.

No comment comes twice. Sentiments are drawn with shares .46, .14 and .40, regions with .4, .2, .4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from cxlib.parse import fold

SEED: Final = 20_260_109
TRUTH: Final[dict[str, Any]] = {
    "surface": {"chuan": 420, "khong_dau": 90, "teencode": 60, "pha_tieng_anh": 30},
    "sarcastic": 18,
    "sentiment_shares": {"-1": 0.46, "0": 0.14, "1": 0.40},
    "region_shares": {"bac": 0.4, "trung": 0.2, "nam": 0.4},
}


class Sentence(NamedTuple):
    """What is said about a touchpoint, and how it is to be understood."""

    touchpoint: str
    sentiment: int
    gap: str
    severity: int
    words: str


def _about(touchpoint: str, *said: tuple[int, str, int, str]) -> list[Sentence]:
    return [Sentence(touchpoint, *one) for one in said]


SENTENCES: Final = [
    *_about(
        "quang_cao",
        (-1, "late", 2, "quảng cáo giảm một nửa giá mà ra cửa hàng bảo không có"),
        (-1, "late", 2, "hình quảng cáo một đằng, hàng nhận về một nẻo"),
        (-1, "late", 1, "quảng cáo nói tặng quà mà tới nơi lại bảo hết quà"),
        (-1, "", 1, "tin quảng cáo nhắn suốt ngày, thấy phiền"),
        (1, "met", 0, "hàng đúng y như quảng cáo"),
        (1, "early", 0, "quảng cáo nói tặng một món quà mà mình được những hai món"),
        (1, "", 0, "tin khuyến mãi gửi đúng lúc mình đang cần, giá tốt"),
        (1, "", 0, "đoạn phim giới thiệu dễ hiểu, xem xong là biết chọn máy"),
        (0, "", 0, "thấy quảng cáo trên mạng nên mình ghé thử"),
        (0, "", 0, "quảng cáo cũng giống mấy chỗ khác"),
    ),
    *_about(
        "website",
        (-1, "late", 2, "web báo còn hàng, đặt xong lại gọi bảo hết"),
        (-1, "", 1, "website chậm, bấm mãi không qua được trang sau"),
        (-1, "", 2, "đặt hàng trên web bị lỗi, phải làm lại ba lần"),
        (-1, "", 1, "tìm trên web hoài không ra số đo của máy"),
        (1, "", 0, "website dễ dùng, tìm một chút là ra"),
        (1, "", 0, "trên web ghi rõ ràng, so sánh máy rất tiện"),
        (1, "met", 0, "web báo còn hàng, ra tới nơi có thật"),
        (1, "", 0, "đặt trên web nhanh gọn, mẹ mình lớn tuổi cũng làm được"),
        (0, "", 0, "mình chỉ xem giá trên web rồi ra cửa hàng mua"),
        (0, "", 0, "web cũng như các trang bán hàng khác"),
    ),
    *_about(
        "tu_van",
        (-1, "", 1, "hỏi nhân viên tư vấn mà bạn ấy cứ nhìn điện thoại"),
        (-1, "late", 2, "tư vấn nói máy chạy êm, về nhà ồn như máy cày"),
        (-1, "", 2, "tư vấn sai công suất, mua về không dùng được"),
        (-1, "", 1, "nhân viên tư vấn cứ ép mua loại đắt"),
        (1, "", 0, "bạn tư vấn nhiệt tình, hỏi kỹ nhà mấy người rồi mới giới thiệu"),
        (1, "met", 0, "tư vấn sao về dùng đúng như vậy, rất tốt"),
        (1, "", 0, "nhân viên tư vấn khuyên mình lấy loại rẻ hơn vì nhà ít người"),
        (1, "early", 0, "tư vấn nói máy giặt được 8 ký mà về chăn bông cũng giặt sạch"),
        (0, "", 0, "tư vấn đọc lại y như tờ giới thiệu"),
        (0, "", 0, "mình tự chọn nên cũng không hỏi tư vấn mấy"),
    ),
    *_about(
        "thanh_toan",
        (-1, "", 2, "thanh toán xong bị trừ tiền hai lần"),
        (-1, "late", 2, "hẹn {p} ngày hoàn tiền mà {a} ngày chưa thấy"),
        (-1, "", 1, "xếp hàng tính tiền lâu, cả dãy quầy mở có một"),
        (-1, "", 1, "quét mã thanh toán cứ báo lỗi"),
        (1, "", 0, "thanh toán nhanh, quét mã một cái là xong"),
        (1, "early", 0, "nói {p} ngày hoàn tiền mà {a} ngày tiền đã về"),
        (1, "met", 0, "hoàn tiền đúng {p} ngày như đã hẹn"),
        (1, "", 0, "trả góp thủ tục gọn, nhân viên hướng dẫn chu đáo"),
        (0, "", 0, "thanh toán bằng thẻ hay tiền mặt đều nhận"),
        (0, "", 0, "tính tiền thì cũng như siêu thị khác"),
    ),
    *_about(
        "giao_hang",
        (-1, "late", 0, "hẹn {p} ngày giao mà {a} ngày mới tới"),
        (-1, "late", 0, "giao hàng trễ, nói {p} ngày thành ra {a} ngày"),
        (-1, "late", 0, "đặt máy giặt hứa {p} ngày, đợi {a} ngày chẳng ai báo một câu"),
        (-1, "", 2, "giao hàng làm móp cả cánh tủ"),
        (-1, "", 1, "shipper để hàng ngoài cổng rồi đi luôn"),
        (1, "early", 0, "hẹn {p} ngày mà {a} ngày đã giao, nhanh"),
        (1, "early", 0, "giao hàng sớm, nói {p} ngày mà {a} ngày có rồi"),
        (1, "met", 0, "giao đúng {p} ngày như hứa"),
        (1, "", 0, "anh giao hàng dễ thương, bê lên tận lầu ba"),
        (1, "", 0, "hàng gói kỹ, giao tới còn nguyên"),
        (0, "met", 0, "hẹn {p} ngày thì {p} ngày giao"),
        (0, "", 0, "giao hàng như mọi nơi, nhận rồi ký"),
    ),
    *_about(
        "lap_dat",
        (-1, "late", 0, "hẹn {p} ngày lắp mà {a} ngày thợ mới tới"),
        (-1, "", 3, "lắp đặt ẩu, nước chảy tràn cả nhà"),
        (-1, "late", 1, "thợ lắp đặt hẹn sáng, chiều tối mới thấy"),
        (-1, "", 1, "lắp xong để lại một đống rác"),
        (1, "early", 0, "hẹn {p} ngày lắp mà {a} ngày thợ đã qua"),
        (1, "met", 0, "thợ lắp đặt đúng hẹn, làm gọn gàng"),
        (1, "", 0, "thợ lắp đặt khéo, khoan xong còn lau sạch nhà"),
        (1, "", 0, "anh thợ chỉ cách dùng rất kỹ"),
        (0, "met", 0, "thợ tới lắp đúng ngày, xong rồi về"),
        (0, "", 0, "lắp đặt thì mình không có gì để nói"),
    ),
    *_about(
        "cskh",
        (-1, "", 2, "gọi tổng đài nửa tiếng chỉ nghe nhạc"),
        (-1, "late", 2, "tổng đài hứa gọi lại trong ngày mà {a} ngày im lìm"),
        (-1, "", 1, "nhắn hỏi chăm sóc khách hàng, trả lời một câu cụt ngủn"),
        (-1, "", 2, "mỗi lần gọi tổng đài lại phải kể từ đầu cho người khác"),
        (1, "", 0, "tổng đài nghe máy ngay, nói chuyện nhẹ nhàng"),
        (1, "early", 0, "tổng đài hẹn {p} ngày trả lời mà {a} ngày đã gọi"),
        (1, "", 0, "bạn chăm sóc khách hàng nhiệt tình, hỏi thăm tới khi xong việc"),
        (1, "met", 0, "tổng đài hẹn gọi lại và gọi đúng giờ"),
        (0, "", 0, "có gọi tổng đài một lần, hỏi xong thì thôi"),
        (0, "met", 0, "tổng đài trả lời trong ngày như đã nói"),
    ),
    *_about(
        "bao_hanh",
        (-1, "late", 0, "bảo hành nói {p} ngày mà {a} ngày chưa có máy"),
        (-1, "", 3, "bảo hành về dùng hai hôm lại hỏng"),
        (-1, "", 2, "mang máy đi bảo hành, chỗ này chỉ qua chỗ kia"),
        (-1, "late", 2, "lúc bán nói bảo hành tận nhà, lúc hỏng bắt chở máy tới"),
        (1, "early", 0, "bảo hành hẹn {p} ngày mà {a} ngày đã trả máy"),
        (1, "met", 0, "bảo hành xong đúng {p} ngày, máy chạy tốt"),
        (1, "", 0, "bảo hành chu đáo, cho mượn máy khác dùng tạm"),
        (1, "", 0, "máy hỏng đem tới là đổi máy mới ngay"),
        (0, "met", 0, "bảo hành {p} ngày thì đủ {p} ngày mới xong"),
        (0, "", 0, "chưa phải bảo hành lần nào nên chưa biết"),
    ),
]
SARCASM: Final = [
    *_about(
        "quang_cao",
        (-1, "late", 2, "quảng cáo trung thực thật, tăng giá gấp đôi rồi giảm nửa"),
        (-1, "late", 1, "khuyến mãi hấp dẫn thật, tới nơi được tặng cái móc khóa"),
    ),
    *_about(
        "website",
        (-1, "", 1, "website nhanh thật, pha xong ấm trà thì trang mới hiện"),
        (-1, "", 1, "web tiện thật, mua cái quạt mà khai ba trang lý lịch"),
    ),
    *_about(
        "tu_van",
        (-1, "", 2, "tư vấn giỏi thật, hỏi máy giặt thì bán cho cái nồi cơm"),
        (-1, "", 1, "tư vấn nhiệt tình thật, mình vừa hỏi giá đã quay đi bấm điện thoại"),
    ),
    *_about(
        "thanh_toan",
        (-1, "", 2, "thanh toán tiện thật, quẹt một lần trừ tiền hai lần"),
        (-1, "late", 0, "hoàn tiền nhanh thật, hẹn {p} ngày giờ là {a} ngày"),
    ),
    *_about(
        "giao_hang",
        (-1, "late", 0, "giao hàng nhanh thật, đặt {p} ngày thì {a} ngày tới"),
        (-1, "late", 0, "đúng hẹn quá, {p} ngày giao hàng tính theo lịch nào ra {a} ngày"),
    ),
    *_about(
        "lap_dat",
        (-1, "", 3, "lắp đặt khéo thật, thợ vừa ra khỏi cửa là cái kệ rơi xuống"),
        (-1, "late", 1, "thợ lắp đặt đúng giờ thật, hẹn 8 giờ sáng mà 5 giờ chiều tới"),
    ),
    *_about(
        "cskh",
        (-1, "", 2, "tổng đài dễ thương thật, cho mình nghe nhạc nửa tiếng"),
        (-1, "", 2, "chăm sóc khách hàng chu đáo thật, gọi năm lần kể lại năm lần"),
    ),
    *_about(
        "bao_hanh",
        (-1, "late", 0, "bảo hành chu đáo thật, hẹn {p} ngày mà giữ máy giùm mình tới {a} ngày"),
        (-1, "", 3, "bảo hành tốt thật, mang đi hỏng một chỗ, nhận về hỏng hai chỗ"),
    ),
]
ENDINGS: Final[dict[str, dict[int, tuple[str, ...]]]] = {
    "bac": {
        -1: ("chán thật", "thất vọng quá", "lần sau xin kiếu", "bực cả mình", "quá tệ"),
        0: ("tạm được", "bình thường thôi", "không khen không chê"),
        1: ("ưng lắm", "rất hài lòng", "cho mười điểm", "lần sau lại ghé", "tuyệt vời nhé"),
    },
    "trung": {
        -1: ("bực chi lạ", "mệt hung", "rứa là dở rồi", "thất vọng ghê"),
        0: ("cũng tạm rứa thôi", "bình thường"),
        1: ("ưng hung", "hài lòng lắm", "răng mà tốt rứa", "bữa sau ghé nữa"),
    },
    "nam": {
        -1: ("bực mình ghê", "chán muốn xỉu", "dở quá trời", "thất vọng ghê luôn", "hết nói nổi"),
        0: ("cũng tạm hà", "bình thường à", "sao cũng được"),
        1: ("ưng ghê", "đã quá trời", "hài lòng lắm nha", "bữa sau ghé nữa", "tuyệt vời luôn á"),
    },
}
SARCASTIC_ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "bac": ("tuyệt vời nhé", "phục quá", "cảm ơn nhiều nhé"),
    "trung": ("hay hung", "phục thiệt", "cảm ơn nghe"),
    "nam": ("hay ghê luôn", "phục ghê", "cảm ơn nha"),
}
REGIONAL_WORDS: Final[dict[str, dict[str, str]]] = {
    "bac": {"hoài": "mãi", "giùm": "hộ", "bữa sau": "hôm sau", "lầu": "tầng"},
    "trung": {
        "mình": "tui",
        "thật": "thiệt",
        "xem": "coi",
        "hỏng": "hư",
        "gì": "chi",
        "này": "ni",
        "như vậy": "như rứa",
        "bấm mãi": "bấm hoài",
    },
    "nam": {
        "thật": "thiệt",
        "xem": "coi",
        "hỏng": "hư",
        "đắt": "mắc",
        "nhanh gọn": "lẹ làng",
        "chẳng": "hổng",
        "chăn bông": "mền bông",
        "bê": "khiêng",
        "bấm mãi": "bấm hoài",
        "hôm": "bữa",
    },
}
TEENCODE: Final = {
    "bình thường": "bt",
    "bảo hành": "bh",
    "nhân viên": "nv",
    "tư vấn": "tv",
    "điện thoại": "đt",
    "khách hàng": "kh",
    "không": "ko",
    "được": "dc",
    "rồi": "r",
    "gì": "j",
    "mình": "mk",
    "quá": "wá",
    "luôn": "lun",
    "lắm": "lém",
    "biết": "bít",
    "người": "ng",
    "phải": "fải",
    "trời": "trùi",
    "vậy": "z",
    "ngay": "ngayyy",
    "nhiều": "nhìu",
    "chưa": "chx",
    "với": "vs",
    "thật": "thậc",
    "ghê": "gê",
    "mới": "ms",
    "xong": "xog",
    "trong": "trog",
    "tuyệt vời": "tuyệt zời",
    "thất vọng": "thất zọng",
    "hài lòng": "hài lòg",
    "điểm": "đỉm",
}
ENGLISH: Final = {
    "quảng cáo": "ads",
    "giao hàng": "ship",
    "nhân viên": "staff",
    "tổng đài": "hotline",
    "thanh toán": "checkout",
    "trả lời": "reply",
    "bảo hành": "warranty",
    "lắp đặt": "setup",
    "chăm sóc khách hàng": "support",
    "tuyệt vời": "perfect",
    "thất vọng": "disappointed",
    "nhiệt tình": "friendly",
    "hài lòng": "happy",
    "nhanh": "fast",
    "trễ": "delay",
    "đúng hẹn": "on time",
    "giao": "ship",
    "hoàn tiền": "refund",
    "đặt hàng": "order",
}


class Comment(NamedTuple):
    """One comment with its labels."""

    text: str
    region: str
    sarcastic: int
    touchpoint: str
    sentiment: int
    expectation_gap: str
    severity: int


def generate(rng: np.random.Generator) -> pd.DataFrame:
    """Write the comments, one row each; a disguise that changes nothing is tried again."""
    surfaces = list(TRUTH["surface"])
    written = rng.permutation(np.repeat(surfaces, list(TRUTH["surface"].values())))
    as_at_school = np.flatnonzero(written == "chuan")
    sarcastic = set(rng.choice(as_at_school, TRUTH["sarcastic"], replace=False).tolist())
    comments: dict[str, Comment] = {}
    for place, surface in enumerate(written):
        while len(comments) == place:
            comment = _think(rng, place in sarcastic)
            text = _write(comment.text, surface)
            if text != comment.text:
                comments.setdefault(text, comment._replace(text=text))
    frame = pd.DataFrame(list(comments.values()))
    frame.insert(0, "comment_id", [f"GY{place:03d}" for place in range(1, len(frame) + 1)])
    frame.insert(3, "surface", written)
    return frame


def _think(rng: np.random.Generator, sarcastic: bool) -> Comment:
    """Draw what somebody means to say, in the words of her region and without capitals."""
    regions = TRUTH["region_shares"]
    region = str(rng.choice(list(regions), p=list(regions.values())))
    sentence = _draw_sentence(rng, sarcastic)
    promised = int(rng.integers(2, 8))
    taken, severity = _days_taken(rng, sentence, promised)
    endings = SARCASTIC_ENDINGS[region] if sarcastic else ENDINGS[region][sentence.sentiment]
    words = _replaced(sentence.words.format(p=promised, a=taken), REGIONAL_WORDS[region])
    return Comment(
        f"{words}, {rng.choice(endings)}",
        region,
        int(sarcastic),
        sentence.touchpoint,
        sentence.sentiment,
        sentence.gap,
        severity,
    )


def _draw_sentence(rng: np.random.Generator, sarcastic: bool) -> Sentence:
    if sarcastic:
        return SARCASM[rng.integers(len(SARCASM))]
    shares = TRUTH["sentiment_shares"]
    sentiment = int(rng.choice(list(shares), p=list(shares.values())))
    fitting = [sentence for sentence in SENTENCES if sentence.sentiment == sentiment]
    return fitting[rng.integers(len(fitting))]


def _days_taken(rng: np.random.Generator, sentence: Sentence, promised: int) -> tuple[int, int]:
    """Days taken, and how severe the comment is."""
    early, late = int(rng.integers(1, promised)), int(rng.integers(1, 8))
    taken = {"early": promised - early, "late": promised + late}.get(sentence.gap, promised)
    if sentence.gap == "late" and sentence.severity == 0:
        return taken, min(3, (late + 1) // 2)
    return taken, sentence.severity


def _write(text: str, surface: str) -> str:
    match surface:
        case "khong_dau":
            return fold(text)
        case "teencode":
            return _replaced(text, TEENCODE)
        case "pha_tieng_anh":
            return _replaced(text, ENGLISH)
        case _:
            return f"{text[0].upper()}{text[1:]}."


def _replaced(text: str, words: Mapping[str, str]) -> str:
    """Whole words exchanged, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    pattern = rf"\b({'|'.join(map(re.escape, longest_first))})\b"
    return re.sub(pattern, lambda match: words[match.group()], text)
