import { Code, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** What each parameter of a postback means. */
export function Parameters() {
  const { t } = useTranslation("workspaces");
  const lines: [name: string, meaning: string][] = [
    ["click_id", t("postback.of.click_id")],
    ["goal", t("postback.of.goal")],
    ["order_id", t("postback.of.order_id")],
    ["amount", t("postback.of.amount")],
    ["currency", t("postback.of.currency")],
    ["status", t("postback.of.status")],
    ["customer_id", t("postback.of.customer_id")],
    ["coupon", t("postback.of.coupon")],
    ["event_time", t("postback.of.event_time")],
    ["token", t("postback.of.token")],
  ];
  return (
    <Table aria-label={t("postback.parameters")} verticalSpacing={6} horizontalSpacing={0}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={120}>{t("postback.parameter")}</Table.Th>
          <Table.Th>{t("postback.meaning")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(([name, meaning]) => (
          <Table.Tr key={name}>
            <Table.Td style={{ verticalAlign: "top" }}>
              <Code>{name}</Code>
            </Table.Td>
            <Table.Td>{meaning}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
