//! People write rules, tune them, switch them off and take them away.

use kernel::{Id, Refusal, RefusalCode, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel,
    PaginatorTrait as _, QueryFilter as _,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    entity::{
        alert,
        rule::{self, People},
    },
    follow, letters, look, settle, store,
    watch::Watch,
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, short_text},
        bulk::replace_all,
    },
    reports, workspaces,
};

/// Rules of one workspace: each asks a question every hour.
const RULES_MAX: u64 = 200;
const PEOPLE_MAX: usize = 20;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "name": "Poland sends little", "is_on": true, "mails": true, "people": [],
    "watch": {
        "metric": "clicks", "test": {"kind": "below", "limit": 500}, "window_hours": 24,
        "filters": [{"field": "country", "op": "in", "values": ["PL"]}]
    }
}))]
#[serde(deny_unknown_fields)]
pub struct WantedRule {
    /// Rules that come with the program keep their names.
    pub name: String,
    /// Absent for rules that look at a state.
    pub watch: Option<Watch>,
    pub is_on: bool,
    /// Whether letters are sent.
    pub mails: bool,
    /// Who gets them; whoever is responsible, or else the owners, where nobody is named.
    #[serde(default)]
    pub people: Vec<Id<id::User>>,
}

/// Writes a rule of one's own.
pub async fn create(app: &App, actor: &Actor, wanted: &WantedRule) -> Answer<rule::Model> {
    let name = short_text("name", &wanted.name, TEXT_CHARS_MAX)?;
    let watch = wanted.watch.clone().ok_or_else(|| Refusal::field("watch", "must say what is looked at"))?;
    check(app, actor, &watch).await?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    if store::rules_of(actor.tenant).count(&*write).await? >= RULES_MAX {
        return Err(Refusal::new(RefusalCode::TooManyOfThem, format!("at most {RULES_MAX} rules")).into());
    }
    let row = rule::Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        built_in: None,
        name,
        watch: Some(watch),
        is_on: wanted.is_on,
        mails: wanted.mails,
        people: people(&*write, actor, &wanted.people).await?,
        created_by: Some(actor.user),
        created_at: app.ambient.now(),
        removed_at: None,
        looked_to: None,
        problem: None,
    };
    let inserted = row.clone().into_active_model().reset_all();
    rule::Entity::insert(inserted).exec_without_returning(&*write).await?;
    let change =
        Change { action: "alert_rule.created", subject: row.id.to_string(), before: None, after: Some(told(&row)) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    follow::enqueue(app, &*write, &row).await?;
    write.commit().await?;
    Ok(row)
}

/// Changes a rule. What it looks at is looked at anew; what stands of a rule that is switched off ends.
pub async fn change(app: &App, actor: &Actor, id: Id<id::AlertRule>, wanted: &WantedRule) -> Answer<rule::Model> {
    if let Some(watch) = &wanted.watch {
        check(app, actor, watch).await?;
    }
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let before = store::rule(&*write, actor.tenant, id).await?;
    let mut row = before.clone();
    if row.watch.is_some() != wanted.watch.is_some() {
        let words =
            if row.watch.is_some() { "must say what is looked at" } else { "is not said: a state is looked at" };
        return Err(Refusal::field("watch", words).into());
    }
    if row.built_in.is_none() {
        row.name = short_text("name", &wanted.name, TEXT_CHARS_MAX)?;
    }
    if row.watch != wanted.watch {
        (row.looked_to, row.problem) = (None, None);
        row.watch.clone_from(&wanted.watch);
    }
    (row.is_on, row.mails) = (wanted.is_on, wanted.mails);
    row.people = people(&*write, actor, &wanted.people).await?;
    if !row.is_on {
        end_standing(app, &*write, &row).await?;
        row.looked_to = None;
    }
    row.clone().into_active_model().reset_all().update(&*write).await?;
    let after = Some(told(&row));
    let change = Change { action: "alert_rule.changed", subject: id.to_string(), before: Some(told(&before)), after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    follow::enqueue(app, &*write, &row).await?;
    write.commit().await?;
    Ok(row)
}

/// Takes a rule of one's own away. What it found stays to be read.
pub async fn remove(app: &App, actor: &Actor, id: Id<id::AlertRule>) -> Answer<()> {
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    let mut row = store::rule(&*write, actor.tenant, id).await?;
    if row.built_in.is_some() {
        let words = "a rule that comes with the program is switched off, not taken away";
        return Err(Refusal::new(RefusalCode::IllegalMove, words).into());
    }
    let before = Some(told(&row));
    row.removed_at = Some(app.ambient.now());
    end_standing(app, &*write, &row).await?;
    row.into_active_model().reset_all().update(&*write).await?;
    let change = Change { action: "alert_rule.removed", subject: id.to_string(), before, after: None };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(())
}

async fn check(app: &App, actor: &Actor, watch: &Watch) -> Answer<()> {
    let workspace = workspaces::store::get(app.records.read(), actor.tenant).await?;
    look::check(&reports::asker_of_workspace(&workspace)?, watch, app.ambient.now())
}

/// Staff of the workspace, each once.
async fn people(conn: &impl ConnectionTrait, actor: &Actor, wanted: &[Id<id::User>]) -> Answer<People> {
    if wanted.len() > PEOPLE_MAX {
        return Err(Refusal::field("people", format!("must be at most {PEOPLE_MAX}")).into());
    }
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let staff = letters::staff(conn, actor.tenant).await?;
    if wanted.iter().any(|person| !staff.iter().any(|member| member.user_id == *person)) {
        return Err(Refusal::field("people", "must be people of this workspace").into());
    }
    Ok(People(wanted))
}

async fn end_standing(app: &App, conn: &impl ConnectionTrait, rule: &rule::Model) -> Answer<()> {
    let of_rule = alert::Column::RuleId.eq(rule.id).and(alert::Column::Standing.is_not_null());
    let mut rows = alert::Entity::find().filter(of_rule).all(conn).await?;
    for row in &mut rows {
        settle::end(row, app.ambient.now());
    }
    Ok(replace_all(conn, rows.into_iter().map(IntoActiveModel::into_active_model), alert::Column::Id).await?)
}

fn told(row: &rule::Model) -> Value {
    json!({"name": row.name, "watch": row.watch, "is_on": row.is_on, "mails": row.mails, "people": row.people})
}
