import {
  IconAdjustments,
  IconArrowsShuffle,
  IconArrowsSplit2,
  IconBell,
  IconBook2,
  IconBuildingStore,
  IconCalendarEvent,
  IconChartBar,
  IconCoins,
  IconEraser,
  IconFileInvoice,
  IconGauge,
  IconGavel,
  IconGift,
  IconHome,
  IconLink,
  IconListCheck,
  IconPercentage,
  IconPlugConnected,
  IconReceipt2,
  IconReceiptEuro,
  IconScale,
  IconTag,
  IconTicket,
  IconTrendingUp,
  IconUserDollar,
  IconUsers,
  IconWebhook,
  type TablerIcon,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import type { Workplace } from "~/domain/person";

export interface Entry {
  /** Key of its word in the namespace `frame`, below `nav`. */
  name: NavigationName;
  to: LinkProps["to"];
  icon: TablerIcon;
  /** Pressed after `g`. */
  key: string;
  /** Without this permission the entry is absent. */
  needs?: string;
}

export type NavigationName =
  | "home"
  | "partners"
  | "offers"
  | "links"
  | "smart_links"
  | "advertisers"
  | "caps"
  | "rate_requests"
  | "coupons"
  | "conversions"
  | "receipts"
  | "reports"
  | "alerts"
  | "payday"
  | "payouts"
  | "billing"
  | "own_billing"
  | "reconciliation"
  | "scrubs"
  | "disputes"
  | "placements"
  | "rewards"
  | "costs"
  | "manager_bonuses"
  | "revenue_share"
  | "journal"
  | "settings"
  | "earnings"
  | "connection"
  | "postbacks";

const HOME: Entry = { name: "home", to: "/", icon: IconHome, key: "h" };
const OFFERS: Entry = { name: "offers", to: "/offers", icon: IconTag, key: "o", needs: "offers:read" };
const LINKS: Entry = { name: "links", to: "/links", icon: IconLink, key: "l", needs: "links:read" };
const CONVERSIONS: Entry = {
  name: "conversions",
  to: "/conversions",
  icon: IconArrowsSplit2,
  key: "c",
  needs: "conversions:read",
};
const REVENUE_SHARE: Entry = {
  name: "revenue_share",
  to: "/revenue-share",
  icon: IconPercentage,
  key: "v",
  needs: "revenue_share:read",
};
const SCRUBS: Entry = { name: "scrubs", to: "/scrubs", icon: IconEraser, key: "x", needs: "scrubs:read" };
const REPORTS: Entry = {
  name: "reports",
  to: "/reports",
  icon: IconChartBar,
  key: "r",
  needs: "reports:read",
};

/** What each workplace offers, grouped by what people come to do. A partner has seven entries, an advertiser six. */
export const NAVIGATION: Record<Workplace, Entry[][]> = {
  staff: [
    [HOME],
    [
      { name: "partners", to: "/partners", icon: IconUsers, key: "p", needs: "partners:read" },
      OFFERS,
      LINKS,
      {
        name: "smart_links",
        to: "/smart-links",
        icon: IconArrowsShuffle,
        key: "i",
        needs: "smart_links:read",
      },
      { name: "caps", to: "/caps", icon: IconGauge, key: "k", needs: "caps:read" },
      {
        name: "rate_requests",
        to: "/rate-requests",
        icon: IconTrendingUp,
        key: "q",
        needs: "bump_requests:read",
      },
      { name: "coupons", to: "/coupons", icon: IconTicket, key: "u", needs: "coupons:read" },
      {
        name: "advertisers",
        to: "/advertisers",
        icon: IconBuildingStore,
        key: "a",
        needs: "advertisers:read",
      },
    ],
    [
      CONVERSIONS,
      { name: "receipts", to: "/receipts", icon: IconReceipt2, key: "e", needs: "conversions:read" },
      { name: "disputes", to: "/disputes", icon: IconGavel, key: "j", needs: "disputes:read" },
      SCRUBS,
      REPORTS,
      { name: "alerts", to: "/alerts", icon: IconBell, key: "g", needs: "alerts:read" },
    ],
    [
      { name: "payday", to: "/payday", icon: IconListCheck, key: "z", needs: "payouts:write" },
      { name: "payouts", to: "/payouts", icon: IconCoins, key: "m", needs: "payouts:read" },
      {
        name: "reconciliation",
        to: "/reconciliation",
        icon: IconScale,
        key: "y",
        needs: "reconciliation:read",
      },
      { name: "billing", to: "/billing", icon: IconFileInvoice, key: "f", needs: "receivables:read" },
      {
        name: "placements",
        to: "/placements",
        icon: IconCalendarEvent,
        key: "d",
        needs: "placements:read",
      },
      { name: "rewards", to: "/rewards", icon: IconGift, key: "w", needs: "rewards:read" },
      REVENUE_SHARE,
      { name: "costs", to: "/costs", icon: IconReceiptEuro, key: "t", needs: "costs:read" },
      {
        name: "manager_bonuses",
        to: "/manager-bonuses",
        icon: IconUserDollar,
        key: "n",
        needs: "manager_bonuses:read",
      },
      { name: "journal", to: "/journal", icon: IconBook2, key: "b", needs: "journal:read" },
    ],
    [{ name: "settings", to: "/settings", icon: IconAdjustments, key: "s" }],
  ],
  partner: [
    [
      HOME,
      OFFERS,
      LINKS,
      CONVERSIONS,
      { name: "earnings", to: "/earnings", icon: IconCoins, key: "m" },
      REVENUE_SHARE,
    ],
    [{ name: "postbacks", to: "/postbacks", icon: IconWebhook, key: "b", needs: "postbacks:read" }],
  ],
  advertiser: [
    [
      HOME,
      OFFERS,
      CONVERSIONS,
      SCRUBS,
      { name: "own_billing", to: "/billing", icon: IconFileInvoice, key: "f", needs: "billing:read" },
      { name: "connection", to: "/connection", icon: IconPlugConnected, key: "n" },
    ],
  ],
};
