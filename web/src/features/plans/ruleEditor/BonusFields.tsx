import { Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { priceOf } from "../effect";
import classes from "../plans.module.css";
import { CountedFields } from "./CountedFields";
import { type RuleDraft, readFrom } from "./ruleDraft";

interface Props {
  draft: RuleDraft;
  onChange: (change: Partial<RuleDraft>) => void;
  currency: string;
}

/** A threshold and what is given once it is met. */
export function BonusFields({ draft, onChange, currency }: Props) {
  const { t } = useTranslation("plan_editor");
  const { threshold, sum, metric } = draft;
  const amount = priceOf({ kind: "fixed", value: sum }, currency);
  const unit = <span className={classes.unit}>{currency}</span>;
  return (
    <>
      <CountedFields draft={draft} onChange={onChange} />
      <Group grow align="flex-start">
        <TextInput
          label={t("effect.threshold")}
          description={t("effect.bonus_help")}
          inputMode="decimal"
          className="figures"
          value={threshold}
          onChange={(event) => onChange({ threshold: event.currentTarget.value })}
          error={threshold !== "" && !readFrom(threshold, metric, currency)}
          rightSection={metric === "conversions" ? undefined : unit}
        />
        <TextInput
          label={t("effect.sum")}
          description={t("effect.sum_help")}
          inputMode="decimal"
          className="figures"
          value={sum}
          onChange={(event) => onChange({ sum: event.currentTarget.value })}
          error={sum !== "" && !amount}
          rightSection={unit}
        />
      </Group>
    </>
  );
}
