import { SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import type { Simulation, SimulationResult } from "./queries";
import classes from "./simulations.module.css";

/** Named on each side; the table below has all. */
const TOP = 7;

interface Props {
  simulation: Simulation;
  result: SimulationResult;
}

/** Who would have earned more, and who less: bars of one scale. */
export function Movers({ simulation, result }: Props) {
  const { t } = useTranslation("simulations");
  const winners = result.partners.filter(({ change_minor }) => change_minor > 0).slice(0, TOP);
  const losers = result.partners.filter(({ change_minor }) => change_minor < 0).slice(0, TOP);
  const most = Math.max(1, ...[...winners, ...losers].map(({ change_minor }) => Math.abs(change_minor)));
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
      <Side title={t("winners")} none={t("no_winners")} {...{ simulation, most, partners: winners }} />
      <Side title={t("losers")} none={t("no_losers")} {...{ simulation, most, partners: losers }} />
    </SimpleGrid>
  );
}

interface SideProps {
  title: string;
  none: string;
  simulation: Simulation;
  partners: SimulationResult["partners"];
  most: number;
}

function Side({ title, none, simulation, partners, most }: SideProps) {
  const { money } = useFormat();
  return (
    <Stack gap="xs">
      <Text component="h3" fw={600} fz="sm">
        {title}
      </Text>
      {partners.length === 0 && (
        <Text c="dimmed" fz="sm">
          {none}
        </Text>
      )}
      <ul className={classes.pairs} aria-label={title}>
        {partners.map(({ partner_id, change_minor }) => (
          <li key={partner_id} className={classes.mover}>
            <span className={classes.moverName} translate="no">
              {simulation.labels[partner_id] ?? partner_id}
            </span>
            <span className={classes.track}>
              <span
                className={classes.bar}
                data-of={change_minor > 0 ? "more" : "less"}
                style={{ width: `${(Math.abs(change_minor) / most) * 100}%` }}
              />
            </span>
            <span className={classes.amount}>
              {change_minor > 0 ? "+" : ""}
              {money({ minor: change_minor, currency: simulation.currency })}
            </span>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
