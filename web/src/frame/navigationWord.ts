import type { TFunction } from "i18next";
import type { NavigationName } from "./navigation";

/** The word of a navigation entry. */
export function navigationWord(t: TFunction<"frame">, name: NavigationName): string {
  const words: Record<NavigationName, string> = {
    home: t("nav.home"),
    partners: t("nav.partners"),
    offers: t("nav.offers"),
    links: t("nav.links"),
    smart_links: t("nav.smart_links"),
    caps: t("nav.caps"),
    rate_requests: t("nav.rate_requests"),
    coupons: t("nav.coupons"),
    alerts: t("nav.alerts"),
    advertisers: t("nav.advertisers"),
    conversions: t("nav.conversions"),
    receipts: t("nav.receipts"),
    reports: t("nav.reports"),
    payday: t("nav.payday"),
    payouts: t("nav.payouts"),
    billing: t("nav.billing"),
    own_billing: t("nav.own_billing"),
    reconciliation: t("nav.reconciliation"),
    scrubs: t("nav.scrubs"),
    disputes: t("nav.disputes"),
    placements: t("nav.placements"),
    rewards: t("nav.rewards"),
    manager_bonuses: t("nav.manager_bonuses"),
    costs: t("nav.costs"),
    revenue_share: t("nav.revenue_share"),
    journal: t("nav.journal"),
    settings: t("nav.settings"),
    earnings: t("nav.earnings"),
    connection: t("nav.connection"),
    postbacks: t("nav.postbacks"),
  };
  return words[name];
}
