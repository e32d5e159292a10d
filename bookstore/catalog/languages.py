"""The languages a listing may name, by their ISO 639 codes."""

# Two letters where there are two, as in a page's `lang`.
CODES = (
    *("af", "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu", "fa", "fi", "fil"),
    *("fr", "ga", "gl", "gn", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "ko", "la", "lt", "lv"),
    *("ms", "nl", "no", "oc", "pl", "pt", "qu", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr"),
    *("uk", "ur", "vi", "yi", "zh"),
)
_KNOWN = frozenset(CODES)
# What files write: ISO 639-2, in its bibliographic and its terminological form.
_THREE_LETTERS = """
    ara:ar cat:ca chi:zh zho:zh cze:cs ces:cs dan:da dut:nl nld:nl eng:en fin:fi fre:fr fra:fr ger:de deu:de gre:el
    ell:el heb:he hin:hi hun:hu ind:id ita:it jpn:ja kor:ko lat:la may:ms msa:ms nor:no nob:no nno:no per:fa fas:fa
    pol:pl por:pt rum:ro ron:ro rus:ru spa:es swe:sv tur:tr ukr:uk vie:vi
"""
_THREE = dict(pair.split(":") for pair in _THREE_LETTERS.split())


def code(written: str) -> str | None:
    """The code of `es`, `spa`, `en-US` or `EN_us`; None for one we do not know."""
    first = written.strip().lower().replace("_", "-").partition("-")[0]
    found = _THREE.get(first, first)
    return found if found in _KNOWN else None
