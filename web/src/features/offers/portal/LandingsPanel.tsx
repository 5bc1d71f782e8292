import { Anchor, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { StatusChip } from "~/ui/StatusChip";
import type { Offer } from "../model";
import { Panel } from "./Panel";
import classes from "./portal.module.css";

/** Where visitors arrive. */
export function LandingsPanel({ offer }: { offer: Offer }) {
  const { t } = useTranslation("portal");
  const word = useWords();
  return (
    <Panel title={t("landings.title")}>
      {offer.landings.length === 0 && <Text c="dimmed">{t("landings.none")}</Text>}
      <ul className={classes.rows}>
        {offer.landings.map((landing) => (
          <li key={landing.id} className={classes.row}>
            <div className={classes.name}>
              <Anchor href={landing.url} target="_blank" rel="noreferrer" translate="no">
                {landing.name} <IconExternalLink size={14} aria-label={t("landings.new_window")} />
              </Anchor>
              <Text size="sm" c="dimmed" translate="no">
                {landing.url}
              </Text>
            </div>
            {landing.state === "paused" && (
              <StatusChip tone="neutral" label={word("landing_state", landing.state)} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
