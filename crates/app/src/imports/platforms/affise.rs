//! What Affise calls its columns: as its API and statistics do.

use super::Names;
use crate::imports::model::ImportKind as K;

pub(super) const NAMES: &[(K, Names)] = &[
    (
        K::Offers,
        &[
            ("id", "id|offer_id|Offer ID"),
            ("name", "title|Title|Offer"),
            ("landing_url", "url|Tracking URL|Offer URL"),
            ("advertiser_id", "advertiser_id|Advertiser ID"),
            ("advertiser_name", "advertiser_title|Advertiser"),
            ("status", "status|Status"),
            ("currency", "currency|Currency"),
            ("payout", "Payout|payments.revenue"),
            ("revenue", "Revenue|payments.total|Total"),
            ("vertical", "categories|Category"),
        ],
    ),
    (
        K::Partners,
        &[
            ("id", "id|pid|Affiliate ID|Partner ID"),
            ("name", "title|login|Affiliate|Name"),
            ("email", "email|E-mail|Email"),
            ("status", "status|Status"),
            ("country", "country|Country"),
            ("group", "level|Level"),
        ],
    ),
    (
        K::Links,
        &[
            ("offer", "offer_id|Offer ID|Offer"),
            ("partner", "pid|Affiliate ID|Affiliate|partner_id"),
            ("status", "status"),
        ],
    ),
    (
        K::Clicks,
        &[
            ("id", "clickid|click_id|Click ID|id"),
            ("at", "created_at|Click date|Date|click_date"),
            ("offer", "offer_id|offer.id|Offer ID|Offer"),
            ("partner", "pid|partner_id|partner.id|Affiliate ID|Affiliate"),
            ("country", "country|Country"),
            ("sub1", "sub1|Sub 1"),
            ("sub2", "sub2|Sub 2"),
            ("sub3", "sub3|Sub 3"),
            ("sub4", "sub4|Sub 4"),
            ("sub5", "sub5|Sub 5"),
            ("sub6", "sub6|Sub 6"),
            ("sub7", "sub7|Sub 7"),
            ("sub8", "sub8|Sub 8"),
        ],
    ),
    (
        K::Conversions,
        &[
            ("id", "conversion_id|Conversion ID|id"),
            ("at", "created_at|Conversion date|Date"),
            ("payout", "Payout|payouts"),
            ("offer", "offer_id|offer.id|Offer ID|Offer"),
            ("partner", "pid|partner_id|partner.id|Affiliate ID|Affiliate"),
            ("click", "clickid|click_id|Click ID"),
            ("click_at", "click_time|Click date"),
            ("status", "status|Status"),
            ("goal", "goal_value|goal|Goal"),
            ("order_id", "action_id|Action ID"),
            ("sale", "sum|price|Sum"),
            ("revenue", "Revenue|revenue"),
            ("currency", "currency|Currency"),
        ],
    ),
    (
        K::Balances,
        &[
            ("amount", "balance|available|Balance|Payout|Amount"),
            ("partner", "pid|id|Affiliate ID|Affiliate"),
            ("advertiser", "advertiser_id|Advertiser ID"),
            ("currency", "currency|Currency"),
        ],
    ),
];
