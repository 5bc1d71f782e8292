import { Anchor, Card, Group, NativeSelect, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { useAxisFigures, useFigures } from "~/domain/figures";
import { useMetrics } from "~/domain/metrics";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { type Grain, TimeChart } from "~/ui/TimeChart";
import { type Dashboard, valuesOf } from "./useDashboard";

const ADDS_UP: Schemas["Unit"][] = ["count", "minor"];

const readMetric = (raw: PageSearch) => ({ metric: textOf(raw, "metric") });

interface Props {
  dashboard: Dashboard | undefined;
  compared: boolean;
  error: unknown;
  onRetry: () => void;
}

/** One metric over time beside what it is compared with. */
export function Trend({ dashboard, compared, error, onRetry }: Props) {
  const { t } = useTranslation("reports");
  const metrics = useMetrics();
  const figure = useFigures(dashboard?.currency ?? "EUR");
  const axisFigure = useAxisFigures(dashboard?.currency ?? "EUR");
  const [{ metric }, change] = usePageState(readMetric);
  const tiles = dashboard?.tiles ?? [];
  const tile = tiles.find((one) => one.metric === metric) ?? tiles[0];
  const name = tile?.metric ?? "";
  const label = tile ? metrics.name(name) : "";
  const state = dashboard ? "ready" : error ? "error" : "loading";
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t("dashboard.over_time")}</Title>
        <Group gap="md">
          <Anchor
            component={Link}
            to="/reports/changes"
            search={(before: object) => ({ ...before, metric: name }) as never}
            fz="sm"
          >
            {t("changes_open")}
          </Anchor>
          <NativeSelect
            aria-label={t("dashboard.choose_metric")}
            w={200}
            value={name}
            onChange={(event) => change({ metric: event.currentTarget.value })}
            data={tiles.map((one) => ({ value: one.metric, label: metrics.name(one.metric) }))}
          />
        </Group>
      </Group>
      <TimeChart
        label={label}
        times={dashboard?.series.buckets ?? []}
        grain={(dashboard?.series.bucket ?? "day") as Grain}
        kind={tile && ADDS_UP.includes(tile.unit) ? "bars" : "lines"}
        format={(value) => figure(tile?.unit ?? "count", value)}
        axisFormat={(value) => axisFigure(tile?.unit ?? "count", value)}
        series={
          dashboard && tile
            ? [
                {
                  id: name,
                  label,
                  values: valuesOf(dashboard, name),
                  comparison: compared ? valuesOf(dashboard, `${name}_previous`) : undefined,
                },
              ]
            : []
        }
        state={state}
        error={error}
        onRetry={onRetry}
      />
    </Card>
  );
}
