//! What Keitaro calls its columns: as its reports and logs do.

use super::Names;
use crate::imports::model::ImportKind as K;

pub(super) const NAMES: &[(K, Names)] = &[
    (
        K::Offers,
        &[
            ("id", "id|offer_id|Offer ID|ID"),
            ("name", "name|Offer|Name"),
            ("landing_url", "action_payload|url|URL|Offer URL"),
            ("advertiser_id", "affiliate_network_id|Affiliate network ID"),
            ("advertiser_name", "affiliate_network|Affiliate network"),
            ("status", "state|status|State|Status"),
            ("currency", "payout_currency|Currency"),
            ("payout", "payout_value|Payout"),
            ("vertical", "group|Group"),
        ],
    ),
    (
        K::Partners,
        &[
            ("id", "id|ts_id|Traffic source ID|ID"),
            ("name", "name|Traffic source|Name"),
            ("email", "email|Email"),
            ("status", "state|status|State|Status"),
        ],
    ),
    (
        K::Links,
        &[
            ("id", "id|campaign_id|Campaign ID|ID"),
            ("alias", "alias|campaign_alias|Alias"),
            ("name", "name|campaign|Campaign|Name"),
            ("offer", "offer_id|Offer ID|Offer"),
            ("partner", "ts_id|traffic_source_id|Traffic source ID|Traffic source"),
            ("status", "state|status|State|Status"),
        ],
    ),
    (
        K::Clicks,
        &[
            ("id", "sub_id|subid|Subid|Sub ID"),
            ("at", "datetime|Date and time|Datetime|Click time"),
            ("offer", "offer_id|Offer ID"),
            ("partner", "ts_id|traffic_source_id|Traffic source ID"),
            ("link", "campaign_id|Campaign ID"),
            ("country", "country_code|country|Country"),
            ("source_id", "source|Source"),
            ("sub1", "sub_id_1|Sub ID 1"),
            ("sub2", "sub_id_2|Sub ID 2"),
            ("sub3", "sub_id_3|Sub ID 3"),
            ("sub4", "sub_id_4|Sub ID 4"),
            ("sub5", "sub_id_5|Sub ID 5"),
            ("sub6", "sub_id_6|Sub ID 6"),
            ("sub7", "sub_id_7|Sub ID 7"),
            ("sub8", "sub_id_8|Sub ID 8"),
            ("sub9", "sub_id_9|Sub ID 9"),
            ("sub10", "sub_id_10|Sub ID 10"),
        ],
    ),
    (
        K::Conversions,
        &[
            ("id", "conversion_id|Conversion ID"),
            ("at", "postback_datetime|datetime|Conversion time|Date and time"),
            ("payout", "cost|payout|Payout"),
            ("offer", "offer_id|Offer ID"),
            ("partner", "ts_id|traffic_source_id|Traffic source ID"),
            ("click", "sub_id|subid|Subid|Sub ID"),
            ("click_at", "click_datetime|Click time"),
            ("status", "status|Status"),
            ("order_id", "tid|external_id|Transaction ID|TID"),
            ("revenue", "revenue|Revenue"),
            ("currency", "currency|Currency"),
        ],
    ),
    (
        K::Balances,
        &[("amount", "balance|Balance|amount|Amount"), ("partner", "ts_id|traffic_source_id|Traffic source ID")],
    ),
];
