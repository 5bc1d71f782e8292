import { Accordion, Code, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { Section } from "~/ui/Page";
import { useEventTypes } from "./model";

const INDENT = 2;

/** Every type of event, each with a body as it is sent. */
export function EventTypes() {
  const { t } = useTranslation("postbacks");
  const word = useWords();
  const { data } = useEventTypes();
  return (
    <Section title={t("webhooks.types")} hint={t("webhooks.types_hint")}>
      <Accordion variant="contained" aria-busy={data === undefined} order={3}>
        {data?.map(({ event, type, sample }) => (
          <Accordion.Item key={type} value={type}>
            <Accordion.Control>
              <Group gap="sm">
                <Code translate="no">{type}</Code>
                <Text size="sm">{word("postback_event", event)}</Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Code block translate="no">
                {JSON.stringify(sample, null, INDENT)}
              </Code>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  );
}
