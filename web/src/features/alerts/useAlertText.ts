import { useTranslation } from "react-i18next";
import { useFiguresOf } from "~/domain/figures";
import { useDimensionText } from "~/features/reports/report/useDimensionText";
import { useFormat } from "~/ui/format";
import type { Alert, AlertRule, BuiltIn, Trial, Watch } from "./model";

/** Ratios come in millionths. */
const MILLION = 1_000_000;

type Judged = Pick<Trial["subjects"][number], "seen" | "usual_from" | "usual_to" | "before">;
type Unit = Alert["unit"];

/** Rules, subjects and numbers of alerts in the person's words. */
export function useAlertText() {
  const { t } = useTranslation("alerts");
  const figures = useFiguresOf();
  const { percent } = useFormat();
  const figure = (value: number | null | undefined, unit: Unit, currency: string | null | undefined) => {
    if (value == null) return "-";
    if (!unit) return percent(value / 100);
    return figures(unit, unit === "ratio" ? value / MILLION : value, currency);
  };
  const builtIn: Record<BuiltIn, string> = {
    cost_without_revenue: t("built_in.cost_without_revenue"),
    conversions_stopped: t("built_in.conversions_stopped"),
    approval_falling: t("built_in.approval_falling"),
    partner_gone_quiet: t("built_in.partner_gone_quiet"),
    source_turned_bad: t("built_in.source_turned_bad"),
    postback_failing: t("built_in.postback_failing"),
    cap_near_its_end: t("built_in.cap_near_its_end"),
    balance_low: t("built_in.balance_low"),
    domain_banned: t("built_in.domain_banned"),
  };
  const usual = (judged: Judged, unit: Unit, currency: string | null | undefined) => {
    const [from, to] = [judged.usual_from, judged.usual_to].map((value) => figure(value, unit, currency));
    if (judged.usual_from != null && judged.usual_to != null) return t("usual.between", { from, to });
    if (judged.usual_from != null) return t("usual.from", { from });
    return judged.usual_to != null ? t("usual.to", { to }) : "-";
  };
  return {
    figure,
    usual,
    ruleName: (rule: Pick<AlertRule, "built_in" | "name">) =>
      rule.built_in ? builtIn[rule.built_in] : rule.name,
    alertName: (alert: Pick<Alert, "built_in" | "rule_name">) =>
      alert.built_in ? builtIn[alert.built_in] : alert.rule_name,
  };
}

/** A subject's name: that of a thing, the word of a code, or the whole. */
export function useSubjectText(labels: Record<string, string>) {
  const { t } = useTranslation("alerts");
  const text = useDimensionText(labels);
  return (watch: Pick<Watch, "each"> | null | undefined, subject: string) => {
    if (subject === "") return t("whole");
    return watch?.each ? text(watch.each, subject) : (labels[subject] ?? subject);
  };
}
