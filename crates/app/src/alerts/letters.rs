//! Word to people of what was found: one letter for a rule's look, however many subjects it found.

use std::collections::BTreeMap;

use connect::mail::Mail;
use events::question::Unit;
use kernel::{Currency, Id, Tenant, id, money};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::{
    entity::{alert, rule},
    names, rules,
};
use crate::{
    App,
    identity::{
        Role,
        entity::{membership, user},
        mails,
    },
    platform::{Answer, labels::Labels},
};

/// Subjects that one letter names; of others it says how many.
const NAMED_MAX: usize = 20;
const MICROS_DECIMALS: u32 = 6;

/// Puts the letters on the list, in the caller's transaction.
pub async fn tell(app: &App, conn: &impl ConnectionTrait, rule: &rule::Model, told: &[&alert::Model]) -> Answer<()> {
    if !rule.mails || told.is_empty() {
        return Ok(());
    }
    let tenant = Tenant(rule.workspace_id);
    let labels = names::names(conn, tenant, told.iter().map(|row| row.subject.as_str())).await?;
    let mut by_reader: BTreeMap<Id<id::User>, Vec<&alert::Model>> = BTreeMap::new();
    for (reader, row) in readers(conn, rule, told).await? {
        by_reader.entry(reader).or_default().push(row);
    }
    let people = user::Entity::find().filter(user::Column::Id.is_in(by_reader.keys().copied()));
    for person in people.all(conn).await? {
        if let Some(rows) = by_reader.get(&person.id) {
            mails::enqueue(conn, app, &letter(app, &person, rule, rows, &labels)).await?;
        }
    }
    Ok(())
}

/// Who reads of which: those that the rule names, else whoever is responsible, else the owners.
async fn readers<'a>(
    conn: &impl ConnectionTrait,
    rule: &rule::Model,
    told: &[&'a alert::Model],
) -> Answer<Vec<(Id<id::User>, &'a alert::Model)>> {
    let tenant = Tenant(rule.workspace_id);
    let members = staff(conn, tenant).await?;
    let is_here = |person: &Id<id::User>| members.iter().any(|member| member.user_id == *person);
    let named: Vec<_> = rule.people.0.iter().copied().filter(is_here).collect();
    if !named.is_empty() {
        return Ok(named.iter().flat_map(|person| told.iter().map(|row| (*person, *row))).collect());
    }
    let responsible = names::responsible(conn, tenant, told.iter().map(|row| row.subject.as_str())).await?;
    let owners: Vec<_> =
        members.iter().filter(|member| member.role == Role::Owner).map(|member| member.user_id).collect();
    let mut readers = Vec::new();
    for row in told {
        match row.assigned_to.or_else(|| responsible.get(&row.subject).copied()).filter(is_here) {
            Some(person) => readers.push((person, *row)),
            None => readers.extend(owners.iter().map(|owner| (*owner, *row))),
        }
    }
    Ok(readers)
}

pub async fn staff(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Vec<membership::Model>> {
    let members = membership::Entity::find()
        .filter(membership::Column::WorkspaceId.eq(tenant.id()))
        .filter(membership::Column::EndedAt.is_null())
        .filter(membership::Column::PartnerId.is_null())
        .filter(membership::Column::AdvertiserId.is_null());
    Ok(members.all(conn).await?)
}

fn letter(app: &App, to: &user::Model, rule: &rule::Model, rows: &[&alert::Model], labels: &Labels) -> Mail {
    let language = to.language.as_str();
    let name = rule.built_in.map_or(rule.name.as_str(), |one| one.name(language));
    let lines: Vec<_> = rows.iter().take(NAMED_MAX).map(|row| line(rule, row, labels, language)).collect();
    let subject = match rows {
        [row] if !row.subject.is_empty() => format!("{name}: {}", subject_of(row, labels)),
        [_] => name.to_owned(),
        many => format!("{name}: {}", many.len()),
    };
    let more = rows.len().saturating_sub(NAMED_MAX);
    let rest = match (more, language) {
        (0, _) => String::new(),
        (more, "ru") => format!("И ещё {more}.\n"),
        (more, "pl") => format!("I jeszcze {more}.\n"),
        (more, _) => format!("And {more} more.\n"),
    };
    let text = format!("{name}\n\n{}{rest}\n{}/alerts\n", lines.concat(), app.settings.public_url);
    Mail { from: app.settings.mail_from.clone(), to: to.email.clone(), subject, text }
}

fn subject_of<'a>(row: &'a alert::Model, labels: &'a Labels) -> &'a str {
    labels.get(&row.subject).unwrap_or(&row.subject)
}

fn line(rule: &rule::Model, row: &alert::Model, labels: &Labels, language: &str) -> String {
    let shown = |number: i64| shown(number, rules::unit(rule.watch.as_ref()), row.currency.as_deref());
    let [all, usual, before, least, most] = match language {
        "ru" => ["Всё вместе", "обычно", "до этого", "не меньше", "не больше"],
        "pl" => ["Wszystko razem", "zwykle", "wcześniej", "nie mniej niż", "nie więcej niż"],
        _ => ["All together", "usually", "before", "not below", "not above"],
    };
    let subject = if row.subject.is_empty() { all } else { subject_of(row, labels) };
    let mut told: Vec<String> = row.seen.map(shown).into_iter().collect();
    told.extend(match (row.usual_from, row.usual_to) {
        (Some(from), Some(to)) => Some(format!("{usual} {} – {}", shown(from), shown(to))),
        (Some(from), None) => Some(format!("{usual} {least} {}", shown(from))),
        (None, Some(to)) => Some(format!("{usual} {most} {}", shown(to))),
        (None, None) => None,
    });
    told.extend(row.before.map(|number| format!("{before} {}", shown(number))));
    if told.is_empty() { format!("{subject}\n") } else { format!("{subject}: {}\n", told.join("; ")) }
}

/// A number in its unit; states are told in per cent.
fn shown(number: i64, unit: Option<Unit>, currency: Option<&str>) -> String {
    let decimals = || currency.and_then(|code| code.parse::<Currency>().ok()).and_then(|code| code.decimals());
    let code = currency.unwrap_or_default();
    match unit {
        None => format!("{number} %"),
        Some(Unit::Count) => number.to_string(),
        Some(Unit::Minor) => format!("{} {code}", money::format_amount(number, decimals().unwrap_or_default())),
        Some(Unit::Micros) => {
            let amount = money::format_amount(number, MICROS_DECIMALS);
            format!("{} {code}", amount.trim_end_matches('0').trim_end_matches('.'))
        }
        Some(Unit::Ratio) => format!("{} %", money::format_amount(number / 1_000, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_in_their_unit() {
        let eur = Some("EUR");
        assert_eq!(shown(91, None, None), "91 %");
        assert_eq!(shown(12, Some(Unit::Count), None), "12");
        assert_eq!(shown(104_050, Some(Unit::Minor), eur), "1040.50 EUR");
        assert_eq!(shown(8_250_000, Some(Unit::Micros), eur), "8.25 EUR");
        assert_eq!(shown(412_345, Some(Unit::Ratio), None), "41.2 %");
    }
}
