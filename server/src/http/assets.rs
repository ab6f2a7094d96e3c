//! The built site below its build's name: kept for ever by browsers, sent compressed as it was
//! built (brotli, gzip).

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use axum::body::Bytes;
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use miftah_messages::Texts;
use miftah_rules::Lang;
use sha2::{Digest as _, Sha256};

use crate::http::encoding::{Encoded, Encoding, THOROUGH};
use crate::state::App;

/// One file in the encodings it was built in.
#[derive(Debug, Default)]
struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Asset {
    fn plain(bytes: impl Into<Bytes>) -> Self {
        Self {
            plain: bytes.into(),
            ..Self::default()
        }
    }
}

/// All files of the site, in memory: a few hundred kilobytes.
#[derive(Debug)]
pub struct Site {
    build: String,
    files: HashMap<String, Asset>,
}

impl Site {
    /// Reads the site's folder, and what the institution has of its own into it: logo, colours, the
    /// circulars of its services, and the texts in its words. Browsers keep the files for ever below the build's name, so that is
    /// the name of both: of what was built, and of what the institution added.
    ///
    /// # Errors
    /// When the folder has no `build-id` or a file cannot be read.
    pub fn load(
        folder: &Path,
        institution: &Path,
        look: String,
        circulars: Vec<(String, Vec<u8>)>,
    ) -> io::Result<Self> {
        let build = fs::read_to_string(folder.join("build-id")).map_err(|error| {
            let what = format!(
                "{}: no built site ({error}); run `cargo xtask run`",
                folder.display()
            );
            io::Error::new(error.kind(), what)
        })?;
        let mut site = Self {
            build: build.trim().to_owned(),
            files: HashMap::new(),
        };
        site.read_folder(folder, &PathBuf::new())?;
        let mut own = Sha256::new();
        let logo = fs::read(institution.join("logo.svg"))?;
        own.update(&logo);
        own.update(&look);
        site.files
            .insert("institution/logo.svg".into(), Asset::plain(logo));
        site.files
            .insert("institution/look.css".into(), Asset::plain(look));
        for (service, pdf) in circulars {
            own.update(&pdf);
            let name = format!("institution/circulars/{service}.pdf");
            site.files.insert(name, Asset::plain(pdf));
        }
        for lang in Lang::ALL {
            let sheet = Texts::sheet(lang);
            own.update(&sheet);
            site.say(lang, sheet);
        }
        let digest = own.finalize();
        let start = digest.as_slice().first_chunk();
        let start = start.map_or(0, |bytes| u32::from_be_bytes(*bytes));
        site.build = format!("{}-{start:08x}", site.build);
        Ok(site)
    }

    /// The texts of a language as the institution says them; as built, they stay compressed as they
    /// are.
    fn say(&mut self, lang: Lang, sheet: String) {
        let name = format!("texts.{}.txt", lang.tag());
        let built = self.files.get(&name);
        if built.is_some_and(|built| built.plain == sheet.as_bytes()) {
            return;
        }
        let said = Encoded::new(sheet.into(), THOROUGH);
        let of = |wanted| Some(said.choose(wanted)).filter(|(_, got)| *got == wanted);
        let asset = Asset {
            plain: said.choose(Encoding::Plain).0,
            brotli: of(Encoding::Brotli).map(|(bytes, _)| bytes),
            gzip: of(Encoding::Gzip).map(|(bytes, _)| bytes),
        };
        self.files.insert(name, asset);
    }

    pub fn build(&self) -> &str {
        &self.build
    }

    /// A file of the site as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        let asset = self.files.get(name)?;
        std::str::from_utf8(&asset.plain).ok()
    }

    fn read_folder(&mut self, root: &Path, below: &Path) -> io::Result<()> {
        for entry in fs::read_dir(root.join(below))? {
            let entry = entry?;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                self.read_folder(root, &path)?;
                continue;
            }
            let bytes = Bytes::from(fs::read(entry.path())?);
            let name = path.to_string_lossy().replace('\\', "/");
            match name.rsplit_once('.') {
                Some((plain, "br")) => {
                    self.files.entry(plain.to_owned()).or_default().brotli = Some(bytes);
                }
                Some((plain, "gz")) => {
                    self.files.entry(plain.to_owned()).or_default().gzip = Some(bytes);
                }
                _ => self.files.entry(name).or_default().plain = bytes,
            }
        }
        Ok(())
    }
}

pub async fn serve(
    State(app): State<App>,
    UrlPath((build, file)): UrlPath<(String, String)>,
    headers: HeaderMap,
) -> Response {
    // Another build's files are not ours to answer: half old, half new would not run.
    let found = (build == app.site.build())
        .then(|| app.site.files.get(&file))
        .flatten();
    let Some(asset) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let wanted = Encoding::of(&headers);
    let (body, encoding) = match (wanted, &asset.brotli, &asset.gzip) {
        (Encoding::Brotli, Some(bytes), _) | (Encoding::Gzip, _, Some(bytes)) => (bytes, wanted),
        _ => (&asset.plain, Encoding::Plain),
    };
    let mut response = body.clone().into_response();
    let out = response.headers_mut();
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(&file)),
    );
    out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    out.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    encoding.tell(out);
    response
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("pdf") => "application/pdf",
        Some("woff2") => "font/woff2",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}
