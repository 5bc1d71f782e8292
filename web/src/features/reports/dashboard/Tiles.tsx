import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFigures } from "~/domain/figures";
import { useMetrics } from "~/domain/metrics";
import { SkeletonBlock } from "~/ui/Skeletons";
import { Tile } from "~/ui/Tile";
import { type Dashboard, valuesOf } from "./useDashboard";
import { useOtherAmounts } from "./useOtherAmounts";

const COLUMNS = { base: 2, md: 4 };
/** Six tiles stand in two full rows. */
const COLUMNS_OF_SIX = { base: 2, md: 3 };
const SIX = 6;
const SKELETONS = ["1", "2", "3", "4", "5", "6", "7", "8"];

/** One tile a metric: value, change against the comparison, how it went. */
export function Tiles({ dashboard, compared }: { dashboard: Dashboard | undefined; compared: boolean }) {
  const { t } = useTranslation("reports");
  const metrics = useMetrics();
  const figure = useFigures(dashboard?.currency ?? "EUR");
  const besides = useOtherAmounts(dashboard);
  if (!dashboard) {
    return (
      <SimpleGrid cols={COLUMNS} spacing="sm">
        {SKELETONS.map((place) => (
          <SkeletonBlock key={place} height={104} />
        ))}
      </SimpleGrid>
    );
  }
  return (
    <SimpleGrid cols={dashboard.tiles.length === SIX ? COLUMNS_OF_SIX : COLUMNS} spacing="sm">
      {dashboard.tiles.map((tile) => (
        <Tile
          key={tile.metric}
          label={metrics.name(tile.metric)}
          hint={metrics.formula(tile.metric)}
          value={figure(tile.unit, tile.value)}
          also={besides(tile.metric)}
          change={compared ? (tile.change ?? null) : undefined}
          goodWhen={metrics.goodWhen(tile.metric)}
          before={
            compared && tile.change != null
              ? t("dashboard.was", { value: figure(tile.unit, tile.previous) })
              : undefined
          }
          spark={valuesOf(dashboard, tile.metric)}
        />
      ))}
    </SimpleGrid>
  );
}
