//! Making a partner.

use std::collections::BTreeMap;

use kernel::{Id, Refusal, id};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;

use super::{
    model::{Entity, MinimumPayouts, Model, PartnerState},
    recruiter,
};
use crate::{
    App,
    advertisers::managers::{self, SubjectKind},
    audit::{self, Change},
    identity::{Actor, people},
    news::{self, RouteNews},
    platform::{
        Answer,
        body::{self, TEXT_CHARS_MAX, optional_text},
        columns::{TextList, TextMap},
        external_refs::{self, Named, RefKind},
        folding::fold,
    },
};

pub(super) const GROUP_CHARS_MAX: usize = 60;
pub(super) const TAG_CHARS_MAX: usize = 40;

/// A partner to be. Name and e-mail are needed.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({"name": "Blue Media", "email": "team@bluemedia.example", "group": "gold", "tags": ["seo"]}))]
pub struct NewPartner {
    pub name: String,
    pub email: String,
    pub group: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    /// `en`, `ru` or `pl`; `en` unless said.
    pub language: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    #[serde(default)]
    pub external_refs: BTreeMap<String, String>,
    pub manager_id: Option<Id<id::User>>,
    /// The recruiting code of the partner that brought this one.
    pub recruiter_code: Option<String>,
}

/// Makes an active partner.
pub async fn create(app: &App, actor: &Actor, new: NewPartner) -> Answer<Model> {
    let write = app.records.begin().await?;
    let row = put(app, &*write, actor, new, PartnerState::Active).await?;
    news::commit_routes(app, write, actor.tenant, &[RouteNews::Partner(row.id)]).await?;
    Ok(row)
}

/// As [`create`], in the caller's transaction and in a state of its choice; the caller tells the edge.
pub async fn put(
    app: &App,
    conn: &impl ConnectionTrait,
    actor: &Actor,
    new: NewPartner,
    state: PartnerState,
) -> Answer<Model> {
    let manager_id = managers::for_new(conn, actor, new.manager_id).await?;
    let recruited_by = recruiter::of_code(conn, actor.tenant, new.recruiter_code.as_deref()).await?;
    let recruited_at = recruited_by.map(|_| app.ambient.now());
    let row = Model { manager_id, state, recruited_by, recruited_at, ..checked(app, actor, &new)? };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(conn).await?;
    external_refs::put(conn, actor.tenant, Named::new(RefKind::Partner, row.id), &row.external_refs).await?;
    let subject = (SubjectKind::Partner, row.id.uuid());
    managers::hand_over(conn, &app.ambient, actor.tenant, subject, manager_id).await?;
    let after = Some(json!({"name": row.name, "recruited_by": row.recruited_by}));
    let change = Change { action: "partner.created", subject: row.id.to_string(), before: None, after };
    audit::record(conn, &app.ambient, actor, change).await?;
    Ok(row)
}

fn checked(app: &App, actor: &Actor, new: &NewPartner) -> Answer<Model> {
    Ok(Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        name: body::short_text("name", &new.name, TEXT_CHARS_MAX)?,
        name_folded: fold(&new.name),
        email: body::email("email", &new.email)?,
        state: PartnerState::Active,
        state_reason: None,
        partner_group: optional_text("group", new.group.as_deref(), GROUP_CHARS_MAX)?,
        tags: TextList::checked("tags", &new.tags, TAG_CHARS_MAX)?,
        language: people::language(new.language.as_deref().unwrap_or("en"))?,
        country: new.country.as_deref().map(country).transpose()?,
        manager_id: None,
        payout_method: None,
        payout_currency: None,
        payout_details_sealed: None,
        payout_split: None,
        minimum_payouts: MinimumPayouts::default(),
        external_refs: TextMap::checked("external_refs", &new.external_refs)?,
        trafficback_url: None,
        trafficback_verified_host: None,
        recruited_by: None,
        recruited_at: None,
        email_changed_at: None,
        created_at: app.ambient.now(),
    })
}

/// Two capital letters.
pub(super) fn country(text: &str) -> Result<String, Refusal> {
    let text = text.trim().to_ascii_uppercase();
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Ok(text);
    }
    Err(Refusal::field("country", "must be a country code such as PL"))
}
