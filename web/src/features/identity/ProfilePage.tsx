import { Paper, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { Page, Section } from "~/ui/Page";
import { Contact } from "./profile/Contact";
import { NameAndLanguage } from "./profile/NameAndLanguage";
import { PasswordForm } from "./profile/PasswordForm";
import { PayoutDetails } from "./profile/PayoutDetails";
import { Places } from "./profile/Places";
import { SecondFactor } from "./profile/SecondFactor";

/** Who one is, how one signs in, where one has a place; for a partner also how it is paid. */
export default function ProfilePage() {
  const { t } = useTranslation("identity");
  const { partner_id, email } = useMe();
  const maySetPayout = useMay("payout_details:write");
  return (
    <Page title={t("profile.title")} subtitle={email}>
      <Stack gap="lg" maw={640}>
        <Card title={t("profile.you")}>
          <NameAndLanguage />
        </Card>
        {partner_id && maySetPayout && (
          <Card title={t("payout_details.title")} hint={t("payout_details.hint")}>
            <PayoutDetails partnerId={partner_id} />
          </Card>
        )}
        {partner_id && (
          <Card title={t("contact.title")} hint={t("contact.hint")}>
            <Contact partnerId={partner_id} />
          </Card>
        )}
        <Card title={t("password.label")} hint={t("profile.password_hint")}>
          <PasswordForm />
        </Card>
        <Card title={t("totp.title")} hint={t("totp.hint")}>
          <SecondFactor />
        </Card>
        <Card title={t("places.title")}>
          <Places />
        </Card>
      </Stack>
    </Page>
  );
}

function Card({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg">
      <Section title={title} hint={hint}>
        {children}
      </Section>
    </Paper>
  );
}
