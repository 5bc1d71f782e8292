import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** What a call may carry. */
export function Macros() {
  const { t } = useTranslation("conversions");
  const rows = [
    { name: "click_id", meaning: t("macro.click_id"), example: "01KAMX4S5T0000000000000000" },
    { name: "order_id", meaning: t("macro.order_id"), example: "A-1001" },
    { name: "goal", meaning: t("macro.goal"), example: "sale" },
    { name: "amount", meaning: t("macro.amount"), example: "80.00" },
    { name: "currency", meaning: t("macro.currency"), example: "EUR" },
    { name: "status", meaning: t("macro.status"), example: "approved" },
    { name: "customer_id", meaning: t("macro.customer_id"), example: "c-500" },
    { name: "coupon", meaning: t("macro.coupon"), example: "RIVER10" },
    { name: "event_time", meaning: t("macro.event_time"), example: "2026-11-22T09:30:00Z" },
    { name: "adv1 … adv10", meaning: t("macro.adv"), example: "shop-2" },
  ];
  return (
    <Table.ScrollContainer minWidth={460}>
      <Table fz="sm" aria-label={t("macro.title")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("macro.name")}</Table.Th>
            <Table.Th scope="col">{t("macro.meaning")}</Table.Th>
            <Table.Th scope="col">{t("macro.example")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, meaning, example }) => (
            <Table.Tr key={name}>
              <Table.Td>
                <code>{name}</code>
              </Table.Td>
              <Table.Td>{meaning}</Table.Td>
              <Table.Td>
                <code>{example}</code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
