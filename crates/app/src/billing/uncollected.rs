//! What is payable by the book and waits for the advertiser's money.

use sea_orm::sea_query::{Expr, SimpleExpr};

/// Whether a row of `commissions` waits: the advertiser's terms say that partners are paid once it has paid, no paid invoice
/// holds the conversion, and nobody allowed an advance. What the advertiser is not charged for waits for nothing.
pub fn is_held() -> SimpleExpr {
    Expr::cust(HELD)
}

const HELD: &str = "exists (select 1 from conversions c \
    join advertiser_accounts a on a.workspace_id = c.workspace_id and a.advertiser_id = c.advertiser_id \
    and a.currency = c.currency and a.partners_paid = 'when_collected' \
    where c.id = commissions.conversion_id and c.revenue_minor > 0 \
    and not exists (select 1 from invoice_items i join invoices v on v.id = i.invoice_id \
    where i.workspace_id = c.workspace_id and i.conversion_id = c.id and i.is_live and v.state = 'paid') \
    and not exists (select 1 from payout_advances d where d.workspace_id = c.workspace_id \
    and d.partner_id = commissions.partner_id and d.advertiser_id = c.advertiser_id and c.locked_at <= d.until))";
