import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { goodWhen, useFigures } from "~/domain/figures";
import { useWords } from "~/domain/words";
import { SkeletonBlock } from "~/ui/Skeletons";
import { Tile } from "~/ui/Tile";
import { type Dashboard, numberOf, valuesOf } from "./useDashboard";

const COLUMNS = { base: 1, xs: 2, md: 4 };
const SKELETONS = ["1", "2", "3", "4", "5", "6", "7", "8"];

/** One tile a metric: value, change against the comparison, how it went. */
export function Tiles({ dashboard, compared }: { dashboard: Dashboard | undefined; compared: boolean }) {
  const { t } = useTranslation("reports");
  const word = useWords();
  const figure = useFigures(dashboard?.currency ?? "EUR");
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
    <SimpleGrid cols={COLUMNS} spacing="sm">
      {dashboard.tiles.map((tile) => (
        <Tile
          key={tile.metric}
          label={word("metric", tile.metric)}
          hint={word("metric_formula", tile.metric)}
          value={figure(tile.unit, tile.value)}
          change={compared ? (tile.change ?? null) : undefined}
          goodWhen={goodWhen(tile.metric)}
          before={compared ? t("dashboard.was", { value: figure(tile.unit, numberOf(tile.previous)) }) : undefined}
          spark={valuesOf(dashboard, tile.metric)}
        />
      ))}
    </SimpleGrid>
  );
}
