//! A code as a picture: digits drawn by a broad pen, each tilted, scaled and moved a little, behind lines.
//! Whoever cannot read it hears it, or lets the device work instead.

use std::f32::consts::PI;
use std::io::Cursor;

use image::{GrayImage, ImageError, ImageFormat, Luma};
use miftah_portal::ports::Random;

const WIDTH: u32 = 264;
const HEIGHT: u32 = 88;
const PAPER: u8 = 246;
const INK: u8 = 34;
/// Of lines that cross the digits, and of specks.
const GREY: u8 = 120;
/// Radius of the pen, in pixels.
const PEN: f32 = 3.2;
const LINES: u32 = 3;
const SPECKS: u32 = 220;

type Point = (f32, f32);

/// A picture of the digits, as PNG.
pub(super) fn digits(digits: &str, random: &dyn Random) -> Result<Vec<u8>, ImageError> {
    let mut sheet = Sheet {
        paper: GrayImage::from_pixel(WIDTH, HEIGHT, Luma([PAPER])),
        chance: Chance(random),
    };
    for _ in 0..LINES {
        sheet.line();
    }
    let count = digits.chars().count().max(1) as f32;
    let step = (WIDTH as f32 - 24.0) / count;
    for (place, digit) in digits.chars().enumerate() {
        sheet.digit(digit, 12.0 + step * place as f32, step);
    }
    for _ in 0..SPECKS {
        let at = (
            sheet.chance.within(0.0, WIDTH as f32),
            sheet.chance.within(0.0, HEIGHT as f32),
        );
        sheet.dot(at, 0.8, GREY);
    }
    let mut png = Cursor::new(Vec::new());
    sheet.paper.write_to(&mut png, ImageFormat::Png)?;
    Ok(png.into_inner())
}

struct Chance<'r>(&'r dyn Random);

impl Chance<'_> {
    fn within(&self, least: f32, most: f32) -> f32 {
        let mut bytes = [0; 2];
        self.0.fill(&mut bytes);
        least + (most - least) * f32::from(u16::from_le_bytes(bytes)) / f32::from(u16::MAX)
    }
}

struct Sheet<'r> {
    paper: GrayImage,
    chance: Chance<'r>,
}

impl Sheet<'_> {
    /// One digit in the column that begins at `left`.
    fn digit(&mut self, digit: char, left: f32, step: f32) {
        let (tilt, lean) = (
            self.chance.within(-0.32, 0.32),
            self.chance.within(-0.18, 0.18),
        );
        let (wide, high) = (
            self.chance.within(22.0, 28.0),
            self.chance.within(42.0, 54.0),
        );
        let middle = (
            left + step / 2.0 + self.chance.within(-3.0, 3.0),
            HEIGHT as f32 / 2.0 + self.chance.within(-8.0, 8.0),
        );
        let place = |(x, y): Point| {
            let (x, y) = ((x - 0.5) * wide, (y - 0.5) * high);
            let x = x + lean * y;
            (
                middle.0 + x * tilt.cos() - y * tilt.sin(),
                middle.1 + x * tilt.sin() + y * tilt.cos(),
            )
        };
        for stroke in strokes(digit) {
            let points: Vec<_> = stroke.into_iter().map(place).collect();
            for ends in points.windows(2) {
                if let [from, to] = ends {
                    self.pull(*from, *to, PEN, INK);
                }
            }
        }
    }

    /// A wave from one side to the other.
    fn line(&mut self) {
        let middle = self.chance.within(18.0, HEIGHT as f32 - 18.0);
        let (swing, phase) = (
            self.chance.within(6.0, 18.0),
            self.chance.within(0.0, 2.0 * PI),
        );
        let length = self.chance.within(60.0, 130.0);
        let at = |x: f32| (x, middle + swing * (2.0 * PI * x / length + phase).sin());
        let mut x = 0.0;
        while x < WIDTH as f32 {
            self.pull(at(x), at(x + 4.0), 1.1, GREY);
            x += 4.0;
        }
    }

    fn pull(&mut self, from: Point, to: Point, pen: f32, ink: u8) {
        let steps = ((to.0 - from.0).hypot(to.1 - from.1)).ceil().max(1.0);
        let mut done = 0.0;
        while done <= steps {
            let part = done / steps;
            let at = (
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            );
            self.dot(at, pen, ink);
            done += 1.0;
        }
    }

    fn dot(&mut self, at: Point, pen: f32, ink: u8) {
        for (x, y, pixel) in near(&mut self.paper, at, pen) {
            let away = (x as f32 - at.0).hypot(y as f32 - at.1);
            // The edge is soft by one pixel.
            let part = (pen + 0.5 - away).clamp(0.0, 1.0);
            let [before] = pixel.0;
            let inked = f32::from(before) + (f32::from(ink) - f32::from(before)) * part;
            *pixel = Luma([inked.round().min(f32::from(before)) as u8]);
        }
    }
}

/// The pixels that a dot may touch.
fn near(
    paper: &mut GrayImage,
    at: Point,
    pen: f32,
) -> impl Iterator<Item = (u32, u32, &mut Luma<u8>)> {
    let reach = pen + 1.0;
    let rows = (at.1 - reach).max(0.0) as u32..=(at.1 + reach).max(0.0) as u32;
    let columns = (at.0 - reach).max(0.0) as u32..=(at.0 + reach).max(0.0) as u32;
    paper
        .enumerate_rows_mut()
        .skip(*rows.start() as usize)
        .take_while(move |(y, _)| rows.contains(y))
        .flat_map(move |(_, row)| {
            let columns = columns.clone();
            row.skip(*columns.start() as usize)
                .take_while(move |(x, _, _)| columns.contains(x))
        })
}

/// A digit as strokes of the pen, in a square of side 1.
fn strokes(digit: char) -> Vec<Vec<Point>> {
    let round = |x, y, wide, high| arc((x, y), (wide, high), 0.0, 360.0);
    match digit {
        '0' => vec![round(0.5, 0.5, 0.36, 0.46)],
        '1' => vec![vec![(0.25, 0.28), (0.56, 0.04), (0.56, 0.96)]],
        '2' => {
            let mut stroke = arc((0.48, 0.3), (0.34, 0.26), 180.0, 395.0);
            stroke.extend([(0.12, 0.95), (0.9, 0.95)]);
            vec![stroke]
        }
        '3' => vec![
            arc((0.45, 0.27), (0.34, 0.23), 200.0, 450.0),
            arc((0.45, 0.73), (0.38, 0.24), 270.0, 515.0),
        ],
        '4' => vec![vec![(0.7, 0.96), (0.7, 0.04), (0.08, 0.66), (0.94, 0.66)]],
        '5' => {
            let mut stroke = vec![(0.84, 0.05), (0.26, 0.05), (0.2, 0.46)];
            stroke.extend(arc((0.46, 0.67), (0.37, 0.28), 235.0, 500.0));
            vec![stroke]
        }
        '6' => vec![
            vec![(0.72, 0.05), (0.44, 0.16), (0.25, 0.4), (0.16, 0.68)],
            round(0.5, 0.69, 0.34, 0.27),
        ],
        '7' => vec![vec![(0.1, 0.06), (0.9, 0.06), (0.38, 0.96)]],
        '8' => vec![round(0.5, 0.27, 0.28, 0.22), round(0.5, 0.73, 0.36, 0.24)],
        '9' => vec![
            round(0.5, 0.31, 0.34, 0.27),
            vec![(0.84, 0.32), (0.75, 0.6), (0.56, 0.84), (0.28, 0.95)],
        ],
        _ => vec![],
    }
}

/// Points on an ellipse, degrees clockwise from the right.
fn arc(middle: Point, half: Point, from: f32, to: f32) -> Vec<Point> {
    const PARTS: u8 = 24;
    (0..=PARTS)
        .map(|part| {
            let turn = from + (to - from) * f32::from(part) / f32::from(PARTS);
            let turn = turn * PI / 180.0;
            (
                middle.0 + half.0 * turn.cos(),
                middle.1 + half.1 * turn.sin(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use miftah_portal::testing::SeededRandom;

    use super::{HEIGHT, INK, WIDTH, digits, strokes};

    #[test]
    fn a_picture_has_ink_in_each_digit_s_column() {
        let png = digits("140729", &SeededRandom::new(1)).unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_luma8();
        assert_eq!(picture.dimensions(), (WIDTH, HEIGHT));
        for column in 0..6 {
            let from = 12 + 40 * column;
            let inked = (from..from + 40)
                .flat_map(|x| (0..HEIGHT).map(move |y| (x, y)))
                .filter(|(x, y)| picture.get_pixel(*x, *y).0[0] <= INK + 10)
                .count();
            assert!(inked > 150, "column {column}: {inked}");
        }
        assert!(png.len() < 20_000, "{} bytes", png.len());
    }

    #[test]
    fn no_two_pictures_of_a_code_are_alike() {
        let random = SeededRandom::new(1);
        assert_ne!(
            digits("140729", &random).unwrap(),
            digits("140729", &random).unwrap()
        );
    }

    #[test]
    fn every_digit_is_drawn_inside_its_square() {
        for digit in '0'..='9' {
            let points: Vec<_> = strokes(digit).into_iter().flatten().collect();
            assert!(points.len() > 2, "{digit}");
            assert!(
                points
                    .iter()
                    .all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)),
                "{digit}"
            );
        }
    }
}
