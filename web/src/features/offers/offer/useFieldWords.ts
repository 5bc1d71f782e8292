import { useTranslation } from "react-i18next";
import type { TargetingCondition } from "~/domain/targeting/model";
import { useTargetingSummary } from "~/domain/targeting/summary";
import { useWords, type WordList } from "~/domain/words";
import { percentText } from "~/features/plans/payoutWords";
import { useFormat } from "~/ui/format";

/** Closed lists whose words stand for a field's value. */
const LISTS: Partial<Record<string, WordList>> = {
  visibility: "visibility",
  vertical: "vertical",
  conversion_start: "conversion_start",
  validation_expiry: "validation_expiry",
};

/** What the fields belong to. */
export interface FieldOwner {
  states: "offer_state" | "partner_state";
  /** Of amounts. */
  currency?: string;
}

/** Names of fields of the audit log and their values in words. */
export function useFieldWords({ states, currency }: FieldOwner) {
  const { t } = useTranslation("offers");
  const { t: plans } = useTranslation("plans");
  const { t: targeting } = useTranslation("targeting");
  const summary = useTargetingSummary();
  const word = useWords();
  const format = useFormat();
  const names: Partial<Record<string, string>> = {
    name: t("editor.name"),
    description: t("editor.description"),
    state: t("list.state"),
    visibility: t("list.visibility"),
    vertical: t("list.vertical"),
    currency: t("editor.currency"),
    landing_parameter: t("rules.parameter"),
    allowed_hosts: t("rules.hosts"),
    passes_extra_parameters: t("rules.extras"),
    utm_template: t("rules.utm"),
    duplicate_window_hours: t("rules.duplicates"),
    click_to_conversion_min_seconds: t("rules.window_min"),
    click_to_conversion_max_days: t("rules.window_max"),
    view_to_conversion_hours: t("rules.views"),
    conversion_start: t("rules.start"),
    validation_days: t("rules.validation"),
    validation_expiry: t("rules.expiry"),
    hold_days: t("rules.hold"),
    many_per_click: t("rules.many"),
    pay_model: t("rules.pay"),
    assist_percent: t("rules.assist"),
    traffic_rules: t("rules.traffic"),
    targeting: targeting("offer.title"),
    fallback_url: t("rules.fallback"),
    url: t("landings.url"),
    payout: plans("rate.payout"),
    revenue: plans("rate.revenue"),
    is_primary: t("goals.primary"),
    valid_from: plans("from.label"),
    state_reason: t("history.reason"),
    reason: t("history.reason"),
    group: t("history.group"),
    tags: t("history.tags"),
    language: t("history.language"),
    country: t("history.country"),
    trafficback_url: t("history.trafficback"),
    method: t("history.method"),
    role: t("history.role"),
  };
  const valueWord = (field: string, value: unknown): string => {
    if (value === null || value === "") return "-";
    if (typeof value === "boolean") return value ? t("history.yes") : t("history.no");
    if (typeof value === "number") return format.number(value);
    if (field === "targeting") return summary(value as TargetingCondition[]).join(" ");
    if (Array.isArray(value)) return value.map((each) => valueWord(field, each)).join(", ") || "-";
    if (typeof value === "object") return objectWord(value as Record<string, unknown>);
    const text = String(value);
    if (field === "state") return word(states, text);
    if (field === "method") return word("payout_method", text);
    if (field === "role") return word("team_role", text);
    if (field === "valid_from") return format.dateTime(text);
    const list = LISTS[field];
    return list ? word(list, text) : text;
  };
  const objectWord = (value: Record<string, unknown>): string => {
    if (typeof value.percent === "string") return percentText(format, value.percent);
    if (typeof value.minor === "number" && currency) return format.money({ minor: value.minor, currency });
    const parts = Object.entries(value).map(
      ([type, rule]) => `${word("traffic_type", type)}: ${word("traffic_rule", String(rule))}`,
    );
    return parts.join(", ") || "-";
  };
  return { fieldWord: (field: string) => names[field], valueWord };
}
