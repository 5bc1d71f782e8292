import { Alert, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { CopyField } from "~/ui/Copyable";
import { FormDrawer } from "~/ui/FormDrawer";
import { fieldErrors } from "~/ui/problems";
import { SideDrawer } from "~/ui/SideDrawer";
import { notifyDone } from "~/ui/Toast";
import { EventChips } from "./EventChips";
import { type PostbackEvent, usePostbacksChanged, type Webhook } from "./model";
import { SettingActs } from "./SettingActs";
import { WebhookSecret } from "./WebhookSecret";

interface Props {
  /** Absent for one to be. */
  webhook?: Webhook;
  onClose: () => void;
  onMade?: (id: string) => void;
}

/** One webhook: its address and events, its secret, a test, and its end. */
export function WebhookDrawer({ webhook, onClose, onMade }: Props) {
  const { t } = useTranslation("postbacks");
  const changed = usePostbacksChanged();
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [events, setEvents] = useState<PostbackEvent[]>(
    webhook?.events.map(({ event }) => event) ?? ["approved"],
  );
  const body = { name, url, events: events.map((event) => ({ event })) };
  const make = useMutation({
    mutationFn: async () => bodyOf(await client.POST("/v1/webhooks", { body })),
    onSuccess: changed,
  });
  const save = useMutation({
    mutationFn: async (id: string) =>
      bodyOf(await client.PATCH("/v1/webhooks/{id}", { params: { path: { id } }, body })),
    onSuccess: async () => {
      await changed();
      notifyDone(t("was_changed"));
      onClose();
    },
  });
  const error = make.error ?? save.error;
  const complaints = error ? fieldErrors(error) : {};
  const isReady = name.trim() !== "" && url.trim() !== "" && events.length > 0;
  if (make.data) {
    const { id, secret } = make.data;
    return <Made secret={secret} onClose={() => (onMade ? onMade(id) : onClose())} />;
  }
  return (
    <FormDrawer
      size="lg"
      title={webhook ? <span translate="no">{webhook.name}</span> : t("webhooks.new")}
      onClose={onClose}
      onSubmit={() => (webhook ? save.mutate(webhook.id) : make.mutate())}
      error={error}
      isSaving={make.isPending || save.isPending}
      isReady={isReady}
      below={webhook && <Below webhook={webhook} onEnded={onClose} />}
    >
      {webhook?.state === "failing" && <Alert color="red">{t("failing_text")}</Alert>}
      <TextInput
        label={t("field.name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={complaints.name}
        maxLength={200}
        required
      />
      <TextInput
        label={t("field.url")}
        placeholder="https://erp.example/hooks/tributary"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={complaints.url}
        spellCheck={false}
        required
      />
      <EventChips kind="webhook" events={events} onChange={setEvents} complaint={complaints.events} />
    </FormDrawer>
  );
}

/** The secret, shown once. */
function Made({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation("postbacks");
  return (
    <SideDrawer opened onClose={onClose} title={t("webhooks.secret")}>
      <CopyField label={t("webhooks.secret")} description={t("webhooks.secret_once")} value={secret} mono />
    </SideDrawer>
  );
}

/** What is done with a webhook beside its form. */
function Below({ webhook, onEnded }: { webhook: Webhook; onEnded: () => void }) {
  const params = { path: { id: webhook.id } };
  return (
    <Stack gap="xl" mt="xl">
      <WebhookSecret webhook={webhook} />
      <SettingActs
        setting={webhook}
        test={async () => bodyOf(await client.POST("/v1/webhooks/{id}/test", { params, body: {} }))}
        turn={(state) => client.PATCH("/v1/webhooks/{id}", { params, body: { state } })}
        end={() => client.DELETE("/v1/webhooks/{id}", { params })}
        onEnded={onEnded}
      />
    </Stack>
  );
}
