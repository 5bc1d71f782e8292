//! Shares, and what was judged.

pub mod judgement {
    //! Who gets a share of a conversion of a partner was judged.

    use kernel::{Id, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recruiter_judgements")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub conversion_id: Id<id::Conversion>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub recruited_id: Id<id::Partner>,
        pub workspace_id: Id<id::Workspace>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod share {
    //! What a recruiter gets of one conversion of one recruited partner.

    use kernel::{Currency, Decimal8, Id, Money, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "recruiter_shares")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::RecruiterShare>,
        pub workspace_id: Id<id::Workspace>,
        pub conversion_id: Id<id::Conversion>,
        pub offer_id: Id<id::Offer>,
        pub advertiser_id: Id<id::Advertiser>,
        /// Who is credited with the conversion.
        pub recruited_id: Id<id::Partner>,
        /// The recruiter.
        pub partner_id: Id<id::Partner>,
        pub rule_id: Id<id::PlanRule>,
        pub plan_version_id: Id<id::PlanVersion>,
        /// How far above the recruited partner the recruiter is.
        pub level: i32,
        /// `payout` or `profit`.
        pub base: String,
        pub currency: String,
        /// Times 10^8.
        pub percent_e8: i64,
        /// Of what it is a part, now.
        pub base_minor: i64,
        /// What it is now; nought while the conversion is worth nothing.
        pub amount_minor: i64,
        pub given_at: Timestamp,
        /// When the conversion locks, as far as is known.
        pub lock_at: Option<Timestamp>,
        pub locked_at: Option<Timestamp>,
        pub updated_at: Timestamp,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// # Panics
        /// Where a row holds no currency code: rows are written from [`Currency`] only.
        pub fn currency(&self) -> Currency {
            self.currency.parse().expect("rows hold currency codes")
        }

        pub fn amount(&self) -> Money {
            Money::new(self.amount_minor, self.currency())
        }

        pub const fn percent(&self) -> Decimal8 {
            Decimal8::from_raw(self.percent_e8)
        }

        /// How the book names it: every entry of the share carries this.
        pub fn note(&self) -> String {
            format!("recruiter_share {}", self.id)
        }
    }
}
