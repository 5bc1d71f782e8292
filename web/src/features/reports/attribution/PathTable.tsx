import { Paper, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { Section } from "~/ui/Page";
import type { Attribution } from "./query";
import type { AttributionState } from "./state";
import { useCreditText } from "./useCreditText";

/** The journeys that converted most, and how often each was walked in vain. */
export function PathTable({ report, state }: { report: Attribution; state: AttributionState }) {
  const { t } = useTranslation("reports");
  const { number } = useFormat();
  const { name } = useCreditText(report, state.by, state.shown);
  return (
    <Paper withBorder p="lg">
      <Section title={t("attribution.paths")}>
        <Table.ScrollContainer minWidth={420}>
          <Table aria-label={t("attribution.paths")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("attribution.path")}</Table.Th>
                <Table.Th scope="col" ta="end">
                  {t("attribution.conversions")}
                </Table.Th>
                <Table.Th scope="col" ta="end">
                  {t("attribution.walked")}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {report.paths.map((path) => (
                <Table.Tr key={path.steps.join(">")}>
                  <Table.Td translate="no">{path.steps.map(name).join(" → ")}</Table.Td>
                  <Table.Td ta="end">{number(path.conversions)}</Table.Td>
                  <Table.Td ta="end">{number(path.nulls)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Section>
    </Paper>
  );
}
