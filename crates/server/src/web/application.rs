//! The web application: one page for every path it routes itself, and its assets.
//!
//! Styles are allowed by a nonce that each answer draws anew and that the page hands to its style engine; scripts come
//! from files of ours alone. Assets with a hash in their name never change, so browsers keep them for a year.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64URL_NOPAD;
use kernel::{Ambient, Refusal};

use super::{
    encoding::{ENCODINGS, accepts, is_compressed_form},
    files::{File, Files},
};

const INDEX: &str = "index.html";
const ASSETS: &str = "assets/";
/// Stands in the page where the nonce goes.
const NONCE_PLACE: &str = "__STYLE_NONCE__";
const NONCE_BYTES: usize = 16;
/// Characters of the hash that the web build puts before an asset's ending.
const HASH_CHARS: usize = 8;
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const NOT_BUILT: &str = include_str!("not_built.html");
/// What every answer carries.
const MANNERS: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
];

#[derive(Clone)]
pub struct Application<F> {
    files: F,
    ambient: Ambient,
}

impl<F: Files> Application<F> {
    pub const fn new(files: F, ambient: Ambient) -> Self {
        Self { files, ambient }
    }

    /// The answer to a request that no other door took.
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        let path = path.trim_start_matches('/');
        let mut response = match path {
            "v1" => unknown_door(),
            path if path.starts_with("v1/") => unknown_door(),
            _ if !matches!(*method, Method::GET | Method::HEAD) => not_allowed(),
            path => self.file(path, headers).unwrap_or_else(|| self.page()),
        };
        for (name, value) in MANNERS {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }

    /// A file, or that there is none among the assets; nothing where the application's own routes begin.
    fn file(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        if path.is_empty() || path == INDEX {
            return None;
        }
        let file = self.files.read(path).filter(|_| !is_compressed_form(path));
        match file {
            Some(plain) => Some(self.asset(path, plain, headers)),
            None => path.starts_with(ASSETS).then(nothing_here),
        }
    }

    fn asset(&self, path: &str, plain: File, headers: &HeaderMap) -> Response {
        let (encoding, file) = self.best_form(path, plain, headers);
        let etag = format!("\"{}\"", file.digest);
        let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let unchanged = known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == etag));
        let (status, body) = match unchanged {
            true => (StatusCode::NOT_MODIFIED, Body::empty()),
            false => (StatusCode::OK, Body::from(file.bytes.into_owned())),
        };
        let caching = if is_hashed(path) { FOR_EVER } else { "no-cache" };
        let head = [
            (header::CONTENT_TYPE, content_type(path)),
            (header::CACHE_CONTROL, caching),
            (header::VARY, "Accept-Encoding"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        ];
        let mut response = (status, head, [(header::ETAG, etag)], body).into_response();
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    fn best_form(&self, path: &str, plain: File, headers: &HeaderMap) -> (Option<&'static str>, File) {
        let taken = ENCODINGS.into_iter().filter(|(encoding, _)| accepts(headers, encoding));
        let mut forms =
            taken.filter_map(|(encoding, ending)| Some((encoding, self.files.read(&format!("{path}{ending}"))?)));
        forms.next().map_or((None, plain), |(encoding, file)| (Some(encoding), file))
    }

    fn page(&self) -> Response {
        let nonce = BASE64URL_NOPAD.encode(&self.ambient.random_bytes::<NONCE_BYTES>());
        let built = self.files.read(INDEX).map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        let page = built.unwrap_or_else(|| NOT_BUILT.to_owned()).replace(NONCE_PLACE, &nonce);
        let head = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::CONTENT_SECURITY_POLICY, page_policy(&nonce)),
        ];
        (head, page).into_response()
    }
}

fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

fn unknown_door() -> Response {
    app::platform::Problem::from(Refusal::not_found("path")).into_response()
}

fn not_allowed() -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "pages are only read\n").into_response()
}

fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "there is nothing here\n").into_response()
}

/// Whether the web build named the file after its content: `assets/name-HASHHASH.ending`.
fn is_hashed(path: &str) -> bool {
    let Some(stem) = path.strip_prefix(ASSETS).and_then(|name| name.split('.').next()) else { return false };
    let bytes = stem.as_bytes();
    bytes.len() > HASH_CHARS && bytes[bytes.len() - HASH_CHARS - 1] == b'-'
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use axum::{body::to_bytes, http::header::HeaderName};
    use kernel::{ambient::SeededChance, time::SystemClock};

    use super::*;
    use crate::web::files::Embedded;

    const SCRIPT: &str = "/assets/index-1a2B_-4d.js";

    /// A folder of a test's own.
    #[derive(Clone)]
    struct Folder(BTreeMap<&'static str, &'static str>);

    impl Files for Folder {
        fn read(&self, path: &str) -> Option<File> {
            let text = self.0.get(path)?;
            Some(File {
                bytes: text.as_bytes().into(),
                digest: blake3::hash(text.as_bytes()).to_hex()[..16].to_owned(),
            })
        }
    }

    fn ambient() -> Ambient {
        Ambient::new(Arc::new(SystemClock), Arc::new(SeededChance::from_number(1)))
    }

    fn application() -> Application<Folder> {
        let files = [
            ("index.html", "<meta name=style-nonce content=__STYLE_NONCE__>"),
            ("assets/index-1a2B_-4d.js", "plain script"),
            ("assets/index-1a2B_-4d.js.br", "brotli script"),
            ("assets/index-1a2B_-4d.js.gz", "gzip script"),
            ("assets/inter-0a1b2c3d.woff2", "a font"),
            ("mark.svg", "<svg/>"),
            ("app.webmanifest", "{}"),
        ];
        Application::new(Folder(files.into()), ambient())
    }

    fn get(path: &str, headers: &[(HeaderName, &'static str)]) -> Response {
        let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        application().answer(&Method::GET, path, &headers)
    }

    fn head<'a>(response: &'a Response, name: &str) -> &'a str {
        response.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    async fn text(response: Response) -> String {
        String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn every_path_of_the_application_is_the_page_with_a_nonce_of_its_own() {
        let application = application();
        let mut nonces = Vec::new();
        for path in ["/", "/index.html", "/offers/ofr_01KAMX4S5T0000000000000000", "/setup", "/v11", "/robots.txt"] {
            let response = application.answer(&Method::GET, path, &HeaderMap::new());
            assert_eq!((response.status(), head(&response, "cache-control")), (StatusCode::OK, "no-store"), "{path}");
            let policy = head(&response, "content-security-policy").to_owned();
            let (_, rest) = policy.split_once("style-src 'self' 'nonce-").expect("a nonce");
            let (nonce, rest) = rest.split_once('\'').expect("closed");
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self'; ")
                    && rest.contains("frame-ancestors 'none'")
            );
            assert!(!policy.contains("unsafe"), "{policy}");
            for (name, value) in MANNERS {
                assert_eq!(head(&response, name), value);
            }
            assert_eq!(text(response).await, format!("<meta name=style-nonce content={nonce}>"), "{path}");
            nonces.push(nonce.to_owned());
        }
        let drawn = nonces.len();
        nonces.sort_unstable();
        nonces.dedup();
        assert_eq!(nonces.len(), drawn, "each answer draws its own");
    }

    #[tokio::test]
    async fn doors_that_are_not_there_say_so() {
        for path in ["/v1", "/v1/nonsense"] {
            let response = get(path, &[]);
            assert_eq!(
                (response.status(), head(&response, "content-type")),
                (StatusCode::NOT_FOUND, "application/problem+json")
            );
        }
        for path in ["/assets/gone-1a2b3c4d.js", "/assets/index-1a2B_-4d.js.br", "/assets/", "/assets/../index.html"] {
            assert_eq!(get(path, &[]).status(), StatusCode::NOT_FOUND, "{path}");
        }
        let posted = application().answer(&Method::POST, "/offers", &HeaderMap::new());
        assert_eq!((posted.status(), head(&posted, "allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"));
    }

    #[tokio::test]
    async fn an_asset_is_sent_in_the_smallest_form_that_is_taken() {
        for (accepted, encoding, body) in [
            ("gzip, deflate, br", "br", "brotli script"),
            ("gzip", "gzip", "gzip script"),
            ("br;q=0, gzip", "gzip", "gzip script"),
            ("identity", "", "plain script"),
        ] {
            let response = get(SCRIPT, &[(header::ACCEPT_ENCODING, accepted)]);
            assert_eq!(head(&response, "content-encoding"), encoding, "{accepted}");
            assert_eq!(head(&response, "vary"), "Accept-Encoding");
            assert_eq!(head(&response, "cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(head(&response, "content-type"), "text/javascript; charset=utf-8");
            assert_eq!(text(response).await, body, "{accepted}");
        }
        let font = get("/assets/inter-0a1b2c3d.woff2", &[(header::ACCEPT_ENCODING, "br")]);
        assert_eq!((head(&font, "content-type"), head(&font, "content-encoding")), ("font/woff2", ""));
    }

    #[tokio::test]
    async fn what_a_browser_has_is_not_sent_again() {
        let plain = get(SCRIPT, &[]);
        let gzip = get(SCRIPT, &[(header::ACCEPT_ENCODING, "gzip")]);
        assert_ne!(head(&plain, "etag"), head(&gzip, "etag"), "each form has its own");
        let tag: &'static str = Box::leak(head(&plain, "etag").to_owned().into_boxed_str());
        let again = get(SCRIPT, &[(header::IF_NONE_MATCH, tag)]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(text(again).await, "");
        assert_eq!(
            get(SCRIPT, &[(header::IF_NONE_MATCH, tag), (header::ACCEPT_ENCODING, "gzip")]).status(),
            StatusCode::OK
        );
        let mark = get("/mark.svg", &[]);
        assert_eq!((head(&mark, "cache-control"), head(&mark, "content-type")), ("no-cache", "image/svg+xml"));
        assert_eq!(head(&get("/app.webmanifest", &[]), "content-type"), "application/manifest+json");
    }

    #[tokio::test]
    async fn without_a_web_build_the_page_says_how_to_make_one() {
        let bare = Application::new(Folder(BTreeMap::new()), ambient());
        let response = bare.answer(&Method::GET, "/offers", &HeaderMap::new());
        assert_eq!(response.status(), StatusCode::OK);
        let page = text(response).await;
        assert!(page.contains("make build") && !page.contains(NONCE_PLACE), "{page}");
    }

    #[tokio::test]
    async fn the_embedded_page_holds_its_nonce_and_no_inline_script() {
        let response = Application::new(Embedded, ambient()).answer(&Method::GET, "/", &HeaderMap::new());
        let policy = head(&response, "content-security-policy").to_owned();
        let page = text(response).await;
        let (_, rest) = policy.split_once("'nonce-").expect("a nonce");
        let (nonce, _) = rest.split_once('\'').expect("closed");
        assert!(page.contains(nonce), "{page}");
        let inline = page.split("<script").skip(1).any(|script| !script.split('>').next().unwrap().contains("src="));
        assert!(!inline, "{page}");
    }
}
