//! The colours of the page, held to WCAG 2.2 AA in every theme.

use std::collections::BTreeMap;
use std::fs;

/// Ink that carries words: 4.5 to 1 (success criterion 1.4.3).
const INK: [&str; 10] = [
    "ink",
    "soft",
    "link",
    "fail",
    "unknown",
    "pass",
    "waived",
    "none",
    "inherited",
    "attested",
];
/// What it stands on.
const GROUND: [&str; 3] = ["ground", "panel", "flash"];
/// Parts of charts and the focus ring: 3 to 1 (1.4.11).
const SHAPES: [&str; 7] = [
    "fail",
    "unknown",
    "pass-fill",
    "waived",
    "inherited",
    "attested",
    "focus",
];

type Theme = BTreeMap<String, [f64; 3]>;

/// Every block of the style sheets that sets the palette.
fn themes() -> Vec<(String, Theme)> {
    let mut themes = Vec::new();
    for file in ["style.css", "print.css"] {
        let css = fs::read_to_string(format!("report-templates/{file}")).unwrap();
        for (n, block) in css.split("  color-scheme: ").skip(1).enumerate() {
            let block = block.split('}').next().unwrap();
            let colours = block
                .split("--")
                .skip(1)
                .filter_map(|declared| declared.split_once(": #"))
                .map(|(name, hex)| (name.to_owned(), channels(&hex[..6])))
                .collect();
            themes.push((format!("{file}, theme {}", n + 1), colours));
        }
    }
    themes
}

fn channels(hex: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| {
        let channel = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    })
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let light = |[red, green, blue]: [f64; 3]| 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    let (a, b) = (light(a), light(b));
    a.max(b) / a.min(b)
}

#[test]
fn words_are_legible_in_every_theme() {
    let themes = themes();
    assert_eq!(themes.len(), 4);
    for (name, theme) in &themes {
        let colour = |of: &str| *theme.get(of).unwrap_or(&themes[0].1[of]);
        for ink in INK {
            for ground in GROUND {
                let ratio = contrast(colour(ink), colour(ground));
                assert!(ratio >= 4.5, "{name}: {ink} on {ground} is {ratio:.2} to 1");
            }
        }
        for shape in SHAPES {
            let ratio = contrast(colour(shape), colour("ground"));
            assert!(ratio >= 3.0, "{name}: {shape} on ground is {ratio:.2} to 1");
        }
    }
}

#[test]
fn both_ways_to_dark_are_one_theme() {
    let themes = themes();
    assert_eq!(themes[1].1, themes[2].1);
    assert_eq!(themes[0].1.len(), themes[1].1.len());
}

#[test]
fn contrast_is_measured_as_wcag_does() {
    assert!((contrast(channels("000000"), channels("ffffff")) - 21.0).abs() < 0.01);
    assert!((contrast(channels("777777"), channels("ffffff")) - 4.48).abs() < 0.01);
}
