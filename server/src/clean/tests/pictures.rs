//! Pictures, made here: what is kept of them, and what not.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{
    DynamicImage, ExtendedColorType, GenericImageView as _, ImageEncoder as _, ImageFormat, Rgb,
    RgbImage, Rgba, RgbaImage,
};
use miftah_portal::ports::{Clean, Media, Unclean};

use super::super::clean;

/// A photo with a red left and a blue right half, and something like grain.
fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let grain = u8::try_from((x * 31 + y * 17 + x * y) % 64).unwrap();
        if x < width / 2 {
            Rgb([190 + grain, grain, grain])
        } else {
            Rgb([grain, grain, 190 + grain])
        }
    })
}

/// Of one colour.
fn plain(width: u32, height: u32) -> RgbImage {
    RgbImage::from_pixel(width, height, Rgb([120, 160, 90]))
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg(picture: RgbImage) -> Vec<u8> {
    written(&picture.into(), ImageFormat::Jpeg)
}

fn read(clean: &Clean) -> DynamicImage {
    image::load_from_memory(&clean.bytes).unwrap()
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// TIFF entries: orientation, a camera's make, and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let mut bytes = tag.to_le_bytes().to_vec();
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value);
        bytes
    };
    let mut bytes = b"II*\0\x08\0\0\0\x03\0".to_vec();
    bytes.extend(entry(0x010f, 2, 4, *b"Eye\0"));
    bytes.extend(entry(0x0112, 3, 1, [orientation, 0, 0, 0]));
    bytes.extend(entry(0x8825, 4, 1, [50, 0, 0, 0]));
    bytes.extend([0; 4]);
    assert_eq!(bytes.len(), 50);
    bytes.extend(b"\x01\0");
    bytes.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    bytes.extend([0; 4]);
    bytes.extend(b"GPS 30.4277 -9.5981");
    bytes
}

fn jpeg_with_exif(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    let (width, height) = picture.dimensions();
    let colour = ExtendedColorType::Rgb8;
    encoder.write_image(picture, width, height, colour).unwrap();
    bytes
}

#[test]
fn a_photo_stands_upright_and_tells_nothing_but_what_is_seen() {
    let mut bytes = jpeg_with_exif(&photo(60, 40), 6);
    bytes.extend(b"hidden behind the end");
    assert!(holds(&bytes, b"GPS 30.4277") && holds(&bytes, b"Eye"));
    let kept = clean(bytes).unwrap();
    assert_eq!(kept.media, Media::Jpeg);
    for word in [b"Exif".as_slice(), b"GPS", b"Eye", b"hidden", b"II*\0"] {
        assert!(
            !holds(&kept.bytes, word),
            "{}",
            String::from_utf8_lossy(word)
        );
    }
    // A quarter turn to the right: what was on the left is above.
    let picture = read(&kept);
    assert_eq!(picture.dimensions(), (40, 60));
    let Rgba([red, _, blue, _]) = picture.get_pixel(20, 8);
    assert!(red > 150 && blue < 100, "above: {red}, {blue}");
    let Rgba([red, _, blue, _]) = picture.get_pixel(20, 52);
    assert!(red < 100 && blue > 150, "below: {red}, {blue}");
}

#[test]
fn a_large_picture_is_shrunk_and_a_small_one_is_not() {
    for (from, to) in [
        ((2048, 1000), (2048, 1000)),
        ((3000, 1500), (2048, 1024)),
        ((1200, 6000), (410, 2048)),
        ((9000, 1), (2048, 1)),
        ((1, 1), (1, 1)),
    ] {
        let picture = read(&clean(jpeg(plain(from.0, from.1))).unwrap());
        assert_eq!(picture.dimensions(), to, "{from:?}");
    }
}

#[test]
fn a_drawing_stays_a_png_and_a_photo_becomes_a_jpeg() {
    let drawing = RgbImage::from_fn(300, 200, |x, _| {
        Rgb(if x % 60 < 3 { [0; 3] } else { [255; 3] })
    });
    let kept = clean(written(&drawing.clone().into(), ImageFormat::Png)).unwrap();
    assert_eq!(kept.media, Media::Png);
    assert!(read(&kept).to_rgb8() == drawing, "as it was drawn");
    // Noise, as in a photo.
    let mut state = 1_u32;
    let noise = RgbImage::from_fn(300, 200, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [high, ..] = state.to_be_bytes();
        Rgb([high / 2, 90, 200 - high / 2])
    });
    let bytes = written(&noise.into(), ImageFormat::Png);
    let kept = clean(bytes.clone()).unwrap();
    assert_eq!(kept.media, Media::Jpeg);
    assert!(kept.bytes.len() < bytes.len());
}

#[test]
fn every_kind_of_png_can_be_read_and_none_keeps_its_texts() {
    let noise = |x: u32, y: u32| u8::try_from((x * 7919 % 251) ^ (y * 104_729 % 241)).unwrap();
    let stroke = RgbaImage::from_fn(64, 64, |x, y| {
        Rgba([0, 0, 0, if y == 9 { noise(x, y) } else { 0 }])
    });
    let kinds = [
        DynamicImage::ImageLuma8(photo_grey()),
        DynamicImage::ImageLuma16(DynamicImage::ImageLuma8(photo_grey()).to_luma16()),
        DynamicImage::ImageLumaA8(DynamicImage::from(stroke.clone()).to_luma_alpha8()),
        DynamicImage::ImageRgba8(stroke.clone()),
        DynamicImage::ImageRgb16(DynamicImage::from(photo(64, 64)).to_rgb16()),
        DynamicImage::ImageRgba16(DynamicImage::from(stroke).to_rgba16()),
    ];
    for picture in kinds {
        let kind = picture.color();
        let mut bytes = written(&picture, ImageFormat::Png);
        // A text chunk between the head and the rest.
        let text = b"\0\0\0\x0ftEXtComment\0private\x12\xa4\x1d\x8f";
        bytes.splice(33..33, text.iter().copied());
        let kept = clean(bytes).unwrap_or_else(|why| panic!("{kind:?}: {why}"));
        assert!(!holds(&kept.bytes, b"private") && !holds(&kept.bytes, b"tEXt"));
        assert_eq!(read(&kept).dimensions(), (64, 64));
    }
}

fn photo_grey() -> image::GrayImage {
    DynamicImage::from(photo(64, 64)).to_luma8()
}

#[test]
fn what_is_transparent_is_paper_where_a_jpeg_takes_less() {
    let mut state = 7_u32;
    let noise = RgbaImage::from_fn(200, 200, |x, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [colour, ..] = state.to_be_bytes();
        Rgba([colour, colour, colour, if x < 100 { 0 } else { 255 }])
    });
    let kept = clean(written(&noise.into(), ImageFormat::Png)).unwrap();
    assert_eq!(kept.media, Media::Jpeg);
    let Rgba([red, green, blue, _]) = read(&kept).get_pixel(40, 40);
    assert!([red, green, blue].iter().all(|part| *part > 250));
}

/// A PNG that says how large it is, and holds no more than `data`.
fn png_of(width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], content: &[u8]| {
        let body = [kind, content].concat();
        let mut check = flate2::Crc::new();
        check.update(&body);
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&length, body.as_slice(), &check.sum().to_be_bytes()].concat()
    };
    let (width, height) = (width.to_be_bytes(), height.to_be_bytes());
    let head = [width.as_slice(), &height, &[8, 6, 0, 0, 0]].concat();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [
        signature,
        chunk(b"IHDR", &head),
        chunk(b"IDAT", data),
        chunk(b"IEND", b""),
    ]
    .concat()
}

#[test]
fn a_bomb_is_refused_before_it_is_decoded() {
    let nothing: Vec<u8> = b"\x78\x01\x01\0\0\xff\xff\0\0\0\x01".to_vec();
    assert_eq!(
        clean(png_of(60_000, 60_000, &nothing)),
        Err(Unclean::TooBig)
    );
    assert_eq!(clean(png_of(8000, 5001, &nothing)), Err(Unclean::TooBig));
    assert_eq!(
        clean(png_of(u32::MAX >> 1, 1, &nothing)),
        Err(Unclean::TooBig)
    );
    assert_eq!(clean(png_of(0, 9, &nothing)), Err(Unclean::Unreadable));
    assert_eq!(clean(png_of(9, 9, &nothing)), Err(Unclean::Unreadable));
    let mut huge = jpeg(photo(16, 16));
    let frame = huge
        .windows(2)
        .position(|mark| mark == [0xff, 0xc0])
        .unwrap();
    huge.splice(frame + 5..frame + 9, [0xff, 0xff, 0xff, 0xff]);
    assert_eq!(clean(huge), Err(Unclean::TooBig));
}

#[test]
fn a_picture_of_forty_megapixels_is_kept() {
    let kept = clean(jpeg(plain(8000, 5000))).unwrap();
    assert_eq!(read(&kept).dimensions(), (2048, 1280));
}

#[test]
fn a_broken_picture_is_told() {
    let whole = jpeg(photo(64, 64));
    for end in [3, 4, 30, 200] {
        let cut = whole.get(..end).unwrap().to_vec();
        assert_eq!(clean(cut), Err(Unclean::Unreadable), "{end} bytes");
    }
    let png = written(&photo(64, 64).into(), ImageFormat::Png);
    for end in [8, 20, 40, png.len() / 2] {
        let cut = png.get(..end).unwrap().to_vec();
        assert_eq!(clean(cut), Err(Unclean::Unreadable), "{end} bytes");
    }
}
