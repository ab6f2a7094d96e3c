#!/usr/bin/env python3
"""Measures the contrast of style/tokens.css: every pair in use, both themes, all 360 accent hues.

    python3 style/contrast.py            prints the lowest ratio of each pair, fails when one is too low
    python3 style/contrast.py --comment  prints the lines quoted at the head of tokens.css

Why over all hues: an institution chooses its hue; the promise of AA must not depend on that choice.
Luminance as WCAG 2.2 defines it; colours outside sRGB are clipped, as a browser on a plain screen does.
"""

import math
import pathlib
import re
import sys

CSS = (pathlib.Path(__file__).resolve().parent / "tokens.css").read_text(encoding="utf-8")
CHROMA = (0.0, 1.0, 1.3)

# (what, foreground, background, least ratio)
PAIRS = [
    ("text on page", "ink", "surface", 4.5),
    ("text on tinted plane", "ink", "ground", 4.5),
    ("text on notice", "ink", "accent-soft", 4.5),
    ("text on error", "ink", "danger-soft", 4.5),
    ("text on warning", "ink", "warn-soft", 4.5),
    ("text on success", "ink", "good-soft", 4.5),
    ("quiet text on page", "ink-2", "surface", 4.5),
    ("quiet text on tinted plane", "ink-2", "ground", 4.5),
    ("quiet text on notice", "ink-2", "accent-soft", 4.5),
    ("link on page", "accent", "surface", 4.5),
    ("link on tinted plane", "accent", "ground", 4.5),
    ("link on notice", "accent", "accent-soft", 4.5),
    ("link on error", "accent", "danger-soft", 4.5),
    ("link on warning", "accent", "warn-soft", 4.5),
    ("pressed link on page", "accent-press", "surface", 4.5),
    ("button label", "on-accent", "accent", 4.5),
    ("button label, pressed", "on-accent", "accent-press", 4.5),
    ("danger button label", "on-danger", "danger", 4.5),
    ("danger button label, pressed", "on-danger", "danger-press", 4.5),
    ("problem text on page", "danger", "surface", 4.5),
    ("problem text on tinted plane", "danger", "ground", 4.5),
    ("problem text on error", "danger", "danger-soft", 4.5),
    ("success text on page", "good", "surface", 4.5),
    ("success text on tinted plane", "good", "ground", 4.5),
    ("success text on success", "good", "good-soft", 4.5),
    ("warning text on page", "warn", "surface", 4.5),
    ("warning text on warning", "warn", "warn-soft", 4.5),
    ("header text", "on-deep", "deep", 4.5),
    ("header text, hovered", "on-deep", "deep-2", 4.5),
    ("quiet header text", "on-deep-2", "deep", 4.5),
    ("input edge on page", "edge", "surface", 3.0),
    ("input edge on tinted plane", "edge", "ground", 3.0),
    ("focus ring on page", "accent", "surface", 3.0),
    ("focus ring on header", "on-deep", "deep", 3.0),
]


def themes() -> dict[str, dict[str, str]]:
    """Custom properties of the light block and of the dark ones laid over it; the two dark blocks must agree."""
    light = re.search(r"\n:root \{([^}]*)\}", CSS)
    media = re.search(r':root:not\(\[data-theme="light"\]\) \{([^}]*)\}', CSS)
    chosen = re.search(r'\n:root\[data-theme="dark"\] \{([^}]*)\}', CSS)
    if not (light and media and chosen):
        sys.exit("tokens.css: the light or a dark block is missing")
    read = lambda block: dict(re.findall(r"--([\w-]+):\s*([^;]+);", block.group(1)))
    if read(media) != read(chosen):
        sys.exit("tokens.css: the two dark blocks differ")
    return {"light": read(light), "dark": read(light) | read(chosen)}


def colour(text: str, hue: float, chroma: float) -> tuple[float, float, float]:
    """`oklch(…)` as linear sRGB, clipped."""
    text = text.replace("var(--accent-hue)", str(hue)).replace("var(--accent-chroma)", str(chroma))
    text = re.sub(r"calc\(([\d.]+) \* ([\d.]+)\)", lambda m: str(float(m[1]) * float(m[2])), text)
    l, c, h = (float(n) for n in re.fullmatch(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)", text).groups())
    a, b = c * math.cos(math.radians(h)), c * math.sin(math.radians(h))
    l_, m_, s_ = (
        (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (l - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    linear = (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )
    return tuple(min(1.0, max(0.0, v)) for v in linear)


def ratio(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    luminance = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other)]
    return (max(luminance) + 0.05) / (min(luminance) + 0.05)


def lowest(tokens: dict[str, str], front: str, back: str) -> tuple[float, int]:
    fixed = "--accent" not in tokens[front] + tokens[back]
    hues, chromas = ([0], [1.0]) if fixed else (range(360), CHROMA)
    return min(
        (ratio(colour(tokens[front], h, c), colour(tokens[back], h, c)), h) for h in hues for c in chromas
    )


def main() -> int:
    found, failed = themes(), 0
    for what, front, back, least in PAIRS:
        (light, light_hue), (dark, dark_hue) = (lowest(found[t], front, back) for t in ("light", "dark"))
        low = min(light, dark) < least
        failed += low
        if "--comment" in sys.argv:
            print(f"     {what:<28} {light:5.2f} · {dark:5.2f}")
        else:
            mark = "TOO LOW" if low else "ok"
            print(f"{what:<30} {light:5.2f} (hue {light_hue:3}) · {dark:5.2f} (hue {dark_hue:3})  ≥ {least}  {mark}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
