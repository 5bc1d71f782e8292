import { List } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Act } from "./rules";

/** What else follows from an act. */
export function Consequences({ act, isAdvertiser }: { act: Act; isAdvertiser: boolean }) {
  const { t } = useTranslation("conversions");
  const lines: Record<Act, string[]> = {
    approve: isAdvertiser
      ? [t("consequence.approve_advertiser")]
      : [t("consequence.approve"), t("consequence.approve_final")],
    reject: [t("consequence.partner_reads"), t("consequence.reject_back")],
    reverse: isAdvertiser
      ? [t("consequence.partner_reads")]
      : [t("consequence.partner_reads"), t("consequence.reverse_paid"), t("consequence.reverse_back")],
    refund: isAdvertiser
      ? [t("consequence.refund_share")]
      : [t("consequence.refund_share"), t("consequence.reverse_paid")],
    reinstate: [t("consequence.reinstate")],
  };
  return (
    <List size="sm" c="dimmed" spacing={2}>
      {lines[act].map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}
