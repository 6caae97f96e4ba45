"""Papers, stations and offices that sign in the place of a writer."""

from __future__ import annotations

import re

_ORGANISATION = re.compile(
    r"^(?:báo(?! cáo)|tạp chí|bản tin|cổng|trang (?:thông )?tin|trang web|website|thông tấn xã|ttxvn|tttđt|"
    r"đài (?:phát|truyền|tiếng|pt)|truyền hình|trung tâm|ban biên tập|sở|ubnd|bộ|cục|văn phòng|vov\w*|vtv\w*|"
    r"vnexpress|vietnamplus|vietnamnet|dân trí$|tuổi trẻ$|thanh niên$|nhân dân$|tiền phong$|lao động$)(?!\w)"
)


def is_organisation(text: str) -> bool:
    """Whether a text begins as papers, stations and offices do, and is no sentence."""
    return bool(_ORGANISATION.match(text.casefold())) and len(text.split()) <= 10 and "," not in text
