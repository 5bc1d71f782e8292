import { Alert, Button, Group, Select, SimpleGrid, Stack } from "@mantine/core";
import { IconArrowsExchange, IconDownload, IconFileDownload, IconRoute } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { useMe, workplaceOf } from "~/domain/person";
import { useDictionary, useReport } from "~/domain/report";
import { useWords } from "~/domain/words";
import { usePageState } from "~/frame/search";
import { useFormat } from "~/ui/format";
import { Page } from "~/ui/Page";
import { DimensionPicker } from "./report/DimensionPicker";
import { Filters } from "./report/Filters";
import { MetricPicker } from "./report/MetricPicker";
import {
  DATE_BASES,
  type DateBasis,
  questionOf,
  type ReportSearch,
  type ReportState,
  ROWS_SHOWN,
  readReport,
  writeReport,
} from "./report/question";
import { ReportChart } from "./report/ReportChart";
import { ReportTable } from "./report/ReportTable";
import { useExport } from "./report/useExport";

const FILE_ROWS_MAX = 1_000_000;

/** Any question over the facts: what to count, by what, narrowed to what; as a chart, a table and a file. */
export default function ReportsPage() {
  const { t } = useTranslation("reports");
  const { dateTime, number } = useFormat();
  const word = useWords();
  const { range } = usePeriod();
  const [state, setSearch] = usePageState<ReportState & ReportSearch>(readReport);
  const dictionary = useDictionary();
  const metrics = dictionary?.metrics.map(({ name }) => name) ?? [];
  const dimensions = dictionary?.dimensions.map(({ name }) => name) ?? [];
  const question = questionOf(state, range, metrics, ROWS_SHOWN);
  const { data: report, error, refetch } = useReport(question, dictionary !== undefined);
  const download = useExport();
  const seesAttribution = workplaceOf(useMe().role) !== "partner";
  const change = (patch: Partial<ReportState>) => setSearch(writeReport({ ...state, ...patch }) as never);
  return (
    <Page
      title={t("report.title")}
      subtitle={report && t("report.fresh", { at: dateTime(report.fresh_to) })}
      action={
        <Group gap="xs">
          <Button
            variant="default"
            component={Link}
            to="/reports/exports"
            leftSection={<IconFileDownload size={16} aria-hidden />}
          >
            {t("exports_open")}
          </Button>
          <Button
            variant="default"
            component={Link}
            to="/reports/changes"
            leftSection={<IconArrowsExchange size={16} aria-hidden />}
          >
            {t("changes_open")}
          </Button>
          {seesAttribution && (
            <Button
              variant="default"
              component={Link}
              to="/reports/attribution"
              leftSection={<IconRoute size={16} aria-hidden />}
            >
              {t("attribution.open")}
            </Button>
          )}
          <Button
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={download.isPending}
            disabled={!report}
            onClick={() => download.mutate({ ...question, compare: undefined, limit: FILE_ROWS_MAX })}
          >
            {t("report.download")}
          </Button>
        </Group>
      }
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
          <DimensionPicker
            known={dimensions}
            value={state.dimensions}
            onChange={(chosen) => change({ dimensions: chosen })}
          />
          <MetricPicker
            known={metrics}
            value={state.metrics}
            onChange={(chosen) => change({ metrics: chosen })}
          />
        </SimpleGrid>
        <Group justify="space-between" align="end">
          <Filters
            known={dimensions}
            labels={report?.labels ?? {}}
            filters={state.filters}
            onChange={(filters) => change({ filters })}
          />
          <BasisPicker value={state.basis} onChange={(basis) => change({ basis })} />
        </Group>
      </Stack>
      {report && (
        <ReportChart report={report} dimensions={state.dimensions} metric={question.metrics?.[0] ?? ""} />
      )}
      {report?.truncated && (
        <Alert color="yellow">{t("report.truncated", { rows: number(ROWS_SHOWN) })}</Alert>
      )}
      {report && report.unknown_to_costs.length > 0 && (
        <Alert color="yellow">
          {t("report.without_costs", {
            names: report.unknown_to_costs.map((name) => word("dimension", name)).join(", "),
          })}
        </Alert>
      )}
      <ReportTable
        report={report}
        dimensions={state.dimensions}
        error={error}
        onRetry={() => void refetch()}
        filtered={state.filters.length > 0}
        onClearFilters={() => change({ filters: [] })}
      />
    </Page>
  );
}

function BasisPicker({ value, onChange }: { value: DateBasis; onChange: (basis: DateBasis) => void }) {
  const { t } = useTranslation("reports");
  const word = useWords();
  return (
    <Select
      label={t("report.basis")}
      w={{ base: "100%", xs: 280 }}
      allowDeselect={false}
      data={DATE_BASES.map((basis) => ({ value: basis, label: word("date_basis", basis) }))}
      value={value}
      onChange={(basis) => onChange((basis ?? "event") as DateBasis)}
    />
  );
}
