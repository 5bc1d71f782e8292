//! The lines an advertiser puts into its shop, with its own ids: pure.
//!
//! What stands in braces is for the shop to fill; `{{…}}` is a variable of Google Tag Manager.

use edge::dialect::Dialect;
use serde::Serialize;

/// What the lines need to know.
#[derive(Clone, Debug)]
pub struct Facts {
    /// `https://track.example.com`, where the native doors are.
    pub origin: String,
    /// `TOKEN` where there is none yet.
    pub token: String,
    pub offer_id: String,
    pub goal: String,
    pub currency: String,
    /// Name under which the landing page reads the click id.
    pub landing_parameter: String,
    /// Hosts that speak another platform's form, and what that platform calls the offer.
    pub dialects: Vec<(Dialect, String, Option<String>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SnippetKind {
    /// Called by the shop's server after a sale.
    Server,
    /// Called by the shop's server when an order gets its verdict.
    Verdict,
    /// What a server signs, line by line.
    Signed,
    /// On every page.
    TagPage,
    /// On the page after a sale.
    TagSale,
    /// An image on the page after a sale.
    Pixel,
    /// A custom HTML tag of Google Tag Manager, on all pages.
    TagManagerPage,
    /// A custom HTML tag of Google Tag Manager, after a sale.
    TagManagerSale,
    /// In the form of another platform, as the dialect says.
    Dialect,
}

/// Something to paste elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "kind": "server", "dialect": null,
    "text": "https://track.example.com/postback?click_id={click_id}&goal=sale&order_id={order_id}&amount={amount}&currency=EUR&offer_id=ofr_01KAMX4S5T0000000000000000&token=pbt_dGhpcyBpcyBhbiBleGFtcGxl"
}))]
pub struct Snippet {
    pub kind: SnippetKind,
    pub dialect: Option<&'static str>,
    pub text: String,
}

/// All of them, in the order in which people choose.
pub fn all(facts: &Facts) -> Vec<Snippet> {
    let plain = |(kind, text)| Snippet { kind, dialect: None, text };
    let own = [
        (SnippetKind::Server, server(facts)),
        (SnippetKind::Verdict, verdict(facts)),
        (SnippetKind::Signed, signed(facts)),
        (SnippetKind::TagPage, tag_page(facts)),
        (SnippetKind::TagSale, tag_sale(facts)),
        (SnippetKind::Pixel, pixel(facts)),
        (SnippetKind::TagManagerPage, tag_manager_page(facts)),
        (SnippetKind::TagManagerSale, tag_manager_sale(facts)),
    ];
    let spoken = facts.dialects.iter().map(|(dialect, host, offer)| Snippet {
        kind: SnippetKind::Dialect,
        dialect: Some(dialect.code()),
        text: in_dialect(facts, *dialect, host, offer.as_deref()),
    });
    own.map(plain).into_iter().chain(spoken).collect()
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn server(facts: &Facts) -> String {
    let Facts { origin, token, offer_id, goal, currency, .. } = facts;
    let goal = encoded(goal);
    format!(
        "{origin}/postback?click_id={{click_id}}&goal={goal}&order_id={{order_id}}&amount={{amount}}&currency={currency}\
         &offer_id={offer_id}&token={token}"
    )
}

fn verdict(facts: &Facts) -> String {
    let Facts { origin, token, offer_id, goal, .. } = facts;
    let goal = encoded(goal);
    format!("{origin}/postback?goal={goal}&order_id={{order_id}}&status={{status}}&offer_id={offer_id}&token={token}")
}

fn signed(facts: &Facts) -> String {
    let Facts { origin, currency, goal, .. } = facts;
    let goal = encoded(goal).replace('+', "%20");
    let sorted = format!(
        "amount={{amount}}&click_id={{click_id}}&currency={currency}&goal={goal}&key_id={{key_id}}&order_id={{order_id}}"
    );
    format!(
        "key = SHA256(signing_key)\nlines = \"GET\\n/postback\\n{sorted}\\n\" + timestamp + \"\\n\" + nonce\n\
         signature = HEX(HMAC_SHA256(key, lines))\n\
         GET {origin}/postback?{sorted}&timestamp={{timestamp}}&nonce={{nonce}}&signature={{signature}}"
    )
}

/// The tag reads `click_id` unless it is told another name.
fn parameter(facts: &Facts) -> String {
    match facts.landing_parameter.as_str() {
        "click_id" => String::new(),
        name => format!(" data-parameter=\"{name}\""),
    }
}

fn tag_page(facts: &Facts) -> String {
    format!("<script async src=\"{}/t.js\"{}></script>", facts.origin, parameter(facts))
}

fn tag_sale(facts: &Facts) -> String {
    let Facts { goal, currency, .. } = facts;
    let goal = in_script(goal);
    format!(
        "<script>\n  tributary(\"conversion\", {{goal: {goal}, order_id: \"{{order_id}}\", amount: \"{{amount}}\", \
         currency: \"{currency}\"}});\n</script>"
    )
}

/// A text as JavaScript writes it, which cannot end the script around it.
fn in_script(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('<', "\\u003c")
}

fn pixel(facts: &Facts) -> String {
    let Facts { origin, offer_id, goal, currency, .. } = facts;
    let goal = encoded(goal);
    format!(
        "<img src=\"{origin}/px.gif?goal={goal}&amp;order_id={{order_id}}&amp;amount={{amount}}&amp;currency={currency}\
         &amp;offer_id={offer_id}&amp;click_id={{click_id}}\" width=\"1\" height=\"1\" alt=\"\">"
    )
}

fn tag_manager_page(facts: &Facts) -> String {
    let Facts { origin, landing_parameter, .. } = facts;
    format!(
        "<script>\n  (function (tag) {{\n    tag.async = true;\n    tag.src = \"{origin}/t.js\";\n    \
         tag.setAttribute(\"data-parameter\", \"{landing_parameter}\");\n    document.head.appendChild(tag);\n  \
         }})(document.createElement(\"script\"));\n</script>"
    )
}

fn tag_manager_sale(facts: &Facts) -> String {
    let Facts { goal, currency, .. } = facts;
    let goal = in_script(goal);
    format!(
        "<script>\n  (function send(tries) {{\n    if (!window.tributary) {{\n      \
         if (tries > 0) {{ setTimeout(function () {{ send(tries - 1); }}, 200); }}\n      return;\n    }}\n    \
         tributary(\"conversion\", {{goal: {goal}, order_id: {{{{Order ID}}}}, amount: {{{{Order Value}}}}, \
         currency: \"{currency}\"}});\n  }})(25);\n</script>"
    )
}

fn in_dialect(facts: &Facts, dialect: Dialect, host: &str, offer: Option<&str>) -> String {
    let Facts { token, currency, offer_id, goal, .. } = facts;
    let offer = offer.unwrap_or(offer_id);
    let goal = encoded(goal);
    match dialect {
        Dialect::Tune => format!(
            "https://{host}/aff_lsr?offer_id={offer}&transaction_id={{click_id}}&amount={{amount}}&currency={currency}\
             &adv_sub={{order_id}}&goal_name={goal}&security_token={token}"
        ),
        Dialect::Everflow => format!(
            "https://{host}/?nid=1&oid={offer}&transaction_id={{click_id}}&amount={{amount}}&currency={currency}\
             &order_id={{order_id}}&verification_token={token}"
        ),
        Dialect::Affise => format!(
            "https://{host}/postback?offer_id={offer}&clickid={{click_id}}&sum={{amount}}&currency={currency}\
             &action_id={{order_id}}&status=1&secure={token}"
        ),
        Dialect::Keitaro => format!(
            "https://{host}/{token}/postback?subid={{click_id}}&status=sale&payout={{amount}}&currency={currency}\
             &tid={{order_id}}"
        ),
        Dialect::Awin => format!(
            "https://{host}/sread.php?tt=ss&tv=2&merchant={offer}&amount={{amount}}&ch=aw&parts=DEFAULT:{{amount}}\
             &cr={currency}&ref={{order_id}}&cks={{click_id}}"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(landing_parameter: &str) -> Facts {
        Facts {
            origin: "https://go.example".to_owned(),
            token: "pbt_1".to_owned(),
            offer_id: "ofr_1".to_owned(),
            goal: "first deposit</script>".to_owned(),
            currency: "EUR".to_owned(),
            landing_parameter: landing_parameter.to_owned(),
            dialects: vec![(Dialect::Tune, "t.example".to_owned(), Some("26".to_owned()))],
        }
    }

    #[test]
    fn goals_cannot_leave_their_place() {
        for snippet in all(&facts("click_id")) {
            let ends = snippet.text.matches("</script>").count();
            assert!(ends <= 1, "{}", snippet.text);
            assert!(!snippet.text.contains("first deposit<"), "{}", snippet.text);
        }
    }

    #[test]
    fn the_tag_reads_the_offers_own_parameter() {
        assert!(!tag_page(&facts("click_id")).contains("data-parameter"));
        assert!(tag_page(&facts("clickid")).contains("data-parameter=\"clickid\""));
        assert!(tag_manager_sale(&facts("click_id")).contains("{{Order ID}}"));
    }
}
