//! Show the postback token.

use axum::{Json, extract::State};
use serde::Serialize;

use crate::{App, identity::permissions::CanSeePostbackToken, platform::Answer, workspaces::store};

#[derive(Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "token": "pbt_p2Zk0mJ5c3VqT1l0a2RrZ3hQd2FzZGZnaGprbHF3ZXI",
    "postback_url": "https://track.example.com/postback?click_id={click_id}&goal=sale&amount=80.00&currency=EUR&token=pbt_p2Zk0mJ5c3VqT1l0a2RrZ3hQd2FzZGZnaGprbHF3ZXI"
}))]
pub struct PostbackTokenOut {
    /// Valid for every advertiser of the workspace.
    pub token: String,
    /// How an advertiser calls us.
    pub postback_url: String,
}

impl PostbackTokenOut {
    pub fn of(app: &App, token: String) -> Self {
        let public_url = &app.settings.public_url;
        let query = "click_id={click_id}&goal=sale&amount=80.00&currency=EUR";
        Self { postback_url: format!("{public_url}/postback?{query}&token={token}"), token }
    }
}

/// The workspace's postback token, for an advertiser's settings.
#[utoipa::path(
    get, path = "/v1/workspace/postback-token", tag = "workspaces", responses((status = 200, body = PostbackTokenOut))
)]
pub async fn show_token(
    State(app): State<App>,
    CanSeePostbackToken(actor): CanSeePostbackToken,
) -> Answer<Json<PostbackTokenOut>> {
    let token = store::postback_token(&app, actor.tenant).await?;
    Ok(Json(PostbackTokenOut::of(&app, token)))
}
