import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page, Section } from "~/ui/Page";
import { CodeField } from "./CodeField";
import { RecruitTable } from "./RecruitTable";
import { ShareTable } from "./ShareTable";

/** Whom a partner brought, and what it gets of what they earn. */
export default function OwnRecruitsPage() {
  const { t } = useTranslation("recruitment");
  return (
    <Page title={t("title")} subtitle={t("own_subtitle")}>
      <Stack gap="xl">
        <CodeField description={t("own_code_help")} />
        <Section title={t("recruits")}>
          <RecruitTable text={t("own_none_text")} />
        </Section>
        <Section title={t("shares")} hint={t("shares_hint")}>
          <ShareTable />
        </Section>
      </Stack>
    </Page>
  );
}
