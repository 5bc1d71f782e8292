import { Button, Stack } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { useEnrollments } from "~/features/offers/queries";
import { partnerQuery } from "~/features/partners/queries";
import { FailedLoad } from "~/frame/FailedLoad";
import { textOf, usePageState } from "~/frame/search";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { Page, Section } from "~/ui/Page";
import { PageSkeleton } from "~/ui/Skeletons";
import { When } from "~/ui/When";
import { LinkAddress } from "./portal/LinkAddress";
import { MemberTable } from "./smart/MemberTable";
import { smartLinkQuery } from "./smart/queries";
import { Replay } from "./smart/Replay";
import { SmartLinkEditor } from "./smart/SmartLinkEditor";
import { TrySmartVisitor } from "./smart/TrySmartVisitor";

/** One smart link: its address, its offers, and what it has learned of them. */
export default function SmartLinkPage() {
  const { t } = useTranslation("smart");
  const word = useWords();
  const { percent, number } = useFormat();
  const { smartLinkId = "" } = useParams({ strict: false });
  const { data: link, error, refetch } = useQuery(smartLinkQuery(smartLinkId));
  const { data: partner } = useQuery({
    ...partnerQuery(link?.partner_id ?? ""),
    enabled: link !== undefined,
  });
  const enrollments = useEnrollments({ partner_id: link?.partner_id }, link !== undefined);
  const mayEdit = useMay("smart_links:write");
  const mayReplay = useMay("smart_links:replay");
  const [{ form }, change] = usePageState((raw) => ({ form: textOf(raw, "form") }));
  if (error && !link)
    return <FailedLoad title={t("not_found")} error={error} onRetry={() => void refetch()} />;
  if (!link) return <PageSkeleton />;
  const nameOf = (offer: string) =>
    enrollments.rows.find(({ offer_id }) => offer_id === offer)?.names[offer] ?? offer;
  const choosing = link.choosing;
  const edit = mayEdit ? (
    <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => change({ form: "edit" })}>
      {t("edit.open")}
    </Button>
  ) : null;
  return (
    <Page title={link.name} subtitle={<StateChip of="link" state={link.state} />} action={edit}>
      <Stack gap="xl">
        <LinkAddress url={link.url} name={link.name} />
        <KeyValues
          items={[
            { label: t("partner"), value: <span translate="no">{partner?.name ?? link.partner_id}</span> },
            { label: t("mode"), value: choosing ? word("smart_mode", choosing.mode) : "-" },
            ...(choosing?.mode === "learned"
              ? [
                  {
                    label: t("page.floors"),
                    value: t("page.floors_value", {
                      percent: percent(choosing.floor_percent / 100),
                      clicks: number(choosing.floor_clicks),
                    }),
                  },
                ]
              : []),
            {
              label: t("page.learned"),
              value: choosing?.learned_at ? <When value={choosing.learned_at} /> : t("page.never"),
            },
            { label: t("page.made"), value: <When value={link.created_at} as="date" /> },
          ]}
        />
        <Section title={t("page.members")} hint={t("page.members_hint")}>
          <MemberTable link={link} nameOf={nameOf} />
        </Section>
        {link.state === "active" && (
          <TrySmartVisitor key={`try ${link.id}`} linkId={link.id} nameOf={nameOf} />
        )}
        {mayReplay && <Replay link={link} />}
      </Stack>
      {mayEdit && form === "edit" && (
        <SmartLinkEditor link={link} nameOf={nameOf} onClose={() => change({ form: undefined })} />
      )}
    </Page>
  );
}
