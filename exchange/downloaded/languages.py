"""The language of a text, where its letters alone say which."""

import re

BY_SCRIPT = {
    "ja": "[\u3040-\u30ff]",
    "ko": "[\uac00-\ud7af]",
    "th": "[\u0e00-\u0e7f]",
    "el": "[\u0370-\u03ff]",
    "he": "[\u0590-\u05ff]",
    "ka": "[\u10a0-\u10ff]",
    "hy": "[\u0530-\u058f]",
    "km": "[\u1780-\u17ff]",
    "my": "[\u1000-\u109f]",
}
HAN = re.compile("[\u4e00-\u9fff]")
LETTER = re.compile(r"[^\W\d_]")
SIMPLIFIED, TRADITIONAL = (
    "区发个为与对开关实现动业态环护资进总",
    "區發個為與對開關實現動業態環護資進總",
)
SHARE = 0.2
"""The least share of its letters that a script has in a text of its language."""


def guess(text):
    """The tag of a language, or "" where several are written with these letters."""
    letters = len(LETTER.findall(text))
    for tag, script in BY_SCRIPT.items():
        if letters and len(re.findall(script, text)) >= SHARE * letters:
            return tag
    if not letters or len(HAN.findall(text)) < SHARE * letters:
        return ""
    simple, full = signs_in(text)
    if simple == full:
        return ""
    return "zh-Hans" if simple > full else "zh-Hant"


def is_simplified(text):
    """Whether a text has signs of simplified Chinese, and more of them than of traditional."""
    simple, full = signs_in(text)
    return simple > full


def signs_in(text):
    return (sum(map(text.count, signs)) for signs in (SIMPLIFIED, TRADITIONAL))
