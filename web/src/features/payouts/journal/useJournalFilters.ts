import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useAdvertiserOptions, usePartnerOptions } from "~/features/conversions/options";
import type { FilterOption, FilterSpec } from "~/ui/FilterChips";
import type { Account, EntryKind } from "./model";
import type { JournalSearch } from "./search";

const ACCOUNTS: readonly Account[] = [
  "partner_pending",
  "partner_approved",
  "partner_payable",
  "in_transit",
  "partner_debt",
  "cash",
  "commission_cost",
  "pending_cost",
  "revenue",
  "pending_revenue",
  "subscription_revenue",
  "advertiser_receivable",
  "pending_receivable",
  "advertiser_prepaid",
  "adjustments",
  "placements",
  "tax_withheld",
  "vat_due",
  "fees",
  "exchange",
  "opening_equity",
];

const KINDS: readonly EntryKind[] = [
  "hold",
  "release",
  "approve",
  "lock",
  "reverse",
  "reinstate",
  "reprice",
  "reassign",
  "batch",
  "paid",
  "failed",
  "returned",
  "debt_offset",
  "advertiser_paid",
  "prepaid_used",
  "advertiser_refunded",
  "vat",
  "subscription",
  "adjustment",
  "placement",
  "tax_withheld",
  "fee",
  "exchange",
  "opening",
];

/** What the journal may be filtered by. A chosen owner keeps its name when a search no longer lists it. */
export function useJournalFilters(
  search: JournalSearch,
  names: Readonly<Record<string, string>>,
): FilterSpec[] {
  const { t } = useTranslation("journal");
  const word = useWords();
  const partners = usePartnerOptions();
  const advertisers = useAdvertiserOptions();
  const withChosen = (options: FilterOption[], chosen: string | undefined) =>
    !chosen || options.some(({ value }) => value === chosen)
      ? options
      : [{ value: chosen, label: names[chosen] ?? chosen }, ...options];
  return [
    {
      kind: "one",
      id: "account",
      label: t("column.account"),
      options: ACCOUNTS.map((account) => ({ value: account, label: word("account", account) })),
    },
    {
      kind: "one",
      id: "partner",
      label: t("filter.partner"),
      options: withChosen(partners.options, search.partner),
      onSearch: partners.search,
    },
    {
      kind: "one",
      id: "advertiser",
      label: t("filter.advertiser"),
      options: withChosen(advertisers.options, search.advertiser),
    },
    {
      kind: "one",
      id: "kind",
      label: t("column.what"),
      options: KINDS.map((kind) => ({ value: kind, label: word("entry_kind", kind) })),
    },
    { kind: "dates", id: "dates", label: t("filter.dates") },
    { kind: "text", id: "conversion", label: t("filter.conversion"), placeholder: "cnv_" },
    { kind: "text", id: "payout", label: t("filter.payout"), placeholder: "pyt_" },
    { kind: "text", id: "currency", label: t("filter.currency"), placeholder: "EUR" },
  ];
}
