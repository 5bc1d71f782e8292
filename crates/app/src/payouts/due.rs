//! What a batch in one currency would send: what is payable in it, and what is payable in other currencies to partners who
//! are paid in this one, exchanged at the rate of the day.
//!
//! Debt comes off in its own currency before anything is exchanged. Where no rate is known, the amount stays payable in its
//! own currency.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use kernel::{Currency, Id, Money, Tenant, id};
use ledger::{Entry, Payable, Stamp, Standing, Transfer, entries};
use sea_orm::{ConnectionTrait, FromJsonQueryResult};
use serde::{Deserialize, Serialize};

use super::{
    rules::{Sent, sent, share},
    split::{Drawn, Part},
    terms::TermsOf,
    withheld,
};
use crate::{
    currencies::{
        self,
        rules::{RateUsed, Rates},
    },
    partners::model::Model as Partner,
    platform::Answer,
};

/// What was payable in one currency and is sent in another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchanged {
    pub sold: Money,
    pub bought: Money,
    /// Debt that was taken off before, in the currency of `sold`.
    pub debt_offset_minor: i64,
    pub used: RateUsed,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Exchanges(pub Vec<Exchanged>);

/// What one partner would be sent.
pub struct Due<'a> {
    pub payee: &'a Partner,
    /// In the batch's currency, with what is exchanged and without what is frozen.
    pub standing: Standing,
    pub frozen_minor: i64,
    pub exchanges: Exchanges,
    /// The accounts that it is divided over, the main one first.
    pub parts: Vec<Part>,
    /// Currencies in which nothing is left to pay: their commissions go with the payout.
    pub carried: Vec<Currency>,
}

impl Due<'_> {
    /// What an invoice for it comes to, tax included; nothing where nothing would be paid.
    pub fn billed(&self, currency: Currency) -> Option<Money> {
        share(self.standing, self.payee.minimum_payout_minor(currency), &self.parts).billed(currency)
    }

    /// What would be sent to each account; nothing where the minimum, debt or what is taken leaves nothing to send.
    pub fn sent(&self, currency: Currency, early_share_bp: i32) -> Option<Sent> {
        sent(self.standing, self.payee.minimum_payout_minor(currency), &self.parts, early_share_bp)
    }
}

/// What is due to `payees` in `currency`, in order of id.
pub async fn due<'a>(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    (currency, today): (Currency, Date),
    payees: &'a HashMap<Id<id::Partner>, Partner>,
) -> Answer<Vec<Due<'a>>> {
    let payable = ledger::payable_by_partner(conn, tenant, currency).await.map_err(anyhow::Error::from)?;
    let withheld = withheld::by_partner(conn, tenant, currency).await?;
    let terms = TermsOf::load(conn, tenant, currency).await?;
    let drawn = Drawn::load(conn, tenant, currency, payees.values()).await?;
    let own = |payee: &&Partner| payee.payout_currency.as_deref() == Some(currency.code());
    let exchanging: Vec<_> = payees.values().filter(own).map(|payee| payee.id).collect();
    let others = Others::load(conn, tenant, &exchanging, (currency, today)).await?;
    let ids: HashSet<_> = payable.iter().map(|row| row.partner).chain(exchanging).collect();
    let standings: HashMap<_, _> =
        payable.into_iter().map(|Payable { partner, standing }| (partner, standing)).collect();
    let mut due: Vec<_> = Vec::new();
    for payee in ids.into_iter().filter_map(|id| payees.get(&id)).filter(|payee| is_paid_in(payee, currency)) {
        let frozen_minor = withheld.get(&payee.id).copied().unwrap_or_default();
        let found = standings.get(&payee.id).or_else(|| others.standings.get(&(payee.id, currency)));
        let mut standing = found.copied().unwrap_or_default();
        standing.payable_minor -= frozen_minor;
        let (exchanges, mut carried) = others.exchange(payee.id, currency, today);
        standing.payable_minor += exchanges.0.iter().map(|one| one.bought.minor).sum::<i64>();
        carried.push(currency);
        due.push(Due { payee, standing, frozen_minor, exchanges, parts: drawn.parts(payee, &terms), carried });
    }
    due.sort_by_key(|due| due.payee.id);
    Ok(due)
}

/// Whether a batch in `currency` is the partner's.
pub fn is_paid_in(payee: &Partner, currency: Currency) -> bool {
    payee.payout_currency.as_deref().is_none_or(|own| own == currency.code())
}

/// What those who are paid in another currency than they earned have, and what it is worth.
struct Others {
    standings: HashMap<(Id<id::Partner>, Currency), Standing>,
    withheld: HashMap<(Id<id::Partner>, Currency), i64>,
    rates: Rates,
}

impl Others {
    async fn load(
        conn: &impl ConnectionTrait,
        tenant: Tenant,
        partners: &[Id<id::Partner>],
        (currency, today): (Currency, Date),
    ) -> Answer<Self> {
        let standings = ledger::standings(conn, tenant, partners).await.map_err(anyhow::Error::from)?;
        let named: HashSet<Currency> = standings.keys().map(|key| key.1).chain([currency]).collect();
        let rates = currencies::store::rates(conn, tenant, &named, &[today].into()).await?;
        let mut withheld = HashMap::new();
        for &other in named.iter().filter(|other| **other != currency) {
            let frozen = withheld::by_partner(conn, tenant, other).await?;
            withheld.extend(frozen.into_iter().map(|(partner, minor)| ((partner, other), minor)));
        }
        Ok(Self { standings, withheld, rates })
    }

    /// What of the partner's is exchanged, and the currencies in which nothing is left.
    fn exchange(&self, partner: Id<id::Partner>, to: Currency, today: Date) -> (Exchanges, Vec<Currency>) {
        let own = self.standings.iter().filter(|((owner, from), _)| *owner == partner && *from != to);
        let mut own: Vec<_> = own.map(|((_, from), standing)| (*from, *standing)).collect();
        own.sort_by_key(|(from, _)| *from);
        let (mut exchanges, mut emptied) = (Exchanges::default(), Vec::new());
        for (from, standing) in own {
            let frozen = self.withheld.get(&(partner, from)).copied().unwrap_or_default();
            let payable_minor = standing.payable_minor - frozen;
            let debt_offset_minor = standing.debt_minor.clamp(0, payable_minor.max(0));
            let sold = Money::new(payable_minor - debt_offset_minor, from);
            if sold.minor <= 0 {
                emptied.push(from);
                continue;
            }
            if let Some((bought, used)) = self.rates.convert(sold, to, today).filter(|(bought, _)| bought.minor > 0) {
                exchanges.0.push(Exchanged { sold, bought, debt_offset_minor, used });
                emptied.push(from);
            }
        }
        (exchanges, emptied)
    }
}

impl Exchanged {
    /// Its entries: debt in its own currency, then the exchange, which names its rate.
    pub fn entries(
        &self,
        (payout, partner): (Id<id::Payout>, Id<id::Partner>),
        mut stamp: impl FnMut() -> Stamp,
    ) -> Vec<Entry> {
        let mut booked = Vec::with_capacity(2);
        if self.debt_offset_minor > 0 {
            let amount = Money::new(self.debt_offset_minor, self.sold.currency);
            booked.push(entries::debt_offset(stamp(), &Transfer { payout, partner, amount }));
        }
        let mut exchange = entries::exchange(stamp(), partner, self.sold, self.bought).with_note(self.words());
        exchange.cause.payout = Some(payout);
        booked.push(exchange);
        booked
    }

    fn words(&self) -> String {
        let RateUsed { rate, day, source } = &self.used;
        let (from, to) = (self.sold.currency, self.bought.currency);
        format!("1 {from} = {} {to}, {day}, {}", rate.rounded(), source.code())
    }
}
