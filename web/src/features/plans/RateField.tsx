import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { effectOf, type RateDraft } from "./effect";
import classes from "./plans.module.css";

interface Props {
  /** Whose rate it is: "Partner earns". */
  label: string;
  draft: RateDraft;
  onChange: (draft: RateDraft) => void;
  currency: string;
  /** What the API says of it. */
  error?: string;
  /** What "no rate" means here: nothing unless said. */
  noneLabel?: string;
  disabled?: boolean;
}

const KINDS: readonly RateDraft["kind"][] = ["percent", "fixed", "none"];

/** One rate: a percentage of the amount, a fixed amount, or none. */
export function RateField({ label, draft, onChange, currency, error, noneLabel, disabled }: Props) {
  const { t } = useTranslation("plans");
  const words = {
    percent: t("rate.percent"),
    fixed: t("rate.fixed"),
    none: noneLabel ?? t("rate.none"),
    kept: t("rate.kept"),
  };
  const kinds = draft.kept ? [...KINDS, "kept" as const] : KINDS;
  const isTyped = draft.kind === "percent" || draft.kind === "fixed";
  const isUnreadable = draft.value !== "" && effectOf(draft, currency) === undefined;
  const unreadable = draft.kind === "percent" ? t("rate.unreadable_percent") : t("rate.unreadable_amount");
  return (
    <fieldset className={classes.rate}>
      <legend className={classes.legend}>{label}</legend>
      <div className={classes.rateFields}>
        <Select
          aria-label={t("rate.kind", { side: label })}
          data={kinds.map((kind) => ({ value: kind, label: words[kind] }))}
          value={draft.kind}
          onChange={(kind) => onChange({ ...draft, kind: (kind ?? "none") as RateDraft["kind"] })}
          allowDeselect={false}
          disabled={disabled}
          error={isTyped ? undefined : error}
        />
        {isTyped && (
          <TextInput
            aria-label={t("rate.value", { side: label })}
            inputMode="decimal"
            className="figures"
            value={draft.value}
            onChange={(event) => onChange({ ...draft, value: event.currentTarget.value })}
            rightSection={<span className={classes.unit}>{draft.kind === "percent" ? "%" : currency}</span>}
            rightSectionWidth={48}
            error={error ?? (isUnreadable ? unreadable : undefined)}
            disabled={disabled}
          />
        )}
      </div>
    </fieldset>
  );
}
