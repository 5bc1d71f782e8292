import { Chip, Group, Input } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { EVENTS, type PostbackEvent } from "./model";

interface Props {
  events: PostbackEvent[];
  onChange: (events: PostbackEvent[]) => void;
  complaint?: string;
}

/** What is told. */
export function EventChips({ events, onChange, complaint }: Props) {
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
