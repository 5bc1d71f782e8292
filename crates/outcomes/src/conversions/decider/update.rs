//! A receipt for a known conversion: a requested move.

use kernel::{Id, Refusal, id};

use super::{
    answer,
    batch::Incoming,
    decide::{Room, Verdict},
};
use crate::conversions::{
    Mover,
    model::ActorKind,
    moves::Order,
    rules::{
        amounts::{self, Scale},
        claim::Claim,
        judge, known,
        words::{self, Request},
    },
};

impl Room {
    /// Moves the conversion as the sender asks, as far as its state allows, and tells where it stands now.
    pub(super) fn update(&mut self, one: &Incoming<'_>, claim: &Claim, id: Id<id::Conversion>) -> Verdict {
        if !judge::speaks_for_advertiser(one.receipt.trust) {
            return self.stands(id, None, "known already; a click id alone changes nothing");
        }
        let row = &self.sheet().get(id).expect("found before").conversion;
        let said = claim.currency.filter(|said| *said != row.currency());
        let of_day = |said| self.sheet().rate(said, row.currency(), row.event_at).map(|used| used.rate);
        let rate = row.rate_of_sender(said).or_else(|| said.and_then(of_day));
        let amount = claim.amount.as_deref().map(|amount| {
            Scale::of(claim.currency, row.currency(), rate).and_then(|scale| amounts::sale_minor(Some(amount), scale))
        });
        let amount_minor = match amount.transpose() {
            Ok(minor) => minor,
            Err(reason) => return self.stands(id, Some(reason.code()), answer::words(reason)),
        };
        let map =
            row.offer_id.and_then(|offer| self.sheet().terms.get(&offer)).map(|terms| &terms.advertiser.status_map);
        let word = claim.status.as_deref();
        let meaning = word.and_then(|word| map?.meaning(word));
        let wanted = words::actions(Request { meaning, amount_minor }, row.status, row.sale_minor, row.refund_minor);
        self.adopt(claim, id);
        let outcome = wanted.into_iter().try_for_each(|wanted| {
            let order = Order {
                action: wanted.action,
                amount_minor: wanted.amount_minor,
                reason: wanted.reason,
                words: claim.status.clone(),
                mover: Mover { kind: ActorKind::Receipt, id: Some(one.receipt.receipt_id.uuid()) },
                at: one.receipt.arrived_at,
            };
            self.sheet_mut().apply(id, &order)
        });
        match outcome {
            Err(Refusal { code, message, .. }) => self.stands(id, Some(code.code()), &message),
            Ok(()) if word.is_some() && meaning.is_none() => {
                tracing::warn!(conversion = %id, word, "a status word that no map knows");
                self.stands(id, None, "the status word is not in the advertiser's map, so the state was left")
            }
            Ok(()) => self.stands(id, None, "updated"),
        }
    }

    /// Where a conversion stands, as an answer; `refused` is the code of a request that was not carried out.
    fn stands(&self, id: Id<id::Conversion>, refused: Option<&'static str>, message: &str) -> Verdict {
        let row = &self.sheet().get(id).expect("found before").conversion;
        let reason = refused.or_else(|| row.reason().map(|reason| reason.code()));
        Verdict {
            http_status: 200,
            conversion: Some(id),
            status: row.status.code(),
            reason,
            message: message.to_owned(),
        }
    }

    /// Takes over an order id that came later, and the advertiser's word.
    fn adopt(&mut self, claim: &Claim, id: Id<id::Conversion>) {
        let row = &self.sheet().get(id).expect("found before").conversion;
        let order = claim.order_id.clone().filter(|_| row.order_id.is_none());
        if order.is_none() && (claim.status.is_none() || claim.status == row.advertiser_words) {
            return;
        }
        let key = order.as_deref().and_then(|order| Some(known::order_key(row.advertiser_id?, row.goal_id?, order)));
        self.sheet_mut().amend(id, |holding| {
            let row = &mut holding.conversion;
            if order.is_some() {
                (row.order_id, row.order_key) = (order, key);
            }
            row.advertiser_words = claim.status.clone().or_else(|| row.advertiser_words.take());
        });
        let row = self.sheet().get(id).expect("found before").conversion.clone();
        self.remember(&row);
    }
}
