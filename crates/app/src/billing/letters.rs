//! Word to both sides: the balance runs low, nothing is left, traffic goes on.

use connect::mail::Mail;
use kernel::{Id, Tenant, id, money};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _, sea_query::ExprTrait as _,
};

use super::entity::account::{AccountState, Model};
use crate::{
    App, advertisers,
    identity::{
        Role,
        entity::{membership, user},
        mails,
    },
    platform::Answer,
};

/// People of one advertiser, and of finance, who are told.
const PEOPLE_MAX: u64 = 50;

/// Puts the letters on the list, in the caller's transaction.
pub async fn tell(app: &App, conn: &impl ConnectionTrait, row: &Model, left: Option<i64>) -> Answer<()> {
    let tenant = Tenant(row.workspace_id);
    let advertiser = advertisers::store::get(conn, tenant, row.advertiser_id).await?;
    let ids = people(conn, tenant, &advertiser).await?;
    for person in user::Entity::find().filter(user::Column::Id.is_in(ids)).all(conn).await? {
        mails::enqueue(conn, app, &letter(app, &person, &advertiser.name, row, left)).await?;
    }
    Ok(())
}

/// The advertiser's members, who is responsible for it, and finance.
pub async fn people(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: &advertisers::model::Model,
) -> Answer<Vec<Id<id::User>>> {
    use membership::Column;
    let concerned = Column::AdvertiserId.eq(advertiser.id).or(Column::Role.eq(Role::Finance));
    let members = membership::Entity::find()
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::EndedAt.is_null())
        .filter(concerned)
        .limit(PEOPLE_MAX)
        .all(conn)
        .await?;
    Ok(members.into_iter().map(|member| member.user_id).chain(advertiser.manager_id).collect())
}

fn letter(app: &App, to: &user::Model, name: &str, row: &Model, left: Option<i64>) -> Mail {
    let currency = row.currency();
    let amount = |minor| format!("{} {currency}", money::format_amount(minor, currency.decimals().unwrap_or_default()));
    let left = left.map_or_else(String::new, amount);
    let url = format!("{}/advertisers/{}", app.settings.public_url, row.advertiser_id);
    let [subject, text] = match (to.language.as_str(), row.state) {
        ("ru", AccountState::Stopped) => [
            format!("Баланс исчерпан, трафик остановлен: {name}"),
            format!("Остаток {name}: {left}. Клики идут в трафбек. Трафик пойдёт снова после пополнения."),
        ],
        ("ru", AccountState::Low) => {
            [format!("Баланс заканчивается: {name}"), format!("Остаток {name}: {left}. Пополните его заранее.")]
        }
        ("ru", AccountState::Open) => {
            [format!("Баланс пополнен: {name}"), format!("Остаток {name}: {left}. Офферы принимают трафик.")]
        }
        ("pl", AccountState::Stopped) => [
            format!("Saldo wyczerpane, ruch zatrzymany: {name}"),
            format!("Saldo {name}: {left}. Kliknięcia trafiają na adres zapasowy. Ruch wróci po doładowaniu."),
        ],
        ("pl", AccountState::Low) => {
            [format!("Saldo się kończy: {name}"), format!("Saldo {name}: {left}. Doładuj je z wyprzedzeniem.")]
        }
        ("pl", AccountState::Open) => {
            [format!("Saldo uzupełnione: {name}"), format!("Saldo {name}: {left}. Oferty przyjmują ruch.")]
        }
        (_, AccountState::Stopped) => [
            format!("The balance has run out and traffic has stopped: {name}"),
            format!("Left for {name}: {left}. Clicks take the fallback. Traffic goes on after a top-up."),
        ],
        (_, AccountState::Low) => {
            [format!("The balance runs low: {name}"), format!("Left for {name}: {left}. Top it up in time.")]
        }
        (_, AccountState::Open) => {
            [format!("The balance is enough again: {name}"), format!("Left for {name}: {left}. Offers take traffic.")]
        }
    };
    Mail { from: app.settings.mail_from.clone(), to: to.email.clone(), subject, text: format!("{text}\n{url}\n") }
}
