"""Progress as a file of the learner's own: written, read back, and never trusted blindly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from cxlib.learning.progress import KINDS, kind_of
from cxlib.text import Problem, Text

FILE_FORMAT: Final = "cx-master-progress"
FILE_VERSION: Final = 1
MOST_BYTES: Final = 2**20


def write_file(kept: Mapping[str, Any]) -> bytes:
    """Write progress as a file: what it is, its version, a checksum and the values."""
    content = {
        "format": FILE_FORMAT,
        "version": FILE_VERSION,
        "checksum": checksum(kept),
        "progress": dict(kept),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_file(content: bytes) -> dict[str, Any]:
    """Read progress from a file.

    A file that the page itself saved when no kernel answered has no checksum.

    Raises:
        Problem: the file is no progress file, is damaged, or was written by another version.
    """
    if len(content) > MOST_BYTES:
        raise Problem(_FOREIGN)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as broken:
        ours = FILE_FORMAT.encode() in content
        raise Problem(_DAMAGED if ours else _FOREIGN) from broken
    match found:
        case {"format": str(name), "version": int(version)} if name == FILE_FORMAT:
            if version != FILE_VERSION:
                raise Problem(_NEWER if version > FILE_VERSION else _OLDER)
        case _:
            raise Problem(_FOREIGN)
    kept = found.get("progress")
    if not isinstance(kept, dict):
        raise Problem(_DAMAGED)
    actual = checksum(kept)
    if found.get("checksum", actual) != actual:
        raise Problem(_DAMAGED)
    return kept


def checksum(kept: Mapping[str, Any]) -> str:
    """A fingerprint of progress that does not depend on the order of its names."""
    canonical = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def losses(now: Mapping[str, Any], then: Mapping[str, Any]) -> Counter[str]:
    """How many values of each kind are lost or replaced when ``then`` takes the place of ``now``.

    Only the kinds the learner knows (:data:`KINDS`) are counted, in their order.
    """
    gone = Counter(kind_of(name) for name, value in now.items() if then.get(name) != value)
    return Counter({kind: gone[kind] for kind in KINDS if gone[kind]})


def inventory(counts: Mapping[str, int]) -> Text:
    """List counted kinds in words: ``dự đoán (2), hồ sơ công ty``."""
    many = {kind: f" ({count})" if count > 1 else "" for kind, count in counts.items()}
    return Text(
        ", ".join(KINDS[kind].vi + more for kind, more in many.items()),
        ", ".join(KINDS[kind].en + more for kind, more in many.items()),
    )


_FOREIGN: Final = Text(
    "Đây không phải là tệp tiến độ của CX Master. Hãy chọn tệp .json bạn đã lưu từ trang này. "
    "Tiến độ đang có vẫn giữ nguyên.",
    "This is not a progress file of CX Master. Choose the .json file you saved from this page. "
    "The progress you have is untouched.",
)
_DAMAGED: Final = Text(
    "Tệp tiến độ này đã hỏng hoặc bị sửa nên không mở được. Nếu còn bản lưu khác, hãy thử bản ấy. "
    "Tiến độ đang có vẫn giữ nguyên.",
    "This progress file is damaged or was edited, so it cannot be opened. If you have another "
    "copy, try that one. The progress you have is untouched.",
)
_NEWER: Final = Text(
    "Tệp này do một bản CX Master mới hơn lưu lại. Hãy mở nó bằng bản mới đó. "
    "Tiến độ đang có vẫn giữ nguyên.",
    "This file was saved by a newer CX Master. Open it with that newer one. "
    "The progress you have is untouched.",
)
_OLDER: Final = Text(
    "Tệp này do một bản CX Master quá cũ lưu lại nên không đọc được nữa. "
    "Tiến độ đang có vẫn giữ nguyên.",
    "This file was saved by a CX Master that is too old to be read. "
    "The progress you have is untouched.",
)
