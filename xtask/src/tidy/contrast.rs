//! The colours of `style/tokens.css`: every pair in use, both themes, all 360 hues.
//!
//! An institution chooses its hue, so the promise of WCAG 2.2 AA must not depend on that choice.
//! Luminance as WCAG defines it; colours outside sRGB are clipped, as a browser on a plain screen
//! does.

use std::collections::BTreeMap;

use super::{Finding, Source};

const FILE: &str = "style/tokens.css";

/// What WCAG 2.2 asks of text (1.4.3).
const TEXT: f64 = 4.5;
/// What it asks of edges and of the ring around what has the focus (1.4.11).
const EDGE: f64 = 3.0;

/// Strengths of hue that an institution may choose (`accent-chroma`).
const CHROMAS: [f64; 3] = [0.0, 1.0, 1.3];
const HUES: u16 = 360;

/// What is seen, the grounds it is seen on, and the least ratio.
const PAIRS: &[(&str, &[&str], f64)] = &[
    (
        "ink",
        &[
            "surface",
            "ground",
            "accent-soft",
            "danger-soft",
            "warn-soft",
            "good-soft",
        ],
        TEXT,
    ),
    (
        "ink-2",
        &[
            "surface",
            "ground",
            "accent-soft",
            "danger-soft",
            "warn-soft",
            "good-soft",
        ],
        TEXT,
    ),
    (
        "accent",
        &[
            "surface",
            "ground",
            "accent-soft",
            "danger-soft",
            "warn-soft",
            "good-soft",
        ],
        TEXT,
    ),
    ("accent-press", &["surface"], TEXT),
    ("on-accent", &["accent", "accent-press"], TEXT),
    ("on-danger", &["danger", "danger-press"], TEXT),
    ("danger", &["surface", "ground", "danger-soft"], TEXT),
    ("good", &["surface", "ground", "good-soft"], TEXT),
    ("warn", &["surface", "ground", "warn-soft"], TEXT),
    ("on-deep", &["deep", "deep-2"], TEXT),
    ("on-deep-2", &["deep"], TEXT),
    ("edge", &["surface", "ground"], EDGE),
];

/// Pairs too close to be read, tokens that cannot be read, and a dark theme written in two ways.
pub(crate) fn faint_colours(sources: &[Source]) -> Vec<Finding> {
    let Some(source) = sources.iter().find(|source| source.path == FILE) else {
        return Vec::new();
    };
    let css = &source.text;
    let find = |what: String| Finding::new(source, 0, what);
    let (Some(light), Some(device), Some(chosen)) = (
        block(css, "\n:root {"),
        block(css, ":root:not([data-theme=\"light\"]) {"),
        block(css, "\n:root[data-theme=\"dark\"] {"),
    ) else {
        return vec![find("the light or a dark block is missing".to_owned())];
    };
    if device != chosen {
        return vec![find("the two dark blocks differ".to_owned())];
    }
    let mut dark = light.clone();
    dark.extend(device);
    let mut findings = Vec::new();
    for (theme, tokens) in [("light", light), ("dark", dark)] {
        for (front, grounds, least) in PAIRS {
            for ground in *grounds {
                let complaint = match lowest(&tokens, front, ground) {
                    None => format!("{theme}: `--{front}` or `--{ground}` is no oklch() colour"),
                    Some((ratio, hue)) if ratio < *least => {
                        format!(
                            "{theme}: --{front} on --{ground} is {ratio:.2} at hue {hue}, not {least}"
                        )
                    }
                    Some(_) => continue,
                };
                findings.push(find(complaint));
            }
        }
    }
    findings
}

type Tokens<'a> = BTreeMap<&'a str, &'a str>;

/// The custom properties of the block that begins with `head`.
fn block<'a>(css: &'a str, head: &str) -> Option<Tokens<'a>> {
    let (_, rest) = css.split_once(head)?;
    let (body, _) = rest.split_once('}')?;
    let tokens = body.split(';').filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
        Some((name.trim(), value.trim()))
    });
    Some(tokens.collect())
}

/// The lowest ratio of two tokens over all hues, and the hue that has it.
fn lowest(tokens: &Tokens<'_>, front: &str, ground: &str) -> Option<(f64, u16)> {
    let front = Colour::read(tokens.get(front)?)?;
    let ground = Colour::read(tokens.get(ground)?)?;
    let all = (0..HUES).flat_map(|hue| CHROMAS.map(|chroma| (hue, chroma)));
    all.map(|(hue, chroma)| {
        let [one, other] = [front, ground].map(|colour| colour.luminance(f64::from(hue), chroma));
        ((one.max(other) + 0.05) / (one.min(other) + 0.05), hue)
    })
    .min_by(|(one, _), (other, _)| one.total_cmp(other))
}

/// `oklch(lightness chroma hue)`, where chroma and hue may be the institution's.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Colour {
    lightness: f64,
    chroma: f64,
    /// Whether the institution's strength scales the chroma.
    is_scaled: bool,
    /// Degrees; none is the institution's hue.
    hue: Option<f64>,
}

impl Colour {
    fn read(value: &str) -> Option<Self> {
        let inner = value.strip_prefix("oklch(")?.strip_suffix(')')?;
        let (lightness, rest) = inner.split_once(' ')?;
        let scaled = rest
            .strip_prefix("calc(")
            .and_then(|rest| rest.split_once(" * var(--accent-chroma)) "));
        let (chroma, hue) = match scaled {
            Some(parts) => parts,
            None => rest.split_once(' ')?,
        };
        let hue = match hue {
            "var(--accent-hue)" => None,
            fixed => Some(fixed.parse().ok()?),
        };
        Some(Self {
            lightness: lightness.parse().ok()?,
            chroma: chroma.parse().ok()?,
            is_scaled: scaled.is_some(),
            hue,
        })
    }

    /// Relative luminance, 0 to 1, of the colour in an institution's hue and strength.
    fn luminance(self, hue: f64, strength: f64) -> f64 {
        let chroma = if self.is_scaled {
            self.chroma * strength
        } else {
            self.chroma
        };
        let (sine, cosine) = self.hue.unwrap_or(hue).to_radians().sin_cos();
        let (a, b) = (chroma * cosine, chroma * sine);
        // From Oklab to linear sRGB, as CSS Color 4 gives it.
        let cone = |of_a: f64, of_b: f64| (self.lightness + of_a * a + of_b * b).powi(3);
        let long = cone(0.396_337_777_4, 0.215_803_757_3);
        let middle = cone(-0.105_561_345_8, -0.063_854_172_8);
        let short = cone(-0.089_484_177_5, -1.291_485_548_0);
        let red = 4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short;
        let green = -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short;
        let blue = -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short;
        let [red, green, blue] = [red, green, blue].map(|part| part.clamp(0.0, 1.0));
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::super::snippet::source;
    use super::*;

    /// Tokens in which everything seen is as dark as `ink`, on white.
    fn sheet(ink: &str, dark: &str) -> String {
        let mut light = String::new();
        for (front, grounds, _) in PAIRS {
            light.push_str(&format!("  --{front}: {ink};\n"));
            for ground in *grounds {
                if !PAIRS.iter().any(|(front, ..)| front == ground) {
                    light.push_str(&format!("  --{ground}: oklch(1 0 0);\n"));
                }
            }
        }
        // Labels of buttons stand on colours that are ink elsewhere.
        light.push_str("  --on-accent: oklch(1 0 0);\n  --on-danger: oklch(1 0 0);\n  --danger-press: oklch(0.2 0 0);\n");
        format!(
            "\n:root {{\n{light}}}\n@media (prefers-color-scheme: dark) {{ :root:not([data-theme=\"light\"]) {{ }} }}\n:root[data-theme=\"dark\"] {{ {dark} }}\n"
        )
    }

    fn found(css: &str) -> Vec<String> {
        faint_colours(&[source(FILE, css)])
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn black_on_white_passes_and_grey_does_not() {
        let none: Vec<String> = Vec::new();
        assert_eq!(found(&sheet("oklch(0 0 0)", "")), none);
        let grey = found(&sheet("oklch(0.75 0 0)", ""));
        assert!(
            grey.iter()
                .any(|what| what.contains("--ink on --surface is 2.")),
            "{grey:?}"
        );
    }

    #[test]
    fn one_bad_hue_is_enough() {
        // Bright enough against white at some hues, too bright at yellow.
        let css = sheet(
            "oklch(0.55 calc(0.2 * var(--accent-chroma)) var(--accent-hue))",
            "",
        );
        assert!(
            found(&css)
                .iter()
                .any(|what| what.contains("--accent on --surface"))
        );
    }

    #[test]
    fn both_dark_blocks_say_the_same() {
        let css = sheet("oklch(0 0 0)", "--ink: oklch(1 0 0);");
        assert_eq!(found(&css), ["the two dark blocks differ"]);
        assert_eq!(found("body {}").len(), 1);
    }

    #[test]
    fn ratios_are_those_of_wcag() {
        let luminance = |value: &str| Colour::read(value).unwrap().luminance(0.0, 1.0);
        let ratio = (luminance("oklch(1 0 0)") + 0.05) / (luminance("oklch(0 0 0)") + 0.05);
        assert!((ratio - 21.0).abs() < 0.01, "{ratio}");
    }
}
