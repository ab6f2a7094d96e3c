#!/usr/bin/env python3
"""Remakes the two web fonts of this folder.

Why our own subset: the published files are split by script (an Arabic page would fetch four) and carry
letters of languages the product does not speak. One file a weight, Arabic and Latin together, keeps the
sign-in page inside its 60 KiB. A changed font may not carry the reserved name "Plex" (OFL 1.1, §3), so the
result is called "Miftah Sans".

    npm install @fontsource/ibm-plex-sans-arabic
    pip install fonttools brotli
    python3 style/fonts/subset.py node_modules/@fontsource/ibm-plex-sans-arabic/files

Prints the bytes of each file and the metrics that `style/fonts.css` repeats for its fallback faces.
"""

import io
import pathlib
import sys

from fontTools import merge, subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
WEIGHTS = {400: "Regular", 600: "SemiBold"}
FAMILY = "Miftah Sans"

# Modern Standard Arabic, its punctuation and the marks that change a word's reading (tanwin, shadda,
# hamza above). The rest of the harakat, Persian and Urdu letters fall back to the device's own font.
ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي" "\u0640" "\u064b\u064e\u064f\u0650\u0651\u0652" "،؛؟٪"
# What French and English need, accents included, and the signs the texts use.
LATIN = (
    "".join(chr(c) for c in range(0x20, 0x7F))
    + "\u00a0«»·°©±×"
    + "ÀÂÆÇÈÉÊËÎÏÔÙÛÜŒàâæçèéêëîïôùûüÿœ"
    + "–—‘’“”…•\u2212"
)
FEATURES = ["ccmp", "locl", "init", "medi", "fina", "rlig", "calt", "liga", "mark", "mkmk", "kern", "tnum"]


def cut(path: pathlib.Path, text: str) -> io.BytesIO:
    """One script of one weight, reduced to `text`, as an uncompressed font in memory."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = False
    options.drop_tables += ["STAT", "DSIG", "meta"]
    font = TTFont(path)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    return out


def make(files: pathlib.Path, weight: int) -> pathlib.Path:
    """Joins the Arabic and the Latin half of a weight and writes it as woff2."""
    name = "ibm-plex-sans-arabic-{}-{}-normal.woff2"
    latin_path = files / name.format("latin", weight)
    arabic_path = files / name.format("arabic", weight)
    latin_has = set(TTFont(latin_path).getBestCmap())
    latin = cut(latin_path, "".join(c for c in LATIN if ord(c) in latin_has))
    arabic = cut(arabic_path, ARABIC + "".join(c for c in LATIN if ord(c) not in latin_has))
    joined = merge.Merger().merge([latin, arabic])
    rename(joined, WEIGHTS[weight])
    joined.flavor = "woff2"
    target = HERE / f"miftah-sans-{weight}.woff2"
    joined.save(target)
    return target


def rename(font: TTFont, style: str) -> None:
    """Gives the changed font its own name; copyright and licence stay."""
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"MiftahSans-{style}"}
    table = font["name"]
    for name_id, value in names.items():
        table.removeNames(nameID=name_id)
        table.setName(value, name_id, 3, 1, 0x409)
    for name_id in (16, 17, 21, 22, 25):
        table.removeNames(nameID=name_id)


def report(target: pathlib.Path) -> None:
    font = TTFont(target)
    have = set(font.getBestCmap())
    missing = sorted(c for c in set(ARABIC + LATIN) if ord(c) not in have)
    em, hhea = font["head"].unitsPerEm, font["hhea"]
    print(
        f"{target.name}: {target.stat().st_size} bytes, {len(have)} characters, "
        f"ascent {hhea.ascent / em:.3f}, descent {-hhea.descent / em:.3f}, gap {hhea.lineGap / em:.3f}, "
        f"missing {[f'U+{ord(c):04X}' for c in missing]}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for weight in WEIGHTS:
        report(make(pathlib.Path(sys.argv[1]), weight))
