import { Code, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { Money } from "~/ui/Money";
import { ErrorState, Section } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonBlock } from "~/ui/Skeletons";
import { When } from "~/ui/When";
import { MONEY_FIGURES, type Month, type NamedMonth, useMonthCustomers } from "./model";

interface Props {
  month: NamedMonth;
  onClose: () => void;
}

/** How a month came to what it earned: formula, figures, what was carried, and each customer's part. */
export function MonthDrawer({ month, onClose }: Props) {
  const { t } = useTranslation("results");
  const title = (
    <span translate="no">{[month.month, month.names[month.advertiser_id]].filter(Boolean).join(", ")}</span>
  );
  return (
    <SideDrawer opened onClose={onClose} size="lg" title={title}>
      <Stack gap="xl">
        <MonthFacts month={month} />
        <Section title={t("figures")}>
          <FigureFacts month={month} />
        </Section>
        {month.id && (
          <Section title={t("customers")}>
            <Customers id={month.id} currency={month.currency} />
          </Section>
        )}
      </Stack>
    </SideDrawer>
  );
}

function MonthFacts({ month }: { month: Month }) {
  const { t } = useTranslation("results");
  const word = useWords();
  const money = (minor: number) => <Money value={{ minor, currency: month.currency }} />;
  const steps = [
    { label: t("formula"), value: <Code translate="no">{month.formula}</Code> },
    { label: t("column.net"), value: money(month.net_revenue_minor) },
    { label: t("correction"), value: money(month.correction_minor) },
    { label: t("apart"), value: money(month.apart_minor) },
    { label: t("column.carried_in"), value: money(month.carried_in_minor) },
    { label: t("column.base"), value: money(month.base_minor) },
    { label: t("column.percent"), value: `${month.percent}%` },
    { label: t("column.earned"), value: money(month.earned_minor) },
    { label: t("column.carried_out"), value: money(month.carried_out_minor) },
    { label: t("carry"), value: word("carry_rule", month.carry) },
    { label: t("cpa"), value: money(month.from_conversions_minor) },
    { label: t("payable_on"), value: <When value={month.lock_at} as="date" /> },
  ];
  const { charged_minor } = month;
  if (charged_minor != null) steps.splice(8, 0, { label: t("charged"), value: money(charged_minor) });
  return <KeyValues items={steps} />;
}

function FigureFacts({ month }: { month: Month }) {
  const word = useWords();
  const items = MONEY_FIGURES.map((figure) => ({
    label: word("result_figure", figure),
    value: <Money value={{ minor: month.figures[figure] ?? 0, currency: month.currency }} />,
  }));
  return <KeyValues items={items} />;
}

function Customers({ id, currency }: { id: string; currency: string }) {
  const { t } = useTranslation("results");
  const { number } = useFormat();
  const { data, error, refetch, isPending } = useMonthCustomers(id);
  if (isPending) return <SkeletonBlock height={160} />;
  if (!data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("customer")}</Table.Th>
            <Table.Th ta="end">{t("column.net")}</Table.Th>
            <Table.Th ta="end">{t("counted")}</Table.Th>
            <Table.Th ta="end">{t("apart_after")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map((part) => (
            <Table.Tr key={part.customer}>
              <Table.Td translate="no">{part.customer}</Table.Td>
              {[part.net_revenue_minor, part.counted_minor, part.apart_after_minor].map((minor, index) => (
                <Table.Td key={["net", "counted", "apart"][index]} ta="end">
                  <Money value={{ minor, currency }} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        {t("customers_shown", { shown: number(data.length) })}
      </Text>
    </Table.ScrollContainer>
  );
}
