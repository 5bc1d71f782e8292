import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import type { Fee } from "./model";

/** Fees of a subscription, and what was given back of them; also those that a step would make. */
export function FeeList({ fees, caption }: { fees: readonly Fee[]; caption: string }) {
  const { t } = useTranslation("subscriptions");
  const word = useWords();
  const { date, money, number } = useFormat();
  return (
    <Table captionSide="top" aria-label={caption}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("fee.what")}</Table.Th>
          <Table.Th>{t("fee.days")}</Table.Th>
          <Table.Th ta="end">{t("fee.amount")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fees.map((fee) => (
          <Table.Tr key={`${fee.kind} ${fee.name} ${fee.from} ${fee.charged_at} ${fee.amount.minor}`}>
            <Table.Td>
              {word("fee_kind", fee.kind)}, <span translate="no">{fee.name}</span>
            </Table.Td>
            <Table.Td>
              {date(fee.from)} – {date(fee.to)}
              {fee.days < fee.of_days &&
                `, ${t("fee.part", { days: number(fee.days), of: number(fee.of_days) })}`}
            </Table.Td>
            <Table.Td ta="end" className="figures">
              {money(fee.amount)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
