import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import type { Partner } from "~/features/partners/model";
import { partnerQuery } from "~/features/partners/queries";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { Section } from "~/ui/Page";
import { CodeField } from "./CodeField";
import { RecruiterDrawer } from "./RecruiterDrawer";
import { RecruitTable } from "./RecruitTable";
import { ShareTable } from "./ShareTable";

/** Who recruited a partner, whom it recruited, and what each of that brings. */
export function RecruitsTab({ partner }: { partner: Partner }) {
  const { t } = useTranslation("recruitment");
  return (
    <Stack gap="xl">
      <Recruiter partner={partner} />
      <CodeField partnerId={partner.id} description={t("code_help")} />
      <Section title={t("recruits")}>
        <RecruitTable partnerId={partner.id} text={t("none_text")} />
      </Section>
      <Section title={t("shares")} hint={t("shares_hint")}>
        <ShareTable partnerId={partner.id} withCause />
      </Section>
    </Stack>
  );
}

function Recruiter({ partner }: { partner: Partner }) {
  const { t } = useTranslation("recruitment");
  const { date } = useFormat();
  const mayEdit = useMay("partners:write");
  const [isOpen, setIsOpen] = useState(false);
  const { recruited_by: by } = partner;
  const recruiter = useQuery({ ...partnerQuery(by ?? ""), enabled: by != null });
  return (
    <Section
      title={t("recruited_by")}
      action={
        mayEdit && (
          <Button variant="default" onClick={() => setIsOpen(true)}>
            {by ? t("change") : t("set")}
          </Button>
        )
      }
    >
      {by ? (
        <Group gap="xs">
          <HrefLink href={`/partners/${by}`}>
            <span translate="no">{recruiter.data?.name ?? t("column.partner")}</span>
          </HrefLink>
          {partner.recruited_at && <Text c="dimmed">{t("since", { date: date(partner.recruited_at) })}</Text>}
        </Group>
      ) : (
        <Text c="dimmed">{t("by_nobody")}</Text>
      )}
      {isOpen && (
        <RecruiterDrawer
          partner={partner}
          recruiterName={recruiter.data?.name}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Section>
  );
}
