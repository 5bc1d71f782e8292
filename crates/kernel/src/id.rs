//! Every kind of id, on one page.
//!
//! An id is a UUIDv7 (48 bits of milliseconds first, so ids sort by age) and prints as `prt_` and 26 characters of
//! Crockford base 32. Ids are made by the caller, never by the database, so that a retry is safe.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use uuid::Uuid;

use crate::{
    crockford,
    refusal::{Refusal, RefusalCode},
    time::Timestamp,
};

/// A kind of thing that has an id.
pub trait Kind: 'static + Send + Sync {
    const PREFIX: &'static str;
    const NAME: &'static str;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $prefix:literal;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub enum $kind {}
            impl Kind for $kind {
                const PREFIX: &'static str = $prefix;
                const NAME: &'static str = stringify!($kind);
            }
            impl utoipa::PartialSchema for $kind {
                fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                    <Id<$kind> as utoipa::PartialSchema>::schema()
                }
            }
            impl utoipa::ToSchema for $kind {}
        )+
        /// All kinds with their prefixes, in alphabetical order.
        pub const KINDS: &[(&str, &str)] = &[$((stringify!($kind), $prefix)),+];
    };
}

kinds! {
    /// What one link's clicks or views of a day earned by one rule.
    Accrual "acr";
    /// What a partner's traffic on an offer earned, as it was posted.
    AccrualPosting "acp";
    /// A bonus, correction or clawback.
    Adjustment "adj";
    Advertiser "adv";
    /// An advertiser's terms of payment in one currency.
    AdvertiserAccount "ada";
    /// A fee charged beside conversions.
    AdvertiserFee "adf";
    /// A token or signing key of an advertiser.
    AdvertiserKey "adk";
    /// Money from an advertiser, or given back to it.
    AdvertiserPayment "adp";
    /// Something that somebody should look at.
    Alert "alt";
    /// When somebody is to be told.
    AlertRule "alr";
    ApiKey "key";
    AuditRow "aud";
    /// How somebody stands on papers: name, address, numbers.
    BillingDetails "bld";
    /// What a partner earned by reaching a threshold.
    Bonus "bns";
    /// What one conversion counts for towards a bonus.
    BonusCount "bnc";
    /// How far a partner has come towards a bonus.
    BonusFigure "bnf";
    /// One balanced entry of the book.
    BookEntry "ent";
    /// A partner asks for a rate.
    BumpRequest "bmp";
    Cap "cap";
    CapRequest "cpr";
    /// A look at an offer's tracking from link to booking.
    Checkup "chk";
    Click "clk";
    /// Other days than an offer's own.
    ClockTerm "clt";
    Commission "com";
    Conversion "cnv";
    ConversionItem "itm";
    Coupon "cpn";
    Creative "crt";
    Customer "cus";
    /// What a customer did on one day.
    CustomerResult "crs";
    /// A report or correction of a customer's day.
    CustomerResultChange "crc";
    /// One thing told to one receiver.
    Delivery "dlv";
    DeliveryTry "dtr";
    DialectToken "dtk";
    /// What a partner disputes.
    Dispute "dsp";
    DisputeMessage "dsm";
    /// A partner asks to be paid before its day.
    EarlyPayout "erp";
    Enrollment "enr";
    Export "exp";
    Goal "gol";
    /// One move from another platform.
    Import "imp";
    ImportFinding "imf";
    Invitation "inv";
    Invoice "ivc";
    /// Some of a payment that settles some of an invoice.
    InvoiceAllocation "iva";
    /// What one conversion or entry comes to on an invoice.
    InvoiceItem "ivi";
    Job "job";
    Landing "lnd";
    Link "lnk";
    /// What a manager gets from a month on.
    ManagerBonusPlan "mbp";
    /// What a manager gets for a closed month.
    ManagerBonusStatement "mbs";
    /// A time during which one person was responsible.
    ManagerTerm "mgt";
    Membership "mbr";
    /// One move of a conversion from state to state.
    Move "mov";
    /// How an advertiser's net revenue is worked out.
    NetRevenueFormula "nrf";
    Offer "ofr";
    /// An invoice that a partner wrote itself.
    OwnInvoice "oin";
    Partner "prt";
    /// An invoice issued on a partner's behalf.
    PartnerInvoice "pin";
    PartnerNote "pno";
    PasswordReset "pwr";
    /// A change of the account that a partner is paid to.
    PayeeAccountChange "pac";
    Payout "pyt";
    /// Partners are paid before the advertiser has paid.
    PayoutAdvance "pya";
    PayoutBatch "pyb";
    /// When partners are paid by themselves.
    PayoutSchedule "pys";
    /// How what a partner is due is divided over several accounts.
    PayoutSplit "spt";
    /// A post, newsletter slot, stream or review that was agreed on with a partner.
    Placement "plm";
    Plan "pln";
    PlanDraft "drf";
    PlanRule "rul";
    PlanVersion "plv";
    /// To whom what is told.
    Postback "pbk";
    /// What the programme cost beside what partners earn.
    ProgrammeCost "cst";
    /// A customer's way to a goal that asks for more.
    Qualification "qlf";
    Receipt "rcp";
    /// A period of an advertiser's figures beside ours.
    Reconciliation "rcn";
    /// One row of it.
    ReconciliationLine "rcl";
    /// What a recruiter gets of a recruited partner's conversion.
    RecruiterShare "rcs";
    /// Calls that a door refused alike on one day.
    RefusedCalls "rfc";
    /// A past window priced anew.
    Reprice "rpc";
    /// A month of an advertiser's RevShare, closed.
    RevenueShareClose "rsx";
    /// A customer's part of a closed month.
    RevenueSharePart "rsp";
    /// A partner's month with an advertiser.
    RevenueShareStatement "rss";
    RevenueShareTerms "rst";
    /// What a partner has of a unit of rewards.
    RewardBalance "rwb";
    /// Rewards that were given, taken back or redeemed.
    RewardEntry "rwe";
    /// A partner gives rewards up for something.
    RewardRedemption "rwr";
    /// A conversion that an advertiser asks to have removed.
    Scrub "scb";
    /// What an advertiser asks to have removed together.
    ScrubRequest "scq";
    Session "ses";
    /// A plan tried on what happened.
    Simulation "sim";
    SmartLink "sml";
    /// An offer's place in a smart link.
    SmartLinkMember "smm";
    /// An advertiser is on the platform for a recurring fee.
    Subscription "sub";
    SubscriptionPlan "spl";
    /// A tax form that a partner handed in.
    TaxForm "txf";
    /// A member of a partner's team.
    TeamMember "tmm";
    /// A period of a whole tier that was settled.
    TierSettlement "tst";
    TrackingDomain "dom";
    User "usr";
    View "viw";
    Webhook "whk";
    Workspace "wsp";
}

pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

impl<K> Id<K> {
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    pub const fn from_u128(value: u128) -> Self {
        Self::from_uuid(Uuid::from_u128(value))
    }

    pub const fn uuid(self) -> Uuid {
        self.0
    }

    pub const fn as_u128(self) -> u128 {
        self.0.as_u128()
    }

    /// UUIDv7 of a moment and 74 random bits (RFC 9562 §5.7).
    pub fn from_parts(at: Timestamp, random: u128) -> Self {
        let millis = (at.millis().max(0) as u128) & 0xFFFF_FFFF_FFFF;
        let rand_a = (random >> 64) & 0xFFF;
        let rand_b = random & 0x3FFF_FFFF_FFFF_FFFF;
        Self::from_u128(millis << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)
    }
}

impl<K: Kind> Id<K> {
    /// Reads `prt_…`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(K::PREFIX)?.strip_prefix('_')?;
        crockford::decode(digits).map(Self::from_u128)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", K::PREFIX, crockford::encode_string(self.as_u128()))
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl<K> From<Id<K>> for Uuid {
    fn from(id: Id<K>) -> Self {
        id.0
    }
}
impl<K> From<Uuid> for Id<K> {
    fn from(uuid: Uuid) -> Self {
        Self::from_uuid(uuid)
    }
}
impl<K: Kind> FromStr for Id<K> {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::parse(text).ok_or_else(|| {
            let form = format!("an id of the form {}_… was expected", K::PREFIX);
            Refusal::new(RefusalCode::BadId, form)
        })
    }
}
impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            text.parse().map_err(|refusal: Refusal| D::Error::custom(refusal.message))
        } else {
            Uuid::deserialize(deserializer).map(Self::from_uuid)
        }
    }
}
impl<K: Kind> utoipa::__dev::ComposeSchema for Id<K> {
    fn compose(
        _: Vec<utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>>,
    ) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some(format!("^{}_[0-9A-HJKMNP-TV-Z]{{26}}$", K::PREFIX)))
            .into()
    }
}
impl<K: Kind> utoipa::ToSchema for Id<K> {
    fn name() -> std::borrow::Cow<'static, str> {
        std::borrow::Cow::Owned(format!("{}Id", K::NAME))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_unique_and_in_order() {
        assert!(KINDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let mut prefixes: Vec<_> = KINDS.iter().map(|kind| kind.1).collect();
        prefixes.sort_unstable();
        prefixes.dedup();
        assert_eq!(prefixes.len(), KINDS.len());
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let partner: Id<Partner> = Id::from_parts(Timestamp::from_millis(1_700_000_000_000), 42);
        assert_eq!(Id::<Partner>::parse(&partner.to_string()), Some(partner));
        assert_eq!(Id::<Offer>::parse(&partner.to_string()), None);
        assert_eq!(partner.uuid().get_version_num(), 7);
    }
}
