import { Anchor, Paper, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOffers } from "~/features/offers/queries";
import { Copyable } from "~/ui/Copyable";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { KeyValues } from "~/ui/KeyValues";
import { Section } from "~/ui/Page";
import type { Act, Reconciliation } from "./model";
import classes from "./reconciliation.module.css";
import { useLineWords } from "./useLineWords";

interface Props {
  reconciliation: Omit<Reconciliation, "names">;
  act: Act;
}

/** The act of a closed period: what it comes to, line for line what its invoices hold, and what differed. */
export function ActView({ reconciliation, act }: Props) {
  const { t } = useTranslation("reconciliation");
  const { dayRange, dateTime } = useFormat();
  return (
    <Stack gap="xl">
      <Section title={t("act.title")} hint={t("act.hint")}>
        <KeyValues
          items={[
            { label: t("column.period"), value: dayRange(act.first_day, act.last_day) },
            { label: t("reading.time_zone"), value: <span translate="no">{act.time_zone}</span> },
            { label: t("column.closed"), value: dateTime(reconciliation.closed_at) },
            { label: t("column.file"), value: <span translate="no">{reconciliation.file_name}</span> },
            { label: t("act.file_hash"), value: <Copyable text={act.file_hash} mono /> },
            { label: t("act.hash"), value: <Copyable text={reconciliation.act_hash ?? ""} mono /> },
          ]}
        />
      </Section>
      {act.parts.length === 0 && <Text>{t("act.nothing_owed")}</Text>}
      {act.parts.map((part) => (
        <Part key={part.currency} part={part} advertiserId={act.advertiser_id} />
      ))}
      <ActDifferences differences={act.differences} />
    </Stack>
  );
}

function Part({ part, advertiserId }: { part: Act["parts"][number]; advertiserId: string }) {
  const { t } = useTranslation("reconciliation");
  const { date, money, number } = useFormat();
  const { rows: offers } = useOffers({ advertiser_id: advertiserId });
  const sum = (minor: number) => money({ minor, currency: part.currency });
  const toInvoice = (
    <Anchor component={HrefLink} href={`/invoices/${part.invoice_id}`} className={classes.screenOnly}>
      {t("act.invoice")}
    </Anchor>
  );
  return (
    <Section title={t("act.part", { currency: part.currency })} action={toInvoice}>
      <Paper withBorder radius="md" p="xs">
        <Table.ScrollContainer minWidth={480}>
          <Table aria-label={t("act.part", { currency: part.currency })}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("field.offer")}</Table.Th>
                <Table.Th>{t("act.goal")}</Table.Th>
                <Table.Th ta="end">{t("field.count")}</Table.Th>
                <Table.Th ta="end">{t("field.amount")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {part.lines.map((line, place) => {
                const offer = offers.find(({ id }) => id === line.offer_id);
                const goal = offer?.goals.find(({ id }) => id === line.goal_id);
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines of a frozen act have no other name
                  <Table.Tr key={place}>
                    <Table.Td>
                      <span translate="no">{offer?.name ?? line.fee?.name ?? t("act.other")}</span>
                      {line.correction && (
                        <Text size="sm" c="dimmed">
                          {t("act.correction")}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td translate="no">
                      {line.fee ? `${date(line.fee.from)} – ${date(line.fee.to)}` : (goal?.name ?? "-")}
                    </Table.Td>
                    <Table.Td ta="end">{number(line.count)}</Table.Td>
                    <Table.Td ta="end">{sum(line.amount_minor)}</Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
            <Table.Tfoot>
              <Table.Tr>
                <Table.Th scope="row" colSpan={3}>
                  {t("act.net")}
                </Table.Th>
                <Table.Th ta="end">{sum(part.net_minor)}</Table.Th>
              </Table.Tr>
            </Table.Tfoot>
          </Table>
        </Table.ScrollContainer>
      </Paper>
    </Section>
  );
}

function ActDifferences({ differences }: { differences: Act["differences"] }) {
  const { t } = useTranslation("reconciliation");
  const { number } = useFormat();
  const words = useLineWords();
  return (
    <Section title={t("act.differences")}>
      <Paper withBorder radius="md" p="xs">
        <Table.ScrollContainer minWidth={420}>
          <Table aria-label={t("act.differences")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("act.class")}</Table.Th>
                <Table.Th>{t("act.cause")}</Table.Th>
                <Table.Th>{t("act.decision")}</Table.Th>
                <Table.Th ta="end">{t("column.rows")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differences.map((one) => (
                <Table.Tr key={`${one.class} ${one.cause} ${one.decision}`}>
                  <Table.Td>{words.ofClass[one.class]}</Table.Td>
                  <Table.Td>{one.cause ? words.cause(one.cause).name : "-"}</Table.Td>
                  <Table.Td>{one.decision ? words.ofDone[one.decision] : "-"}</Table.Td>
                  <Table.Td ta="end">{number(one.lines)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
    </Section>
  );
}
