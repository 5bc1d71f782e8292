import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { CopyField } from "~/ui/Copyable";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { notifyDone } from "~/ui/Toast";
import { usePostbacksChanged, type Webhook } from "./model";

/** Renewing the secret without a gap: for a while two of them sign. */
export function WebhookSecret({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation("postbacks");
  const { number } = useFormat();
  const changed = usePostbacksChanged();
  const params = { path: { id: webhook.id } };
  const rotate = useMutation({
    mutationFn: async () => bodyOf(await client.POST("/v1/webhooks/{id}/secret", { params })),
    onSuccess: changed,
  });
  const retire = useMutation({
    mutationFn: () => client.DELETE("/v1/webhooks/{id}/secret", { params }),
    onSuccess: async () => {
      await changed();
      notifyDone(t("webhooks.retired"));
    },
  });
  return (
    <Stack gap="xs">
      <KeyValues items={[{ label: t("webhooks.live_secrets"), value: number(webhook.live_secrets) }]} />
      <Text size="sm" c="dimmed">
        {t("webhooks.rotate_text")}
      </Text>
      <FormError error={rotate.error ?? retire.error} />
      {rotate.data && (
        <CopyField
          label={t("webhooks.secret")}
          description={t("webhooks.secret_once")}
          value={rotate.data.secret}
          mono
        />
      )}
      <Group gap="xs">
        <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate()}>
          {t("webhooks.rotate")}
        </Button>
        {webhook.live_secrets > 1 && (
          <Button variant="default" loading={retire.isPending} onClick={() => retire.mutate()}>
            {t("webhooks.retire")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
