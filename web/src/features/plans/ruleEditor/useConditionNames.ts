import { useTranslation } from "react-i18next";
import type { ConditionName } from "../conditions";

export function useConditionNames(): Record<ConditionName, string> {
  const { t } = useTranslation("plan_editor");
  return {
    goal_id: t("condition.goal"),
    partner_id: t("condition.partner"),
    groups: t("condition.groups"),
    tags: t("condition.tags"),
    countries: t("condition.countries"),
    devices: t("condition.devices"),
    traffic_types: t("condition.traffic"),
    skus: t("condition.skus"),
    categories: t("condition.categories"),
    coupons: t("condition.coupons"),
    customer: t("condition.customer"),
    amount: t("condition.amount"),
    nth_order: t("condition.order"),
    weekdays: t("condition.weekdays"),
    dates: t("condition.dates"),
    subs: t("condition.subs"),
    sources: t("condition.sources"),
  };
}
