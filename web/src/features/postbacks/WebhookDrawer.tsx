import { Alert, Button, Chip, Group, Input, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { CopyField } from "~/ui/Copyable";
import { FormError } from "~/ui/FormError";
import { fieldErrors } from "~/ui/problems";
import { SideDrawer } from "~/ui/SideDrawer";
import { notifyDone } from "~/ui/Toast";
import { EVENTS, type PostbackEvent, usePostbacksChanged, type Webhook } from "./model";
import { SendTest } from "./SendTest";
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
    <SideDrawer
      opened
      onClose={onClose}
      size="lg"
      title={webhook ? <span translate="no">{webhook.name}</span> : t("webhooks.new")}
      footer={
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            loading={make.isPending || save.isPending}
            disabled={!isReady}
            onClick={() => (webhook ? save.mutate(webhook.id) : make.mutate())}
          >
            {t("save")}
          </Button>
        </Group>
      }
    >
      <Stack gap="md">
        <FormError error={error} />
        {webhook?.state === "failing" && <Alert color="red">{t("failing_text")}</Alert>}
        {webhook && <Acts webhook={webhook} onEnded={onClose} />}
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
        <EventChips events={events} onChange={setEvents} complaint={complaints.events} />
        {webhook && <WebhookSecret webhook={webhook} />}
      </Stack>
    </SideDrawer>
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

interface ChipsProps {
  events: PostbackEvent[];
  onChange: (events: PostbackEvent[]) => void;
  complaint?: string;
}

function EventChips({ events, onChange, complaint }: ChipsProps) {
  const { t } = useTranslation("postbacks");
  const word = useWords();
  return (
    <Input.Wrapper
      label={t("field.events")}
      description={t("field.events_help")}
      error={complaint}
      labelElement="div"
    >
      <Chip.Group
        multiple
        value={events}
        onChange={(chosen) => onChange(EVENTS.filter((event) => chosen.includes(event)))}
      >
        <Group gap="xs" mt={6}>
          {EVENTS.map((event) => (
            <Chip key={event} value={event} size="sm">
              {word("postback_event", event)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function Acts({ webhook, onEnded }: { webhook: Webhook; onEnded: () => void }) {
  const { t } = useTranslation("postbacks");
  const changed = usePostbacksChanged();
  const [ending, setEnding] = useState(false);
  const params = { path: { id: webhook.id } };
  const wanted = webhook.state === "active" ? "paused" : "active";
  const turn = useMutation({
    mutationFn: () => client.PATCH("/v1/webhooks/{id}", { params, body: { state: wanted } }),
    onSuccess: changed,
  });
  const end = async () => {
    await client.DELETE("/v1/webhooks/{id}", { params });
    await changed();
    notifyDone(t("was_ended"));
    onEnded();
  };
  return (
    <>
      <SendTest
        send={async () => bodyOf(await client.POST("/v1/webhooks/{id}/test", { params, body: {} }))}
        more={
          <>
            <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate()}>
              {wanted === "active" ? t("resume") : t("pause")}
            </Button>
            <Button variant="default" color="red" onClick={() => setEnding(true)}>
              {t("end")}
            </Button>
          </>
        }
      />
      <FormError error={turn.error} />
      <ConfirmDialog
        opened={ending}
        onClose={() => setEnding(false)}
        title={t("end")}
        confirmLabel={t("end")}
        danger
        onConfirm={end}
      >
        {t("end_text", { name: webhook.name })}
      </ConfirmDialog>
    </>
  );
}
