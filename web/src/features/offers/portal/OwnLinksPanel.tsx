import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { linkName } from "~/features/links/portal/useLinkColumns";
import { useLinks } from "~/features/links/queries";
import { Amounts } from "~/ui/Amounts";
import { CopyButton } from "~/ui/Copyable";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { useFiguresBy } from "../figures";
import type { Offer } from "../model";
import { Panel } from "./Panel";
import classes from "./portal.module.css";

const METRICS = ["payout"] as const;

/** The partner's links of this offer, each to copy and to open. */
export function OwnLinksPanel({ offer, onOpen }: { offer: Offer; onOpen: (id: string) => void }) {
  const { t } = useTranslation("portal");
  const word = useWords();
  const links = useLinks({ offer_id: offer.id, state: "active" });
  const figures = useFiguresBy("link", METRICS);
  return (
    <Panel title={t("offer.links")}>
      {links.state === "loading" && <SkeletonLines lines={3} />}
      {links.state === "error" && <ErrorState error={links.error} onRetry={links.retry} />}
      {links.state === "ready" && links.rows.length === 0 && <Text c="dimmed">{t("offer.no_links")}</Text>}
      <ul className={classes.rows}>
        {links.rows.map((link) => (
          <li key={link.id} className={classes.row}>
            <div className={classes.name}>
              <Anchor component="button" type="button" onClick={() => onOpen(link.id)} translate="no">
                {linkName(link)}
              </Anchor>
              <Text size="sm" c="dimmed">
                {word("traffic_type", link.traffic_type)}
              </Text>
            </div>
            <Group gap="xs" wrap="nowrap">
              <Amounts values={figures.amounts(link.id, "payout")} />
              <CopyButton text={link.url} label={t("links.copy", { name: linkName(link) })} />
            </Group>
          </li>
        ))}
      </ul>
      {links.rows.length > 0 && (
        <Anchor
          component={Link}
          to="/links"
          search={{ offer: offer.id } as never}
          size="sm"
          mt="xs"
          display="inline-block"
        >
          {t("offer.all_links")}
        </Anchor>
      )}
    </Panel>
  );
}
