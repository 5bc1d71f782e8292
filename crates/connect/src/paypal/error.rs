//! Why PayPal did not do what it was asked.

use serde::Deserialize;
use serde_json::Value;

/// What went wrong, by what the caller may do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayPalError {
    /// PayPal said no, and nothing was done.
    #[error("PayPal refused: {0}")]
    Refused(Refusal),
    /// Nothing was done; ask later.
    #[error("PayPal asks to wait")]
    RateLimited { retry_after_s: Option<u32> },
    /// The key is not known, or may not pay out; nothing was done.
    #[error("PayPal does not take the key: {0}")]
    Auth(String),
    /// Nothing got through, or nothing was to be changed; ask again.
    #[error("PayPal was not reached: {0}")]
    Unreachable(String),
    /// PayPal may have acted: send the same batch with the same key again, never the same money with another.
    #[error("it is not clear what PayPal did: {0}")]
    Unclear(String),
    /// The batch's key was first sent so long ago that PayPal may have forgotten it: sent again, it might pay twice.
    #[error("the key of the batch is too old to be sent again")]
    KeyForgotten,
}

/// A refusal in PayPal's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Value")]
pub struct Refusal {
    /// PayPal's code, such as `VALIDATION_ERROR`.
    pub name: String,
    pub message: String,
    /// What PayPal's support asks for.
    pub debug_id: String,
    pub details: Vec<Detail>,
    links: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// The place in the request, such as `/items/0/receiver`.
    pub field: String,
    /// PayPal's code or remark.
    pub issue: String,
    pub description: String,
}

/// Read part by part: a part of another shape than the specification's must not hide the others.
impl From<Value> for Refusal {
    fn from(said: Value) -> Self {
        let details = list(&said["details"]);
        let of_details = details.iter().flat_map(|detail| hrefs(&detail["link"]).chain(hrefs(&detail["links"])));
        Self {
            name: text(&said["name"]),
            message: text(&said["message"]),
            debug_id: text(&said["debug_id"]),
            links: of_details.chain(hrefs(&said["links"])).collect(),
            details: details.iter().map(detail).collect(),
        }
    }
}

fn detail(said: &Value) -> Detail {
    Detail { field: text(&said["field"]), issue: text(&said["issue"]), description: text(&said["description"]) }
}

fn text(said: &Value) -> String {
    said.as_str().unwrap_or_default().to_owned()
}

/// PayPal writes `{}` for a list of none.
fn list(said: &Value) -> &[Value] {
    said.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn hrefs(said: &Value) -> impl Iterator<Item = String> {
    list(said).iter().map(|link| text(&link["href"]))
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({})", self.name, self.message, self.debug_id)?;
        self.details.iter().try_for_each(|detail| write!(f, "; {} {}", detail.field, detail.issue))
    }
}

/// Where PayPal shows a batch; its id follows.
const BATCH_PATH: &str = "/v1/payments/payouts/";
const BATCH_ID_MAX: usize = 30;

impl Refusal {
    /// Whether it was the key of the batch that was used before.
    pub(super) fn is_duplicate(&self) -> bool {
        self.details.iter().any(|detail| {
            let said = format!("{} {}", detail.field, detail.issue).to_ascii_lowercase();
            said.contains("sender_batch_id") && (said.contains("already exists") || said.contains("duplicate"))
        })
    }

    /// The id of the batch that a duplicate names.
    pub(super) fn batch_named(&self) -> Option<String> {
        self.links.iter().find_map(|href| batch_id(href))
    }
}

fn batch_id(href: &str) -> Option<String> {
    let id = href.split_once(BATCH_PATH)?.1.split(['?', '#', '/']).next()?;
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (plain && (1..=BATCH_ID_MAX).contains(&id.len())).then(|| id.to_owned())
}

/// What an error means of a batch that was sent before and may have been taken then. The same batch cannot be malformed
/// now and not then; but lacking funds, say, may be lacking because it was paid.
pub(super) fn after_doubt(error: PayPalError) -> PayPalError {
    match error {
        PayPalError::Refused(refusal) if refusal.name == "VALIDATION_ERROR" => PayPalError::Refused(refusal),
        PayPalError::Unclear(why) => PayPalError::Unclear(why),
        other => PayPalError::Unclear(other.to_string()),
    }
}
