//! Word to people: something that is told to others was paused by itself.

use std::collections::BTreeMap;

use anyhow::Context as _;
use connect::mail::Mail;
use kernel::{Id, Tenant, id};
use sea_orm::{ConnectionTrait, ExprTrait as _, entity::prelude::*};

use super::entity::postback;
use crate::{
    App,
    identity::{
        Role,
        entity::{membership, user},
    },
    partners,
    platform::jobs::{self, Model as Job},
};

pub const MAIL_POSTBACK_PAUSED: &str = "mail_postback_paused";

/// Puts the letters on the list, in the transaction that pauses.
pub async fn enqueue(conn: &impl ConnectionTrait, app: &App, row: &postback::Model) -> Result<(), DbErr> {
    let payload = serde_json::to_value(row.id).expect("plain data");
    let now = app.ambient.now();
    jobs::enqueue(conn, &app.ambient, Some(row.workspace_id), MAIL_POSTBACK_PAUSED, payload, now).await.map(drop)
}

/// The job: writes to the partner and who is responsible for it; of a webhook, to the owners of the workspace.
pub async fn mail(app: &App, job: &Job) -> anyhow::Result<()> {
    let id: Id<id::Postback> = serde_json::from_value(job.payload.clone()).context("read a paused postback")?;
    let tenant = Tenant(job.workspace_id.context("a postback belongs to a workspace")?);
    let mine = postback::Column::Id.eq(id).and(postback::Column::WorkspaceId.eq(tenant.id()));
    let Some(row) = postback::Entity::find().filter(mine).one(app.records.read()).await? else { return Ok(()) };
    for (to, reader) in readers(app, tenant, &row).await? {
        app.mailer.send(&letter(app, &row, &to, &reader)).await.context("tell that a postback is paused")?;
    }
    Ok(())
}

/// How somebody reads the letter, and where its link leads.
struct Reader {
    language: String,
    page: String,
}

/// Who is told, by address.
async fn readers(app: &App, tenant: Tenant, row: &postback::Model) -> anyhow::Result<BTreeMap<String, Reader>> {
    let records = app.records.read();
    let mut readers = BTreeMap::new();
    let mut people = Vec::new();
    if let Some(partner) = row.partner_id {
        let partner = partners::store::get_many(records, tenant, [partner]).await?.remove(&partner);
        let Some(partner) = partner else { return Ok(readers) };
        readers.insert(partner.email, Reader { language: partner.language, page: "postbacks".to_owned() });
        people.extend(partner.manager_id);
    } else {
        let owners = membership::Entity::find()
            .filter(membership::Column::WorkspaceId.eq(tenant.id()))
            .filter(membership::Column::Role.eq(Role::Owner))
            .filter(membership::Column::EndedAt.is_null());
        people.extend(owners.all(records).await?.into_iter().map(|member| member.user_id));
    }
    let people = user::Entity::find().filter(user::Column::Id.is_in(people)).all(records).await?;
    let page = match row.partner_id {
        Some(partner) => format!("partners/{partner}?tab=postbacks"),
        None => "settings/webhooks".to_owned(),
    };
    readers.extend(
        people.into_iter().map(|person| (person.email, Reader { language: person.language, page: page.clone() })),
    );
    Ok(readers)
}

fn letter(app: &App, row: &postback::Model, to: &str, reader: &Reader) -> Mail {
    let url = format!("{}/{}", app.settings.public_url, reader.page);
    let postback::Model { name, host, .. } = row;
    let (subject, text) = match reader.language.as_str() {
        "ru" => (
            format!("Отправка остановлена: {name}"),
            format!(
                "{name} ({host}) не принимает наши запросы слишком долго, поэтому отправка остановлена.\n\
                 Ничего не потеряно: новые события откладываются. Когда адрес снова заработает, включите отправку и отправьте отложенное:\n{url}\n"
            ),
        ),
        "pl" => (
            format!("Wysyłanie wstrzymane: {name}"),
            format!(
                "{name} ({host}) zbyt długo nie przyjmuje naszych zapytań, dlatego wysyłanie zostało wstrzymane.\n\
                 Nic nie przepadło: nowe zdarzenia czekają. Gdy adres znów zadziała, włącz wysyłanie i wyślij odłożone:\n{url}\n"
            ),
        ),
        _ => (
            format!("Sending is paused: {name}"),
            format!(
                "{name} ({host}) has not taken our requests for too long, so sending is paused.\n\
                 Nothing is lost: new events are held. When the address works again, switch it on and replay what is held:\n{url}\n"
            ),
        ),
    };
    Mail { from: app.settings.mail_from.clone(), to: to.to_owned(), subject, text }
}
