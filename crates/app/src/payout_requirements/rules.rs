//! What is demanded of whom, and who lacks what.

use std::collections::{HashMap, HashSet};

use kernel::{Id, id};

use super::entity::{BilledBy, PayoutRequirement, PayoutRequirements};

/// What is demanded of all, and what more of some.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demands {
    pub of_all: PayoutRequirements,
    pub of_one: HashMap<Id<id::Partner>, PayoutRequirements>,
    /// Who writes invoices, where somebody said so.
    pub bills_of_all: Option<BilledBy>,
    pub bills_of_one: HashMap<Id<id::Partner>, BilledBy>,
}

impl Demands {
    /// What is demanded of one partner, each once and in order.
    pub fn of(&self, partner: Id<id::Partner>) -> Vec<PayoutRequirement> {
        let own = self.of_one.get(&partner).into_iter().flat_map(|own| own.0.iter());
        ordered(self.of_all.0.iter().chain(own).copied().collect()).0
    }

    /// Who writes the invoices for what this partner is paid.
    pub fn billed_by(&self, partner: Id<id::Partner>) -> BilledBy {
        self.bills_of_one.get(&partner).copied().or(self.bills_of_all).unwrap_or_default()
    }

    /// Whether any partner writes its own.
    pub fn is_any_own_invoice(&self) -> bool {
        self.bills_of_one.values().chain(&self.bills_of_all).any(|by| *by == BilledBy::OwnInvoice)
    }

    pub fn is_anywhere(&self, requirement: PayoutRequirement) -> bool {
        let all = self.of_one.values().chain([&self.of_all]);
        all.flat_map(|one| one.0.iter()).any(|one| *one == requirement)
    }
}

/// Each once, in order.
pub fn ordered(mut requirements: Vec<PayoutRequirement>) -> PayoutRequirements {
    requirements.sort_unstable();
    requirements.dedup();
    PayoutRequirements(requirements)
}

/// Who lacks what, of those who lack anything. `on_file` is who has what.
pub fn lacking(
    demands: &Demands,
    partners: impl IntoIterator<Item = Id<id::Partner>>,
    on_file: &HashMap<PayoutRequirement, HashSet<Id<id::Partner>>>,
) -> HashMap<Id<id::Partner>, Vec<PayoutRequirement>> {
    let has = |partner, requirement| on_file.get(&requirement).is_some_and(|partners| partners.contains(&partner));
    let lacks = |partner| {
        let missing: Vec<_> = demands.of(partner).into_iter().filter(|one| !has(partner, *one)).collect();
        (!missing.is_empty()).then_some((partner, missing))
    };
    partners.into_iter().filter_map(lacks).collect()
}

#[cfg(test)]
mod tests {
    use super::{PayoutRequirement::*, *};

    #[test]
    fn whoever_lacks_something_is_named_with_all_that_it_lacks() {
        let [one, two, three] = [1, 2, 3].map(Id::from_u128);
        let demands = Demands {
            of_all: ordered(vec![TaxForm]),
            of_one: HashMap::from([(two, ordered(vec![BillingDetails, TaxForm, BillingDetails]))]),
            ..Demands::default()
        };
        assert_eq!(demands.of(two), [TaxForm, BillingDetails]);
        let on_file = HashMap::from([(TaxForm, HashSet::from([one])), (BillingDetails, HashSet::from([one]))]);
        let held = lacking(&demands, [one, two, three], &on_file);
        assert_eq!(held, HashMap::from([(two, vec![TaxForm, BillingDetails]), (three, vec![TaxForm])]));
        assert!(lacking(&Demands::default(), [one, two, three], &HashMap::new()).is_empty(), "nothing is demanded");
    }

    #[test]
    fn what_is_said_of_one_goes_before_what_is_said_of_all() {
        let [one, two] = [1, 2].map(Id::from_u128);
        assert_eq!(Demands::default().billed_by(one), BilledBy::SelfBilling, "nobody said anything");
        assert!(!Demands::default().is_any_own_invoice());
        let demands = Demands {
            bills_of_all: Some(BilledBy::OwnInvoice),
            bills_of_one: HashMap::from([(two, BilledBy::SelfBilling)]),
            ..Demands::default()
        };
        assert_eq!([one, two].map(|partner| demands.billed_by(partner)), [BilledBy::OwnInvoice, BilledBy::SelfBilling]);
        assert!(demands.is_any_own_invoice());
    }
}
