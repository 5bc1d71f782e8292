import { Button, Group, Menu, Select, Stack, Text, Textarea } from "@mantine/core";
import { IconArrowsExchange, IconClockPause, IconExternalLink } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { useStaff } from "~/features/offers/queries";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { type KeyValue, KeyValues } from "~/ui/KeyValues";
import { Section } from "~/ui/Page";
import { fieldErrors } from "~/ui/problems";
import { SideDrawer } from "~/ui/SideDrawer";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { type Alert, useHandle } from "./model";
import { changesOf, pageOf } from "./places";
import { useAlertText, useSubjectText } from "./useAlertText";

const DONE_CHARS_MAX = 2_000;
const DAY_MS = 86_400_000;
const SNOOZE_DAYS = [1, 3, 7, 30];

interface Props {
  alert: Alert;
  onClose: () => void;
}

/** One alert: what was seen and what is usual, where to look on, and what is done about it. */
export function AlertDrawer({ alert, onClose }: Props) {
  const { t } = useTranslation("alerts");
  const text = useAlertText();
  const mayHandle = useMay("alerts:write") && alert.state === "open";
  return (
    <SideDrawer opened onClose={onClose} title={text.alertName(alert)}>
      <Stack gap="xl">
        <Told alert={alert} />
        <Ways alert={alert} />
        {alert.done && (
          <Section title={t("done.title")}>
            <Text translate="no" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {alert.done}
            </Text>
          </Section>
        )}
        {mayHandle && <Handle alert={alert} onClose={onClose} />}
      </Stack>
    </SideDrawer>
  );
}

function Told({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const { dateTime } = useFormat();
  const text = useAlertText();
  const subject = useSubjectText(alert.names);
  const figure = (value: number | null | undefined) => text.figure(value, alert.unit, alert.currency);
  const person = (id: string | null | undefined) => id && <span translate="no">{alert.names[id] ?? id}</span>;
  const items: (KeyValue | false)[] = [
    { label: t("column.subject"), value: <span translate="no">{subject(alert.watch, alert.subject)}</span> },
    alert.seen != null && { label: t("column.seen"), value: figure(alert.seen) },
    alert.seen != null && { label: t("column.usual"), value: text.usual(alert, alert.unit, alert.currency) },
    alert.before != null && { label: t("before"), value: figure(alert.before) },
    alert.watch != null && {
      label: t("window"),
      value: `${dateTime(alert.window_from)} - ${dateTime(alert.window_to)}`,
    },
    { label: t("column.since"), value: <When value={alert.opened_at} as="time" /> },
    { label: t("last_seen"), value: <When value={alert.last_seen_at} as="time" /> },
    alert.ended_at != null && { label: t("ended"), value: <When value={alert.ended_at} as="time" /> },
    alert.ended_by != null && { label: t("ended_by"), value: person(alert.ended_by) },
  ];
  return <KeyValues items={items.filter((item) => item !== false)} />;
}

function Ways({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const timezone = useMe().workspace.timezone;
  const [changes, page] = [changesOf(alert, timezone), pageOf(alert.subject)];
  if (!changes && !page) return null;
  return (
    <Group gap="md">
      {changes && (
        <HrefLink href={changes}>
          <Group gap={6} wrap="nowrap">
            <IconArrowsExchange size={16} aria-hidden />
            {t("to_changes")}
          </Group>
        </HrefLink>
      )}
      {page && (
        <HrefLink href={page}>
          <Group gap={6} wrap="nowrap">
            <IconExternalLink size={16} aria-hidden />
            {t("to_subject")}
          </Group>
        </HrefLink>
      )}
    </Group>
  );
}

function Handle({ alert, onClose }: Props) {
  const { t } = useTranslation("alerts");
  const staff = useStaff();
  const me = useMe().user_id;
  const assign = useHandle(alert.id);
  const snooze = useHandle(alert.id, () => {
    notifyDone(t("snooze.done"));
    onClose();
  });
  const snoozeFor = (days: number) =>
    snooze.mutate({ kind: "snooze", until: new Date(Date.now() + days * DAY_MS).toISOString() });
  return (
    <Stack gap="xl">
      <Group align="end" gap="sm">
        <Select
          label={t("assign.label")}
          placeholder={t("assign.nobody")}
          searchable
          clearable
          flex={1}
          miw={180}
          data={staff}
          value={alert.assigned_to ?? null}
          onChange={(user_id) => assign.mutate({ kind: "assign", user_id })}
        />
        {alert.assigned_to !== me && (
          <Button
            variant="default"
            loading={assign.isPending}
            onClick={() => assign.mutate({ kind: "assign", user_id: me })}
          >
            {t("assign.me")}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" leftSection={<IconClockPause size={16} aria-hidden />}>
              {t("snooze.title")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {SNOOZE_DAYS.map((days) => (
              <Menu.Item key={days} onClick={() => snoozeFor(days)}>
                {t("snooze.days", { count: days })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <FormError error={assign.error ?? snooze.error} />
      <Resolve alert={alert} onClose={onClose} />
    </Stack>
  );
}

function Resolve({ alert, onClose }: Props) {
  const { t } = useTranslation("alerts");
  const [done, setDone] = useState("");
  const resolve = useHandle(alert.id, () => {
    notifyDone(t("resolve.done"));
    onClose();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        resolve.mutate({ kind: "resolve", done });
      }}
    >
      <Stack gap="sm">
        <FormError error={resolve.error} />
        <Textarea
          label={t("resolve.label")}
          description={t("resolve.help")}
          value={done}
          onChange={(event) => setDone(event.currentTarget.value)}
          error={fieldErrors(resolve.error).done}
          maxLength={DONE_CHARS_MAX}
          autosize
          minRows={2}
          required
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={done.trim() === ""} loading={resolve.isPending}>
            {t("resolve.title")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
