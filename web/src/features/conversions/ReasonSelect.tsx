import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import type { Reason } from "./model";
import { CANCELLED, POLICY, TRASH, usualReason } from "./rules";

interface Props {
  value: Reason;
  onChange: (reason: Reason) => void;
  isAdvertiser: boolean;
  /** The focus begins here. */
  isFirst: boolean;
}

/** Why something is taken from a partner, from the closed list; the partner reads it. */
export function ReasonSelect({ value, onChange, isAdvertiser, isFirst }: Props) {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const group = (name: string, reasons: readonly Reason[]) => ({
    group: name,
    items: reasons.map((reason) => ({ value: reason, label: word("conversion_reason", reason) })),
  });
  const data = [
    group(t("reasons.usual"), [usualReason(isAdvertiser)]),
    group(t("reasons.trash"), TRASH),
    group(t("reasons.cancelled"), CANCELLED),
    ...(isAdvertiser ? [] : [group(t("reasons.policy"), POLICY)]),
  ];
  return (
    <Select
      label={t("judge.reason")}
      description={t("judge.reason_help")}
      data={data}
      value={value}
      onChange={(reason) => reason && onChange(reason as Reason)}
      allowDeselect={false}
      searchable
      openOnFocus={false}
      data-autofocus={isFirst || undefined}
      maxDropdownHeight={280}
    />
  );
}
