//! Word to partners: a past window was priced anew, and what that changed for them.

use anyhow::Context as _;
use connect::mail::Mail;
use kernel::{Currency, Id, Tenant, id, money};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _};
use serde_json::json;

use super::{
    model::{Entity, Model},
    partner,
};
use crate::{
    App, offers, partners,
    platform::jobs::{self, Model as Job},
    simulations::model as simulation,
};

pub const TELL_REPRICED: &str = "tell_repriced";
/// Letters of one turn.
const LETTERS_PER_TURN: u64 = 50;

/// Puts the letters on the list, in the caller's transaction.
pub async fn enqueue(conn: &impl ConnectionTrait, app: &App, row: &Model) -> Result<(), DbErr> {
    let payload = json!({"reprice_id": row.id});
    let now = app.ambient.now();
    jobs::enqueue(conn, &app.ambient, Some(row.workspace_id), TELL_REPRICED, payload, now).await.map(drop)
}

/// The job: some letters a turn. A crash between a letter and its mark sends that one letter again.
pub async fn tell(app: &App, job: &Job) -> anyhow::Result<()> {
    let id: Id<id::Reprice> =
        serde_json::from_value(job.payload["reprice_id"].clone()).context("the id of a reprice")?;
    let Some(row) = Entity::find_by_id(id).one(app.records.read()).await? else { return Ok(()) };
    let untold = partner::untold(app.records.read(), id, LETTERS_PER_TURN).await?;
    if untold.is_empty() {
        return Ok(());
    }
    let told = Told::of(app, row).await?;
    for one in &untold {
        told.write_to(app, one).await?;
    }
    let write = app.records.begin().await?;
    enqueue(&*write, app, &told.reprice).await?;
    Ok(write.commit().await?)
}

/// What all the letters say.
struct Told {
    reprice: Model,
    simulation: simulation::Model,
    offer: String,
}

impl Told {
    async fn of(app: &App, reprice: Model) -> anyhow::Result<Self> {
        let conn = app.records.read();
        let simulation = simulation::Entity::find_by_id(reprice.simulation_id).one(conn).await?;
        let simulation = simulation.context("a reprice has its simulation")?;
        let offer = offers::entity::offer::Entity::find_by_id(reprice.offer_id).one(conn).await?;
        Ok(Self { offer: offer.context("a reprice has its offer")?.name, simulation, reprice })
    }

    async fn write_to(&self, app: &App, row: &partner::Model) -> anyhow::Result<()> {
        let tenant = Tenant(self.reprice.workspace_id);
        let found = partners::store::get_many(app.records.read(), tenant, [row.partner_id]).await?;
        if let Some(partner) = found.into_values().next() {
            let letter = self.letter(app, row, &partner)?;
            app.mailer.send(&letter).await.context("tell that a window was priced anew")?;
        }
        let write = app.records.begin().await?;
        partner::set_told(&*write, row, app.ambient.now()).await?;
        Ok(write.commit().await?)
    }

    fn letter(&self, app: &App, row: &partner::Model, to: &partners::model::Model) -> anyhow::Result<Mail> {
        let currency: Currency = self.simulation.currency.parse().context("a currency")?;
        let decimals = currency.decimals().context("a currency's decimals")?;
        let amount = format!("{} {currency}", money::format_amount(row.change_minor, decimals));
        let sign = if row.change_minor > 0 { "+" } else { "" };
        let day = |at: kernel::Timestamp| at.to_string()[..10].to_owned();
        // The window's end is not in it.
        let (from, until) = (day(self.simulation.from_at), day(self.simulation.to_at.plus_millis(-1)));
        let (offer, words, count) = (&self.offer, &self.reprice.words, row.conversions);
        let url = format!("{}/conversions", app.settings.public_url);
        let (subject, text) = match to.language.as_str() {
            "ru" => (
                format!("Пересчёт ставок: {offer}"),
                format!(
                    "Конверсии оффера «{offer}» с {from} по {until} пересчитаны по другим ставкам.\n\
                     Причина: {words}\n\
                     Ваших конверсий: {count}. Начислено: {sign}{amount}.\n\
                     История каждой конверсии показывает, что изменилось:\n{url}\n"
                ),
            ),
            "pl" => (
                format!("Ponowne naliczenie: {offer}"),
                format!(
                    "Konwersje programu „{offer}” od {from} do {until} naliczono ponownie po innych stawkach.\n\
                     Powód: {words}\n\
                     Twoje konwersje: {count}. Zmiana prowizji: {sign}{amount}.\n\
                     Historia każdej konwersji pokazuje, co się zmieniło:\n{url}\n"
                ),
            ),
            _ => (
                format!("Priced anew: {offer}"),
                format!(
                    "Conversions of {offer} from {from} to {until} were priced anew.\n\
                     Reason: {words}\n\
                     Yours: {count}. Your earnings changed by {sign}{amount}.\n\
                     The history of each conversion shows what changed:\n{url}\n"
                ),
            ),
        };
        Ok(Mail { from: app.settings.mail_from.clone(), to: to.email.clone(), subject, text })
    }
}
