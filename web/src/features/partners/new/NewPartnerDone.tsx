import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { FormError } from "~/ui/FormError";
import { InvitationLink } from "./InvitationLink";
import type { Made } from "./NewPartnerDrawer";

/** The partner is there: what became of the invitation, and what comes next. */
export function NewPartnerDone({ made, onAnother }: { made: Made; onAnother: () => void }) {
  const { t } = useTranslation("partners");
  const { partner, invitation } = made;
  return (
    <Stack gap="md">
      <Alert color="teal" variant="light" icon={<IconCircleCheck size={18} />} role="status">
        {t("new.made", { name: partner.name })}
      </Alert>
      {invitation?.problem ? (
        <>
          <Text>{t("new.not_invited")}</Text>
          <FormError error={invitation.problem} />
        </>
      ) : null}
      {invitation && !invitation.problem && !invitation.url && (
        <Text>{t("new.mailed", { email: invitation.email })}</Text>
      )}
      {invitation?.url && <InvitationLink email={invitation.email} url={invitation.url} />}
      <Group gap="xs">
        <Button
          renderRoot={(props) => (
            <Link
              to="/partners/$partnerId"
              params={{ partnerId: partner.id }}
              search={{ tab: "enrollments" } as never}
              {...props}
            />
          )}
        >
          {t("new.next")}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {t("new.another")}
        </Button>
      </Group>
    </Stack>
  );
}
