//! Photos and pictures: decoded, turned upright, shrunk and written anew, so that nothing is kept
//! but what can be seen. Places, devices, comments, thumbnails and what hides behind the end stay
//! behind.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as Filter, PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageError, ImageFormat, ImageReader,
    Limits, Rgb, RgbImage, Rgba, RgbaImage,
};
use miftah_portal::ports::{Clean, Media, Unclean};

/// Pixels of the largest picture: phones of today make 12 million, some 40. (Under the fuzzer every
/// input would be a large one soon.)
const MOST_PIXELS: u64 = if cfg!(fuzzing) { 1 << 18 } else { 40_000_000 };
/// Bytes that a decoded picture may take: four a pixel, and a little for tables. A progressive JPEG
/// takes twice as much while it is decoded.
const MOST_BYTES: u64 = MOST_PIXELS * 4 + (16 << 20);
/// Pixels of the longer side of what is kept: a page of A4 at 175 dpi, which can be read and printed.
const LONGER_SIDE: u32 = 2048;
/// Of 100: beyond it a page grows and does not become more legible.
const QUALITY: u8 = 82;

/// What a picture may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Jpeg,
    Png,
}

impl Format {
    /// By its first bytes, which no other format of files has.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else {
            None
        }
    }
}

/// The picture, made anew.
///
/// # Errors
/// [`Unclean::TooBig`] beyond [`MOST_PIXELS`], before they are decoded; [`Unclean::Unreadable`].
pub(super) fn clean(bytes: Vec<u8>, format: Format) -> Result<Clean, Unclean> {
    let picture = decode(bytes, format).map_err(why)?;
    match format {
        Format::Jpeg => {
            let bytes = jpeg(&picture).map_err(why)?;
            Ok(Clean {
                media: Media::Jpeg,
                bytes,
            })
        }
        Format::Png => smaller(&picture),
    }
}

fn why(error: ImageError) -> Unclean {
    match error {
        ImageError::Limits(_) => Unclean::TooBig,
        _ => Unclean::Unreadable,
    }
}

fn too_big() -> ImageError {
    ImageError::Limits(image::error::LimitError::from_kind(
        image::error::LimitErrorKind::DimensionError,
    ))
}

fn decode(bytes: Vec<u8>, format: Format) -> Result<DynamicImage, ImageError> {
    let format = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_BYTES {
        return Err(too_big());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = shrink(DynamicImage::from_decoder(decoder)?);
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// At most [`LONGER_SIDE`]. Much larger ones are averaged, which needs no memory beside them.
fn shrink(picture: DynamicImage) -> DynamicImage {
    let longer = picture.width().max(picture.height());
    if longer <= LONGER_SIDE {
        picture
    } else if longer > 2 * LONGER_SIDE {
        picture.thumbnail(LONGER_SIDE, LONGER_SIDE)
    } else {
        picture.resize(LONGER_SIDE, LONGER_SIDE, FilterType::CatmullRom)
    }
}

/// As PNG or as JPEG, whichever takes less.
fn smaller(picture: &DynamicImage) -> Result<Clean, Unclean> {
    let (png, jpeg) = (png(picture).map_err(why)?, jpeg(picture).map_err(why)?);
    let (media, bytes) = if png.len() <= jpeg.len() {
        (Media::Png, png)
    } else {
        (Media::Jpeg, jpeg)
    };
    Ok(Clean { media, bytes })
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    if picture.color().has_alpha() {
        on_white(&picture.to_rgba8()).write_with_encoder(encoder)?;
    } else if picture.color().has_color() {
        picture.to_rgb8().write_with_encoder(encoder)?;
    } else {
        picture.to_luma8().write_with_encoder(encoder)?;
    }
    Ok(bytes)
}

/// JPEG has no transparency: a scanned signature stands on paper.
fn on_white(picture: &RgbaImage) -> RgbImage {
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (Rgb(target), Rgba([r, g, b, alpha])) in flat.pixels_mut().zip(picture.pixels()) {
        let alpha = u32::from(*alpha);
        let over = |colour: u8| {
            let mixed = (u32::from(colour) * alpha + 255 * (255 - alpha)) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *target = [over(*r), over(*g), over(*b)];
    }
    flat
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, ImageError> {
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, Filter::Adaptive);
    let (alpha, colour) = (picture.color().has_alpha(), picture.color().has_color());
    let picture = match (alpha, colour) {
        (true, true) => DynamicImage::ImageRgba8(picture.to_rgba8()),
        (true, false) => DynamicImage::ImageLumaA8(picture.to_luma_alpha8()),
        (false, true) => DynamicImage::ImageRgb8(picture.to_rgb8()),
        (false, false) => DynamicImage::ImageLuma8(picture.to_luma8()),
    };
    encoder.write_image(
        picture.as_bytes(),
        picture.width(),
        picture.height(),
        picture.color().into(),
    )?;
    Ok(bytes)
}
