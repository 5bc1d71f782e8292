import { Alert, Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { KeyValues } from "~/ui/KeyValues";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { type Domain, useDomainsChanged } from "./domains";

interface Props {
  domain: Domain;
  mayEdit: boolean;
}

/** What the daily check found, and a check on request. */
export function DomainHealth({ domain, mayEdit }: Props) {
  const { t } = useTranslation("domains");
  const word = useWords();
  const changed = useDomainsChanged();
  const [error, setError] = useState<unknown>(null);
  const [isLooking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    try {
      await client.POST("/v1/domains/{id}/check", { params: { path: { id: domain.id } } });
      setError(null);
      await changed();
      notifyDone(t("health.done"));
    } catch (thrown) {
      setError(thrown);
    }
    setLooking(false);
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Title order={3}>{t("health.title")}</Title>
        {mayEdit && (
          <Button variant="default" size="xs" loading={isLooking} onClick={() => void look()}>
            {t("health.check")}
          </Button>
        )}
      </Group>
      <FormError error={error} />
      {domain.findings.length > 0 ? (
        <Alert
          color={domain.state === "banned" ? "red" : "yellow"}
          icon={<IconAlertTriangle size={18} aria-hidden />}
        >
          <List>
            {domain.findings.map((finding) => (
              <List.Item key={finding}>{word("domain_finding", finding)}</List.Item>
            ))}
          </List>
        </Alert>
      ) : (
        domain.checked_at && (
          <Group gap="xs" wrap="nowrap">
            <IconCircleCheck size={18} aria-hidden />
            <Text>{t("health.fine")}</Text>
          </Group>
        )
      )}
      <KeyValues
        items={[
          {
            label: t("health.checked"),
            value: domain.checked_at ? <When value={domain.checked_at} as="time" /> : t("health.never"),
          },
          {
            label: t("health.certificate"),
            value: domain.certificate_until ? <When value={domain.certificate_until} as="date" /> : null,
          },
        ]}
      />
      {domain.is_state_chosen && (
        <Text fz="sm" c="dimmed">
          {t("health.chosen")}
        </Text>
      )}
    </Stack>
  );
}
