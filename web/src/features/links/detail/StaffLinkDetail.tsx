import { Anchor, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { ExternalRefs } from "~/features/domains/ExternalRefs";
import { offerQuery } from "~/features/offers/queries";
import { SubjectNumbers } from "~/features/offers/SubjectNumbers";
import { partnerQuery } from "~/features/partners/queries";
import { KeyValues } from "~/ui/KeyValues";
import { When } from "~/ui/When";
import { LinkAddress } from "../portal/LinkAddress";
import { LinkEdit } from "../portal/LinkEdit";
import { LinkTest } from "../portal/LinkTest";
import { useChangeLink } from "../portal/queries";
import type { TrackingLink } from "../queries";
import { TryVisitor } from "../try/TryVisitor";
import { LinkTargeting } from "./LinkTargeting";

/** Whose link it is, where it leads, what it brought. */
export function StaffLinkDetail({ link }: { link: TrackingLink }) {
  const { t } = useTranslation("links");
  const word = useWords();
  const mayChange = useMay("links:write");
  const change = useChangeLink(link.id);
  const { data: offer } = useQuery(offerQuery(link.offer_id));
  const { data: partner } = useQuery(partnerQuery(link.partner_id));
  const landing = offer?.landings.find(({ id }) => id === link.landing_id);
  return (
    <Stack gap="lg">
      <LinkAddress url={link.url} name={link.name ?? link.slug} />
      {link.state === "active" && <LinkTest key={link.id} linkId={link.id} url={link.url} />}
      <KeyValues
        items={[
          { label: t("list.state"), value: <StateChip of="link" state={link.state} /> },
          {
            label: t("list.partner"),
            value: (
              <Anchor
                renderRoot={(props) => (
                  <Link to="/partners/$partnerId" params={{ partnerId: link.partner_id }} {...props} />
                )}
              >
                {partner?.name ?? link.partner_id}
              </Anchor>
            ),
          },
          {
            label: t("list.offer"),
            value: (
              <Anchor
                renderRoot={(props) => (
                  <Link to="/offers/$offerId" params={{ offerId: link.offer_id }} {...props} />
                )}
              >
                {offer?.name ?? link.offer_id}
              </Anchor>
            ),
          },
          { label: t("builder.landing"), value: landing?.name ?? t("builder.first_landing") },
          { label: t("list.traffic"), value: word("traffic_type", link.traffic_type) },
          { label: t("detail.since"), value: <When value={link.created_at} as="date" /> },
        ]}
      />
      <Stack gap="sm">
        <Title order={3}>{t("detail.numbers")}</Title>
        <SubjectNumbers field="link" id={link.id} name={link.name ?? link.slug} />
      </Stack>
      <LinkTargeting key={`targeting ${link.id}`} link={link} mayChange={mayChange} />
      {link.state === "active" && <TryVisitor key={`try ${link.id}`} linkId={link.id} />}
      <ExternalRefs
        key={`refs ${link.id}`}
        refs={link.external_refs}
        mayEdit={mayChange}
        save={(external_refs) => change.mutateAsync({ external_refs })}
      />
      {mayChange && <LinkEdit key={`edit ${link.id}`} link={link} />}
    </Stack>
  );
}
