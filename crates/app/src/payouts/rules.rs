//! Who is paid how much, and what a frozen list looks like.

use kernel::{Currency, Id, Refusal, RefusalCode, id};
use ledger::Standing;

use super::entity::payout::{self, PayoutState};

/// What becomes of a partner in a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Pay {
        debt_offset_minor: i64,
        amount_minor: i64,
    },
    /// Debt swallows it all.
    OffsetOnly {
        debt_offset_minor: i64,
    },
    /// Rolls forward to the next batch.
    BelowMinimum,
    Nothing,
}

/// Debt comes off first; what is left must reach the minimum.
pub fn share(standing: Standing, minimum_minor: i64) -> Share {
    let debt_offset_minor = standing.debt_minor.clamp(0, standing.payable_minor.max(0));
    let amount_minor = standing.payable_minor - debt_offset_minor;
    match amount_minor {
        ..=0 if debt_offset_minor > 0 => Share::OffsetOnly { debt_offset_minor },
        ..=0 => Share::Nothing,
        _ if amount_minor < minimum_minor => Share::BelowMinimum,
        _ => Share::Pay { debt_offset_minor, amount_minor },
    }
}

/// BLAKE3 over the batch and its payouts in order of id, each field with its length before it: any change to who is paid
/// what shows.
pub fn frozen_hash(batch: Id<id::PayoutBatch>, currency: Currency, payouts: &[payout::Model]) -> String {
    let mut in_order: Vec<_> = payouts.iter().collect();
    in_order.sort_by_key(|payout| payout.id);
    let mut hasher = blake3::Hasher::new();
    let mut field = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    field(&batch.as_u128().to_be_bytes());
    field(currency.code().as_bytes());
    for payout in in_order {
        field(&payout.id.as_u128().to_be_bytes());
        field(&payout.partner_id.as_u128().to_be_bytes());
        field(payout.payee_name.as_bytes());
        field(payout.payee_email.as_bytes());
        field(&payout.amount_minor.to_be_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// A payout is settled once.
pub fn require_in_transit(state: PayoutState) -> Result<(), Refusal> {
    match state {
        PayoutState::InTransit => Ok(()),
        PayoutState::Paid => Err(settled("it was paid already")),
        PayoutState::Failed => Err(settled("it failed already; its amount is payable again")),
    }
}

fn settled(message: &str) -> Refusal {
    Refusal::new(RefusalCode::PayoutNotInTransit, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn standing(payable_minor: i64, debt_minor: i64) -> Standing {
        Standing { payable_minor, debt_minor }
    }

    #[test]
    fn debt_comes_off_before_anything_is_paid() {
        assert_eq!(share(standing(1_000, 0), 0), Share::Pay { debt_offset_minor: 0, amount_minor: 1_000 });
        assert_eq!(share(standing(1_000, 300), 0), Share::Pay { debt_offset_minor: 300, amount_minor: 700 });
        assert_eq!(share(standing(1_000, 1_000), 0), Share::OffsetOnly { debt_offset_minor: 1_000 });
        assert_eq!(share(standing(1_000, 5_000), 0), Share::OffsetOnly { debt_offset_minor: 1_000 });
        assert_eq!(share(standing(1_000, 300), 701), Share::BelowMinimum);
        assert_eq!(share(standing(0, 300), 0), Share::Nothing);
    }

    proptest! {
        #[test]
        fn no_more_is_paid_than_is_payable(payable in -1_000_i64..1_000_000, debt in 0_i64..1_000_000) {
            match share(standing(payable, debt), 0) {
                Share::Pay { debt_offset_minor, amount_minor } => {
                    prop_assert_eq!(debt_offset_minor + amount_minor, payable);
                    prop_assert!(debt_offset_minor == debt && amount_minor > 0);
                }
                Share::OffsetOnly { debt_offset_minor } => prop_assert!(debt_offset_minor == payable && payable <= debt),
                Share::BelowMinimum | Share::Nothing => prop_assert!(payable <= 0),
            }
        }
    }
}
