//! What Everflow calls its columns: as its export endpoints and report headings do.

use super::Names;
use crate::imports::model::ImportKind as K;

pub(super) const NAMES: &[(K, Names)] = &[
    (
        K::Offers,
        &[
            ("id", "network_offer_id|Offer ID|ID"),
            ("name", "name|Offer Name|Offer"),
            ("landing_url", "destination_url|Base Destination URL|Destination URL|Landing Page"),
            ("advertiser_id", "network_advertiser_id|Advertiser ID"),
            ("advertiser_name", "network_advertiser_name|Advertiser Name|Advertiser"),
            ("status", "offer_status|Status"),
            ("currency", "currency_id|Currency"),
            ("payout", "payout_amount|Payout|Default Payout"),
            ("payout_percent", "payout_percentage|Payout %"),
            ("revenue", "revenue_amount|Revenue|Default Revenue"),
            ("revenue_percent", "revenue_percentage|Revenue %"),
            ("link_id", "encoded_value|Encoded Value"),
            ("vertical", "category|Category"),
        ],
    ),
    (
        K::Partners,
        &[
            ("id", "network_affiliate_id|Partner ID|Affiliate ID|ID"),
            ("name", "name|Partner Name|Affiliate Name|Partner|Affiliate"),
            ("email", "email|Email|User Email"),
            ("status", "account_status|Account Status|Status"),
            ("country", "country_code|Country"),
            ("group", "affiliate_tier|Tier"),
            ("link_id", "encoded_value|Encoded Value"),
        ],
    ),
    (
        K::Links,
        &[
            ("offer", "network_offer_id|Offer ID|oid"),
            ("partner", "network_affiliate_id|Partner ID|Affiliate ID|affid"),
            ("name", "name|Offer URL Name"),
            ("status", "status|Status"),
        ],
    ),
    (
        K::Clicks,
        &[
            ("id", "transaction_id|Transaction ID|Click ID"),
            ("at", "unix_timestamp|click_unix_timestamp|Date|Timestamp|Click Date"),
            ("offer", "network_offer_id|offer_id|Offer ID|Offer"),
            ("partner", "network_affiliate_id|affiliate_id|Partner ID|Affiliate ID|Partner"),
            ("country", "country_code|Country Code|Country"),
            ("source_id", "source_id|Source ID"),
            ("sub1", "sub1|Sub1|Sub 1"),
            ("sub2", "sub2|Sub2|Sub 2"),
            ("sub3", "sub3|Sub3|Sub 3"),
            ("sub4", "sub4|Sub4|Sub 4"),
            ("sub5", "sub5|Sub5|Sub 5"),
        ],
    ),
    (
        K::Conversions,
        &[
            ("id", "conversion_id|Conversion ID"),
            ("at", "conversion_unix_timestamp|Conversion Date|Date"),
            ("payout", "payout|Payout"),
            ("offer", "network_offer_id|offer_id|Offer ID|Offer"),
            ("partner", "network_affiliate_id|affiliate_id|Partner ID|Affiliate ID|Partner"),
            ("click", "transaction_id|Transaction ID"),
            ("click_at", "click_unix_timestamp|Click Date"),
            ("status", "status|Status"),
            ("goal", "network_offer_payout_revenue_id|event_id|Event ID"),
            ("order_id", "order_id|Order ID"),
            ("sale", "sale_amount|Sale Amount"),
            ("revenue", "revenue|Revenue"),
            ("currency", "currency_id|Currency"),
        ],
    ),
    (
        K::Balances,
        &[
            ("amount", "balance|Balance|Amount|Unpaid|payable_amount"),
            ("partner", "network_affiliate_id|Partner ID|Affiliate ID"),
            ("advertiser", "network_advertiser_id|Advertiser ID"),
            ("currency", "currency_id|Currency"),
        ],
    ),
];
