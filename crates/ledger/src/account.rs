//! The chart of accounts, the same in every workspace and currency.

use kernel::{
    Id,
    id::{Advertiser, Partner},
};

use crate::codes::codes;

codes! {
    /// What money is called while it lies somewhere.
    Account {
        /// What partners would cost if everything pending were approved.
        PendingCost "pending_cost",
        /// Earned by a partner, not yet judged.
        PartnerPending "partner_pending",
        /// What an advertiser would owe if everything pending were approved.
        PendingReceivable "pending_receivable",
        PendingRevenue "pending_revenue",
        CommissionCost "commission_cost",
        /// Earned by a partner, may still be reversed without a debt.
        PartnerApproved "partner_approved",
        /// Owed to a partner, to be paid with the next batch.
        PartnerPayable "partner_payable",
        /// Owed by a partner: taken back after it was sent. Comes off the next payout.
        PartnerDebt "partner_debt",
        /// On its way to a partner.
        InTransit "in_transit",
        /// Money itself; owned by the partner it went to or the advertiser it came from.
        Cash "cash",
        /// Owed by an advertiser; negative where more was given back than is owed.
        AdvertiserReceivable "advertiser_receivable",
        /// Paid by an advertiser before it was owed.
        AdvertiserPrepaid "advertiser_prepaid",
        Revenue "revenue",
        /// Fees of advertisers for being on the platform; no conversion brings them.
        SubscriptionRevenue "subscription_revenue",
        Adjustments "adjustments",
        /// Fees of posts, newsletter slots, streams and reviews.
        Placements "placements",
        TaxWithheld "tax_withheld",
        /// Value added tax on what advertisers were invoiced, owed to the state.
        VatDue "vat_due",
        Fees "fees",
        Exchange "exchange",
        /// What was owed before the book began: the other side of every opening balance.
        OpeningEquity "opening_equity",
    }
}

/// The side on which an account grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Debit,
    Credit,
}

impl Account {
    pub const fn normal_side(self) -> Side {
        match self {
            Self::PendingCost
            | Self::PendingReceivable
            | Self::CommissionCost
            | Self::PartnerDebt
            | Self::Cash
            | Self::AdvertiserReceivable
            | Self::Adjustments
            | Self::Placements
            | Self::Fees
            | Self::Exchange => Side::Debit,
            Self::PartnerPending
            | Self::PendingRevenue
            | Self::PartnerApproved
            | Self::PartnerPayable
            | Self::InTransit
            | Self::AdvertiserPrepaid
            | Self::Revenue
            | Self::SubscriptionRevenue
            | Self::TaxWithheld
            | Self::VatDue
            | Self::OpeningEquity => Side::Credit,
        }
    }

    /// Whether posting refuses to take more out of the account than lies in it.
    pub const fn is_never_negative(self) -> bool {
        matches!(
            self,
            Self::PendingCost
                | Self::PartnerPending
                | Self::PendingReceivable
                | Self::PendingRevenue
                | Self::PartnerApproved
                | Self::PartnerPayable
                | Self::PartnerDebt
                | Self::InTransit
                | Self::AdvertiserPrepaid
        )
    }

    /// The balance of two totals, positive on the account's own side. Totals are never negative, so nothing overflows.
    pub const fn balance(self, debit: i64, credit: i64) -> i64 {
        match self.normal_side() {
            Side::Debit => debit - credit,
            Side::Credit => credit - debit,
        }
    }
}

/// Whose part of an account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    None,
    Partner(Id<Partner>),
    Advertiser(Id<Advertiser>),
}

impl Owner {
    /// The number stored for the kind of owner.
    pub(crate) const fn kind(self) -> i16 {
        match self {
            Self::None => 0,
            Self::Partner(_) => 1,
            Self::Advertiser(_) => 2,
        }
    }

    /// The stored id; nil for nobody.
    pub(crate) const fn raw_id(self) -> u128 {
        match self {
            Self::None => 0,
            Self::Partner(id) => id.as_u128(),
            Self::Advertiser(id) => id.as_u128(),
        }
    }

    pub(crate) const fn from_stored(kind: i16, id: u128) -> Option<Self> {
        match kind {
            0 if id == 0 => Some(Self::None),
            1 => Some(Self::Partner(Id::from_u128(id))),
            2 => Some(Self::Advertiser(Id::from_u128(id))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        assert!(Account::ALL.iter().all(|&account| Account::from_code(account.code()) == Some(account)));
        assert_eq!(Account::from_code("petty_cash"), None);
    }

    #[test]
    fn extreme_totals_do_not_overflow() {
        assert_eq!(Account::Cash.balance(0, i64::MAX), -i64::MAX);
        assert_eq!(Account::Revenue.balance(i64::MAX, 0), -i64::MAX);
    }
}
