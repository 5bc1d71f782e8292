import { Anchor, ScrollArea, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";
import { refusalText } from "~/domain/refusals";
import type { BulkOutcome } from "./model";
import { ToConversion } from "./ToConversion";

const SHOWN_MAX = 50;

/** Rows that a judgement leaves as they are, each with its reason. */
export function Refusals({
  refused,
  nameOf,
}: {
  refused: BulkOutcome["refused"];
  nameOf: (id: string) => string;
}) {
  const { t } = useTranslation("conversions");
  const [isOpen, setIsOpen] = useState(refused.length <= 3);
  if (!isOpen)
    return (
      <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setIsOpen(true)}>
        {t("refused.show")}
      </Anchor>
    );
  return (
    <ScrollArea.Autosize mah={180} type="auto">
      <Table withRowBorders fz="sm" aria-label={t("refused.title")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("refused.conversion")}</Table.Th>
            <Table.Th scope="col">{t("refused.why")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {refused.slice(0, SHOWN_MAX).map(({ id, code, message }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <ToConversion id={id} size="sm">
                  {nameOf(id)}
                </ToConversion>
              </Table.Td>
              <Table.Td>{refusalText(new Problem(409, code, message))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {refused.length > SHOWN_MAX && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("refused.more", { count: refused.length - SHOWN_MAX })}
        </Text>
      )}
    </ScrollArea.Autosize>
  );
}
