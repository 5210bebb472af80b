"""Made-up values in the place of tokens, so that a kept text can be screened again.

The values themselves are sealed and stay so. A token would read as no phone and no handle, and
features that ask for one would never fire; so each kind has one value that nobody has.
"""

from __future__ import annotations

import re

from lianfang.privacy.tokens import Tokenised

VALUES = {
    "phone": "13800138000",
    "landline": "01088886666",
    "wechat": "wxh58200",
    "qq": "258369147",
    "handle": "hd58200",
    "link": "https://a.example/x",
    "email": "a@b.example",
    "bank-card": "6222021234567894",
    "wallet": "TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE",
    "id-card": "110101199003074514",
    "number": "622202123456789",
    "account": "某账号",
    "name": "某人",
}
OTHER = "某"
_TOKEN = re.compile(r"⟦([a-z-]+):\d+⟧")


def stood_in(text: str) -> tuple[str, Tokenised]:
    """A text without tokens, and how places of it are found in the text with tokens."""
    made, done = Tokenised(text, [], [], [], []), 0
    pieces: list[str] = []
    length = 0
    for token in _TOKEN.finditer(text):
        value = VALUES.get(token[1], OTHER)
        before = text[done : token.start()]
        made.starts.append(length + len(before))
        made.ends.append(length + len(before) + len(value))
        made.new_starts.append(token.start())
        made.new_ends.append(token.end())
        pieces += [before, value]
        length += len(before) + len(value)
        done = token.end()
    return "".join([*pieces, text[done:]]), made
