//! Making a workspace: for the command line, the demo and tests.

use kernel::{Ambient, Currency, Tenant};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};

use super::model::{Entity, Model, TagConsent};
use crate::{
    news::{RouteNews, routes_changed},
    platform::{
        Answer,
        body::{self, TEXT_CHARS_MAX},
        secrets::{Secrets, new_token, token_hash},
    },
};

/// How a postback token begins.
const TOKEN_PREFIX: &str = "pbt_";

/// Two days, in which somebody notices.
const PAYEE_CHANGE_WAIT_HOURS: i32 = 48;

/// A workspace to be.
pub struct NewWorkspace<'a> {
    pub name: &'a str,
    /// IANA name.
    pub timezone: &'a str,
    pub reporting_currency: Currency,
}

/// Makes a workspace and gives the plain copy of its postback token.
pub async fn create(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    secrets: &Secrets,
    new: NewWorkspace<'_>,
) -> Answer<(Tenant, String)> {
    kernel::time::zone(new.timezone)?;
    let token = PostbackToken::make(ambient, secrets);
    let row = Model {
        id: ambient.new_id(),
        name: body::short_text("name", new.name, TEXT_CHARS_MAX)?,
        timezone: new.timezone.to_owned(),
        reporting_currency: new.reporting_currency.to_string(),
        postback_token_hash: token.hash,
        postback_token_sealed: token.sealed,
        fallback_url: None,
        tag_consent: TagConsent::Off,
        margin_floor_e8: None,
        payee_change_wait_hours: PAYEE_CHANGE_WAIT_HOURS,
        created_at: ambient.now(),
    };
    let tenant = Tenant(row.id);
    Entity::insert(row.into_active_model()).exec_without_returning(conn).await?;
    routes_changed(conn, ambient, tenant, &[RouteNews::Workspace(tenant.id())]).await?;
    Ok((tenant, token.plain))
}

/// A new token in its three forms.
pub(super) struct PostbackToken {
    pub plain: String,
    pub hash: String,
    pub sealed: Vec<u8>,
}

impl PostbackToken {
    pub fn make(ambient: &Ambient, secrets: &Secrets) -> Self {
        let plain = new_token(ambient, TOKEN_PREFIX);
        Self { hash: token_hash(&plain), sealed: secrets.seal(ambient, plain.as_bytes()), plain }
    }
}
