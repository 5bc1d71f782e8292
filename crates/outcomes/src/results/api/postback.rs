//! Results by postback: one customer's day in an address, vouched for by the advertiser's own token.

use std::{collections::BTreeMap, net::IpAddr};

use axum::{Extension, Json, extract::State};
use kernel::{Refusal, RefusalCode, Tenant};

use super::upload::ResultsTaken;
use crate::{
    App,
    advertisers::{
        self,
        model::{Model as Advertiser, ReceiptTrust},
    },
    platform::{Answer, body::Params},
    results::{
        model::{ResultDoor, ResultLine},
        store,
        take::{self, Placed, Sender},
    },
};

/// Report one customer's day by postback.
///
/// `token` is the advertiser's own postback token, `customer_id` and `day` say whose figures, every other parameter is a
/// figure (`deposits=100.00&bets=250.00`) or `currency`. The advertiser's list of addresses holds here too. An
/// advertiser who must use a key or a signature is refused.
#[utoipa::path(
    get, path = "/v1/customer-results/postback", tag = "results",
    params(
        ("token" = String, Query), ("customer_id" = String, Query), ("day" = String, Query),
        ("currency" = Option<String>, Query)
    ),
    responses((status = 200, body = ResultsTaken)), security(())
)]
pub async fn postback(
    State(app): State<App>,
    address: Option<Extension<IpAddr>>,
    Params(mut said): Params<BTreeMap<String, String>>,
) -> Answer<Json<ResultsTaken>> {
    let token = said.remove("token").unwrap_or_default();
    let bad_token = || Refusal::new(RefusalCode::BadToken, "this is no advertiser's token");
    let key = store::sender(app.records.read(), &token).await?.ok_or_else(bad_token)?;
    let tenant = Tenant(key.workspace_id);
    let advertiser = advertisers::store::get(app.records.read(), tenant, key.advertiser_id).await?;
    admit(&advertiser, address.map(|Extension(address)| address))?;
    let line = ResultLine {
        customer_id: said.remove("customer_id").unwrap_or_default(),
        day: said.remove("day").unwrap_or_default(),
        currency: said.remove("currency"),
        figures: said,
    };
    let sender = Sender { tenant, advertiser: advertiser.id, door: ResultDoor::Postback, user: None };
    let placed = [Placed { place: "postback".to_owned(), line }];
    Ok(Json(take::take(&app, sender, &placed, Vec::new()).await?.into()))
}

/// The token stands on the rung of tokens; with a list of addresses, on that of lists.
fn admit(advertiser: &Advertiser, address: Option<IpAddr>) -> Result<(), Refusal> {
    let refuse = |message: &str| Err(Refusal::new(RefusalCode::BadToken, message));
    if !address.map_or(advertiser.ip_allow_list.0.is_empty(), |address| advertiser.admits(address)) {
        return refuse("the call came from an address that is not on the advertiser's list");
    }
    match advertiser.min_trust {
        ReceiptTrust::ClickId | ReceiptTrust::Token => Ok(()),
        ReceiptTrust::IpList if !advertiser.ip_allow_list.0.is_empty() => Ok(()),
        ReceiptTrust::IpList | ReceiptTrust::ApiKey | ReceiptTrust::Signature => {
            refuse("this advertiser reports with more than a token; use the API with a key")
        }
    }
}
