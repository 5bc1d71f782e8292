import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { CopyField } from "~/ui/Copyable";
import { FormError } from "~/ui/FormError";
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
      {invitation?.url && (
        <CopyField
          label={t("new.link")}
          description={t("new.link_help", { email: invitation.email })}
          value={invitation.url}
          mono
        />
      )}
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
