//! One workspace's part of a batch, decided in memory, receipt after receipt: what the first one changed, the next sees.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use edge::receipt::ReceiptAnswer;
use events::{ClickFacts, record::Trust};
use kernel::{Ambient, Id, Tenant, id, reason::ConversionReason as Reason};
use sea_orm::{ConnectionTrait, IntoActiveModel as _, prelude::Uuid};

use super::{
    answer,
    batch::{Click, Incoming},
};
use crate::{
    conversions::{
        entity::{conversion, customer, item, receipt, trace, trace_terms},
        moves::Worksheet,
        rules::{
            claim::{Claim, Malformed},
            judge,
            known::{self, Accepted, Identity, Kin, Relation},
            terms::Terms,
            trust::{self, Standing},
        },
    },
    coupons::{entity::coupon, store::Codes},
    partners::model as partner,
    platform::bulk::{insert_all, replace_all},
};

/// HTTP status of a sender who is not believed.
const UNAUTHENTICATED: u16 = 401;

/// What the decider knows while it decides.
pub(super) struct Room {
    pub tenant: Tenant,
    pub ambient: Ambient,
    /// Absent where no workspace is known.
    pub sheet: Option<Worksheet>,
    /// Receipts that were decided before, by id.
    pub decided: HashMap<Id<id::Receipt>, receipt::Model>,
    /// The first receipt of each content.
    pub first: HashMap<Uuid, receipt::Model>,
    pub partners: HashMap<Id<id::Partner>, partner::Model>,
    pub customers: HashMap<(Id<id::Advertiser>, String), customer::Model>,
    /// Clicks of the visitor before each click, oldest first, where the offer pays more than the last one.
    pub journeys: HashMap<Id<id::Click>, Vec<Arc<ClickFacts>>>,
    pub changed_customers: Vec<(Id<id::Advertiser>, String)>,
    pub coupons: Codes,
    pub used_coupons: HashSet<(Id<id::Advertiser>, String)>,
    by_order: HashMap<String, Vec<Id<id::Conversion>>>,
    by_click_goal: HashMap<Uuid, Id<id::Conversion>>,
    by_customer_goal: HashMap<Uuid, Id<id::Conversion>>,
    receipts: Vec<receipt::Model>,
    pub items: Vec<item::Model>,
    pub traces: Vec<trace::Model>,
    /// Terms under which this batch decided.
    pub seen_terms: HashMap<Id<id::Offer>, trace_terms::Model>,
}

/// A verdict on its way into the receipt's row.
pub(super) struct Verdict {
    pub http_status: u16,
    pub conversion: Option<Id<id::Conversion>>,
    pub status: &'static str,
    pub reason: Option<&'static str>,
    pub message: String,
}

impl Verdict {
    fn refused(http_status: u16, reason: &'static str, message: impl Into<String>) -> Self {
        Self { http_status, conversion: None, status: "rejected", reason: Some(reason), message: message.into() }
    }
}

fn standing(one: &Incoming<'_>) -> Standing {
    Standing { door: one.receipt.door, trust: one.receipt.trust, ip: one.receipt.remote_ip }
}

impl Room {
    pub fn new(tenant: Tenant, ambient: &Ambient, sheet: Option<Worksheet>) -> Self {
        Self {
            tenant,
            ambient: ambient.clone(),
            sheet,
            decided: HashMap::new(),
            first: HashMap::new(),
            partners: HashMap::new(),
            customers: HashMap::new(),
            journeys: HashMap::new(),
            changed_customers: Vec::new(),
            coupons: Codes::new(),
            used_coupons: HashSet::new(),
            by_order: HashMap::new(),
            by_click_goal: HashMap::new(),
            by_customer_goal: HashMap::new(),
            receipts: Vec::new(),
            items: Vec::new(),
            traces: Vec::new(),
            seen_terms: HashMap::new(),
        }
    }

    pub fn sheet_mut(&mut self) -> &mut Worksheet {
        self.sheet.as_mut().expect("asked only where the workspace is known")
    }

    pub fn sheet(&self) -> &Worksheet {
        self.sheet.as_ref().expect("asked only where the workspace is known")
    }

    /// Decides one receipt.
    pub fn take(&mut self, one: &Incoming<'_>) -> ReceiptAnswer {
        if let Some(row) = self.decided.get(&one.receipt.receipt_id) {
            return answer::of(row);
        }
        let content_key = known::content_key(one.receipt.advertiser, &one.receipt.params);
        if let Some(first) = self.first.get(&content_key) {
            let (told, first_id) = (answer::of(first), first.id);
            let row = receipt::Model { same_as: Some(first_id), content_key: None, ..self.row(one, &told) };
            self.decided.insert(row.id, row.clone());
            self.receipts.push(row);
            return told;
        }
        let verdict = self.verdict(one);
        let told = ReceiptAnswer {
            http_status: verdict.http_status,
            receipt_id: one.receipt.receipt_id,
            conversion_id: verdict.conversion,
            status: verdict.status.to_owned(),
            reason: verdict.reason.map(str::to_owned),
            message: verdict.message,
        };
        // Who was not believed may be once the advertiser's list or keys are put right: the same call is then decided anew.
        let is_final = told.http_status != UNAUTHENTICATED;
        let row = receipt::Model { content_key: is_final.then_some(content_key), ..self.row(one, &told) };
        self.decided.insert(row.id, row.clone());
        if is_final {
            self.first.insert(content_key, row.clone());
        }
        self.receipts.push(row);
        told
    }

    /// What would become of a test. Its room is thrown away, so that nothing of it counts or is booked; only what was said
    /// and answered is kept, and never as the first of equal receipts.
    pub fn rehearse(mut self, one: &Incoming<'_>) -> (ReceiptAnswer, Option<receipt::Model>) {
        if let Some(row) = self.decided.get(&one.receipt.receipt_id) {
            return (answer::of(row), None);
        }
        let told = answer::of_test(one.receipt.receipt_id, self.verdict(one));
        let row = receipt::Model { is_test: true, ..self.row(one, &told) };
        (told, Some(row))
    }

    fn verdict(&mut self, one: &Incoming<'_>) -> Verdict {
        let claim = match &one.claim {
            Ok(claim) => claim,
            Err(Malformed { code, message }) => return Verdict::refused(400, code, message),
        };
        if self.sheet.is_none() {
            return Verdict::refused(200, Reason::ClickNotFound.code(), answer::words(Reason::ClickNotFound));
        }
        let terms = self.terms_of(one);
        if let Err(reason) = terms.map_or(Ok(()), |terms| trust::admit(&terms.advertiser, standing(one))) {
            return Verdict::refused(UNAUTHENTICATED, reason.code(), answer::words(reason));
        }
        if let Some(id) = claim.conversion {
            return match self.sheet().get(id).filter(|held| self.may_touch(one, &held.conversion)) {
                Some(_) => self.update_if_admitted(one, claim, id),
                None => Verdict::refused(404, "not_found", "there is no such conversion"),
            };
        }
        match self.relation(one, claim) {
            (Relation::Update(id), _) => self.update_if_admitted(one, claim, id),
            (Relation::New, kin) => self.receive(one, claim, kin, None),
            (Relation::Duplicate(reason, _), kin) => self.receive(one, claim, kin, Some(reason)),
        }
    }

    /// A receipt may name a conversion alone: then that conversion's advertiser says what proof it asks for.
    fn update_if_admitted(&mut self, one: &Incoming<'_>, claim: &Claim, id: Id<id::Conversion>) -> Verdict {
        let offer = self.sheet().get(id).and_then(|held| held.conversion.offer_id);
        let terms = offer.and_then(|offer| self.sheet().terms.get(&offer));
        match terms.map_or(Ok(()), |terms| trust::admit(&terms.advertiser, standing(one))) {
            Ok(()) => self.update(one, claim, id),
            Err(reason) => Verdict::refused(UNAUTHENTICATED, reason.code(), answer::words(reason)),
        }
    }

    pub fn terms_of(&self, one: &Incoming<'_>) -> Option<&Terms> {
        self.sheet.as_ref()?.terms.get(&self.offer_of(one)?)
    }

    pub fn customer_of(&self, advertiser: Id<id::Advertiser>, claim: &Claim) -> Option<&customer::Model> {
        self.customers.get(&(advertiser, claim.customer_id.clone()?))
    }

    /// A sender with an advertiser's own token speaks for that advertiser alone.
    fn may_touch(&self, one: &Incoming<'_>, row: &conversion::Model) -> bool {
        one.receipt.advertiser.is_none_or(|sender| row.advertiser_id == Some(sender))
    }

    fn relation(&self, one: &Incoming<'_>, claim: &Claim) -> (Relation, Kin) {
        let terms = self.terms_of(one);
        let goal = terms.and_then(|terms| terms.goal(claim.goal.as_deref()));
        let click = match &one.click {
            Click::Found(click) if click.workspace == self.tenant.id() => Some(click.click_id),
            Click::None | Click::Seen(_) => None,
            // What names a click that is none of ours is judged, never an update.
            _ => return (Relation::New, Kin::default()),
        };
        let same_order = claim.order_id.as_deref().and_then(|order| self.same_order(one, claim, order));
        let repeated = one.click_of_repeats().map(|click| click.click_id);
        let click_goal = repeated.zip(goal).map(|(click, goal)| known::click_goal_key(click, goal.id));
        let same_click_goal = click_goal.and_then(|key| self.accepted(*self.by_click_goal.get(&key)?));
        let many_per_click = terms.is_some_and(|terms| terms.offer.many_per_click);
        let receipt = Identity { click, order_id: claim.order_id.as_deref(), many_per_click };
        let kin = Kin { same_order, same_click_goal, same_customer_goal: self.same_customer_goal(terms, claim) };
        (kin.relation(receipt), kin)
    }

    /// The accepted conversion with this order: of the same goal where one is known, else the primary one.
    fn same_order(&self, one: &Incoming<'_>, claim: &Claim, order: &str) -> Option<Accepted> {
        let of_receipt = self.terms_of(one);
        let fits = |row: &&conversion::Model| {
            let own_terms = row.offer_id.and_then(|offer| self.sheet().terms.get(&offer));
            let advertiser_fits = of_receipt.is_none_or(|terms| row.advertiser_id == Some(terms.advertiser.id));
            let named = claim.goal.as_deref();
            let wanted = match of_receipt {
                Some(terms) => terms.goal(named),
                None => named.and_then(|_| own_terms?.goal(named)),
            };
            let any_goal = of_receipt.is_none() && named.is_none();
            let goal_fits = any_goal || wanted.is_some_and(|goal| row.goal_id == Some(goal.id));
            self.may_touch(one, row) && advertiser_fits && goal_fits
        };
        let candidates = self.by_order.get(order)?.iter().filter_map(|id| self.sheet().get(*id));
        let best = candidates.map(|held| &held.conversion).filter(fits).max_by_key(|row| row.is_primary)?;
        self.accepted(best.id)
    }

    fn same_customer_goal(&self, terms: Option<&Terms>, claim: &Claim) -> Option<Id<id::Conversion>> {
        let terms = terms?;
        let goal = terms.goal(claim.goal.as_deref()).filter(|goal| judge::is_once_per_customer(goal.kind))?;
        let customer = self.customer_of(terms.advertiser.id, claim)?;
        self.by_customer_goal.get(&known::customer_goal_key(customer.id, goal.id)).copied()
    }

    fn accepted(&self, id: Id<id::Conversion>) -> Option<Accepted> {
        let row = &self.sheet().get(id)?.conversion;
        Some(Accepted { id, click: row.click_id, order_id: row.order_id.clone() })
    }

    /// Makes an accepted conversion findable for later receipts.
    pub fn remember(&mut self, row: &conversion::Model) {
        if let Some(order) = row.order_id.clone().filter(|_| row.order_key.is_some()) {
            self.by_order.entry(order).or_default().push(row.id);
        }
        self.by_click_goal.extend(row.click_goal_key.map(|key| (key, row.id)));
        self.by_customer_goal.extend(row.customer_goal_key.map(|key| (key, row.id)));
    }

    fn row(&self, one: &Incoming<'_>, told: &ReceiptAnswer) -> receipt::Model {
        let receipt = one.receipt;
        receipt::Model {
            id: receipt.receipt_id,
            workspace_id: self.tenant.id(),
            advertiser_id: receipt.advertiser.or_else(|| self.about(one, told)),
            conversion_id: told.conversion_id,
            same_as: None,
            content_key: None,
            door: receipt.door.code().to_owned(),
            trust: self.rung(one).code().to_owned(),
            remote_ip: receipt.remote_ip.to_string(),
            params: serde_json::to_value(&receipt.params).expect("pairs of texts"),
            raw: receipt.raw.clone(),
            arrived_at: receipt.arrived_at,
            decided_at: self.ambient.now(),
            http_status: i32::from(told.http_status),
            status: told.status.clone(),
            reason: told.reason.clone(),
            message: told.message.clone(),
            is_test: false,
        }
    }

    /// Whose offer, else whose conversion a receipt speaks of.
    fn about(&self, one: &Incoming<'_>, told: &ReceiptAnswer) -> Option<Id<id::Advertiser>> {
        let of_offer = self.terms_of(one).map(|terms| terms.advertiser.id);
        of_offer.or_else(|| self.sheet.as_ref()?.get(told.conversion_id?)?.conversion.advertiser_id)
    }

    pub fn rung(&self, one: &Incoming<'_>) -> Trust {
        self.terms_of(one).map_or(one.receipt.trust, |terms| trust::rung(&terms.advertiser, standing(one)))
    }

    /// Whether a cap closed or opened the way for clicks.
    pub fn changes_routes(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.caps.changes_routes())
    }

    /// Writes receipts, customers and the worksheet.
    pub async fn write(self, conn: &impl ConnectionTrait) -> anyhow::Result<()> {
        let Self { receipts, items, traces, seen_terms, sheet, .. } = self;
        let Self { mut customers, changed_customers, mut coupons, used_coupons, .. } = self;
        let used: Vec<_> = used_coupons.into_iter().filter_map(|key| coupons.remove(&key)).collect();
        let changed = changed_customers.into_iter().filter_map(|key| customers.remove(&key));
        let changed: Vec<_> = changed.map(|row| row.into_active_model()).collect();
        let write_sheet = async {
            match sheet {
                Some(sheet) => sheet.write(conn).await.map(drop),
                None => Ok(()),
            }
        };
        tokio::try_join!(
            async { Ok(insert_all(conn, receipts.into_iter().map(|row| row.into_active_model())).await?) },
            async { Ok(insert_all(conn, items.into_iter().map(|row| row.into_active_model())).await?) },
            async { Ok(insert_all(conn, traces.into_iter().map(|row| row.into_active_model())).await?) },
            async { Ok(crate::conversions::trace::store::keep_terms(conn, seen_terms.into_values()).await?) },
            async { Ok(replace_all(conn, changed, customer::Column::Id).await?) },
            async {
                Ok(replace_all(conn, used.into_iter().map(|row| row.into_active_model()), coupon::Column::Id).await?)
            },
            write_sheet,
        )?;
        Ok(())
    }
}
