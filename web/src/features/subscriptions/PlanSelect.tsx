import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { usePlans } from "./model";

interface Props {
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string | undefined;
}

/** A plan that takes new subscriptions, with its price. */
export function PlanSelect({ value, onChange, error }: Props) {
  const { t } = useTranslation("subscriptions");
  const word = useWords();
  const { money } = useFormat();
  const { rows } = usePlans({ is_archived: false });
  const options = rows.map((plan) => ({
    value: plan.id,
    label: `${plan.name}, ${money(plan.price)}, ${word("plan_period", plan.period)}`,
  }));
  return (
    <Select label={t("fact.plan")} data={options} value={value} onChange={onChange} error={error} required />
  );
}
