//! Someone who talks to the platform over HTTP.

use reqwest::{Client, Method, StatusCode};
use serde_json::Value;

/// A key holder (or nobody) with an HTTP client.
#[derive(Clone)]
pub struct Caller {
    pub(crate) http: Client,
    pub(crate) base: String,
    pub(crate) key: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Reply {
    /// The body as JSON; `null` where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The stable code of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The JSON of a success; panics with the whole reply otherwise.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "HTTP {}: {}", self.status, self.text);
        self.json()
    }

    /// Panics unless refused with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code().as_str()), (status, code), "{}", self.text);
        self
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn is(&self, status: StatusCode) -> bool {
        self.status == status.as_u16()
    }
}

impl Caller {
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None, &[]).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send(Method::POST, path, Some(body), &[]).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PUT, path, Some(body), &[]).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.send(Method::PATCH, path, Some(body), &[]).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, None, &[]).await
    }

    /// The reply of a platform that may go away meanwhile.
    pub async fn get_if_there(&self, path: &str) -> Option<Reply> {
        try_answer(self.request(Method::GET, path)).await.ok()
    }

    /// As [`get_if_there`](Self::get_if_there), for what changes something.
    pub async fn post_if_there(&self, path: &str, body: Value) -> Option<Reply> {
        try_answer(self.request(Method::POST, path).json(&body)).await.ok()
    }

    /// Any request, with headers of the story's own.
    pub async fn send(&self, method: Method, path: &str, body: Option<Value>, headers: &[(&str, &str)]) -> Reply {
        let mut request = self.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer(request).await
    }

    /// Puts a CSV file.
    pub async fn upload(&self, path: &str, content: impl Into<reqwest::Body>) -> Reply {
        answer(self.request(Method::PUT, path).header("content-type", "text/csv").body(content)).await
    }

    /// Posts a file.
    pub async fn post_file(&self, path: &str, content: impl Into<reqwest::Body>) -> Reply {
        answer(self.request(Method::POST, path).header("content-type", "text/csv").body(content)).await
    }

    /// Posts a file that is to be taken once, however often it is sent under this key.
    pub async fn post_file_once(&self, key: &str, path: &str, content: impl Into<reqwest::Body>) -> Reply {
        let request = self.request(Method::POST, path).header("content-type", "application/pdf");
        answer(request.header("idempotency-key", key).body(content)).await
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.key {
            Some(key) => request.bearer_auth(key),
            None => request,
        }
    }
}

async fn answer(request: reqwest::RequestBuilder) -> Reply {
    try_answer(request).await.expect("the platform answers")
}

async fn try_answer(request: reqwest::RequestBuilder) -> reqwest::Result<Reply> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = String::from_utf8_lossy(&response.bytes().await?).into_owned();
    Ok(Reply { status, headers, text })
}
