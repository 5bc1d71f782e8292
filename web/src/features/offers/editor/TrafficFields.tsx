import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { TRAFFIC_TYPES, type TrafficRule } from "../model";
import classes from "./editor.module.css";
import type { OfferForm } from "./form";

const RULES: readonly TrafficRule[] = ["allowed", "by_approval", "forbidden"];

/** Which types of traffic partners may send. */
export function TrafficFields({ form, disabled }: { form: OfferForm; disabled?: boolean }) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const rules = form.values.traffic_rules;
  const own = Object.keys(rules).filter((type) => !TRAFFIC_TYPES.some((known) => known === type));
  return (
    <ul className={classes.traffic}>
      {[...TRAFFIC_TYPES, ...own].map((type) => (
        <li key={type} className={classes.trafficRow}>
          <span id={`traffic-${type}`}>{word("traffic_type", type)}</span>
          <SegmentedControl
            size="xs"
            aria-label={t("rules.traffic_of", { type: word("traffic_type", type) })}
            data={RULES.map((rule) => ({ value: rule, label: word("traffic_rule", rule) }))}
            value={rules[type] ?? "allowed"}
            onChange={(rule) =>
              form.setFieldValue("traffic_rules", { ...rules, [type]: rule as TrafficRule })
            }
            disabled={disabled}
          />
        </li>
      ))}
    </ul>
  );
}
