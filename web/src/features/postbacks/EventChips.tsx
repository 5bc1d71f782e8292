import { Chip, Group, Input, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { eventsOf, OF_WORKSPACE, type PostbackEvent, type PostbackKind } from "./model";

interface Props {
  kind: PostbackKind;
  events: PostbackEvent[];
  onChange: (events: PostbackEvent[]) => void;
  complaint?: string;
}

const ofWorkspace: readonly PostbackEvent[] = OF_WORKSPACE;

/** What is told. */
export function EventChips({ kind, events, onChange, complaint }: Props) {
  const { t } = useTranslation("postbacks");
  const offered = eventsOf(kind);
  const isWebhook = kind === "webhook";
  return (
    <Input.Wrapper
      label={t("field.events")}
      description={isWebhook ? t("field.events_webhook_help") : t("field.events_help")}
      error={complaint}
      labelElement="div"
    >
      <Chip.Group
        multiple
        value={events}
        onChange={(chosen) => onChange(offered.filter((event) => chosen.includes(event)))}
      >
        <Stack gap="sm" mt={6} mb={6}>
          <Chips
            title={isWebhook ? t("field.events_conversions") : undefined}
            events={offered.filter((event) => !ofWorkspace.includes(event))}
          />
          {isWebhook && <Chips title={t("field.events_workspace")} events={ofWorkspace} />}
        </Stack>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function Chips({ title, events }: { title?: string; events: readonly PostbackEvent[] }) {
  const word = useWords();
  return (
    <Stack gap={4}>
      {title && (
        <Text size="xs" c="dimmed">
          {title}
        </Text>
      )}
      <Group gap="xs">
        {events.map((event) => (
          <Chip key={event} value={event} size="sm">
            {word("postback_event", event)}
          </Chip>
        ))}
      </Group>
    </Stack>
  );
}
