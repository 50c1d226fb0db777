"""Which texts are not English: by their function words and script, and where these leave a doubt by py3langid."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz",
    "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "or": "Odia",
    "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik",
    "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
#: Words that English texts are full of, and other languages are not.
_ENGLISH = frozenset({
    "the", "of", "and", "that", "for", "with", "said", "from", "has", "have", "had", "not", "were", "been", "his",
    "their", "after", "would", "which", "this", "they", "it", "are", "who", "to", "but", "him", "her", "its",
})  # fmt: skip
#: Share of such words from which a text is English; English news has 30 in 100 and more.
_SHARE = 0.15
#: Words, and how sure the detector must be, under which a text in Latin letters is taken as English.
_LEAST, _SURE = 8, 0.5
#: Characters that are looked at.
_BEGINNING = 5000


def foreign(text: str) -> str | None:
    """The code (ISO 639-1) of the language of a text that is not English; None for one that is, or may be.

    >>> foreign("Irán negó el martes que hubiera atacado a Omán, dijo un portavoz.")
    'es'
    """
    beginning = text[:_BEGINNING]
    words = re.findall(r"[^\W\d_]+", beginning.casefold())
    latin = sum(len(re.findall("[a-z\u00c0-\u024f]", word)) for word in words)
    other = sum(map(len, words)) - latin
    if other > latin:
        return _detected(beginning, ("en",))[0]
    if len(words) < _LEAST or sum(word in _ENGLISH for word in words) >= _SHARE * len(words):
        return None
    language, sure = _detected(beginning)
    return None if language == "en" or sure < _SURE else language


def _detected(text: str, but: tuple[str, ...] = ()) -> tuple[str, float]:
    """The likeliest language and how likely it is, of those that have a name here."""
    return next((code, sure) for code, sure in _identifier().rank(text) if code not in but)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*NAMES.keys() & set(identifier.labels), "en"])
    return identifier
