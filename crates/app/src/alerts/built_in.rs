//! The rules that every workspace begins with, on one page.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::watch::{Side, Test, Watch};

/// A rule that comes with the program. It may be tuned and switched off, not taken away.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = BuiltInAlert)]
pub enum BuiltIn {
    /// What a conversion costs rises, and revenue does not.
    CostWithoutRevenue,
    ConversionsStopped,
    ApprovalFalling,
    PartnerGoneQuiet,
    SourceTurnedBad,
    PostbackFailing,
    CapNearItsEnd,
    BalanceLow,
    DomainBanned,
}

pub const BUILT_IN: [BuiltIn; 9] = [
    BuiltIn::CostWithoutRevenue,
    BuiltIn::ConversionsStopped,
    BuiltIn::ApprovalFalling,
    BuiltIn::PartnerGoneQuiet,
    BuiltIn::SourceTurnedBad,
    BuiltIn::PostbackFailing,
    BuiltIn::CapNearItsEnd,
    BuiltIn::BalanceLow,
    BuiltIn::DomainBanned,
];

const WEEK_HOURS: u32 = 168;

impl BuiltIn {
    /// What it looks at unless tuned; nothing of those that look at a state and not at a metric.
    pub fn watch(self) -> Option<Watch> {
        let of = |metric: &str, test, window_hours, at_least, each: &str| Watch {
            metric: metric.to_owned(),
            test,
            window_hours,
            at_least,
            each: Some(each.to_owned()),
            filters: Vec::new(),
        };
        let unusually_low = |false_alarm_days| Test::Unusual { side: Side::Low, false_alarm_days };
        match self {
            Self::CostWithoutRevenue => {
                let test = Test::Rises { per_cent: 30, unless: Some("revenue".to_owned()) };
                Some(of("ecpa", test, WEEK_HOURS, 40, "offer"))
            }
            Self::ConversionsStopped => Some(of("conversions", unusually_low(90), 12, 0, "offer")),
            Self::ApprovalFalling => {
                let test = Test::Falls { per_cent: 20, unless: None };
                Some(of("settled_approval", test, WEEK_HOURS, 60, "offer"))
            }
            Self::PartnerGoneQuiet => Some(of("clicks", unusually_low(90), 24, 0, "partner")),
            Self::SourceTurnedBad => Some(of("invalid_share", Test::Above { limit: 400_000 }, 24, 200, "source_id")),
            Self::PostbackFailing | Self::CapNearItsEnd | Self::BalanceLow | Self::DomainBanned => None,
        }
    }

    /// Whether it sends letters unless told otherwise: not where letters are sent already when the state begins.
    pub const fn mails(self) -> bool {
        !matches!(self, Self::PostbackFailing | Self::CapNearItsEnd | Self::BalanceLow)
    }

    /// Its name, in the language of a reader.
    pub const fn name(self, language: &str) -> &'static str {
        let [en, ru, pl] = self.names();
        match language.as_bytes() {
            b"ru" => ru,
            b"pl" => pl,
            _ => en,
        }
    }

    const fn names(self) -> [&'static str; 3] {
        match self {
            Self::CostWithoutRevenue => [
                "Conversions cost more and bring no more",
                "Конверсии дорожают, а доход не растёт",
                "Konwersje drożeją, a przychód nie rośnie",
            ],
            Self::ConversionsStopped => ["Conversions have stopped", "Конверсии прекратились", "Konwersje ustały"],
            Self::ApprovalFalling => ["Approval is falling", "Апрув падает", "Akceptacja spada"],
            Self::PartnerGoneQuiet => ["A partner has gone quiet", "Партнёр затих", "Wydawca ucichł"],
            Self::SourceTurnedBad => ["A source has turned bad", "Источник испортился", "Źródło się popsuło"],
            Self::PostbackFailing => ["A postback fails", "Постбек не доходит", "Postback nie dochodzi"],
            Self::CapNearItsEnd => ["A cap is near its end", "Капа почти исчерпана", "Limit jest prawie wyczerpany"],
            Self::BalanceLow => ["A balance is low", "Баланс заканчивается", "Saldo się kończy"],
            Self::DomainBanned => {
                ["A tracking domain is banned", "Трекинговый домен заблокирован", "Domena śledząca jest zablokowana"]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::rules;

    #[test]
    fn what_comes_with_the_program_passes_as_if_a_person_had_said_it() {
        for rule in BUILT_IN {
            if let Some(watch) = rule.watch() {
                rules::checked(&watch).unwrap_or_else(|refusal| panic!("{rule:?}: {refusal:?}"));
            }
        }
    }
}
