import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Money } from "~/ui/Money";
import type { Item } from "./model";

/** Lines of the order, where its sender told them. */
export function Items({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation("conversions");
  if (items.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={t("items.title")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("items.sku")}</Table.Th>
            <Table.Th scope="col">{t("items.category")}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t("items.net")}
            </Table.Th>
            <Table.Th scope="col" ta="end">
              {t("items.tax")}
            </Table.Th>
            <Table.Th scope="col" ta="end">
              {t("items.shipping")}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an order may name an article twice, and never changes
            <Table.Tr key={`${item.sku}-${place}`}>
              <Table.Td>{item.sku}</Table.Td>
              <Table.Td>{item.category}</Table.Td>
              <Table.Td ta="end">
                <Money value={item.net} />
              </Table.Td>
              <Table.Td ta="end">
                <Money value={item.tax} />
              </Table.Td>
              <Table.Td ta="end">
                <Money value={item.shipping} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
