import { Anchor, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { TargetingSummary } from "~/domain/targeting/TargetingSummary";
import { useWords } from "~/domain/words";
import { offerQuery } from "~/features/offers/queries";
import { SubjectNumbers } from "~/features/offers/SubjectNumbers";
import { KeyValues } from "~/ui/KeyValues";
import { When } from "~/ui/When";
import type { TrackingLink } from "../queries";
import { TryVisitor } from "../try/TryVisitor";
import { LinkAddress } from "./LinkAddress";
import { LinkEdit } from "./LinkEdit";
import { LinkTest } from "./LinkTest";
import { PARTNER_CHARTED, PARTNER_METRICS } from "./metrics";

/** One link: its address, what it is, what it brought, and what may be changed. */
export function LinkDetail({ link }: { link: TrackingLink }) {
  const { t } = useTranslation("portal");
  const { t: words } = useTranslation("targeting");
  const word = useWords();
  const mayChange = useMay("links:write");
  const { data: offer } = useQuery(offerQuery(link.offer_id));
  const landing = offer?.landings.find(({ id }) => id === link.landing_id);
  return (
    <Stack gap="lg">
      <LinkAddress url={link.url} name={link.name ?? link.slug} />
      {link.state === "active" && <LinkTest linkId={link.id} url={link.url} />}
      <KeyValues
        items={[
          { label: t("link.state"), value: <StateChip of="link" state={link.state} /> },
          {
            label: t("link.offer"),
            value: (
              <Anchor component={Link} to={`/offers/${link.offer_id}`} translate="no">
                {offer?.name ?? link.offer_id}
              </Anchor>
            ),
          },
          {
            label: t("link.landing"),
            value: landing ? <span translate="no">{landing.name}</span> : t("link.first_landing"),
          },
          { label: t("link.traffic"), value: word("traffic_type", link.traffic_type) },
          { label: t("link.since"), value: <When value={link.created_at} as="date" /> },
        ]}
      />
      <Stack gap="sm">
        <Title order={3}>{t("link.numbers")}</Title>
        <SubjectNumbers
          field="link"
          id={link.id}
          name={link.name ?? link.slug}
          metrics={PARTNER_METRICS}
          charted={PARTNER_CHARTED}
        />
      </Stack>
      {link.targeting.length > 0 && (
        <Stack gap="sm">
          <Title order={3}>{words("link.title")}</Title>
          <TargetingSummary conditions={link.targeting} />
        </Stack>
      )}
      {link.state === "active" && <TryVisitor key={`try ${link.id}`} linkId={link.id} />}
      {mayChange && <LinkEdit key={link.id} link={link} />}
    </Stack>
  );
}
