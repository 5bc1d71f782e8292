//! A price that was found elsewhere, for a conversion as it stands.

use kernel::{Id, Refusal, id};

use super::{Order, Worksheet, step};
use crate::{
    attribution::rules::pay,
    conversions::{counts::is_by_plan, model::next_status, rules::price::Price},
};

impl Worksheet {
    /// Gives a loaded conversion another price; its order value stays. Rules that were agreed on set aside what caps say.
    pub fn price_anew(&mut self, id: Id<id::Conversion>, price: &Price, order: &Order) -> Result<(), Refusal> {
        let before = self.get(id).ok_or_else(|| Refusal::not_found("conversion"))?.clone();
        let row = &before.conversion;
        let status = next_status(row.status, order.action, row.status_before)?;
        let mut after = before.clone();
        after.conversion.status = status;
        after.conversion.updated_at = order.at;
        after.conversion.revenue_full_minor = price.revenue.minor;
        after.conversion.plan_version_id = price.revenue.version;
        let shares: Vec<_> = after.commissions.iter_mut().filter(|one| is_by_plan(one.kind)).collect();
        let parts: Vec<_> = shares.iter().map(|share| share.share_e8).collect();
        for (share, full_minor) in shares.into_iter().zip(pay::split(price.earnings.minor, &parts)) {
            share.full_minor = full_minor;
            share.plan_version_id = price.earnings.version;
            share.rule_id = price.earnings.rule.map(|rule| rule.to_string());
        }
        step::revalue(&mut after);
        self.settle_room(Some(&before), &after, order.at);
        self.counts.settle(Some(&before), &after, &self.zone);
        self.note(Some(&before), &after, order);
        self.amend(id, |holding| *holding = after);
        Ok(())
    }
}
