//! An offer.

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::{
    offers::{
        targeting::Targeting,
        terms::{AttributionOrder, ConversionStart, OfferState, PayModel, TrafficRules, ValidationExpiry, Visibility},
    },
    platform::columns::{TextList, TextMap},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "offers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Offer>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub name: String,
    /// The name as it is looked up.
    pub name_folded: String,
    pub description: Option<String>,
    pub state: OfferState,
    pub visibility: Visibility,
    /// An attribute and a report dimension, such as `dating`; empty where none is said.
    pub vertical: String,
    /// Code of the currency of its amounts.
    pub currency: String,
    /// Name under which the landing page reads the click id.
    pub landing_parameter: String,
    /// Hosts a visitor may be sent to; `*.shop.example` is all below it.
    pub allowed_hosts: TextList,
    pub passes_extra_parameters: bool,
    pub utm_template: Option<String>,
    pub duplicate_window_hours: i32,
    pub click_to_conversion_min_seconds: i32,
    pub click_to_conversion_max_days: i32,
    /// How long after a view a conversion without anything stronger is credited; 0 where views earn nothing.
    pub view_to_conversion_hours: i32,
    pub conversion_start: ConversionStart,
    pub validation_days: i32,
    pub validation_expiry: ValidationExpiry,
    pub hold_days: i32,
    /// One click may convert to the same goal many times, told apart by order id.
    pub many_per_click: bool,
    pub attribution_order: AttributionOrder,
    pub pay_model: PayModel,
    /// Of a hundred, for the partners who assisted; only `assist` looks at it.
    pub assist_percent: i32,
    pub traffic_rules: TrafficRules,
    pub targeting: Targeting,
    pub fallback_url: Option<String>,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    pub external_refs: TextMap,
    pub manager_id: Option<Id<id::User>>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// An offer of which nothing else is known: what a trace does not tell, no rule looks at.
    pub fn bare(
        id: Id<id::Offer>,
        workspace_id: Id<id::Workspace>,
        advertiser_id: Id<id::Advertiser>,
        currency: Currency,
    ) -> Self {
        Self {
            id,
            workspace_id,
            advertiser_id,
            name: String::new(),
            name_folded: String::new(),
            description: None,
            state: OfferState::Active,
            visibility: Visibility::Private,
            vertical: String::new(),
            currency: currency.code().to_owned(),
            landing_parameter: String::new(),
            allowed_hosts: TextList::default(),
            passes_extra_parameters: false,
            utm_template: None,
            duplicate_window_hours: 0,
            click_to_conversion_min_seconds: 0,
            click_to_conversion_max_days: 0,
            view_to_conversion_hours: 0,
            conversion_start: ConversionStart::Pending,
            validation_days: 0,
            validation_expiry: ValidationExpiry::Stay,
            hold_days: 0,
            many_per_click: false,
            attribution_order: AttributionOrder::default(),
            pay_model: PayModel::Last,
            assist_percent: 0,
            traffic_rules: TrafficRules::default(),
            targeting: Targeting::default(),
            fallback_url: None,
            starts_at: None,
            ends_at: None,
            external_refs: TextMap::default(),
            manager_id: None,
            created_at: Timestamp::default(),
        }
    }

    pub fn currency(&self) -> Currency {
        self.currency.parse().expect("an offer is stored with a currency's code")
    }

    /// Decimals of its currency.
    pub fn decimals(&self) -> u32 {
        self.currency().decimals().expect("an offer is stored with a currency that is known")
    }

    /// Takes conversions at `at`: active and within its dates.
    pub fn is_running(&self, at: Timestamp) -> bool {
        let started = self.starts_at.is_none_or(|start| start <= at);
        self.state == OfferState::Active && started && self.ends_at.is_none_or(|end| at < end)
    }
}
