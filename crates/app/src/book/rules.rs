//! What a row should have in the book, and how that differs from what it has.

use std::collections::BTreeMap;

use kernel::{Currency, Id, id};
use ledger::{Account, EntryKind, Owner, Part};

use crate::{
    accruals::{
        entity::{accrual, posting},
        rules as accruals,
    },
    adjustments::entity::adjustment,
    billing::entity::fee,
    bonuses::entity::{BonusState, bonus},
    conversions::{
        Status,
        entity::{commission, conversion},
    },
    payouts::entity::payout::{self, PayoutState},
    placements::model::{self as placement, PlacementState},
    plans::model::PlanSide,
    recruitment::entity::share,
    results::entity::statement,
};

/// How far money has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Pending,
    Approved,
    /// Payable, on its way, paid, or taken off as debt.
    Settled,
    /// An advertiser's, once it is owed.
    Charged,
}

impl Place {
    const fn of_partner(status: Status) -> Self {
        match status {
            Status::Approved => Self::Approved,
            Status::Locked | Status::Paid => Self::Settled,
            _ => Self::Pending,
        }
    }

    const fn of_advertiser(status: Status) -> Self {
        match status {
            Status::Approved | Status::Locked | Status::Paid => Self::Charged,
            _ => Self::Pending,
        }
    }

    /// Where an account of a conversion's entries puts money, and with which sign credits count.
    const fn of_account(account: Account) -> Option<(Self, i64)> {
        match account {
            Account::PartnerPending => Some((Self::Pending, 1)),
            Account::PartnerApproved => Some((Self::Approved, 1)),
            Account::PartnerPayable | Account::PartnerDebt => Some((Self::Settled, 1)),
            Account::PendingReceivable => Some((Self::Pending, -1)),
            Account::AdvertiserReceivable => Some((Self::Charged, -1)),
            _ => None,
        }
    }
}

/// Amounts by whose they are, in which currency, and how far they have come; nought is left out.
type Sums = BTreeMap<(Owner, Currency, Place), i64>;

/// How a conversion and its commissions differ from the entries that it caused.
pub fn of_conversion(row: &conversion::Model, commissions: &[commission::Model], parts: &[Part]) -> Vec<String> {
    let earned: i64 = commissions.iter().map(|commission| commission.amount_minor).sum();
    let mut told = Vec::new();
    if earned != row.payout_minor {
        told.push(format!("its commissions add up to {earned}, the conversion says {}", row.payout_minor));
    }
    let (expected, found) = (expected(row, commissions), found(parts));
    for (key, booked) in &found {
        if expected.get(key) != Some(booked) {
            told.push(differs(*key, expected.get(key).copied().unwrap_or_default(), *booked));
        }
    }
    let unbooked = expected.iter().filter(|(key, _)| !found.contains_key(key));
    told.extend(unbooked.map(|(key, said)| differs(*key, *said, 0)));
    told
}

fn differs((owner, currency, place): (Owner, Currency, Place), said: i64, booked: i64) -> String {
    format!("{place:?} of {owner:?} is {said} {currency} by the rows, its entries say {booked}")
}

fn expected(row: &conversion::Model, commissions: &[commission::Model]) -> Sums {
    let mut sums = Sums::new();
    for commission in commissions {
        let key = (Owner::Partner(commission.partner_id), row.currency(), Place::of_partner(row.status));
        *sums.entry(key).or_default() += commission.amount_minor;
    }
    let advertiser = row.advertiser_id.unwrap_or(Id::<id::Advertiser>::from_u128(0));
    let key = (Owner::Advertiser(advertiser), row.currency(), Place::of_advertiser(row.status));
    *sums.entry(key).or_default() += row.revenue_minor;
    without_noughts(sums)
}

fn found(parts: &[Part]) -> Sums {
    let mut sums = Sums::new();
    for part in parts {
        if let (Some((place, sign)), true) = (Place::of_account(part.account), part.owner != Owner::None) {
            *sums.entry((part.owner, part.currency, place)).or_default() += sign * part.credit_minor;
        }
    }
    without_noughts(sums)
}

fn without_noughts(mut sums: Sums) -> Sums {
    sums.retain(|_, minor| *minor != 0);
    sums
}

/// How a payout differs from the entries that it caused.
pub fn of_payout(row: &payout::Model, parts: &[Part]) -> Vec<String> {
    let booked_in = |currency: &str, kind, account| -> i64 {
        let fits = |part: &&Part| {
            let own = part.owner == Owner::Partner(row.partner_id) && part.currency.code() == currency;
            own && part.kind == kind && part.account == account
        };
        parts.iter().filter(fits).map(|part| part.credit_minor).sum()
    };
    let booked = |kind, account| booked_in(&row.currency, kind, account);
    let bought = row.exchanges.0.iter().map(|one| one.bought.minor).sum();
    let when = |state| if row.state == state { row.amount_minor } else { 0 };
    let taken = row.taken();
    let (kept, fees) = match row.state {
        PayoutState::InTransit | PayoutState::Paid => {
            (taken.withheld_minor, taken.of_partner_minor() - taken.withheld_minor)
        }
        PayoutState::Failed => (0, 0),
        PayoutState::Returned => (0, taken.fee_of_partner_minor()),
    };
    let claims = [
        ("sent", row.amount_minor, booked(EntryKind::Batch, Account::InTransit)),
        ("taken off as debt", row.debt_offset_minor, booked(EntryKind::DebtOffset, Account::PartnerDebt)),
        ("tax withheld", -kept, booked(EntryKind::TaxWithheld, Account::PartnerPayable)),
        ("taken as fees", -fees, booked(EntryKind::Fee, Account::PartnerPayable)),
        ("bought", bought, booked(EntryKind::Exchange, Account::PartnerPayable)),
        ("paid", when(PayoutState::Paid) + when(PayoutState::Returned), booked(EntryKind::Paid, Account::Cash)),
        ("returned", when(PayoutState::Returned), booked(EntryKind::Returned, Account::PartnerPayable)),
        ("failed", when(PayoutState::Failed), booked(EntryKind::Failed, Account::PartnerPayable)),
    ];
    let sold = row.exchanges.0.iter().map(|one| {
        let booked = booked_in(one.sold.currency.code(), EntryKind::Exchange, Account::PartnerPayable);
        ("sold", -one.sold.minor, booked)
    });
    let wrong = claims.into_iter().chain(sold).filter(|(_, said, booked)| said != booked);
    wrong.map(|(what, said, booked)| format!("{what} is {said} by the row, its entries say {booked}")).collect()
}

/// How an adjustment differs from its entry.
pub fn of_adjustment(row: &adjustment::Model, parts: &[Part]) -> Option<String> {
    let booked = settled(parts, row.partner_id, &row.currency);
    (booked != row.amount_minor)
        .then(|| format!("the adjustment is {} by the row, its entry says {booked}", row.amount_minor))
}

/// How a placement differs from the entry of its fee and from the one that took it back.
pub fn of_placement(row: &placement::Model, given: &[Part], returned: &[Part]) -> Vec<String> {
    let fee = row.fee_minor.unwrap_or_default();
    let back = if row.returned_entry_id.is_some() { -fee } else { 0 };
    let claims = [("fee", fee, given), ("fee taken back", back, returned)];
    let told = claims.into_iter().filter_map(|(what, said, parts)| {
        let booked = settled(parts, row.partner_id, &row.currency);
        (booked != said).then(|| format!("the {what} is {said} by the row, its entry says {booked}"))
    });
    let kept = (row.state == PlacementState::Cancelled) != row.returned_entry_id.is_some();
    told.chain(kept.then(|| "it is cancelled, and its fee was not taken back".to_owned())).collect()
}

/// How an advertiser's fee differs from its entry.
pub fn of_fee(row: &fee::Model, parts: &[Part]) -> Option<String> {
    let of = |account, owner| -> i64 {
        let own = |part: &&Part| (part.account, part.owner) == (account, owner) && part.currency.code() == row.currency;
        parts.iter().filter(own).map(|part| part.credit_minor).sum()
    };
    let charged = -of(Account::AdvertiserReceivable, Owner::Advertiser(row.advertiser_id));
    let earned = of(Account::SubscriptionRevenue, Owner::None);
    let said = row.amount_minor;
    ((charged, earned) != (said, said))
        .then(|| format!("the fee is {said} by the row, its entry charges {charged} and earns {earned}"))
}

/// What a partner gained of what it may be paid.
fn settled(parts: &[Part], partner: Id<id::Partner>, currency: &str) -> i64 {
    let own = |part: &&Part| {
        let settled = matches!(part.account, Account::PartnerPayable | Account::PartnerDebt);
        settled && part.owner == Owner::Partner(partner) && part.currency.code() == currency
    };
    parts.iter().filter(own).map(|part| part.credit_minor).sum()
}

/// How a recruiter's share differs from its percentage of its base, or from its entries.
pub fn of_recruiter_share(row: &share::Model, parts: &[Part]) -> Option<String> {
    let owner = Owner::Partner(row.partner_id);
    let of = |accounts: &[Account]| -> i64 {
        let own =
            |part: &&Part| accounts.contains(&part.account) && part.owner == owner && part.currency == row.currency();
        parts.iter().filter(own).map(|part| part.credit_minor).sum()
    };
    let told = match row.locked_at {
        None => (row.amount_minor, 0),
        Some(_) => (0, row.amount_minor),
    };
    let booked = (of(&[Account::PartnerApproved]), of(&[Account::PartnerPayable, Account::PartnerDebt]));
    let due = row.percent().percent_of(row.base_minor);
    if due != Some(row.amount_minor) {
        return Some(format!("it is {} of a base of {}", row.amount_minor, row.base_minor));
    }
    (booked != told).then(|| format!("held and payable are {told:?} by the row, its entries say {booked:?}"))
}

/// How a bonus differs from the figure of its place, and from the entries that gave it, made it payable and took it back.
pub fn of_bonus(row: &bonus::Model, figure: i64, [given, locked, taken]: [&[Part]; 3]) -> Vec<String> {
    let of = |parts: &[Part], wanted: EntryKind, accounts: &[Account]| -> i64 {
        let own = |part: &&Part| {
            let is_place = part.kind == wanted && accounts.contains(&part.account);
            is_place && part.owner == Owner::Partner(row.partner_id) && part.currency == row.currency()
        };
        parts.iter().filter(own).map(|part| part.credit_minor).sum()
    };
    let when = |happened: bool, minor: i64| if happened { minor } else { 0 };
    let is_back = row.state == BonusState::TakenBack;
    let places = [Account::PartnerApproved, Account::PartnerPayable, Account::PartnerDebt];
    let claims = [
        ("given", row.amount_minor, of(given, EntryKind::Approve, &places[..1])),
        ("payable", when(row.locked_at.is_some(), row.amount_minor), of(locked, EntryKind::Lock, &places[1..])),
        ("taken back", when(is_back, -row.amount_minor), of(taken, EntryKind::Reverse, &places)),
    ];
    let wrong = claims.into_iter().filter(|(_, said, booked)| said != booked);
    let told = wrong.map(|(what, said, booked)| format!("{what} is {said} by the row, its entry says {booked}"));
    let is_met = is_back || (row.reached == figure && figure >= row.threshold);
    let figures = || format!("it stands at {} of {}, the figure is {figure}", row.reached, row.threshold);
    told.chain((!is_met).then(figures)).collect()
}

/// How a closed month of RevShare differs from what its closing and its lock booked.
pub fn of_statement(row: &statement::Model, parts: &[Part]) -> Option<String> {
    let of = |kind: EntryKind, account: Account, owner: Owner| -> i64 {
        let own = |part: &&Part| (part.kind, part.account, part.owner) == (kind, account, owner);
        let own = parts.iter().filter(own).filter(|part| part.currency == row.currency());
        own.map(|part| part.credit_minor).sum()
    };
    let partner = Owner::Partner(row.partner_id);
    let earned = of(EntryKind::Approve, Account::PartnerApproved, partner);
    let charged = of(EntryKind::Approve, Account::Revenue, Owner::None);
    let locked = -of(EntryKind::Lock, Account::PartnerApproved, partner);
    let told = (row.earned_minor, row.charged_minor, row.locked_at.map_or(0, |_| row.earned_minor));
    let booked = (earned, charged, locked);
    (booked != told)
        .then(|| format!("it earned {}, charged {} and locked {}, its entries say {booked:?}", told.0, told.1, told.2))
}

/// How a posting of traffic differs from its rows, its entry, or what was carried to it.
pub fn of_posting(
    row: &posting::Model,
    accrued: &[accrual::Model],
    parts: &[Part],
    before: Option<(i64, i64)>,
) -> Option<String> {
    if before.is_some_and(|before| before != (row.earned_before, row.charged_before)) {
        return Some("it does not go on with what was carried to it".to_owned());
    }
    let decimals = row.currency().decimals().unwrap_or_default();
    let worth = |side: PlanSide| -> i128 {
        let own = accrued.iter().filter(|one| one.side == side);
        own.map(|one| accruals::parts(one.unit, one.units, one.rate_e8, decimals)).sum()
    };
    let earned = accruals::settled(row.earned_before, worth(PlanSide::Earnings));
    let charged = accruals::settled(row.charged_before, worth(PlanSide::Revenue));
    if earned != Some((row.earned_minor, row.earned_after)) || charged != Some((row.charged_minor, row.charged_after)) {
        return Some("its rows add up to something else".to_owned());
    }
    let of = |account: Account, owner: Owner| -> i64 {
        let own = |part: &&Part| part.account == account && part.owner == owner && part.currency == row.currency();
        parts.iter().filter(own).map(|part| part.credit_minor).sum()
    };
    let booked = (of(Account::PartnerApproved, Owner::Partner(row.partner_id)), of(Account::Revenue, Owner::None));
    let told = (row.earned_minor, row.charged_minor);
    (booked != told).then(|| format!("it earned {} and charged {}, its entry says {booked:?}", told.0, told.1))
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;

    use super::*;
    use crate::payouts::{due::Exchanges, entity::terms::FeeBearer};

    fn payout(state: PayoutState) -> payout::Model {
        payout::Model {
            id: Id::from_u128(1),
            workspace_id: Id::from_u128(2),
            batch_id: Id::from_u128(3),
            partner_id: Id::from_u128(4),
            payee_name: String::new(),
            payee_email: String::new(),
            account_sealed: None,
            account_shown: None,
            split_id: None,
            account_place: 0,
            share_bp: 10_000,
            currency: "EUR".to_owned(),
            amount_minor: 700,
            debt_offset_minor: 300,
            withheld_minor: 0,
            withheld_bp: 0,
            early_fee_minor: 0,
            fee_minor: 0,
            fee_bearer: FeeBearer::Workspace,
            exchanges: Exchanges::default(),
            state,
            reference: None,
            failure_reason: None,
            provider_item_id: None,
            provider_state: None,
            created_at: Timestamp::default(),
            settled_at: None,
        }
    }

    fn part(kind: EntryKind, account: Account, credit_minor: i64) -> Part {
        let owner = Owner::Partner(Id::from_u128(4));
        Part { subject: 1, kind, account, owner, currency: Currency::EUR, credit_minor }
    }

    #[test]
    fn a_payout_is_what_its_entries_say() {
        let sent = [
            part(EntryKind::DebtOffset, Account::PartnerPayable, -300),
            part(EntryKind::DebtOffset, Account::PartnerDebt, 300),
            part(EntryKind::Batch, Account::PartnerPayable, -700),
            part(EntryKind::Batch, Account::InTransit, 700),
        ];
        assert_eq!(of_payout(&payout(PayoutState::InTransit), &sent), Vec::<String>::new());
        assert_eq!(of_payout(&payout(PayoutState::Paid), &sent).len(), 1, "no entry says that it was paid");
        assert_eq!(of_payout(&payout(PayoutState::InTransit), &sent[..2]).len(), 1, "nothing was sent");
        let raised = payout::Model { amount_minor: 701, ..payout(PayoutState::InTransit) };
        assert_eq!(of_payout(&raised, &sent), ["sent is 701 by the row, its entries say 700"]);
    }
}
