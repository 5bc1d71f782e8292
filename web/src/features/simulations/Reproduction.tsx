import { Alert, List } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import type { Simulation, SimulationResult } from "./queries";

/** Differences that are named here; the others are counted. */
const SHOWN = 5;

interface Props {
  simulation: Simulation;
  result: SimulationResult;
}

/** Whether the plan in force comes to what stands: the reason to believe the rest. */
export function Reproduction({ simulation, result }: Props) {
  const { t } = useTranslation("simulations");
  const word = useWords();
  const { money, number } = useFormat();
  const { checked, differing, moved_in, differences } = result.reproduction;
  const amount = (minor: number) => money({ minor, currency: simulation.currency });
  if (differing === 0)
    return (
      <Alert icon={<IconCircleCheck aria-hidden />} color="teal" variant="light">
        {t("reproduced", { count: checked, number: number(checked) })}
        {moved_in > 0 && ` ${t("moved_in", { count: moved_in, number: number(moved_in) })}`}
      </Alert>
    );
  return (
    <Alert
      icon={<IconAlertTriangle aria-hidden />}
      color="yellow"
      variant="light"
      title={t("differs", { count: differing, number: number(differing) })}
    >
      <List size="sm">
        {differences.slice(0, SHOWN).map((one) => (
          <List.Item key={one.conversion_id}>
            <HrefLink href={`/conversions/${one.conversion_id}`}>
              <span translate="no">{simulation.labels[one.conversion_id] ?? one.conversion_id}</span>
            </HrefLink>
            {": "}
            {t("differs_line", {
              stands: amount(one.earnings_stand_minor),
              priced: amount(one.earnings_priced_minor),
            })}
            {". "}
            {word("simulation_why", one.why)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
